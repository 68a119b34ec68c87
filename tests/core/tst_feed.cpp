// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/feed.h"

#include <QTest>
#include <functional>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

ConnectionInfo infoOf(quint32 id)
{
    ConnectionInfo info;
    info.id = ConnectionId{id};
    return info;
}

ConnectionEnded endedOf(quint32 id)
{
    ConnectionEnded ended;
    ended.counters.id = ConnectionId{id};
    return ended;
}

ServerEvent eventOf(EventCode code, quint32 id = 0)
{
    ServerEvent event;
    event.code = code;
    event.connection = ConnectionId{id};
    return event;
}

void comeAndGo(Feed &feed, quint32 id)
{
    feed.opened(infoOf(id));
    feed.ended(endedOf(id), eventOf(EventCode::ConnectionEnded, id));
}

void refuse(Feed &feed, quint32 id) { feed.refused(infoOf(id), endedOf(id), eventOf(EventCode::RequestRefused, id)); }

int countOf(const News &news, EventCode code)
{
    return int(std::count_if(news.events.begin(), news.events.end(),
                             [code](const ServerEvent &event) { return event.code == code; }));
}

using Coming = std::function<void(Feed &, const ConnectionInfo &, const ConnectionEnded &)>;

} // namespace

class TestFeed final : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatHappenedInItsOrder();
    void tellsNothingThatNobodyWants();
    void tellsOfEveryPlayerHoweverManyWereRefused();
    void tellsTheEndOfEveryoneWhoIsShown();
    void countsPlayersWhoPassedBeyondItsMost();
    void countsEventsBeyondItsMost();
    void holdsNoMoreHeadsThanItMay_data();
    void holdsNoMoreHeadsThanItMay();
    void listsNoPages();
    void handsOutOnlyWhatThereIs();
    void waitsForASlowReader();
    void handsOutTheRestAtTheEnd();
};

void TestFeed::tellsWhatHappenedInItsOrder()
{
    Feed feed(Feed::Pace::OnNews);
    feed.setWanted(true);
    feed.opened(infoOf(2));
    feed.event(eventOf(EventCode::RoomCreated));
    feed.opened(infoOf(5));
    feed.ended(endedOf(2), eventOf(EventCode::ConnectionEnded, 2));
    const News news = feed.take(4'711);
    QCOMPARE(news.timeMs, 4'711);
    QCOMPARE(news.opened.size(), 2);
    QCOMPARE(news.opened.at(0).id, ConnectionId{2});
    QCOMPARE(news.ended.size(), 1);
    QCOMPARE(news.events.size(), 2);
    QCOMPARE(news.events.at(0).code, EventCode::RoomCreated);
    QVERIFY(feed.take(0).opened.isEmpty()); // once
}

void TestFeed::tellsNothingThatNobodyWants()
{
    Feed feed(Feed::Pace::OnNews);
    comeAndGo(feed, 1);
    feed.event(eventOf(EventCode::RoomCreated));
    feed.setWanted(true); // nothing from before
    const News news = feed.take(0);
    QVERIFY(news.opened.isEmpty() && news.ended.isEmpty() && news.events.isEmpty());
}

void TestFeed::tellsOfEveryPlayerHoweverManyWereRefused()
{
    constexpr quint32 refusals = 50'000;
    constexpr quint32 players = 1'000;
    Feed feed(Feed::Pace::OnNews);
    feed.setWanted(true);
    for (quint32 id = 1; id <= refusals; ++id) {
        refuse(feed, id);
        if (id % (refusals / players) == 0)
            comeAndGo(feed, refusals + id);
    }
    const News news = feed.take(0);
    QCOMPARE(countOf(news, EventCode::ConnectionEnded), int(players));
    QCOMPARE(news.ended.size(), qsizetype(players) + Feed::mostRequests);
    QCOMPARE(news.opened.size(), qsizetype(players) + Feed::mostRequests);
    QCOMPARE(news.leftOut.requests, refusals - quint64(Feed::mostRequests));
    QCOMPARE(news.leftOut.players, 0U);
    QCOMPARE(news.events.last().code, EventCode::RequestsLeftOut);
    QCOMPARE(news.events.last().number, refusals - Feed::mostRequests);
    refuse(feed, 1); // counted anew
    QCOMPARE(feed.take(0).leftOut.requests, 0U);
}

void TestFeed::tellsTheEndOfEveryoneWhoIsShown()
{
    constexpr quint32 shown = quint32(Feed::mostPassing) + 100;
    Feed feed(Feed::Pace::OnNews);
    feed.setWanted(true);
    for (quint32 id = 1; id <= shown; ++id)
        feed.opened(infoOf(id));
    QCOMPARE(feed.take(0).opened.size(), qsizetype(shown));
    for (quint32 id = 1; id <= shown; ++id)
        feed.ended(endedOf(id), eventOf(EventCode::ConnectionEnded, id));
    const News news = feed.take(0);
    QCOMPARE(news.ended.size(), qsizetype(shown));
    QCOMPARE(news.leftOut.players, 0U);
}

void TestFeed::countsPlayersWhoPassedBeyondItsMost()
{
    Feed feed(Feed::Pace::OnNews);
    feed.setWanted(true);
    for (quint32 id = 1; id <= quint32(Feed::mostPassing) + 7; ++id)
        comeAndGo(feed, id);
    feed.opened(infoOf(4'000'000)); // who is still there is told
    const News news = feed.take(0);
    QCOMPARE(news.opened.size(), Feed::mostPassing + 1);
    QCOMPARE(news.ended.size(), Feed::mostPassing);
    QCOMPARE(news.leftOut.players, 7U);
    QCOMPARE(news.events.last().code, EventCode::PlayersLeftOut);
}

void TestFeed::countsEventsBeyondItsMost()
{
    Feed feed(Feed::Pace::OnNews);
    feed.setWanted(true);
    for (int i = 0; i < 12'345; ++i)
        feed.event(eventOf(EventCode::RoomCreated));
    const News news = feed.take(0);
    QCOMPARE(countOf(news, EventCode::RoomCreated), int(Feed::mostEvents));
    QCOMPARE(news.leftOut.events, 12'345U - quint64(Feed::mostEvents));
    QCOMPARE(news.events.last().code, EventCode::EventsLeftOut);
}

void TestFeed::holdsNoMoreHeadsThanItMay_data()
{
    QTest::addColumn<Coming>("come");
    const auto row = [](const char *name, auto come) { QTest::newRow(name) << Coming(come); };
    row("requests", [](Feed &feed, const ConnectionInfo &info, const ConnectionEnded &ended) {
        feed.refused(info, ended, eventOf(EventCode::RequestRefused));
    });
    row("pages",
        [](Feed &feed, const ConnectionInfo &info, const ConnectionEnded &ended) { feed.refused(info, ended, {}); });
    row("players who pass", [](Feed &feed, const ConnectionInfo &info, const ConnectionEnded &ended) {
        feed.opened(info);
        feed.ended(ended, eventOf(EventCode::ConnectionEnded));
    });
    row("players who were shown", [](Feed &feed, const ConnectionInfo &, const ConnectionEnded &ended) {
        feed.ended(ended, eventOf(EventCode::ConnectionEnded));
    });
}

void TestFeed::holdsNoMoreHeadsThanItMay()
{
    QFETCH(Coming, come);
    const QByteArray head(16 * 1024, 'x');
    constexpr quint32 number = 4'000;
    Feed feed(Feed::Pace::OnNews);
    feed.setWanted(true);
    for (quint32 id = 1; id <= number; ++id) {
        ConnectionInfo info = infoOf(id);
        ConnectionEnded ended = endedOf(id);
        info.requestHead = ended.requestHead = head;
        come(feed, info, ended);
    }
    const News news = feed.take(0);
    QCOMPARE(news.ended.size(), qsizetype(number));
    qsizetype ended = 0;
    qsizetype opened = 0;
    for (const ConnectionEnded &one : news.ended)
        ended += one.requestHead.size();
    for (const ConnectionInfo &one : news.opened)
        opened += one.requestHead.size();
    QVERIFY(ended > 0 && ended <= Feed::mostHeadBytes);
    QVERIFY(opened <= Feed::mostHeadBytes); // the same bytes
    QCOMPARE(news.ended.first().requestHead, head);
}

void TestFeed::listsNoPages()
{
    Feed feed(Feed::Pace::OnNews);
    feed.setWanted(true);
    feed.refused(infoOf(1), endedOf(1), {});
    const News news = feed.take(0);
    QVERIFY(news.opened.isEmpty() && news.events.isEmpty());
    QCOMPARE(news.ended.size(), 1); // the log wants it
}

void TestFeed::handsOutOnlyWhatThereIs()
{
    int handedOut = 0;
    int steadily = 0;
    Feed feed(Feed::Pace::OnNews);
    Feed steady(Feed::Pace::Steady);
    feed.setWanted(true);
    steady.setWanted(true);
    feed.begin([&] {
        ++handedOut;
        feed.wasRead();
    });
    steady.begin([&] {
        ++steadily;
        steady.wasRead();
    });
    QTRY_VERIFY(steadily >= 3);
    QCOMPARE(handedOut, 0);
    feed.event(eventOf(EventCode::RoomCreated));
    QTRY_COMPARE(handedOut, 1);
    const int before = steadily;
    QTRY_VERIFY(steadily > before + 2);
    QCOMPARE(handedOut, 1);
}

void TestFeed::waitsForASlowReader()
{
    QList<qsizetype> handedOut;
    Feed feed(Feed::Pace::OnNews);
    Feed steady(Feed::Pace::Steady);
    int turns = 0;
    steady.setWanted(true);
    steady.begin([&] {
        ++turns;
        steady.wasRead();
    });
    feed.setWanted(true);
    feed.begin([&] { handedOut += feed.take(0).events.size(); });
    feed.event(eventOf(EventCode::RoomCreated));
    QTRY_COMPARE(handedOut.size(), 1);
    feed.event(eventOf(EventCode::RoomCreated));
    feed.event(eventOf(EventCode::RoomEnded));
    const int before = turns;
    QTRY_VERIFY(turns > before + 3);
    QCOMPARE(handedOut.size(), 1); // it reads
    feed.wasRead();
    QTRY_COMPARE(handedOut, (QList<qsizetype>{1, 2}));
}

void TestFeed::handsOutTheRestAtTheEnd()
{
    int handedOut = 0;
    Feed feed(Feed::Pace::OnNews);
    feed.setWanted(true);
    feed.begin([&] { ++handedOut; });
    feed.event(eventOf(EventCode::ServerStopping));
    feed.end();
    QCOMPARE(handedOut, 1);
    feed.event(eventOf(EventCode::ServerStopping));
    feed.end();
    QCOMPARE(handedOut, 1);
}

QTEST_GUILESS_MAIN(TestFeed)
#include "tst_feed.moc"
