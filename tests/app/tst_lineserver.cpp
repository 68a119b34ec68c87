// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lineserver.h"
#include "client/testclient.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Tone = LineTalk::Tone;

namespace {

/// A server and what it says.
struct Heard
{
    LineServer server;
    QByteArray out;
    QStringList bad;
    QStringList good;
    QList<int> finished;
    bool wantsLines = false;

    explicit Heard(quint16 port = 0, LineForm form = {}, bool holdsLines = true) : server(port, form, holdsLines)
    {
        QObject::connect(&server, &LineTalk::printed, &server, [this](const QByteArray &lines) { out += lines; });
        QObject::connect(&server, &LineTalk::said, &server,
                         [this](const QString &text, Tone tone) { (tone == Tone::Good ? good : bad) += text; });
        QObject::connect(&server, &LineTalk::linesWanted, &server, [this](bool wanted) { wantsLines = wanted; });
        QObject::connect(&server, &LineTalk::finished, &server, [this](int code) { finished += code; });
        server.start();
    }
    TestClientOptions options(int closingMs = 400) const
    {
        TestClientOptions options;
        options.url = QUrl(u"ws://127.0.0.1:%1/any"_s.arg(server.port()));
        options.closingMs = closingMs;
        return options;
    }
};

struct Client
{
    TestClient client;
    QByteArrayList messages;
    TestClientEnding ending;

    explicit Client(const TestClientOptions &options)
    {
        QObject::connect(&client, &TestClient::messageReceived, &client,
                         [this](MessageKind, const QByteArray &payload) { messages += payload; });
        QObject::connect(&client, &TestClient::ended, &client, [this](const TestClientEnding &e) { ending = e; });
        client.connectToServer(options);
    }
    bool isOpen() const { return client.state() == TestClientState::Open; }
    bool isClosed() const { return client.state() == TestClientState::Closed; }
};

} // namespace

class TestLineServer final : public QObject
{
    Q_OBJECT
private slots:
    void printsWhatAnybodySays();
    void sendsLinesToAll();
    void wantsLinesWhileSomebodyIsThere();
    void tellsWhoTypesThatNobodyIsThere();
    void answersPingsAndCloses();
    void takesTheFirstSubprotocol();
    void refusesWhatIsNoUpgrade_data();
    void refusesWhatIsNoUpgrade();
    void endsWhoBreaksTheProtocol();
    void cutsOffWhoReadsTooSlowly();
    void cutsOffWhoHoldsUpAllOthers();
    void readsNothingWhileTheOutputIsFull();
    void bringsItsGuestsToAnEnd();
    void failsWhereThePortIsTaken();
    void tellsItsPortAsJson();
};

void TestLineServer::printsWhatAnybodySays()
{
    Heard heard;
    Client ada(heard.options());
    Client bob(heard.options());
    QTRY_VERIFY(ada.isOpen() && bob.isOpen());
    QCOMPARE(ada.client.sendText("one"), TestClientSend::Sent);
    QTRY_COMPARE(heard.out, QByteArray("one\n"));
    QCOMPARE(bob.client.sendBinary("\xFF"), TestClientSend::Sent);
    QTRY_COMPARE(heard.out, QByteArray("one\n\xFF\n"));
}

void TestLineServer::sendsLinesToAll()
{
    Heard heard;
    Client ada(heard.options());
    Client bob(heard.options());
    QTRY_VERIFY(ada.isOpen() && bob.isOpen());
    QTRY_COMPARE(heard.good.size(), 3);
    heard.server.takeLine("hello");
    QTRY_COMPARE(ada.messages, QByteArrayList{"hello"});
    QTRY_COMPARE(bob.messages, QByteArrayList{"hello"});
    heard.server.takeLine("\xFF");
    QCOMPARE(heard.bad.size(), 1);
}

void TestLineServer::wantsLinesWhileSomebodyIsThere()
{
    Heard heard;
    QVERIFY(!heard.wantsLines);
    Client ada(heard.options());
    QTRY_VERIFY(heard.wantsLines);
    ada.client.close();
    QTRY_VERIFY(!heard.wantsLines);
    heard.server.endInput(true); // a pipe that is over ends no server
    Client bob(heard.options());
    QTRY_VERIFY(bob.isOpen());
    heard.server.endInput(false);
    QTRY_COMPARE(heard.finished, QList<int>{0});
}

void TestLineServer::tellsWhoTypesThatNobodyIsThere()
{
    Heard heard(0, {}, false);
    QVERIFY(heard.wantsLines);
    heard.server.takeLine("hello");
    QCOMPARE(heard.bad, QStringList{u"Not sent: nobody is connected."_s});
    heard.server.endInput(false);
    QTRY_COMPARE(heard.finished, QList<int>{0});
}

void TestLineServer::answersPingsAndCloses()
{
    Heard heard;
    Client ada(heard.options());
    QSignalSpy pongs(&ada.client, &TestClient::roundTrip);
    QTRY_VERIFY(ada.isOpen());
    QCOMPARE(ada.client.ping("a"), TestClientSend::Sent);
    QTRY_COMPARE(pongs.size(), 1);
    ada.client.close(4000,
                     "by\x1B"
                     "e");
    QTRY_VERIFY(ada.isClosed());
    QVERIFY(ada.ending.cleanly);
    QCOMPARE(ada.ending.codeReceived, quint16(4000));
    QTRY_COMPARE(heard.good.last(), u"A client left: 4000 – by\\u{1B}e"_s);
}

void TestLineServer::takesTheFirstSubprotocol()
{
    Heard heard;
    TestClientOptions options = heard.options();
    options.subprotocols = {"chat", "other"};
    Client ada(options);
    QSignalSpy opened(&ada.client, &TestClient::opened);
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(opened[0][1].toByteArray(), QByteArray("chat"));
}

void TestLineServer::refusesWhatIsNoUpgrade_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("page") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n") << QByteArray("HTTP/1.1 426 ");
    QTest::newRow("no HTTP") << QByteArray("hello there\r\n\r\n") << QByteArray("HTTP/1.1 400 ");
    QTest::newRow("no key") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                          "Sec-WebSocket-Version: 13\r\n\r\n")
                            << QByteArray("HTTP/1.1 400 ");
}

void TestLineServer::refusesWhatIsNoUpgrade()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    Heard heard;
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, heard.server.port());
    socket.write(request);
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(socket.readAll().startsWith(status));
    QCOMPARE(heard.good.size(), 1); // that it listens
}

void TestLineServer::endsWhoBreaksTheProtocol()
{
    Heard heard;
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, heard.server.port());
    socket.write(
        "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81\x01x"); // not masked
    QByteArray answer;
    connect(&socket, &QTcpSocket::readyRead, this, [&] { answer += socket.readAll(); });
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    QVERIFY(answer.contains("\x03\xEA")); // 1002
    QTRY_COMPARE(heard.good.size(), 3);
    QCOMPARE(heard.out, QByteArray());
}

void TestLineServer::cutsOffWhoReadsTooSlowly()
{
    Heard heard;
    Client ada(heard.options());
    Client slow(heard.options());
    QTRY_VERIFY(ada.isOpen() && slow.isOpen());
    QTRY_VERIFY(heard.wantsLines);
    slow.client.setReading(false);
    const QByteArray line(512 * 1024, 'x');
    int lines = 0;
    while (heard.bad.isEmpty() && ++lines < 500) { // whoever does not stop where no lines are wanted
        heard.server.takeLine(line);
        QCoreApplication::processEvents();
    }
    QCOMPARE(heard.bad, QStringList{u"A client read too slowly and was cut off."_s});
    QVERIFY(lines > 32);
    QTRY_COMPARE(ada.messages.size(), lines);
}

void TestLineServer::cutsOffWhoHoldsUpAllOthers()
{
    Heard heard;
    heard.server.setPatience(200);
    Client ada(heard.options());
    Client slow(heard.options());
    QTRY_VERIFY(ada.isOpen() && slow.isOpen());
    QTRY_VERIFY(heard.wantsLines);
    slow.client.setReading(false);
    const QByteArray line(512 * 1024, 'x');
    int lines = 0;
    for (; heard.wantsLines && lines < 500; ++lines) { // no more than a pipe would
        heard.server.takeLine(line);
        QCoreApplication::processEvents();
    }
    QVERIFY(lines < 500);
    QTRY_VERIFY(heard.wantsLines);
    QCOMPARE(heard.bad, QStringList{u"A client read too slowly and was cut off."_s});
    QTRY_COMPARE(ada.messages.size(), lines);
}

void TestLineServer::readsNothingWhileTheOutputIsFull()
{
    Heard heard;
    Client ada(heard.options());
    QTRY_VERIFY(ada.isOpen() && heard.wantsLines);
    heard.server.setOutputFull(true);
    const QByteArray big(1024 * 1024, 'x');
    int sent = 0;
    while (ada.client.sendText(big) == TestClientSend::Sent && ++sent < 100)
        QCoreApplication::processEvents();
    QVERIFY(sent < 100);
    QCOMPARE(heard.out, QByteArray());
    heard.server.setOutputFull(false);
    QTRY_COMPARE(heard.out.size(), sent * (big.size() + 1));
}

void TestLineServer::bringsItsGuestsToAnEnd()
{
    Heard heard;
    Client ada(heard.options());
    QTRY_VERIFY(ada.isOpen());
    heard.server.interrupt();
    QTRY_COMPARE(heard.finished, QList<int>{130});
    QTRY_VERIFY(ada.isClosed());
    QCOMPARE(ada.ending.codeReceived, quint16(1001));
    QVERIFY(ada.ending.cleanly);
}

void TestLineServer::failsWhereThePortIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::Any));
    Heard heard(other.serverPort());
    QTRY_COMPARE(heard.finished, QList<int>{1});
    QVERIFY(heard.bad.value(0).startsWith(u"Can not listen on port %1: "_s.arg(other.serverPort())));
}

void TestLineServer::tellsItsPortAsJson()
{
    const Heard heard(0, {.kind = LineForm::Kind::Json});
    QVERIFY(heard.out.contains("\"event\":\"listening\""));
    QVERIFY(heard.out.contains("\"port\":" + QByteArray::number(heard.server.port())));
}

QTEST_GUILESS_MAIN(TestLineServer)
#include "tst_lineserver.moc"
