// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/handshake.h"
#include "tests/support/requests.h"

#include <QTcpSocket>
#include <QTest>
#include <QWebSocketServer>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

HttpHead upgradeHead(const QByteArray &extra = {})
{
    return requestHead("GET", "/ws/blue",
                       "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                           + extra);
}

} // namespace

/// The handshake of Qt, behind its disguise.
class TestHandshake final : public QObject
{
    Q_OBJECT

private slots:
    void answersTheHandshake();
    void answersMoreThanQtKeepsWaiting();
    void letsNoForeignPageIn();
    void answersTheSubprotocolThatWasChosen_data();
    void answersTheSubprotocolThatWasChosen();
    void choosesASubprotocol_data();
    void choosesASubprotocol();
    void refusesWhatQtRefuses();
    void answersAsQtDoes_data();
    void answersAsQtDoes();

private:
    Handshaker m_handshaker;
};

void TestHandshake::answersTheHandshake()
{
    const QByteArray response = m_handshaker.answer(upgradeHead("Origin: http://evil.example\r\n")).response;
    QVERIFY(response.startsWith("HTTP/1.1 101 "));
    QVERIFY(response.endsWith("\r\n\r\n"));
    HttpHeadParser parser(HttpHeadParser::Kind::Response);
    qsizetype consumed = 0;
    QCOMPARE(parser.feed(response, consumed), HttpHeadParser::Status::Done);
    QCOMPARE(consumed, response.size()); // and not a byte of what Qt says when its part is over
    QCOMPARE(parser.head().value("Sec-WebSocket-Accept"), QByteArrayView("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    QVERIFY(parser.head().listHas("Upgrade", "websocket"));
    QVERIFY(parser.head().listHas("Connection", "Upgrade"));
}

void TestHandshake::answersMoreThanQtKeepsWaiting()
{
    for (int i = 0; i < 100; ++i)
        QVERIFY(m_handshaker.answer(upgradeHead()).response.startsWith("HTTP/1.1 101 "));
}

void TestHandshake::letsNoForeignPageIn()
{
    QVERIFY(!m_handshaker.answer(upgradeHead("Origin: http://evil.example\r\n")).response.contains("Access-Control"));
}

void TestHandshake::answersTheSubprotocolThatWasChosen_data()
{
    QTest::addColumn<QByteArray>("offered");
    QTest::addColumn<QByteArray>("chosen");
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("behind the word") << QByteArray("Sec-WebSocket-Protocol: bearer, abc, chess\r\n")
                                     << QByteArray("chess");
    QTest::newRow("behind another word") << QByteArray("Sec-WebSocket-Protocol: access_token, abc\r\n")
                                         << QByteArray("access_token");
    QTest::newRow("as Kubernetes has it")
        << QByteArray("Sec-WebSocket-Protocol: base64url.bearer.authorization.k8s.io.abc\r\n") << QByteArray();
    QTest::newRow("word and dot") << QByteArray("Sec-WebSocket-Protocol: token.abc, chess\r\n") << QByteArray("chess");
    QTest::newRow("none but a token") << QByteArray("Sec-WebSocket-Protocol: bearer.abc\r\n") << QByteArray();
    QTest::newRow("the first") << QByteArray("Sec-WebSocket-Protocol: chess.v1, chess.v2\r\n")
                               << QByteArray("chess.v1");
    QTest::newRow("the second") << QByteArray("Sec-WebSocket-Protocol: bearer.abc, chess.v2\r\n")
                                << QByteArray("chess.v2");
}

void TestHandshake::answersTheSubprotocolThatWasChosen()
{
    QFETCH(QByteArray, offered);
    QFETCH(QByteArray, chosen);
    const Handshake handshake = m_handshaker.answer(upgradeHead(offered));
    QCOMPARE(handshake.subprotocol, chosen);
    QCOMPARE(handshake.response.contains("\r\nSec-WebSocket-Protocol: " + chosen + "\r\n"), !chosen.isEmpty());
    QCOMPARE(handshake.response.contains("Sec-WebSocket-Protocol"), !chosen.isEmpty());
}

void TestHandshake::choosesASubprotocol_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("chosen");
    QTest::newRow("none offered") << QByteArray() << QByteArray();
    QTest::newRow("one") << QByteArray("Sec-WebSocket-Protocol: chess\r\n") << QByteArray("chess");
    QTest::newRow("the first of two") << QByteArray("Sec-WebSocket-Protocol: chess, go\r\n") << QByteArray("chess");
    QTest::newRow("two headers") << QByteArray("Sec-WebSocket-Protocol: chess\r\nSec-WebSocket-Protocol: go\r\n")
                                 << QByteArray("chess");
    QTest::newRow("a token first") << QByteArray("Sec-WebSocket-Protocol: bearer.abc, chess\r\n")
                                   << QByteArray("chess");
    QTest::newRow("a token only") << QByteArray("Sec-WebSocket-Protocol: bearer.abc\r\n") << QByteArray();
    QTest::newRow("a token without a dot")
        << QByteArray("Sec-WebSocket-Protocol: BEARERabc, chess\r\n") << QByteArray("chess");
    QTest::newRow("a token with a dash only") << QByteArray("Sec-WebSocket-Protocol: bearer-abc\r\n") << QByteArray();
}

void TestHandshake::choosesASubprotocol()
{
    QFETCH(QByteArray, headers);
    QTEST(chooseSubprotocol(requestHead("GET", "/ws/a", "Host: a\r\n" + headers)), "chosen");
}

void TestHandshake::refusesWhatQtRefuses()
{
    QVERIFY(m_handshaker.answer(requestHead("GET", "/")).response.isEmpty());
    QVERIFY(!m_handshaker.answer(upgradeHead()).response.isEmpty()); // the next one is none the worse for it
}

void TestHandshake::answersAsQtDoes_data()
{
    QTest::addColumn<QByteArray>("subprotocol");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("one") << QByteArray("chess.v2");
    QTest::newRow("one that looks like an answer") << QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK-xOo");
}

void TestHandshake::answersAsQtDoes()
{
    QFETCH(QByteArray, subprotocol);
    QWebSocketServer qt(u"Glasshouse"_s, QWebSocketServer::NonSecureMode);
    if (!subprotocol.isEmpty())
        qt.setSupportedSubprotocols({QString::fromLatin1(subprotocol)});
    QVERIFY(qt.listen(QHostAddress::LocalHost));
    for (const QByteArray key : {"dGhlIHNhbXBsZSBub25jZQ==", "AAAAAAAAAAAAAAAAAAAAAA==", "//////////////////////+==",
                                 "x3JJHMbDL1EzLkh9GBhXDw=="}) {
        const QByteArray headers = "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
            + key + "\r\nSec-WebSocket-Version: 13\r\n"
            + (subprotocol.isEmpty() ? QByteArray() : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n");
        QTcpSocket client;
        client.connectToHost(qt.serverAddress(), qt.serverPort());
        client.write("GET / HTTP/1.1\r\n" + headers + "\r\n");
        QByteArray answer;
        QTRY_VERIFY((answer += client.readAll()).contains("\r\n\r\n"));
        answer.truncate(answer.indexOf("\r\n\r\n") + 4);
        for (const QByteArray name :
             {"Access-Control-", "Date:"}) { // which hold for more than this handshake, or for less
            for (qsizetype at; (at = answer.indexOf(name)) >= 0;)
                answer.remove(at, answer.indexOf("\r\n", at) + 2 - at);
        }
        QCOMPARE(m_handshaker.answer(requestHead("GET", "/ws/blue", headers)).response, answer);
    }
}

QTEST_GUILESS_MAIN(TestHandshake)
#include "tst_handshake.moc"
