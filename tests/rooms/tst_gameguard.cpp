// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/gameguard.h"
#include "tests/support/fragilegame.h"
#include "tests/support/turningclock.h"

#include <QTest>
#include <functional>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// Takes what a game says and does nothing with it.
struct Silence final : GameOutput
{
    void toAll(QByteArrayView, QByteArrayView) override { }
    void toOthers(const PlayerId &, QByteArrayView, QByteArrayView) override { }
    bool toPlayer(const PlayerId &, QByteArrayView, QByteArrayView, const PlayerId &) override { return true; }
    void binaryToOthers(const PlayerId &, QByteArrayView) override { }
    void reject(ErrorCode, QByteArrayView, QByteArrayView) override { }
    void finished(QByteArrayView) override { }
    void roundFinished(QByteArrayView) override { }
};

struct Watcher final : GameWatcher
{
    QByteArrayList failures;
    int calls = 0;
    QByteArrayList played;
    void gameFailed(const char *what) override { failures += what; }
    void reschedule() override { ++calls; }
    void gamePlayed(QByteArrayView results) override { played += results.toByteArray(); }
};

struct Guarded
{
    explicit Guarded(QByteArray where = {}, GameLimits limits = {100, 2'000})
        : owned(std::make_unique<FragileGame>(std::move(where))),
          game(owned.get()),
          guard(std::move(owned), limits, clock, watcher)
    { }

    TurningClock clock;
    Watcher watcher;
    std::unique_ptr<FragileGame> owned;
    FragileGame *game;
    GameGuard guard;
    Silence out;

    void join()
    {
        guard.call([this](Game &rules, qint64 now) { rules.joined({"p1", {}}, now, out); });
    }
};

} // namespace

class TestGameGuard final : public QObject
{
    Q_OBJECT

private slots:
    void catchesWhatAGameThrows_data();
    void catchesWhatAGameThrows();
    void survivesAGameThatIsOfNoKind();
    void chargesForResults();
    void asksNothingOfAStoppedGame();
    void boundsWhatACallSends_data();
    void boundsWhatACallSends();
    void chargesOnlyCalls();
    void boundsTheTimeOfACall_data();
    void boundsTheTimeOfACall();
    void takesOtherLimits();
    void callsInsideOfACallAreItsPart();
    void tellsWhenACallIsOver();
    void keepsTheTimeOfItsRoom();
    void ticksWhenItIsDue();
    void ticksOnceAMillisecondAtMost();
};

void TestGameGuard::catchesWhatAGameThrows_data()
{
    using Act = std::function<void(Guarded &)>;
    QTest::addColumn<QByteArray>("where");
    QTest::addColumn<Act>("act");
    const auto row = [](const char *where, Act act) { QTest::newRow(where) << QByteArray(where) << std::move(act); };
    row("phase", [](Guarded &room) { QCOMPARE(room.guard.phase(), GamePhase::Finished); });
    row("isInterruptible", [](Guarded &room) { QVERIFY(room.guard.isInterruptible()); });
    row("nextTickMs", [](Guarded &room) { QCOMPARE(room.guard.nextTickMs(), -1); });
    row("nextTickMs", [](Guarded &room) { room.guard.tick(room.out); });
    row("state", [](Guarded &room) { QCOMPARE(room.guard.state(), "{}"); });
    row("joined", [](Guarded &room) { room.join(); });
    row("stood", [](Guarded &room) {
        room.guard.pause();
        QCOMPARE(room.guard.resume(), 0);
    });
    row("tick", [](Guarded &room) {
        room.game->next = 0;
        room.guard.tick(room.out);
    });
}

void TestGameGuard::catchesWhatAGameThrows()
{
    QFETCH(QByteArray, where);
    QFETCH(std::function<void(Guarded &)>, act);
    for (const bool odd : {false, true}) {
        Guarded room(where);
        room.game->odd = odd;
        act(room);
        QVERIFY(room.guard.isStopped());
        QCOMPARE(room.watcher.failures, QByteArrayList{odd ? "something was thrown" : "a fault on purpose"});
        act(room); // and is asked no more
        QCOMPARE(room.watcher.failures.size(), 1);
        QCOMPARE(room.game->calls, QByteArrayList());
    }
}

void TestGameGuard::survivesAGameThatIsOfNoKind()
{
    Guarded room("kind");
    QVERIFY(room.guard.kind().isEmpty());
    room.join();
    QCOMPARE(room.game->calls, QByteArrayList{"joined"});
}

void TestGameGuard::chargesForResults()
{
    Guarded room({}, {2, 0});
    room.guard.call([&](Game &, qint64) {
        for (;;)
            room.guard.report("[]");
    });
    QCOMPARE(room.watcher.played, (QByteArrayList{"[]", "[]"}));
    QVERIFY(room.guard.isStopped());
}

void TestGameGuard::asksNothingOfAStoppedGame()
{
    Guarded room;
    room.game->next = 0;
    QVERIFY(room.guard.stop());
    QVERIFY(!room.guard.stop());
    room.join();
    room.guard.tick(room.out);
    QCOMPARE(room.guard.nextTickMs(), -1);
    QCOMPARE(room.guard.phase(), GamePhase::Finished);
    QCOMPARE(room.guard.state(), "{}");
    QVERIFY(room.guard.isInterruptible());
    room.game->where = "kind";
    QCOMPARE(room.guard.kind(), QByteArrayView("fragile"));
    QCOMPARE(room.game->calls, QByteArrayList());
    QCOMPARE(room.watcher.failures, QByteArrayList());
}

void TestGameGuard::boundsWhatACallSends_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("sent");
    QTest::addColumn<bool>("fails");
    QTest::newRow("as many as it may") << 100 << 100 << false;
    QTest::newRow("one more") << 100 << 101 << true;
    QTest::newRow("no limit") << 0 << 10'000 << false;
}

void TestGameGuard::boundsWhatACallSends()
{
    QFETCH(int, limit);
    QFETCH(int, sent);
    Guarded room({}, {limit, 0});
    for (int call = 0; call < 2 && !room.guard.isStopped(); ++call) { // each call counts on its own
        room.guard.call([&](Game &, qint64) {
            for (int i = 0; i < sent; ++i)
                room.guard.charge();
        });
    }
    QTEST(room.guard.isStopped(), "fails");
    QTEST(!room.watcher.failures.isEmpty(), "fails");
}

void TestGameGuard::chargesOnlyCalls()
{
    Guarded room({}, {5, 0});
    for (int i = 0; i < 20; ++i)
        room.guard.charge(); // the room speaks for itself
    QVERIFY(!room.guard.isStopped());
}

void TestGameGuard::boundsTheTimeOfACall_data()
{
    QTest::addColumn<int>("limitMs");
    QTest::addColumn<int>("ms");
    QTest::addColumn<bool>("fails");
    QTest::newRow("as long as it may") << 2'000 << 2'000 << false;
    QTest::newRow("longer") << 2'000 << 2'001 << true;
    QTest::newRow("no limit") << 0 << 100'000 << false;
}

void TestGameGuard::boundsTheTimeOfACall()
{
    QFETCH(int, limitMs);
    QFETCH(int, ms);
    Guarded room({}, {0, limitMs});
    room.guard.call([&](Game &, qint64) { room.clock.turn(ms); });
    room.clock.turn(10'000);
    room.join();
    QTEST(room.guard.isStopped(), "fails");
}

void TestGameGuard::takesOtherLimits()
{
    Guarded room;
    room.guard.setLimits({1, 0});
    room.guard.call([&](Game &, qint64) {
        room.guard.charge();
        room.guard.charge();
    });
    QVERIFY(room.guard.isStopped());
}

void TestGameGuard::callsInsideOfACallAreItsPart()
{
    Guarded room({}, {3, 2'000});
    room.guard.call([&](Game &, qint64) {
        room.guard.charge();
        room.guard.charge();
        room.guard.call([&](Game &, qint64) { room.guard.charge(); });
        room.guard.call([&](Game &, qint64) { room.guard.charge(); });
    });
    QCOMPARE(room.watcher.failures.size(), 1);
    QCOMPARE(room.watcher.calls, 1);
}

void TestGameGuard::tellsWhenACallIsOver()
{
    Guarded room;
    room.join();
    (void)room.guard.state();
    QCOMPARE(room.watcher.calls, 2);
    (void)room.guard.phase(); // a question changes nothing
    (void)room.guard.nextTickMs();
    QCOMPARE(room.watcher.calls, 2);
}

void TestGameGuard::keepsTheTimeOfItsRoom()
{
    Guarded room;
    const qint64 begin = room.clock.wallMs();
    room.clock.turn(1'000);
    QCOMPARE(room.guard.now(), begin + 1'000);
    room.clock.setWall(17); // as by NTP
    QCOMPARE(room.guard.now(), begin + 1'000);
    room.guard.pause();
    room.clock.turn(5'000);
    QCOMPARE(room.guard.now(), begin + 1'000);
    QCOMPARE(room.guard.serverTime(), begin + 6'000);
    QCOMPARE(room.guard.resume(), 5'000);
    QCOMPARE(room.game->calls, QByteArrayList{"stood 5000"});
    QCOMPARE(room.guard.now(), begin + 6'000);
}

void TestGameGuard::ticksWhenItIsDue()
{
    Guarded room;
    room.game->next = room.clock.wallMs() + 500;
    QCOMPARE(room.guard.nextTickMs(), room.clock.monotonicMs() + 500);
    room.clock.turn(499);
    room.guard.tick(room.out);
    QCOMPARE(room.game->calls, QByteArrayList());
    room.guard.pause();
    QCOMPARE(room.guard.nextTickMs(), -1);
    room.clock.turn(1);
    room.guard.tick(room.out);
    QCOMPARE(room.game->calls, QByteArrayList());
    (void)room.guard.resume();
    room.guard.tick(room.out);
    QCOMPARE(room.game->calls, (QByteArrayList{"stood 1", "tick " + QByteArray::number(room.clock.wallMs())}));
}

void TestGameGuard::ticksOnceAMillisecondAtMost()
{
    Guarded room;
    room.game->next = 0; // always in the past
    QVERIFY(room.guard.nextTickMs() <= room.clock.monotonicMs());
    room.guard.tick(room.out);
    QCOMPARE(room.guard.nextTickMs(), room.clock.monotonicMs() + 1);
}

Q_DECLARE_METATYPE(std::function<void(Guarded &)>)

QTEST_GUILESS_MAIN(TestGameGuard)
#include "tst_gameguard.moc"
