// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/room.h"
#include "tests/support/recordingwire.h"
#include "tests/support/turningclock.h"

#include <QLoggingCategory>
#include <QTest>
#include <stdexcept>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// Does what a test tells it to in the call that the test names, and writes down all calls.
class ScriptedGame final : public Game
{
public:
    using Script = std::function<void(GameOutput &out)>;
    QByteArray where; ///< the call in which `script` runs: "message", "tick" …
    Script script;
    qint64 next = -1;
    mutable QByteArrayList calls;
    mutable qint64 lastMs = 0;

    [[nodiscard]] QByteArrayView kind() const override { return "scripted"; }
    [[nodiscard]] GamePhase phase() const override
    {
        ask("phase");
        return GamePhase::Playing;
    }
    [[nodiscard]] bool isInterruptible() const override
    {
        ask("isInterruptible");
        return false;
    }
    [[nodiscard]] QByteArray state(qint64 now) const override
    {
        lastMs = now;
        ask("state");
        return "{}";
    }
    /// Runs the script in a question, which can say nothing.
    void ask(const char *question) const
    {
        struct Nothing final : GameOutput
        {
            void toAll(QByteArrayView, QByteArrayView) override { }
            void toOthers(const PlayerId &, QByteArrayView, QByteArrayView) override { }
            bool toPlayer(const PlayerId &, QByteArrayView, QByteArrayView, const PlayerId &) override { return true; }
            void binaryToOthers(const PlayerId &, QByteArrayView) override { }
            void reject(ErrorCode, QByteArrayView, QByteArrayView) override { }
            void finished(QByteArrayView) override { }
            void roundFinished(QByteArrayView) override { }
        } nothing;
        if (where == question && script)
            script(nothing);
    }
    void joined(const Player &, qint64 now, GameOutput &out) override { run("joined", now, out); }
    void left(const PlayerId &, qint64 now, GameOutput &out) override { run("left", now, out); }
    bool start(qint64 now, QByteArray &data, GameOutput &out) override
    {
        data = "{}";
        run("start", now, out);
        return true;
    }
    void message(const PlayerId &, const Envelope &, qint64 now, GameOutput &out) override { run("message", now, out); }
    void binary(const PlayerId &, QByteArrayView, qint64 now, GameOutput &out) override { run("binary", now, out); }
    [[nodiscard]] qint64 nextTickMs() const override
    {
        ask("nextTickMs");
        return next;
    }
    void tick(qint64 now, GameOutput &out) override { run("tick", now, out); }
    void end(qint64 now, GameOutput &out) override { run("end", now, out); }
    void stoodStill(qint64 ms) override
    {
        calls += "stood " + QByteArray::number(ms);
        next += next < 0 ? 0 : ms;
        if (where == "stood")
            script(*output);
    }

    GameOutput *output = nullptr; ///< stoodStill() is given none

private:
    void run(const QByteArray &call, qint64 now, GameOutput &out)
    {
        calls += call;
        lastMs = now;
        output = &out;
        if (call == where)
            script(out);
    }
};

void sendWithoutEnd(GameOutput &out)
{
    for (;;)
        out.toAll("more", "{}");
}

} // namespace

/// A room and the game in it: time, pauses, results, and games that fail.
class TestRoomGame final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLoggingCategory::setFilterRules(u"glasshouse.*=false"_s); }
    void init() { open(); }

    void tellsTheGameOnlyOfWhoLeaves();
    void stopsTheTimeOfItsGame();
    void refusesMessagesWhilePaused_data();
    void refusesMessagesWhilePaused();
    void showsThatItIsPaused();
    void doesNotTickWhilePaused();
    void givesSeatsUpWhilePaused();
    void endsTheGame_data();
    void endsTheGame();
    void reportsResults();
    void endsARoomWhoseGameRunsAway_data();
    void endsARoomWhoseGameRunsAway();
    void endsAnEmptyRoomWhoseGameRunsAway_data();
    void endsAnEmptyRoomWhoseGameRunsAway();
    void endsARoomWhoseGameThrows_data();
    void endsARoomWhoseGameThrows();
    void endsARoomInTheMiddleOfABroadcast();
    void endsARoomWhoseGameIsTooSlow_data();
    void endsARoomWhoseGameIsTooSlow();
    void countsEveryCallOnItsOwn();
    void ticksOnceAMillisecondAtMost();
    void saysWhenItWantsToBeCalledEarlier();

private:
    TurningClock m_clock;
    std::unique_ptr<Room> m_room;
    ScriptedGame *m_game = nullptr;
    RecordingWire m_anna;
    RecordingWire m_ben;
    Seat *m_seat = nullptr;
    Seat *m_other = nullptr;

    void open(RoomSettings settings = {});
    void say(QByteArrayView text) { m_room->message(*m_seat, MessageKind::Text, text); }
    void call(const QByteArray &where);
    void forget();
};

void TestRoomGame::open(RoomSettings settings)
{
    m_anna = {};
    m_ben = {};
    auto game = std::make_unique<ScriptedGame>();
    m_game = game.get();
    m_room = std::make_unique<Room>("lobby-1", "ABCD", std::move(game), settings, m_clock);
    m_seat = &m_room->join(m_anna, u"Anna"_s, 1);
    m_other = &m_room->join(m_ben, u"Ben"_s, 2);
    forget();
}

void TestRoomGame::forget()
{
    m_anna.texts.clear();
    m_ben.texts.clear();
    m_game->calls.clear();
}

/// Brings the game to this call.
void TestRoomGame::call(const QByteArray &where)
{
    static RecordingWire carl;
    if (where == "joined" || where == "state")
        (void)m_room->join(carl, {}, 3);
    else if (where == "left")
        m_room->leave(*m_other);
    else if (where == "start")
        (void)m_room->start();
    else if (where == "message")
        say(R"({"type":"x"})");
    else if (where == "binary")
        m_room->message(*m_seat, MessageKind::Binary, "x");
    else if (where == "tick")
        (void)m_room->tick();
    else if (where == "phase")
        (void)m_room->stateName();
    else if (where == "isInterruptible")
        (void)m_room->isInterruptible();
    else if (where == "nextTickMs")
        (void)m_room->nextTickMs();
    else
        m_room->endGame(); // and "stood": the room is paused
}

void TestRoomGame::tellsTheGameOnlyOfWhoLeaves()
{
    const QByteArray token = m_seat->token;
    RecordingWire back;
    m_room->drop(*m_seat);
    m_room->resume(*m_room->seatFor({token}), back, 3, {token, 1});
    m_room->drop(*m_other);
    QCOMPARE(m_game->calls, QByteArrayList());
    m_clock.turn(30'000);
    (void)m_room->tick();
    QCOMPARE(m_game->calls, QByteArrayList{"left"});
}

void TestRoomGame::stopsTheTimeOfItsGame()
{
    const qint64 begin = m_clock.wallMs();
    m_clock.turn(1'000);
    m_room->setPaused(true);
    m_room->setPaused(true); // once is enough
    QVERIFY(m_room->isPaused());
    QCOMPARE(m_anna.story(), "game_paused");
    m_clock.turn(5'000);
    (void)m_room->gameState();
    QCOMPARE(m_game->lastMs, begin + 1'000);
    m_room->setPaused(false);
    m_room->setPaused(false);
    QVERIFY(!m_room->isPaused());
    QCOMPARE(m_game->calls, QByteArrayList{"stood 5000"});
    QCOMPARE(m_ben.story(), "game_paused game_resumed");
    QCOMPARE(m_ben.lastData(), (QJsonObject{{u"pausedMs"_s, 5'000}}));
    say(R"({"type":"x"})");
    QCOMPARE(m_game->lastMs, m_clock.wallMs());
}

void TestRoomGame::refusesMessagesWhilePaused_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("story");
    QTest::newRow("of the game") << QByteArray(R"({"type":"x"})") << QByteArray("not_allowed");
    QTest::newRow("auth") << QByteArray(R"({"type":"auth"})") << QByteArray();
    QTest::newRow("start") << QByteArray(R"({"type":"start"})") << QByteArray("not_allowed");
    QTest::newRow("in a batch") << QByteArray(R"({"type":"batch","data":[{"type":"ping"},{"type":"x"},{"type":"x"}]})")
                                << QByteArray("pong not_allowed not_allowed");
    QTest::newRow("ping") << QByteArray(R"({"type":"ping"})") << QByteArray("pong");
    QTest::newRow("chat") << QByteArray(R"({"type":"chat","data":{"text":"x"}})") << QByteArray("chat");
    QTest::newRow("ready") << QByteArray(R"({"type":"ready"})") << QByteArray("player_ready");
    QTest::newRow("leave") << QByteArray(R"({"type":"leave"})") << QByteArray();
    QTest::newRow("binary") << QByteArray() << QByteArray("not_allowed");
}

void TestRoomGame::refusesMessagesWhilePaused()
{
    QFETCH(QByteArray, message);
    m_room->setPaused(true);
    forget();
    if (message.isEmpty())
        m_room->message(*m_seat, MessageKind::Binary, "x");
    else
        say(message);
    QTEST(m_anna.story(), "story");
    QCOMPARE(m_game->calls, QByteArrayList());
    QVERIFY(!m_room->start()); // nor does the operator start it
    QCOMPARE(m_game->calls, QByteArrayList());
}

void TestRoomGame::showsThatItIsPaused()
{
    const auto paused = [this] {
        RecordingWire carl;
        m_room->leave(m_room->join(carl, {}, 3));
        return carl.at(0)["data"_L1]["room"_L1]["paused"_L1].toBool();
    };
    QVERIFY(!paused());
    m_room->setPaused(true);
    QVERIFY(paused());
    m_room->setPaused(false);
    QVERIFY(!paused());
}

void TestRoomGame::doesNotTickWhilePaused()
{
    m_game->next = m_clock.wallMs() + 1'000;
    QCOMPARE(m_room->tick(), m_clock.monotonicMs() + 1'000);
    m_clock.turn(600);
    m_room->setPaused(true);
    QCOMPARE(m_room->nextTickMs(), -1);
    m_clock.turn(5'000);
    QCOMPARE(m_room->tick(), -1);
    m_room->setPaused(false);
    QCOMPARE(m_room->nextTickMs(), m_clock.monotonicMs() + 400);
    QCOMPARE(m_game->calls, QByteArrayList{"stood 5000"});
    m_clock.turn(400);
    (void)m_room->tick();
    QCOMPARE(m_game->calls, (QByteArrayList{"stood 5000", "tick"}));
    QCOMPARE(m_game->lastMs, m_clock.wallMs());
    m_game->next = 0; // nor where it is late
    m_room->setPaused(true);
    (void)m_room->tick();
    QCOMPARE(m_game->calls.size(), 2);
}

void TestRoomGame::givesSeatsUpWhilePaused()
{
    m_room->setPaused(true);
    m_room->drop(*m_other);
    QCOMPARE(m_room->nextTickMs(), m_clock.monotonicMs() + 30'000);
    m_clock.turn(30'000);
    QCOMPARE(m_room->tick(), -1);
    QCOMPARE(m_room->players(), 1);
    QCOMPARE(m_anna.story(), "game_paused player_dropped player_left");
}

void TestRoomGame::endsTheGame_data()
{
    QTest::addColumn<bool>("paused");
    QTest::addColumn<QByteArray>("story");
    QTest::newRow("that runs") << false << QByteArray("game_finished");
    QTest::newRow("that is paused") << true << QByteArray("game_paused game_resumed game_finished");
}

void TestRoomGame::endsTheGame()
{
    QFETCH(bool, paused);
    m_game->where = "end";
    m_game->script = [](GameOutput &out) { out.finished(R"([{"place":1}])"); };
    m_room->setPaused(paused);
    m_room->endGame();
    QTEST(m_ben.story(), "story");
    QCOMPARE(m_ben.lastData()["results"_L1][0]["place"_L1], 1);
    QVERIFY(!m_room->isPaused());
    QVERIFY(!m_room->isOver()); // the room goes on
    QVERIFY(!m_anna.end);
    m_room->close(SeatEnd::RoomClosed, "bedtime");
    forget();
    m_room->endGame();
    QCOMPARE(m_game->calls, QByteArrayList());
}

void TestRoomGame::reportsResults()
{
    const qint64 created = m_clock.wallMs();
    QList<qint64> starts;
    QByteArrayList results;
    m_room->setResultsCallback([&](const Room &room, const RoomResults &played) {
        QCOMPARE(&room, m_room.get());
        starts += played.startedMs - created;
        results += played.results.toByteArray();
    });
    m_game->where = "message";
    m_game->script = [](GameOutput &out) { out.roundFinished("[1]"); };
    m_clock.turn(100);
    say(R"({"type":"x"})"); // nobody started it: it plays since the room is there
    m_clock.turn(50);
    say(R"({"type":"x"})"); // the next round began when the last one was over
    QCOMPARE(m_ben.story(), "");
    m_clock.turn(25);
    QVERIFY(m_room->start());
    m_game->script = [](GameOutput &out) { out.finished("[2]"); };
    say(R"({"type":"x"})");
    QCOMPARE(m_ben.story(), "game_started game_finished");
    QCOMPARE(starts, (QList<qint64>{0, 100, 175}));
    QCOMPARE(results, (QByteArrayList{"[1]", "[1]", "[2]"}));
}

void TestRoomGame::endsARoomWhoseGameRunsAway_data()
{
    QTest::addColumn<QByteArray>("where");
    QTest::addColumn<ScriptedGame::Script>("script");
    for (const char *where : {"joined", "left", "start", "message", "binary", "tick", "end", "stood"})
        QTest::newRow(where) << QByteArray(where) << ScriptedGame::Script(sendWithoutEnd);
    const auto row = [](const char *name, const ScriptedGame::Script &script) {
        QTest::newRow(name) << QByteArray("message") << script;
    };
    row("to the others of nobody", [](GameOutput &out) {
        for (;;)
            out.toOthers("nobody", "more", "{}");
    });
    row("binaries", [](GameOutput &out) {
        for (;;)
            out.binaryToOthers("nobody", "more");
    });
    row("errors", [](GameOutput &out) {
        for (;;)
            out.reject(ErrorCode::BadData, "more");
    });
    row("results", [](GameOutput &out) {
        for (;;)
            out.finished("[]");
    });
    row("to a player who is not there", [](GameOutput &out) {
        while (!out.toPlayer("nobody", "more", "{}"))
            ;
    });
    row("rounds", [](GameOutput &out) {
        for (;;)
            out.roundFinished("[]");
    });
    row("and goes on after it was told to stop", [](GameOutput &out) {
        for (int i = 0; i < 3; ++i) {
            try {
                sendWithoutEnd(out);
            } catch (...) {
                continue;
            }
        }
        sendWithoutEnd(out);
    });
}

void TestRoomGame::endsARoomWhoseGameRunsAway()
{
    QFETCH(QByteArray, where);
    QFETCH(ScriptedGame::Script, script);
    open({.messagesPerCall = 1000});
    RecordingWire dora;
    Room untouched("lobby-2", "EFGH", std::make_unique<ScriptedGame>(), {}, m_clock);
    Seat &seat = untouched.join(dora, u"Dora"_s, 4);
    m_game->next = 0;
    m_room->setPaused(where == "stood");
    m_game->where = where;
    m_game->script = script;
    forget();
    call(where);
    QVERIFY(m_room->isOver());
    QCOMPARE(m_anna.end, SeatEnd::RoomFailed);
    QCOMPARE(m_anna.ends, 1);
    QCOMPARE(m_ben.end.has_value(), where != "left"); // he was gone
    QVERIFY(m_anna.texts.size() <= 1005);
    QVERIFY(!untouched.isOver());
    untouched.message(seat, MessageKind::Text, R"({"type":"ping"})");
    QCOMPARE(dora.lastType(), u"pong"_s);
    QVERIFY(!dora.end);
}

void TestRoomGame::endsAnEmptyRoomWhoseGameRunsAway_data()
{
    QTest::addColumn<ScriptedGame::Script>("ask");
    const auto row = [](const char *name, const ScriptedGame::Script &ask) { QTest::newRow(name) << ask; };
    row("to all", [](GameOutput &out) { out.toAll("more", "{}"); });
    row("to others", [](GameOutput &out) { out.toOthers("nobody", "more", "{}"); });
    row("to one", [](GameOutput &out) { out.toPlayer("nobody", "more", "{}"); });
    row("binaries", [](GameOutput &out) { out.binaryToOthers("nobody", "more"); });
    row("errors", [](GameOutput &out) { out.reject(ErrorCode::BadData, "more"); });
    row("rounds", [](GameOutput &out) { out.roundFinished("[]"); });
}

// Nothing is sent to anybody, and yet it must not keep the thread.
void TestRoomGame::endsAnEmptyRoomWhoseGameRunsAway()
{
    QFETCH(ScriptedGame::Script, ask);
    open({.messagesPerCall = 1000});
    m_room->leave(*m_seat);
    m_room->leave(*m_other);
    m_game->next = 0;
    m_game->where = "tick";
    m_game->script = [&](GameOutput &out) {
        for (;;)
            ask(out);
    };
    (void)m_room->tick();
    QVERIFY(m_room->isOver());
}

void TestRoomGame::endsARoomWhoseGameThrows_data()
{
    QTest::addColumn<QByteArray>("where");
    for (const char *where : {"joined", "left", "start", "message", "binary", "tick", "end", "stood", "state", "phase",
                              "isInterruptible", "nextTickMs"})
        QTest::newRow(where) << QByteArray(where);
}

void TestRoomGame::endsARoomWhoseGameThrows()
{
    QFETCH(QByteArray, where);
    m_game->next = 0;
    m_room->setPaused(where == "stood");
    m_game->where = where;
    m_game->script = [](GameOutput &) { throw std::runtime_error("a fault on purpose"); };
    forget();
    call(where);
    QVERIFY(m_room->isOver());
    QCOMPARE(m_anna.end, SeatEnd::RoomFailed);
    QCOMPARE(m_anna.ends, 1);
    // Nothing more is asked of a game that failed.
    const QByteArrayList before = m_game->calls;
    QVERIFY(before.size() <= 1);
    say(R"({"type":"x"})");
    (void)m_room->tick();
    m_room->setPaused(true);
    m_room->endGame();
    (void)m_room->gameState();
    m_room->leave(*m_seat);
    QCOMPARE(m_game->calls, before);
    QCOMPARE(m_room->nextTickMs(), -1);
}

// Some got the message and some did not, but everybody hears of the end, and the numbers are right.
void TestRoomGame::endsARoomInTheMiddleOfABroadcast()
{
    open({.messagesPerCall = 7}); // the first broadcast takes five: itself and four seats
    RecordingWire carl;
    (void)m_room->join(carl, u"Carl"_s, 3);
    RecordingWire dropped;
    m_room->drop(m_room->join(dropped, u"Dora"_s, 4));
    forget();
    m_game->where = "message";
    m_game->script = sendWithoutEnd;
    say(R"({"type":"x"})");
    QCOMPARE(m_anna.story(), "more more");
    QCOMPARE(m_ben.story(), "more");
    for (const RecordingWire *wire : {&m_anna, &m_ben, &carl}) {
        QCOMPARE(wire->end, SeatEnd::RoomFailed);
        QCOMPARE(wire->ends, 1);
        for (qsizetype i = 1; i < wire->texts.size(); ++i)
            QCOMPARE(wire->at(i)["seq"_L1].toInt(), wire->at(i - 1)["seq"_L1].toInt() + 1);
    }
    QCOMPARE(m_room->players(), 3); // nobody comes back to it
    m_room->leave(*m_seat);
    m_room->leave(*m_other);
}

void TestRoomGame::endsARoomWhoseGameIsTooSlow_data()
{
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<bool>("ends");
    QTest::newRow("2000 ms") << 2'000 << false;
    QTest::newRow("2001 ms") << 2'001 << true;
}

void TestRoomGame::endsARoomWhoseGameIsTooSlow()
{
    QFETCH(int, milliseconds);
    m_game->where = "message";
    m_game->script = [&](GameOutput &) { m_clock.turn(milliseconds); };
    for (int i = 0; i < 3; ++i)
        say(R"({"type":"x"})");
    QTEST(m_room->isOver(), "ends");
    QTEST(m_ben.end.has_value(), "ends");
}

void TestRoomGame::countsEveryCallOnItsOwn()
{
    open({.messagesPerCall = 6});
    m_game->where = "message";
    m_game->script = [](GameOutput &out) {
        out.toAll("one", "{}");
        out.toAll("two", "{}");
    };
    for (int i = 0; i < 20; ++i) {
        say(R"({"type":"x"})");
        say(R"({"type":"chat","data":{"text":"what the room sends does not count"}})");
    }
    QVERIFY(!m_room->isOver());
    QCOMPARE(m_ben.texts.size(), 60);
}

void TestRoomGame::ticksOnceAMillisecondAtMost()
{
    m_game->next = 0; // always in the past
    QVERIFY(m_room->nextTickMs() >= 0 && m_room->nextTickMs() <= m_clock.monotonicMs());
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(m_room->tick(), m_clock.monotonicMs() + 1);
        QCOMPARE(m_room->nextTickMs(), m_clock.monotonicMs() + 1);
        m_clock.turn(1);
    }
    QCOMPARE(m_game->calls.size(), 10);
    m_game->next = m_clock.wallMs() + 500;
    QCOMPARE(m_room->tick(), m_clock.monotonicMs() + 500);
    QCOMPARE(m_game->calls.size(), 10);
}

void TestRoomGame::saysWhenItWantsToBeCalledEarlier()
{
    int calls = 0;
    m_room->setScheduleCallback([&] { ++calls; });
    m_game->where = "message";
    const auto wish = [&](qint64 ms) {
        m_game->script = [this, ms](GameOutput &) { m_game->next = ms < 0 ? -1 : m_clock.wallMs() + ms; };
        say(R"({"type":"x"})");
        return std::exchange(calls, 0);
    };
    QCOMPARE(wish(5'000), 1);
    QCOMPARE(wish(4'000), 1);
    QCOMPARE(wish(4'000), 0);
    QCOMPARE(wish(6'000), 0); // later: who wakes too early finds nothing to do
    QCOMPARE(wish(-1), 0);
    QCOMPARE(wish(60'000), 1);
    m_room->drop(*m_other);
    QCOMPARE(std::exchange(calls, 0), 1);
    QCOMPARE(m_room->nextTickMs(), m_clock.monotonicMs() + 30'000);
    m_clock.turn(30'000);
    (void)m_room->tick(); // its seat is given up; the game's wish is left
    QCOMPARE(m_room->nextTickMs(), m_clock.monotonicMs() + 30'000);
    calls = 0;
    m_room->setPaused(true);
    QCOMPARE(std::exchange(calls, 0), 0);
    m_clock.turn(100'000);
    m_room->setPaused(false);
    QCOMPARE(std::exchange(calls, 0), 1);
    QCOMPARE(m_room->nextTickMs(), m_clock.monotonicMs() + 30'000);
}

QTEST_GUILESS_MAIN(TestRoomGame)
#include "tst_roomgame.moc"
