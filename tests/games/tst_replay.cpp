// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/chance.h"
#include "server/games/gamecatalog.h"

#include <QTest>
#include <algorithm>
#include <functional>
#include <iterator>
#include <vector>

using namespace glasshouse;

// Every game is a function of its seed and of what it is told: played again with the same calls it says the same, byte for
// byte. The scripts know nothing of a single game's rules but the messages that some game could understand.

namespace {

/// Everything a game does and answers, one line each.
class Transcript final : public GameOutput
{
public:
    QByteArray text;
    QList<PlayerId> players;

    void note(std::initializer_list<QByteArrayView> parts)
    {
        for (const QByteArrayView part : parts) {
            text += part;
            text += ' ';
        }
        text += '\n';
    }
    void toAll(QByteArrayView type, QByteArrayView data) override { note({"all", type, data}); }
    void toOthers(const PlayerId &from, QByteArrayView type, QByteArrayView data) override
    {
        note({"others", from, type, data});
    }
    bool toPlayer(const PlayerId &to, QByteArrayView type, QByteArrayView data, const PlayerId &from) override
    {
        note({"one", to, type, data, from});
        return players.contains(to);
    }
    void binaryToOthers(const PlayerId &from, QByteArrayView payload) override { note({"binary", from, payload}); }
    void reject(ErrorCode code, QByteArrayView why, QByteArrayView) override
    {
        note({"reject", errorCodeName(code), why});
    }
    void finished(QByteArrayView results) override { note({"finished", results}); }
    void roundFinished(QByteArrayView results) override { note({"round", results}); }
};

enum class Call : quint8 { Join, Leave, Start, Message, Binary, Tick, End, StandStill, State };

struct Step
{
    Call call = Call::State;
    qint64 nowMs = 0;
    PlayerId player;
    QByteArray payload;
};

using Script = std::vector<Step>;

/// A game and what it said.
class Play
{
public:
    Play(const QByteArray &kind, quint64 seed) : m_game(std::move(builtInGames().make(kind, seed).value())) { }

    [[nodiscard]] const QByteArray &text() const { return m_said.text; }
    [[nodiscard]] const QList<PlayerId> &players() const { return m_said.players; }
    [[nodiscard]] qint64 nextTickMs() const { return m_game->nextTickMs(); }
    [[nodiscard]] QByteArray startData() const { return m_startData; }

    void take(const Step &step)
    {
        switch (step.call) {
        case Call::Join:
            m_said.players += step.player;
            m_game->joined({step.player, QString::fromUtf8(step.payload)}, step.nowMs, m_said);
            break;
        case Call::Leave:
            m_said.players.removeAll(step.player);
            m_game->left(step.player, step.nowMs, m_said);
            break;
        case Call::Start:
            start(step.nowMs);
            break;
        case Call::Message:
            if (const auto envelope = parseEnvelope(step.payload))
                m_game->message(step.player, envelope.value(), step.nowMs, m_said);
            break;
        case Call::Binary:
            m_game->binary(step.player, step.payload, step.nowMs, m_said);
            break;
        case Call::Tick:
            m_game->tick(step.nowMs, m_said);
            break;
        case Call::End:
            m_game->end(step.nowMs, m_said);
            break;
        case Call::StandStill:
            m_game->stoodStill(step.payload.toLongLong());
            break;
        case Call::State:
            m_said.note({"state", m_game->state(step.nowMs)});
            break;
        }
        m_said.note({"then", QByteArray::number(int(m_game->phase())), QByteArray::number(m_game->nextTickMs())});
    }

private:
    void start(qint64 nowMs)
    {
        QByteArray data;
        const bool started = m_game->start(nowMs, data, m_said);
        m_said.note({"start", started ? "yes" : "no", data});
        if (started)
            m_startData = data;
    }

    std::unique_ptr<Game> m_game;
    Transcript m_said;
    QByteArray m_startData; ///< of the last game_started
};

/// Plays a game as random players would and writes down what was done.
class Author
{
public:
    Author(const QByteArray &kind, quint64 seed) : m_play(kind, seed), m_chance(seed ^ 0x5EED) { }

    [[nodiscard]] Script write(int steps)
    {
        act(Call::Join, newPlayer(), "Ann \"A\" \xC3\x84");
        for (int i = 0; i < steps; ++i)
            anything();
        act(Call::State);
        return std::move(m_script);
    }
    [[nodiscard]] const QByteArray &text() const { return m_play.text(); }

private:
    Play m_play;
    Chance m_chance;
    Script m_script;
    qint64 m_nowMs = 1'750'000'000'000;
    int m_joined = 0;
    int m_typed = 0;

    int below(int end) { return int(m_chance.below(quint64(end))); }

    void act(Call call, const PlayerId &player = {}, const QByteArray &payload = {})
    {
        m_script.push_back({call, m_nowMs, player, payload});
        m_play.take(m_script.back());
    }

    PlayerId newPlayer() { return "p" + QByteArray::number(++m_joined); }

    PlayerId somebody()
    {
        const auto &players = m_play.players();
        return players.isEmpty() ? PlayerId() : players[below(int(players.size()))];
    }

    void anything()
    {
        const PlayerId player = somebody();
        const int dice = below(100);
        if (player.isNull() || dice < 4)
            act(Call::Join, newPlayer(), "Name " + QByteArray::number(dice));
        else if (dice < 6)
            act(Call::Leave, player);
        else if (dice < 10)
            start();
        else if (dice < 50)
            act(Call::Message, player, message());
        else if (dice < 52)
            act(Call::Binary, player, QByteArray("\x00\xFF{", 3));
        else if (dice < 95)
            pass(1 + below(dice < 55 ? 20'000 : dice < 60 ? 3'000 : 200));
        else if (dice < 97)
            act(Call::StandStill, {}, QByteArray::number(standStill()));
        else
            act(dice == 99 ? Call::End : Call::State);
    }

    void start()
    {
        act(Call::Start);
        m_typed = 0;
    }

    /// Time goes on, and the game is called whenever it wants to be.
    void pass(int ms)
    {
        const qint64 until = m_nowMs + ms;
        for (qint64 next = m_play.nextTickMs(); next >= 0 && next <= until; next = m_play.nextTickMs()) {
            m_nowMs = std::max(next, m_nowMs) + below(3); // a timer is never early, often late
            act(Call::Tick);
        }
        m_nowMs = std::max(until, m_nowMs);
    }

    qint64 standStill()
    {
        const int ms = below(5'000);
        m_nowMs += ms;
        return ms;
    }

    QByteArray message()
    {
        switch (below(6)) {
        case 0:
            return nonsense();
        case 1:
        case 2:
            return bet();
        case 3:
            return code();
        default:
            m_typed += below(5);
            return progress(m_typed);
        }
    }

    QByteArray nonsense()
    {
        static constexpr const char *texts[] = {
            R"({"type":"progress"})",
            R"({"type":"progress","data":{"position":-1,"errors":0}})",
            R"({"type":"progress","data":{"position":1e3,"errors":0.5}})",
            R"({"type":"progress","data":{"position":99999999999999999999,"errors":"1"}})",
            R"({"type":"progress","data":[1,2]})",
            R"({"type":"submit_code","data":{"code":null}})",
            R"({"type":"submit_code","data":"code"})",
            R"({"type":"place_bet","data":{"horse":0,"stake":-5}})",
            R"({"type":"place_bet","data":{"horse":1,"stake":2.5}})",
            R"({"type":"place_bet","data":{"horse":"1","stake":1e9}})",
            R"({"type":"place_bet","data":7})",
            R"({"type":"dance","data":{"to":"the music"}})",
            R"({"type":"dance","to":"p1"})",
            R"({"type":"dance","to":"nobody"})",
        };
        return texts[below(int(std::size(texts)))];
    }

    QByteArray bet()
    {
        return R"({"type":"place_bet","data":{"horse":)" + QByteArray::number(1 + below(7)) + R"(,"stake":)"
            + QByteArray::number(1 + below(550)) + "}}";
    }

    QByteArray progress(int position)
    {
        return R"({"type":"progress","data":{"position":)" + QByteArray::number(position) + R"(,"errors":)"
            + QByteArray::number(position / 9) + "}}";
    }

    /// The snippet of the last start, often with a progress that makes it plausible just before.
    QByteArray code()
    {
        const QByteArray snippet = jsonMember(m_play.startData(), "snippet").toByteArray();
        if (snippet.isEmpty() || below(4) == 0)
            return R"({"type":"submit_code","data":{"code":"int main"}})";
        const qsizetype length = jsonString(snippet)->size();
        if (below(2) == 0) {
            const PlayerId player = somebody();
            for (qsizetype at = 0; at < length && !player.isNull();) {
                pass(1'000);
                at = std::min<qsizetype>(at + 40, length);
                act(Call::Message, player, progress(int(at)));
            }
        }
        return R"({"type":"submit_code","data":{"code":)" + snippet + "}}";
    }
};

QByteArray played(const QByteArray &kind, quint64 seed, const Script &script)
{
    Play play(kind, seed);
    for (const Step &step : script)
        play.take(step);
    return play.text();
}

/// Where two texts part, for the report.
QByteArray difference(const QByteArray &one, const QByteArray &other)
{
    const auto at = std::mismatch(one.begin(), one.end(), other.begin(), other.end()).first;
    const qsizetype from = std::max<qsizetype>(0, at - one.begin() - 60);
    return one.mid(from, 160) + "\n---\n" + other.mid(from, 160);
}

constexpr int games = 1'000; ///< of all kinds together
constexpr int steps = 150;

} // namespace

class TestReplay final : public QObject
{
    Q_OBJECT

private slots:
    void sameSeedAndInputSameGame_data() { addKinds(); }
    void sameSeedAndInputSameGame();
    void anotherSeedAnotherGame_data();
    void anotherSeedAnotherGame();
    void scriptsReachEveryCorner_data();
    void scriptsReachEveryCorner();

private:
    static void addKinds();
};

void TestReplay::addKinds()
{
    QTest::addColumn<QByteArray>("kind");
    for (const QByteArray &kind : builtInGames().kinds())
        QTest::newRow(kind.constData()) << kind;
}

void TestReplay::sameSeedAndInputSameGame()
{
    QFETCH(QByteArray, kind);
    const int count = games / int(builtInGames().kinds().size()) + 1;
    for (int seed = 0; seed < count; ++seed) {
        Author author(kind, quint64(seed));
        const Script script = author.write(steps);
        for (int again = 0; again < 2; ++again) {
            const QByteArray text = played(kind, quint64(seed), script);
            QVERIFY2(text == author.text(), difference(text, author.text()).constData());
        }
    }
}

void TestReplay::anotherSeedAnotherGame_data()
{
    QTest::addColumn<QByteArray>("kind");
    for (const QByteArray &kind : builtInGames().kinds()) {
        if (kind != "relay") // there is no chance in it
            QTest::newRow(kind.constData()) << kind;
    }
}

void TestReplay::anotherSeedAnotherGame()
{
    QFETCH(QByteArray, kind);
    int different = 0;
    for (quint64 seed = 0; seed < 20; ++seed) {
        Author author(kind, seed);
        const Script script = author.write(steps);
        different += played(kind, seed + 1'000'000, script) != author.text() ? 1 : 0;
    }
    QVERIFY(different >= 19);
}

void TestReplay::scriptsReachEveryCorner_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("said");
    const auto add = [](const char *kind, const char *said) {
        if (builtInGames().kinds().contains(kind))
            QTest::addRow("%s: %s", kind, said) << QByteArray(kind) << QByteArray(said);
    };
    add("relay", "others ");
    add("relay", "one p1 dance");
    add("relay", "binary ");
    add("code-racer", "all progress");
    add("code-racer", "\"correct\":false");
    add("code-racer", "\"correct\":true");
    add("code-racer", "finished [");
    add("code-racer", "\"phase\":\"countdown\"");
    add("code-racer", "\"phase\":\"racing\"");
    add("code-racer", "reject bad_data");
    add("code-racer", "reject not_allowed");
    add("code-racer", "reject unknown_type");
    add("code-racer", "reject unsupported");
    add("horse-race", "bet_accepted");
    add("horse-race", "race_sync");
    add("horse-race", "race_results");
    add("horse-race", "round [");
    add("horse-race", "finished [");
    add("horse-race", "reject bad_data");
    add("horse-race", "reject not_allowed");
}

// A script that does nothing would find nothing.
void TestReplay::scriptsReachEveryCorner()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, said);
    int found = 0;
    for (quint64 seed = 0; seed < 40 && found == 0; ++seed) {
        Author author(kind, seed);
        found += author.write(steps).empty() || !author.text().contains(said) ? 0 : 1;
    }
    QCOMPARE(found, 1);
}

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
