// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventtext.h"
#include "server/inprocesshost.h"
#include "tests/support/rawclient.h"

#include <QLoggingCategory>
#include <QTest>
#include <numeric>

using namespace glasshouse;
using namespace Qt::StringLiterals;

// What a running server says about its connections: evidence, levels, violations, counts.

namespace {

struct Seen
{
    QList<ConnectionEnded> ended;
    QList<ServerEvent> events;
    std::optional<ConnectionLevels> levels;
    bool hadLevelsLast = false;
    EndingStatistics endings;
    int endingsSent = 0;
    Totals totals;

    explicit Seen(Host &host)
    {
        QObject::connect(&host, &Host::snapshot, &host, [this](const Snapshot &snapshot) { take(snapshot); });
        host.setSnapshotsWanted(true);
    }
    Q_DISABLE_COPY_MOVE(Seen)

    void take(const Snapshot &snapshot)
    {
        ended += snapshot.ended;
        events += snapshot.events;
        totals = snapshot.totals;
        hadLevelsLast = snapshot.levels.has_value();
        if (snapshot.levels)
            levels = snapshot.levels;
        if (snapshot.endings) {
            endings = *snapshot.endings;
            ++endingsSent;
        }
    }
    [[nodiscard]] QStringList textsOf(const QByteArray &kind) const
    {
        QStringList texts;
        for (const ServerEvent &event : events) {
            if (eventType(event.code).kind == kind)
                texts += eventText(event);
        }
        return texts;
    }
};

} // namespace

class TestAutopsy final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLoggingCategory::setFilterRules(u"glasshouse.*=false"_s); }
    void cleanup() { m_host = std::make_unique<InProcessHost>(); }

    void keepsTheLastFramesOfAConnection_data();
    void keepsTheLastFramesOfAConnection();
    void marksTheFrameThatBrokeTheProtocol();
    void countsBytesOnBothSides();
    void tellsTheLevelsOfTheWatchedConnection();
    void tellsNoLevelsOfOneThatIsGone();
    void namesThePlayerWhoPassedALimit();
    void countsEndingsAndRoundTrips();

private:
    std::unique_ptr<Host> m_host = std::make_unique<InProcessHost>();

    void start(const std::function<void(ServerConfig &)> &change = {});
    [[nodiscard]] quint16 port() const { return m_host->listenInfo().port; }
};

void TestAutopsy::start(const std::function<void(ServerConfig &)> &change)
{
    ServerConfig config;
    config.port = 0;
    config.bindAddress = u"127.0.0.1"_s;
    config.capture = false; // the evidence does not need it
    config.limits.heartbeatSeconds = 0;
    if (change)
        change(config);
    m_host->start(config);
    QTRY_COMPARE(m_host->state(), ServerState::Running);
}

void TestAutopsy::keepsTheLastFramesOfAConnection_data()
{
    QTest::addColumn<int>("messages");
    QTest::addColumn<int>("frames"); // each message is echoed, and the close is answered
    QTest::newRow("none") << 0 << 2;
    QTest::newRow("one") << 1 << 4;
    QTest::newRow("more than are kept") << 9 << lastFramesKept;
}

void TestAutopsy::keepsTheLastFramesOfAConnection()
{
    QFETCH(int, messages);
    Seen seen(*m_host);
    start();
    RawClient client(port());
    QVERIFY(client.upgrade());
    for (int i = 0; i < messages; ++i) {
        client.sendFrame(Opcode::Binary, QByteArray(100 + i, 'x'));
        QVERIFY(client.waitForMessages(i + 1));
    }
    client.sendClose(1000);
    QVERIFY(client.waitForEnd());
    QTRY_COMPARE(seen.ended.size(), 1);
    const QList<LastFrame> frames = seen.ended.constFirst().ending.lastFrames;
    QTEST(int(frames.size()), "frames");
    const auto isFrame = [&](qsizetype fromEnd, Direction direction, Opcode opcode, quint64 size) {
        const LastFrame &frame = frames[frames.size() - fromEnd];
        return frame.direction == direction && frame.opcode == quint8(opcode) && frame.size == size && !frame.broken
            && frame.beforeEndMs >= 0 && frame.beforeEndMs < 60'000;
    };
    QVERIFY(isFrame(1, Direction::Out, Opcode::Close, 2));
    QVERIFY(isFrame(2, Direction::In, Opcode::Close, 2));
    if (messages == 0)
        return;
    QVERIFY(isFrame(3, Direction::Out, Opcode::Binary, quint64(99 + messages)));
    QVERIFY(isFrame(4, Direction::In, Opcode::Binary, quint64(99 + messages)));
}

void TestAutopsy::marksTheFrameThatBrokeTheProtocol()
{
    Seen seen(*m_host);
    start();
    RawClient client(port());
    QVERIFY(client.upgrade());
    client.send(QByteArrayView("\xC3\x80\x00\x00\x00\x00", 6)); // opcode 3, RSV1
    QVERIFY(client.waitForEnd());
    QTRY_COMPARE(seen.ended.size(), 1);
    const Ending &ending = seen.ended.constFirst().ending;
    QCOMPARE(ending.cause, EndingCause::ProtocolError);
    QVERIFY(ending.lastFrames.constFirst().broken);
    QCOMPARE(ending.lastFrames.constFirst().opcode, 3);
    QVERIFY(!ending.lastFrames.constLast().broken);
}

void TestAutopsy::countsBytesOnBothSides()
{
    Seen seen(*m_host);
    start();
    RawClient client(port());
    QVERIFY(client.upgrade());
    client.sendText("12345");
    QVERIFY(client.waitForMessages(1));
    client.sendClose(1000);
    QVERIFY(client.waitForEnd());
    QTRY_COMPARE(seen.ended.size(), 1);
    QCOMPARE(seen.ended.constFirst().ending.bytesIn, 6U + 5U + 6U + 2U);
    QCOMPARE(seen.ended.constFirst().ending.bytesOut, 2U + 5U + 2U + 2U);
}

void TestAutopsy::tellsTheLevelsOfTheWatchedConnection()
{
    Seen seen(*m_host);
    start([](ServerConfig &config) {
        config.limits.heartbeatSeconds = 3'600;
        config.limits.messageBurst = 1'000;
        config.limits.messageRate = 1; // fills so slowly that the level stays to be seen
    });
    RawClient client(port());
    RawClient other(port());
    QVERIFY(client.upgrade("/ws/blue?name=Ada"));
    QVERIFY(other.upgrade("/ws/red"));
    for (int i = 0; i < 50; ++i)
        client.sendText(R"({"type":"ping","data":{}})");
    client.sendText("no json");
    QVERIFY(client.waitForMessages(52));
    QTRY_COMPARE(seen.totals.open, 2);
    QVERIFY(!seen.levels); // nobody asked
    m_host->watchConnection(ConnectionId{1});
    QTRY_VERIFY(seen.levels);
    const ConnectionLevels levels = *seen.levels;
    QCOMPARE(levels.id, ConnectionId{1});
    QVERIFY2(levels.messages > 30 && levels.messages <= 51, qPrintable(QString::number(levels.messages)));
    QVERIFY(levels.byteBurst > 0 && levels.bytes >= 0);
    QCOMPARE(levels.biggestMessage, 25);
    QCOMPARE(levels.badInARow, 1);
    QCOMPARE(levels.players, 1);
    QCOMPARE(levels.ofAddress, 2);
    QCOMPARE(levels.connections, 2);
    QCOMPARE(levels.rooms, 2);
    QCOMPARE(levels.midwayMs, -1);
    QCOMPARE(levels.pongMs, -1);
    QVERIFY(levels.nextPingMs >= 0 && levels.nextPingMs <= 3'600'000);
    QCOMPARE(levels.limits.messageBurst, 1'000);
    client.send(QByteArrayView("\x81", 1)); // the half of a frame
    QTRY_VERIFY(seen.levels->midwayMs >= 0);
}

void TestAutopsy::tellsNoLevelsOfOneThatIsGone()
{
    Seen seen(*m_host);
    start();
    m_host->watchConnection(ConnectionId{1});
    RawClient client(port());
    QVERIFY(client.upgrade());
    QTRY_VERIFY(seen.hadLevelsLast);
    client.sendClose(1000);
    QTRY_VERIFY(!seen.hadLevelsLast);
}

void TestAutopsy::namesThePlayerWhoPassedALimit()
{
    Seen seen(*m_host);
    start([](ServerConfig &config) {
        config.limits.messageBurst = 2;
        config.limits.messageRate = 1;
        config.limits.resumeSeconds = 0; // or the seat of the first would keep her name
    });
    for (int round = 0; round < 2; ++round) {
        RawClient client(port());
        QVERIFY(client.upgrade("/ws/blue?name=Ada"));
        for (int i = 0; i < 40; ++i) // more than thirty times the rate
            client.sendText(R"({"type":"ping","data":{}})");
        QVERIFY(client.waitForClose());
        QCOMPARE(client.closeCode(), 4002);
        QVERIFY(client.waitForEnd());
    }
    QTRY_COMPARE(seen.textsOf("connection_ended").size(), 2);
    QCOMPARE(seen.textsOf("connection_ended").constFirst(),
             u"The client went on sending too many messages a second. #1 “Ada”, 127.0.0.1"_s);
    QByteArrayList keys;
    for (const ServerEvent &event : seen.events) {
        if (event.code == EventCode::ConnectionEnded) {
            keys += foldKeyOf(event);
            QCOMPARE(severityOf(event), EventSeverity::Warning);
        }
    }
    QCOMPARE(keys.constFirst(), keys.constLast()); // one line with a count
}

void TestAutopsy::countsEndingsAndRoundTrips()
{
    Seen seen(*m_host);
    start();
    RawClient page(port());
    QVERIFY(page.request("GET /health HTTP/1.1\r\nHost: x\r\n\r\n"));
    RawClient client(port());
    QVERIFY(client.upgrade());
    client.sendClose(1000);
    QVERIFY(client.waitForEnd());
    QTRY_COMPARE(seen.endings.causes.size(), 1); // pages are none
    QCOMPARE(seen.endings.causes.constFirst().cause, EndingCause::ClientClosed);
    QCOMPARE(seen.endings.causes.constFirst().lastHour, 1U);
    QVERIFY(seen.endingsSent <= 2); // one may have come with the first, whole snapshot
    QTRY_COMPARE(seen.totals.endings.value(int(EndingCause::HttpServed)), 1U);
    RawClient pinged(port());
    pinged.setAnswersPings(true);
    QVERIFY(pinged.upgrade());
    m_host->ping(ConnectionId{3});
    QTRY_COMPARE(std::accumulate(seen.totals.rtts.counts.begin(), seen.totals.rtts.counts.end(), quint64(0)), 1U);
}

QTEST_GUILESS_MAIN(TestAutopsy)
#include "tst_autopsy.moc"
