// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/capturestore.h"
#include "server/core/chronicle.h"
#include "server/events/eventrows.h"
#include "tests/support/turningclock.h"

#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

ConnectionInfo ada(quint32 id = 7)
{
    ConnectionInfo info;
    info.id = ConnectionId{id};
    info.address = u"192.0.2.1"_s;
    info.requestHead = "GET /ws/blue HTTP/1.1\r\n\r\n";
    info.responseHead = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
    return info;
}

Ending endingOf(EndingCause cause)
{
    Ending ending;
    ending.cause = cause;
    return ending;
}

ConnectionCounters lastOf(quint64 messagesIn)
{
    ConnectionCounters counters;
    counters.id = ConnectionId{7};
    counters.player = u"Ada"_s;
    counters.messagesIn = messagesIn;
    counters.messagesOut = 4;
    counters.bytesIn = 50;
    counters.bytesOut = 60;
    counters.badMessages = 2;
    counters.droppedMessages = 7;
    return counters;
}

} // namespace

class TestChronicle final : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void countsConnections();
    void countsRefusedOnesAndPagesApart();
    void tellsEveryFeed();
    void keepsTheRequestOfOneWhoSaidNothing_data();
    void keepsTheRequestOfOneWhoSaidNothing();
    void writesTheRowsOfTheCapture();
    void hidesNamesInRowsWhereTheyAreSecret();
    void writesFewRowsInAFloodOfRefusals();

private:
    TurningClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CaptureStore> m_store;
    std::unique_ptr<Recorder> m_recorder;
    std::unique_ptr<Feed> m_feed;
    std::unique_ptr<Feed> m_other;
    std::unique_ptr<Chronicle> m_chronicle;

    [[nodiscard]] QList<CapturedRow> rows();
};

void TestChronicle::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<CaptureStore>();
    QVERIFY(m_store->create({.directory = m_folder->filePath(u"session"_s)}));
    m_recorder = std::make_unique<Recorder>(m_store.get());
    m_feed = std::make_unique<Feed>(Feed::Pace::OnNews);
    m_other = std::make_unique<Feed>(Feed::Pace::OnNews);
    m_feed->setWanted(true);
    m_other->setWanted(true);
    m_chronicle = std::make_unique<Chronicle>(m_clock, *m_recorder, std::vector<Feed *>{m_feed.get(), m_other.get()});
}

QList<CapturedRow> TestChronicle::rows()
{
    m_recorder->flush();
    return m_store->read(0, 100'000);
}

void TestChronicle::countsConnections()
{
    m_chronicle->connectionOpened(ada());
    m_chronicle->connectionOpened(ada());
    m_chronicle->connectionEnded(ada(), lastOf(3), endingOf(EndingCause::NoPong));
    const Totals &totals = m_chronicle->totals();
    QCOMPARE(totals.upgraded, 2U);
    QCOMPARE(totals.ended, 1U);
    QCOMPARE(totals.messagesIn, 3U);
    QCOMPARE(totals.messagesOut, 4U);
    QCOMPARE(totals.bytesIn, 50U);
    QCOMPARE(totals.bytesOut, 60U);
    QCOMPARE(totals.badMessages, 2U);
    QCOMPARE(totals.droppedMessages, 7U);
    QCOMPARE(totals.faults, 1U);
    QCOMPARE(totals.refused, 0U);
    QCOMPARE(totals.endings.at(int(EndingCause::NoPong)), 1U);
    QCOMPARE(m_chronicle->endings().statistics().causes.size(), 1);
}

void TestChronicle::countsRefusedOnesAndPagesApart()
{
    m_chronicle->requestRefused(ada(1), endingOf(EndingCause::HttpServed));
    m_chronicle->requestRefused(ada(2), endingOf(EndingCause::BadHead));
    m_chronicle->requestRefused(ada(3), endingOf(EndingCause::HandshakeFailed)); // it never was a connection
    m_chronicle->requestRefused(ada(4), endingOf(EndingCause::NoData));          // no fault
    const Totals &totals = m_chronicle->totals();
    QCOMPARE(totals.httpServed, 1U);
    QCOMPARE(totals.refused, 2U);
    QCOMPARE(totals.faults, 2U);
    QCOMPARE(totals.upgraded, 0U);
    QCOMPARE(totals.ended, 0U);
    QCOMPARE(m_chronicle->endings().statistics().causes.size(), 3); // pages would hide all others
    const News news = m_feed->take(0);
    QCOMPARE(news.ended.size(), 4);
    QCOMPARE(news.events.size(), 3);
    QCOMPARE(news.opened.size(), 3);
}

void TestChronicle::tellsEveryFeed()
{
    m_clock.turn(5'000);
    m_chronicle->connectionOpened(ada());
    m_chronicle->connectionEnded(ada(), lastOf(3), endingOf(EndingCause::NoPong));
    RoomInfo room;
    room.id = u"blue"_s;
    m_chronicle->roomCreated(room);
    m_chronicle->roomEnded(room);
    for (Feed *feed : {m_feed.get(), m_other.get()}) {
        const News news = feed->take(0);
        QCOMPARE(news.opened.size(), 1);
        QCOMPARE(news.ended.size(), 1);
        QCOMPARE(news.ended.first().address, u"192.0.2.1"_s);
        QCOMPARE(news.events.size(), 3);
        const ServerEvent &event = news.events.first();
        QCOMPARE(event.code, EventCode::ConnectionEnded);
        QCOMPARE(event.timeMs, m_clock.wallMs());
        QCOMPARE(event.connection, ConnectionId{7});
        QCOMPARE(event.cause, EndingCause::NoPong);
        QCOMPARE(event.player, u"Ada"_s);
        QCOMPARE(event.address, u"192.0.2.1"_s);
        QCOMPARE(news.events.at(2).code, EventCode::RoomEnded);
        QCOMPARE(news.events.at(2).room, u"blue"_s);
    }
}

void TestChronicle::keepsTheRequestOfOneWhoSaidNothing_data()
{
    QTest::addColumn<EndingCause>("cause");
    QTest::addColumn<quint64>("messages");
    QTest::addColumn<bool>("kept");
    QTest::newRow("failed before it spoke") << EndingCause::NoPong << quint64(0) << true;
    QTest::newRow("failed later") << EndingCause::NoPong << quint64(1) << false;
    QTest::newRow("left") << EndingCause::ClientClosed << quint64(0) << false;
}

void TestChronicle::keepsTheRequestOfOneWhoSaidNothing()
{
    QFETCH(EndingCause, cause);
    QFETCH(quint64, messages);
    m_chronicle->connectionEnded(ada(), lastOf(messages), endingOf(cause));
    QTEST(!m_feed->take(0).ended.first().requestHead.isEmpty(), "kept");
}

void TestChronicle::writesTheRowsOfTheCapture()
{
    m_chronicle->connectionOpened(ada());
    m_chronicle->limitHit(ConnectionId{7}, EndingCause::ReadTooSlowly);
    m_chronicle->connectionEnded(ada(), lastOf(3), endingOf(EndingCause::ReadTooSlowly));
    m_chronicle->operatorDid("kick", ConnectionId{7});
    const QList<CapturedRow> written = rows();
    QCOMPARE(written.size(), 4);
    QCOMPARE(written.at(1).eventKind(), EventKind::LimitHit);
    QCOMPARE(written.at(3).eventKind(), EventKind::Operator);
    EventRowReader reader;
    for (const CapturedRow &row : written)
        reader.add(row);
    const Snapshot read = reader.take();
    QCOMPARE(read.opened.first().address, u"192.0.2.1"_s);
    QCOMPARE(read.ended.first().counters.player, u"Ada"_s);
    QCOMPARE(read.ended.first().counters.messagesIn, 3U);
    QCOMPARE(read.ended.first().ending.cause, EndingCause::ReadTooSlowly);
}

void TestChronicle::hidesNamesInRowsWhereTheyAreSecret()
{
    m_recorder->setRedactor(Redactor({"name"}));
    m_chronicle->connectionEnded(ada(), lastOf(3), endingOf(EndingCause::NoPong));
    QVERIFY(!rows().constFirst().payload.contains("Ada"));
    QCOMPARE(endedFromJson(rows().constFirst().payload).counters.messagesIn, 3U);
}

void TestChronicle::writesFewRowsInAFloodOfRefusals()
{
    for (int i = 0; i < 5'000; ++i)
        m_chronicle->requestRefused(ada(), endingOf(EndingCause::BadHead));
    QCOMPARE(rows().size(), 100);
    QCOMPARE(m_chronicle->totals().refused, 5'000U);
    m_clock.turn(1'000);
    m_chronicle->requestRefused(ada(), endingOf(EndingCause::BadHead));
    QCOMPARE(rows().size(), 101);
}

QTEST_GUILESS_MAIN(TestChronicle)
#include "tst_chronicle.moc"
