// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/servermessages.h"
#include "server/games/relay.h"
#include "tests/games/recordingoutput.h"

#include <QTest>

using namespace glasshouse;

class TestRelay final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void passesMessagesOn_data();
    void passesMessagesOn();
    void passesBinaryOnUnchanged();
    void saysNothingOfItsOwn();
    void startsOnce();

private:
    Relay m_relay;
    RecordingOutput m_out;
};

void TestRelay::init()
{
    m_relay = Relay();
    m_out.calls.clear();
}

void TestRelay::passesMessagesOn_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("call");
    QTest::newRow("to all others") << QByteArray(R"({"type":"move","data":{"x":1.50}})")
                                   << QByteArray(R"(others of anna move {"x":1.50})");
    QTest::newRow("without data") << QByteArray(R"({"type":"move"})") << QByteArray("others of anna move {}");
    QTest::newRow("data of any kind") << QByteArray(R"({"type":"move","data":[1,null]})")
                                      << QByteArray("others of anna move [1,null]");
    QTest::newRow("to one") << QByteArray(R"({"type":"move","data":7,"to":"ben"})") << QByteArray("anna to ben move 7");
    for (int i = 0; i < serverMessageCount; ++i) {
        const QByteArray type = typeOf(ServerMessage(i)).toByteArray();
        const QByteArray message = R"({"type":")" + type + '"';
        QTest::newRow(type.constData()) << message + '}' << QByteArray("reject not_allowed");
        QTest::newRow((type + " to one").constData())
            << message + R"(,"to":"ben"})" << QByteArray("reject not_allowed");
    }
    QTest::newRow("to nobody") << QByteArray(R"({"type":"move","to":"carl"})") << QByteArray("reject bad_data");
    QTest::newRow("to an empty id") << QByteArray(R"({"type":"move","to":""})") << QByteArray("reject bad_data");
}

void TestRelay::passesMessagesOn()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, call);
    const auto envelope = parseEnvelope(message);
    QVERIFY(envelope.ok());
    m_relay.message("anna", envelope.value(), 0, m_out);
    QCOMPARE(m_out.calls, QList<QByteArray>{call});
}

void TestRelay::passesBinaryOnUnchanged()
{
    m_relay.binary("ben", QByteArrayView("\x01\xFF{", 3), 0, m_out);
    QCOMPARE(m_out.calls, QList<QByteArray>{"binary to others of ben \x01\xFF{"});
}

void TestRelay::saysNothingOfItsOwn()
{
    m_relay.joined({"anna", QStringLiteral("Anna")}, 0, m_out);
    m_relay.left("anna", 1, m_out);
    m_relay.tick(2, m_out);
    QCOMPARE(m_out.calls, {});
    QCOMPARE(m_relay.nextTickMs(), -1);
    QCOMPARE(m_relay.state(0), "{}");
    QCOMPARE(m_relay.kind(), QByteArrayView("relay"));
}

void TestRelay::startsOnce()
{
    QByteArray data;
    QCOMPARE(m_relay.phase(), GamePhase::Waiting);
    QVERIFY(m_relay.start(0, data, m_out));
    QCOMPARE(data, "{}");
    QCOMPARE(m_relay.phase(), GamePhase::Playing);
    QVERIFY(!m_relay.start(1, data, m_out));
}

QTEST_GUILESS_MAIN(TestRelay)
#include "tst_relay.moc"
