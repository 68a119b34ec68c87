// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <algorithm>
#include <sys/mount.h>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray get(QByteArrayView path) { return "GET " + path.toByteArray() + " HTTP/1.1\r\nHost: localhost\r\n\r\n"; }

QByteArray answer(const ServerProcess &server, QByteArrayView path)
{
    RawClient client(server.port());
    return client.request(get(path)) ? client.body() : QByteArray();
}

QStringList faults(const ServerProcess &server)
{
    const QJsonObject health = QJsonDocument::fromJson(answer(server, "/health")).object();
    QStringList names;
    for (const auto &name : health.value(u"faults"_s).toArray())
        names += name.toString();
    return health.value(u"status"_s).toString() == u"ok" ? names : QStringList{u"not ok"_s};
}

QString textOf(const ServerProcess &server, const QString &event)
{
    return server.log(event).value(0).value(u"text"_s).toString();
}

/// The session that a server writes.
QString sessionOf(const ServerProcess &server)
{
    const QDir data(server.dataFolder());
    return data.filePath(data.entryList(QDir::Dirs | QDir::NoDotAndDotDot).value(0));
}

/// A disk of its own, and a small one; gone with this.
class SmallDisk
{
public:
    explicit SmallDisk(const char *size)
    {
        m_isThere = ::mount("tmpfs", m_folder.path().toUtf8().constData(), "tmpfs", 0, size) == 0;
    }
    ~SmallDisk()
    {
        if (m_isThere)
            ::umount2(m_folder.path().toUtf8().constData(), MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    [[nodiscard]] bool isThere() const { return m_isThere; }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    /// Until there is no room for a byte.
    [[nodiscard]] bool fill() const
    {
        QFile file(path(u"filling"_s));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
            return false;
        while (file.write(QByteArray(4096, 'x')) > 0) { }
        return file.error() != QFileDevice::NoError;
    }
    [[nodiscard]] bool empty() const { return QFile::remove(path(u"filling"_s)); }

private:
    QTemporaryDir m_folder;
    bool m_isThere = false;
};

} // namespace

/// What goes wrong with the server itself is said: in the log, in /health and in /metrics. The games go on.
class TestTrouble : public QObject
{
    Q_OBJECT

private slots:
    void saysNothingWhereAllIsWell();
    void saysThatResultsAreNotKept();
    void saysThatTheCaptureStops();
    void saysThatItsLogIsFull();
    void survivesAFullDisk();
    void logsWhatLibrariesSay();
    void foldsStrangers();
    void logsFromAWindowToo();
};

void TestTrouble::saysNothingWhereAllIsWell()
{
    ServerProcess server;
    QVERIFY(server.start());
    QVERIFY(answer(server, "/health").contains("\"faults\":[]"));
    const QByteArray metrics = answer(server, "/metrics");
    for (const char *name : {"capture_stopped", "results_failed", "log_failed", "accepting_paused"})
        QVERIFY2(metrics.contains(QByteArray("glasshouse_fault{code=\"") + name + "\"} 0\n"), metrics.constData());
    QCOMPARE(server.stop(), 0);
}

void TestTrouble::saysThatResultsAreNotKept()
{
    ServerProcess server;
    QVERIFY(QDir().mkpath(server.dataFolder() + u"/results.sqlite"_s));
    QVERIFY2(server.start(), server.output().constData());
    QTRY_COMPARE(textOf(server, u"results_failed"_s),
                 u"Results of games are not kept: results.sqlite can not be used: it is a folder"_s);
    QCOMPARE(faults(server), QStringList{u"results_failed"_s});
    QVERIFY(!answer(server, "/health").contains(server.folder().toUtf8()));
    QVERIFY(answer(server, "/metrics").contains("glasshouse_fault{code=\"results_failed\"} 1\n"));
    QCOMPARE(server.stop(), 0);
}

void TestTrouble::saysThatTheCaptureStops()
{
    ServerProcess server;
    QVERIFY(server.start());
    const QString session = sessionOf(server);
    QVERIFY(QDir(session).removeRecursively()); // nothing was written yet
    RawClient player(server.port());
    QVERIFY(player.upgrade("/ws/blue"));
    QTRY_COMPARE(textOf(server, u"capture_stopped"_s), u"The capture can not be written: No such file or directory"_s);
    QCOMPARE(faults(server), QStringList{u"capture_stopped"_s});
    QVERIFY(QDir().mkpath(session));
    player.sendText(R"({"type":"chat","data":{"text":"again"}})");
    QTRY_VERIFY(textOf(server, u"capture_goes_on"_s).startsWith(u"The capture is written again; rows lost"_s));
    QCOMPARE(faults(server), QStringList());
    QCOMPARE(server.log(u"capture_stopped"_s).size(), 1);
    QCOMPARE(server.stop(), 0);
}

void TestTrouble::saysThatItsLogIsFull()
{
    ServerProcess server({u"--log-file"_s, u"/dev/full"_s});
    QVERIFY(server.start());
    QTRY_COMPARE(faults(server), QStringList{u"log_failed"_s});
    QTRY_VERIFY(server.output().contains("can not write /dev/full: No space left on device"));
    RawClient player(server.port());
    QVERIFY(player.upgrade("/ws/blue"));
    QCOMPARE(server.stop(), 0);
    QCOMPARE(server.output().count("can not write /dev/full"), 1);
}

void TestTrouble::survivesAFullDisk()
{
    const SmallDisk disk("size=256k");
    if (!disk.isThere())
        QSKIP("only root mounts a disk");
    ServerProcess server({u"--data"_s, disk.path(u"data"_s), u"--log-file"_s, disk.path(u"log"_s)});
    QVERIFY2(server.start(), server.output().constData());
    RawClient player(server.port());
    QVERIFY(player.upgrade("/ws/blue"));
    QVERIFY(disk.fill());
    for (int i = 0; i < 50; ++i)
        player.sendText("{\"type\":\"chat\",\"data\":{\"text\":\"" + QByteArray(1'000, 'x') + "\"}}");
    QVERIFY(player.waitForMessages(10)); // the game does not mind
    QTRY_COMPARE_WITH_TIMEOUT(faults(server), (QStringList{u"capture_stopped"_s, u"log_failed"_s}), 10'000);
    QTRY_VERIFY(
        server.output().contains("can not write " + disk.path(u"log"_s).toUtf8() + ": No space left on device"));
    QVERIFY(disk.empty());
    const auto isWell = [&] {
        player.sendText("{\"type\":\"chat\",\"data\":{\"text\":\"again\"}}");
        return faults(server).isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isWell(), 10'000);
    QCOMPARE(server.stop(), 0);
    QFile log(disk.path(u"log"_s));
    QVERIFY(log.open(QIODevice::ReadOnly));
    const QByteArray written = log.readAll();
    QVERIFY2(written.contains("lines that are missing here: "), written.constData());
    QVERIFY2(written.contains("capture_goes_on"), written.constData());
    for (const QByteArray &line : written.trimmed().split('\n'))
        QVERIFY2(!QJsonDocument::fromJson(line).isNull(), line.constData());
}

void TestTrouble::logsWhatLibrariesSay()
{
    qputenv("QT_LOGGING_RULES", "qt.core.plugin.*=true");
    ServerProcess server; // whose results need a plug-in of Qt
    qunsetenv("QT_LOGGING_RULES");
    QVERIFY(QDir().mkpath(server.dataFolder()));
    QVERIFY(QFile(server.dataFolder() + u"/results.sqlite"_s).open(QIODevice::WriteOnly));
    QVERIFY(server.start());
    const auto said = [&server] {
        const QList<QJsonObject> lines = server.log(u"message"_s);
        return std::any_of(lines.begin(), lines.end(), [](const QJsonObject &line) {
            return line.value(u"category"_s).toString().startsWith(u"qt.core.plugin");
        });
    };
    QTRY_VERIFY(said());
    QCOMPARE(server.stop(), 0);
    QVERIFY2(!server.output().contains("plugin"), server.output().constData());
}

void TestTrouble::foldsStrangers()
{
    ServerProcess server(manyConnections() + QStringList{u"--log-level"_s, u"info"_s});
    QVERIFY(server.start());
    for (int i = 0; i < 20; ++i) {
        RawClient broken(server.port());
        broken.send("no HTTP\r\n\r\n");
        QVERIFY(broken.waitForEnd());
        RawClient echo(server.port());
        QVERIFY(echo.upgrade("/echo"));
        echo.sendClose(1000);
        QVERIFY(echo.waitForEnd());
        RawClient player(server.port());
        QVERIFY(player.upgrade("/ws/blue"));
        player.sendClose(1000);
        QVERIFY(player.waitForEnd());
    }
    QCOMPARE(server.stop(), 0);
    QCOMPARE(server.log(u"request_refused"_s).size(), 1);
    QCOMPARE(server.log(u"connection_ended"_s).size(), 20 + 1); // each player, and one who never was
    qint64 told = 0;
    for (const QJsonObject &line : server.log(u"strangers"_s)) {
        QCOMPARE(line.value(u"address"_s).toString(), u"127.0.0.1"_s);
        told += line.value(u"count"_s).toInteger();
    }
    QCOMPARE(told, 19 + 19);
}

void TestTrouble::logsFromAWindowToo()
{
    QTemporaryDir folder;
    QProcess window;
    window.setProcessChannelMode(QProcess::MergedChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, folder.path());
    window.setProcessEnvironment(environment);
    window.start(qEnvironmentVariable("GLASSHOUSE"),
                 {u"--port"_s, u"0"_s, u"--bind"_s, u"127.0.0.1"_s, u"--data"_s, folder.filePath(u"data"_s),
                  u"--log-file"_s, folder.filePath(u"log"_s), u"-platform"_s, u"offscreen"_s});
    QVERIFY(window.waitForStarted());
    const auto log = [&folder] {
        QFile file(folder.filePath(u"log"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_VERIFY(log().contains("server_started") || window.state() == QProcess::NotRunning);
    if (window.readAll().contains("has no window"))
        QSKIP("this build has no window");
    QVERIFY(log().contains("server_started"));
    window.terminate();
    QVERIFY(window.waitForFinished());
}

QTEST_GUILESS_MAIN(TestTrouble)
#include "tst_trouble.moc"
