// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/serverprocess.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// Players whose client is Qt's own.
class TestQWebSocket : public QObject
{
    Q_OBJECT

    ServerProcess m_server{manyConnections()};

    [[nodiscard]] QUrl urlOf(const QString &target) const
    {
        return QUrl(u"ws://127.0.0.1:%1%2"_s.arg(m_server.port()).arg(target));
    }

private slots:
    void initTestCase() { QVERIFY2(m_server.start(), m_server.output().constData()); }
    void cleanupTestCase() { QVERIFY2(m_server.stop() == 0, m_server.output().constData()); }

    void playsAndLeaves();
    void echoes();
};

namespace {

/// The first message of this type that has come.
QJsonObject found(const QSignalSpy &messages, QLatin1StringView type)
{
    for (const QList<QVariant> &message : messages) {
        const QJsonObject object = QJsonDocument::fromJson(message.first().toString().toUtf8()).object();
        if (object.value("type"_L1) == type)
            return object;
    }
    return {};
}

} // namespace

void TestQWebSocket::playsAndLeaves()
{
    QWebSocket ada;
    QWebSocket bob;
    const QSignalSpy toAda(&ada, &QWebSocket::textMessageReceived);
    const QSignalSpy toBob(&bob, &QWebSocket::textMessageReceived);
    ada.open(urlOf(u"/ws/qt/?name=Ada"_s));
    QTRY_VERIFY(!found(toAda, "connected"_L1).isEmpty());
    bob.open(urlOf(u"/ws/qt?name=Bob"_s));
    QTRY_VERIFY(!found(toBob, "connected"_L1).isEmpty());
    bob.sendTextMessage(uR"({"type":"hello","data":"from Bob"})"_s);
    QTRY_COMPARE(found(toAda, "hello"_L1).value("data"_L1).toString(), u"from Bob"_s);
    ada.sendTextMessage(uR"({"type":"back","data":"from Ada"})"_s);
    QTRY_COMPARE(found(toBob, "back"_L1).value("data"_L1).toString(), u"from Ada"_s);
    bob.close(QWebSocketProtocol::CloseCodeNormal);
    const QJsonObject ending = m_server.ending(1);
    QCOMPARE(ending.value("cause"_L1).toString(), u"client_closed"_s);
    QCOMPARE(ending.value("codeReceived"_L1).toInt(), 1000);
    QVERIFY(ending.value("cleanly"_L1).toBool());
    QTRY_VERIFY(!found(toAda, "player_left"_L1).isEmpty());
    QTRY_COMPARE(bob.state(), QAbstractSocket::UnconnectedState);
}

void TestQWebSocket::echoes()
{
    QWebSocket client;
    const QSignalSpy messages(&client, &QWebSocket::binaryMessageReceived);
    const QSignalSpy pongs(&client, &QWebSocket::pong);
    client.open(urlOf(u"/echo"_s));
    QTRY_VERIFY(client.isValid());
    const QByteArray large(60'000, '\x80');
    client.sendBinaryMessage(large);
    client.ping();
    QTRY_COMPARE(messages.size(), 1);
    QCOMPARE(messages.first().first().toByteArray(), large);
    QTRY_COMPARE(pongs.size(), 1);
}

QTEST_GUILESS_MAIN(TestQWebSocket)
#include "tst_qwebsocket.moc"
