// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>
#include <csignal>

using namespace glasshouse;
using namespace Qt::StringLiterals;

// SIGHUP: file, environment and command line are read again, all or nothing.
class TestReload final : public QObject
{
    Q_OBJECT

private slots:
    void refusesToStartWithAllThatIsWrong();
    void keepsEverythingWhereAnythingIsWrong();
    void takesWhatIsRight();
    void saysWhatHasChanged_data();
    void saysWhatHasChanged();
    void comparesWithWhatIsInForce();
    void beginsAMovedLogAnew();
    void hidesWhatItIsToldTo();
    void remembersTheSecretOfItsEnvironment();
    void givesNobodyHisMessagesBack();

private:
    QTemporaryDir m_folder;

    [[nodiscard]] QString path() const { return m_folder.filePath(u"glasshouse.conf"_s); }
    [[nodiscard]] bool write(const QByteArray &text) const
    {
        QFile file(path());
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }
    [[nodiscard]] QStringList arguments() const { return {u"--config"_s, path()}; }
    static QString said(const ServerProcess &server)
    {
        QStringList texts;
        for (const QJsonObject &line : server.log(u"message"_s))
            texts += line.value(u"level"_s).toString() + u' ' + line.value(u"text"_s).toString();
        return texts.join(u'\n');
    }
};

void TestReload::refusesToStartWithAllThatIsWrong()
{
    QVERIFY(write("max-roms = 5\nauth = token\n"));
    ServerProcess server(arguments());
    QVERIFY(!server.start());
    const QByteArray output = server.output();
    QVERIFY2(output.contains("glasshouse.conf:1: unknown key max-roms; did you mean max-rooms?\n"), output.constData());
    QVERIFY2(output.contains("glasshouse.conf:2: auth: tokens need a key"), output.constData());
}

void TestReload::keepsEverythingWhereAnythingIsWrong()
{
    QVERIFY(write("max-rooms = 5\n"));
    ServerProcess server(arguments());
    QVERIFY(server.start());
    QVERIFY(write("max-rooms = 6\nmax-players = many\ntls-key = key.pem\n"));
    server.sendSignal(SIGHUP);
    QTRY_VERIFY(said(server).contains(u"error The configuration stays as it was"_s));
    const QString text = said(server);
    QVERIFY2(text.contains(u":2: max-players: \"many\""_s) && text.contains(u":3: tls-key: "_s), qPrintable(text));
    QVERIFY(!text.contains(u"in force"_s));
    QCOMPARE(server.stop(), 0);
}

void TestReload::takesWhatIsRight()
{
    QVERIFY(write("max-rooms = 5\n"));
    ServerProcess server(arguments());
    QVERIFY(server.start());
    QVERIFY(write("max-rooms = 6\n"));
    server.sendSignal(SIGHUP);
    QTRY_VERIFY2(said(server).contains(u"info The configuration was read again and is in force"_s),
                 qPrintable(said(server)));
    QVERIFY(!said(server).contains(u"error "_s));
    QCOMPARE(server.stop(), 0);
}

void TestReload::saysWhatHasChanged_data()
{
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("says"); // behind "in force; "
    QTest::newRow("nothing") << QByteArray("max-rooms = 5\n")
                             << u"no setting has changed, the files that it names were read anew"_s;
    QTest::newRow("written in another way") << QByteArray("max-rooms = 5\nmessage-rate = 150/s\n")
                                            << u"no setting has changed, the files that it names were read anew"_s;
    QTest::newRow("one") << QByteArray("max-rooms = 6\n") << u"changed: max-rooms"_s;
    QTest::newRow("back to the default") << QByteArray() << u"changed: max-rooms"_s;
    QTest::newRow("several, no values") << QByteArray(
        "max-rooms = 5\nauth = open\njwt-issuer = Canary\nredact-field = pin\n")
                                        << u"changed: jwt-issuer, redact-field"_s;
    // A demo keeps no results: `data` means another thing with it.
    QTest::newRow("some later")
        << QByteArray("max-rooms = 6\ndemo = on\ncapture-budget-bytes = 1G\n")
        << u"changed: max-rooms\nwarning These count from the next start on: capture-budget-bytes, data, demo"_s;
}

void TestReload::saysWhatHasChanged()
{
    QFETCH(QByteArray, after);
    QFETCH(QString, says);
    QVERIFY(write("max-rooms = 5\n"));
    ServerProcess server(arguments());
    QVERIFY(server.start());
    QVERIFY(write(after));
    server.sendSignal(SIGHUP);
    const QString wanted = u"info The configuration was read again and is in force; "_s + says;
    QTRY_VERIFY2(said(server) == wanted, qPrintable(said(server)));
    QVERIFY(!server.output().contains("Canary"));
    QCOMPARE(server.stop(), 0);
}

// And not with what the reload before it read: what waits for the next start is in force no more than it was.
void TestReload::comparesWithWhatIsInForce()
{
    QVERIFY(write("max-rooms = 5\n"));
    ServerProcess server(arguments());
    QVERIFY(server.start());
    const QByteArray pending = "max-rooms = 5\ndemo = on\ncapture-budget-bytes = 1G\n";
    const QString read = u"info The configuration was read again and is in force; "_s;
    const QString nothing = read + u"no setting has changed, the files that it names were read anew"_s;
    const QString later = nothing + u"\nwarning These count from the next start on: capture-budget-bytes, data, demo"_s;
    QStringList all;
    for (const auto &[text, says] :
         {std::pair(pending, later), std::pair(pending, later), std::pair(QByteArray("max-rooms = 5\n"), nothing),
          std::pair(QByteArray("max-rooms = 6\n"), read + u"changed: max-rooms"_s)}) {
        QVERIFY(write(text));
        server.sendSignal(SIGHUP);
        all += says;
        QTRY_COMPARE(said(server), all.join(u'\n'));
    }
    QCOMPARE(server.stop(), 0);
}

void TestReload::beginsAMovedLogAnew()
{
    QVERIFY(write("max-rooms = 5\n"));
    ServerProcess server(arguments());
    QVERIFY(server.start());
    const QDir folder(server.folder());
    QVERIFY(QFile::rename(folder.filePath(u"log"_s), folder.filePath(u"log.1"_s)));
    server.sendSignal(SIGHUP);
    QTRY_VERIFY(QFile::exists(folder.filePath(u"log"_s)));
    QTRY_VERIFY(said(server).contains(u"in force"_s));
    QCOMPARE(server.stop(), 0);
}

void TestReload::hidesWhatItIsToldTo()
{
    QVERIFY(write("redact-field = pin\n"));
    ServerProcess server(arguments());
    QVERIFY(server.start());
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    client.sendText(R"({"password":"Sparrow","pin":"Canary1"})");
    QVERIFY(client.waitForMessages(1));
    QVERIFY(write("redact-field = password\n"));
    server.sendSignal(SIGHUP);
    QTRY_VERIFY(said(server).contains(u"in force"_s));
    client.sendText(R"({"password":"Canary2","pin":"Finch"})");
    QVERIFY(client.waitForMessages(2));
    QCOMPARE(server.stop(), 0);
    QByteArray written;
    QDirIterator all(server.folder(), QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        written += file.readAll();
    }
    QVERIFY(written.contains("Sparrow") && written.contains("Finch"));
    QVERIFY(!written.contains("Canary"));
}

// It is gone from the program's own environment by then.
void TestReload::remembersTheSecretOfItsEnvironment()
{
    QVERIFY(write("auth = token\n"));
    qputenv("JWT_SECRET", "remember me, I am long enough for this");
    ServerProcess server(arguments());
    qunsetenv("JWT_SECRET");
    QVERIFY2(server.start(), server.output().constData());
    server.sendSignal(SIGHUP);
    QTRY_VERIFY2(said(server).contains(u"in force"_s) || said(server).contains(u"error "_s), qPrintable(said(server)));
    QVERIFY2(!said(server).contains(u"error "_s), qPrintable(said(server)));
    QCOMPARE(server.stop(), 0);
}

// Whoever makes the server read its configuration anew gets no burst for it.
void TestReload::givesNobodyHisMessagesBack()
{
    QVERIFY(write("message-rate = 1\nmessage-burst = 10\nmax-rooms = 5\n"));
    ServerProcess server(arguments());
    QVERIFY(server.start());
    RawClient client(server.port());
    QVERIFY(client.upgrade());
    for (int i = 0; i < 10; ++i)
        client.sendText("{}");
    QVERIFY(client.waitForMessages(10));
    QVERIFY(write("message-rate = 1\nmessage-burst = 10\nmax-rooms = 6\n"));
    server.sendSignal(SIGHUP);
    QTRY_VERIFY(said(server).contains(u"in force"_s));
    for (int i = 0; i < 35; ++i) // ten of them taken, and it would go on
        client.sendText("{}");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.closeCode(), 4002);
    QCOMPARE(server.stop(), 0);
}

QTEST_GUILESS_MAIN(TestReload)
#include "tst_reload.moc"
