// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/horserace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <functional>

namespace glasshouse {

/// What a game said, with the data read as JSON. `how`: "all", "others", "to", "reject", "finished", "round".
struct Said
{
    QByteArray how;
    PlayerId whom;   ///< of "others" and "to"
    QByteArray type; ///< of an error: its code
    QByteArray text; ///< data as written; of an error: its message

    [[nodiscard]] QJsonObject data() const { return QJsonDocument::fromJson(text).object(); }
    [[nodiscard]] QJsonArray results() const { return QJsonDocument::fromJson(text).array(); }
    [[nodiscard]] int number(const char *member) const { return data()[QLatin1StringView(member)].toInt(-1); }
};

/// A horse race with a clock that the test turns.
class RaceTable final : public GameOutput
{
public:
    explicit RaceTable(quint64 seed = 1, HorseRaceOptions options = {}) : race(seed, options) { }

    HorseRace race;
    qint64 now = 1'800'000'000'000;
    QList<Said> said;
    std::function<void(QByteArrayView type)> onSaid = [](QByteArrayView) {};

    void join(const PlayerId &id, const QByteArray &account = {})
    {
        race.joined({id, QString::fromUtf8(id).toUpper(), account}, now, *this);
    }
    void leave(const PlayerId &id) { race.left(id, now, *this); }
    void send(const PlayerId &from, const QByteArray &text)
    {
        const auto envelope = parseEnvelope(text);
        Q_ASSERT(envelope.ok());
        race.message(from, envelope.value(), now, *this);
    }
    /// "bet_accepted", or the code of the error.
    QByteArray bet(const PlayerId &from, const QByteArray &data)
    {
        const qsizetype before = said.size();
        send(from, R"({"type":"place_bet","data":)" + data + '}');
        return said.size() > before ? said.at(before).type : QByteArray();
    }
    QByteArray bet(const PlayerId &from, int horse, int stake)
    {
        return bet(
            from,
            QByteArray("{\"horse\":" + QByteArray::number(horse) + ",\"stake\":" + QByteArray::number(stake) + '}'));
    }
    bool start()
    {
        QByteArray data;
        const bool started = race.start(now, data, *this);
        if (started)
            note("all", {}, "game_started", data);
        return started;
    }
    void end() { race.end(now, *this); }
    /// To the next tick.
    void step()
    {
        now = std::max(now, race.nextTickMs());
        race.tick(now, *this);
    }
    /// One late tick.
    void oversleep(qint64 ms)
    {
        now += ms;
        race.tick(now, *this);
    }
    /// Until this is said for the first time from now on.
    Said until(const QByteArray &type)
    {
        const qsizetype before = said.size();
        for (int steps = 0; find(type, before) < 0 && race.nextTickMs() >= 0 && steps < 1'000; ++steps)
            step();
        return said.value(find(type, before));
    }
    [[nodiscard]] QJsonObject state() const { return QJsonDocument::fromJson(race.state(now)).object(); }
    [[nodiscard]] QByteArray stage() const { return state()[QLatin1StringView("phase")].toString().toLatin1(); }
    /// The line of state().players.
    [[nodiscard]] QJsonObject player(const PlayerId &id) const
    {
        for (const QJsonValue &line : state()[QLatin1StringView("players")].toArray()) {
            if (line[QLatin1StringView("playerId")].toString() == QLatin1StringView(id))
                return line.toObject();
        }
        return {};
    }
    [[nodiscard]] int chips(const PlayerId &id) const { return player(id)[QLatin1StringView("chips")].toInt(-1); }
    /// Types in the order in which they were said.
    [[nodiscard]] QList<QByteArray> types() const
    {
        QList<QByteArray> types;
        for (const Said &one : said)
            types += one.type;
        return types;
    }

    void toAll(QByteArrayView type, QByteArrayView data) override { note("all", {}, type, data); }
    void toOthers(const PlayerId &from, QByteArrayView type, QByteArrayView data) override
    {
        note("others", from, type, data);
    }
    bool toPlayer(const PlayerId &to, QByteArrayView type, QByteArrayView data, const PlayerId & /*from*/) override
    {
        note("to", to, type, data);
        return true;
    }
    void binaryToOthers(const PlayerId & /*from*/, QByteArrayView /*payload*/) override { note("binary", {}, {}, {}); }
    void reject(ErrorCode code, QByteArrayView text, QByteArrayView = {}) override
    {
        note("reject", {}, errorCodeName(code), text);
    }
    void finished(QByteArrayView results) override { note("finished", {}, "game_finished", results); }
    void roundFinished(QByteArrayView results) override { note("round", {}, "round", results); }

private:
    [[nodiscard]] qsizetype find(const QByteArray &type, qsizetype from) const
    {
        for (qsizetype at = from; at < said.size(); ++at) {
            if (said.at(at).type == type)
                return at;
        }
        return -1;
    }
    void note(const QByteArray &how, const PlayerId &whom, QByteArrayView type, QByteArrayView text)
    {
        said.append({how, whom, type.toByteArray(), text.toByteArray()});
        onSaid(type);
    }
};

[[nodiscard]] inline QByteArray compact(const QJsonValue &value)
{
    const auto document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return document.toJson(QJsonDocument::Compact);
}

/// Names of the members, sorted.
[[nodiscard]] inline QByteArray keys(const QJsonObject &object) { return object.keys().join(u' ').toLatin1(); }

/// What wins with this seed: bets change nothing.
[[nodiscard]] inline QList<int> winners(quint64 seed, int rounds)
{
    RaceTable table(seed);
    table.join("anna");
    QList<int> horses;
    for (int round = 0; round < rounds; ++round)
        horses += table.until("race_results").data()[QLatin1StringView("ranking")][0].toInt();
    return horses;
}

/// In hundredths.
[[nodiscard]] inline int oddsOf(const QJsonObject &state, int horse)
{
    return qRound(state[QLatin1StringView("horses")][horse - 1][QLatin1StringView("odds")].toDouble() * 100);
}

[[nodiscard]] inline int loser(int winner) { return winner == 1 ? 2 : 1; }

/// Rows that are named by the message that went out last.
inline void addTimes(std::initializer_list<const char *> types)
{
    QTest::addColumn<QByteArray>("type");
    for (const char *type : types)
        QTest::newRow(type) << QByteArray(type);
}

} // namespace glasshouse
