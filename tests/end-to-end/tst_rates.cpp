// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Messages a second, against the running program: who is let be, who is told, and who goes.
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <memory>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestRates final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_server.reset(); }
    void takesA144HzLoop();
    void tellsWhoIsTooFast();
    void aBatchCostsWhatItHolds();
    void endsAFlood();

private:
    std::unique_ptr<ServerProcess> m_server;

    void serve(const QStringList &arguments = {})
    {
        m_server = std::make_unique<ServerProcess>(arguments);
        QVERIFY2(m_server->start(), m_server->output().constData());
    }
    static qsizetype countOf(const RawClient &client, const char *what)
    {
        return std::count_if(client.messages().begin(), client.messages().end(),
                             [what](const RawClient::Message &message) { return message.payload.contains(what); });
    }
    static qsizetype errors(const RawClient &client) { return countOf(client, "\"rate_limited\""); }
};

// As it comes: bunched by a frame or two, as timers do. `scripts/test --long` lets it play for an hour.
void TestRates::takesA144HzLoop()
{
    serve();
    RawClient client(m_server->port());
    QVERIFY(client.upgrade("/ws/loop"));
    QVERIFY(!client.waitForType(u"connected"_s).isEmpty());
    bool isSet = false;
    const int wanted = qEnvironmentVariableIntValue("GLASSHOUSE_LOOP_SECONDS", &isSet);
    const qint64 milliseconds = isSet ? wanted * 1000LL : 12'000;
    QElapsedTimer clock;
    clock.start();
    int sent = 0;
    while (clock.elapsed() < milliseconds && !client.ended()) {
        for (; sent * 1000LL < clock.elapsed() * 144; ++sent)
            client.sendText(R"({"type":"ping","data":{}})");
        QTest::qWait(20);
    }
    QVERIFY(client.waitForMessages(sent));
    QCOMPARE(errors(client), 0);
    QVERIFY(m_server->endings().isEmpty());
}

void TestRates::tellsWhoIsTooFast()
{
    serve({u"--message-rate"_s, u"20"_s, u"--message-burst"_s, u"40"_s});
    RawClient client(m_server->port());
    QVERIFY(client.upgrade("/ws/loop"));
    const QJsonObject connected = client.waitForType(u"connected"_s);
    const QJsonObject limit = connected["data"_L1]["messageLimit"_L1].toObject();
    QCOMPARE(limit, (QJsonObject{{u"perSecond"_s, 20}, {u"burst"_s, 40}}));
    for (int i = 0; i < 100; ++i)
        client.sendText("no JSON"); // twenty that are answered would end it
    const QJsonObject error = client.waitForType(u"error"_s);
    QCOMPARE(error["data"_L1]["code"_L1].toString(), u"bad_json"_s);
    QVERIFY(client.waitForEnd()); // for the bad ones: the limit lets forty of them through
    QCOMPARE(int(client.closeCode()), 1008);
    RawClient polite(m_server->port());
    QVERIFY(polite.upgrade("/ws/loop"));
    for (int i = 0; i < 100; ++i)
        polite.sendText(R"({"type":"ping","data":{}})");
    const QJsonObject told = polite.waitForType(u"error"_s);
    QCOMPARE(told["data"_L1]["code"_L1].toString(), u"rate_limited"_s);
    QCOMPARE(told["data"_L1]["perSecond"_L1].toInt(), 20);
    QCOMPARE(told["data"_L1]["burst"_L1].toInt(), 40);
    QVERIFY(!told.contains("re"_L1));
    QVERIFY(told.contains("seq"_L1));
    const auto pongs = countOf(polite, "\"pong\"");
    QTRY_VERIFY((polite.sendText(R"({"type":"ping","data":{}})"), countOf(polite, "\"pong\"") > pongs));
    polite.sendClose(1000);
    QVERIFY(polite.waitForEnd());
}

void TestRates::aBatchCostsWhatItHolds()
{
    serve({u"--message-rate"_s, u"10"_s, u"--message-burst"_s, u"20"_s, u"--byte-rate"_s, u"0"_s});
    RawClient client(m_server->port());
    QVERIFY(client.upgrade("/ws/loop"));
    QByteArrayList envelopes;
    for (int i = 0; i < 64; ++i)
        envelopes += R"({"type":"ping","data":{}})";
    const QByteArray batch = R"({"type":"batch","data":[)" + envelopes.join(',') + "]}";
    for (int i = 0; i < 400; ++i)
        client.sendText(batch);
    QTRY_VERIFY(errors(client) > 0); // waitForType() would forget what came before
    client.sendClose(1000);
    QVERIFY(client.waitForEnd());
    const auto pongs = countOf(client, "\"pong\"");
    QVERIFY2(pongs >= 20 && pongs < 60, qPrintable(QString::number(pongs)));
}

void TestRates::endsAFlood()
{
    serve();
    RawClient client(m_server->port());
    QVERIFY(client.upgrade("/ws/loop"));
    for (int i = 0; i < 5'000; ++i)
        client.sendText(R"({"type":"ping","data":{}})");
    QVERIFY(client.waitForEnd());
    QCOMPARE(int(client.closeCode()), 4002);
    QCOMPARE(errors(client), 1);
}

QTEST_GUILESS_MAIN(TestRates)
#include "tst_rates.moc"
