// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/typingrace.h"

#include <algorithm>

namespace glasshouse {

namespace {

QByteArray placeJson(const Racer &racer)
{
    return racer.place > 0 ? QByteArray::number(racer.place) : QByteArray("null");
}

QByteArray whoMembers(const Racer &racer)
{
    return "\"playerId\":\"" + racer.player.id + "\",\"name\":" + jsonQuoted(racer.player.name.toUtf8());
}

QByteArray resultJson(const Racer &racer)
{
    const QByteArray wpm = wordsPerMinute(racer.position, racer.stoppedMs);
    return '{' + whoMembers(racer) + ",\"place\":" + placeJson(racer) + ",\"score\":" + wpm + ",\"wpm\":" + wpm
        + ",\"accuracy\":" + typingAccuracy(racer.position, racer.errors)
        + ",\"elapsedMs\":" + (racer.place > 0 ? QByteArray::number(racer.stoppedMs) : QByteArray("null"))
        + ",\"position\":" + QByteArray::number(racer.position) + '}';
}

QByteArray racerJson(const Racer &racer, const QByteArray &wpm)
{
    const bool done = racer.place > 0 || racer.wrongCodes == TypingRace::mostCodes;
    return '{' + whoMembers(racer) + ",\"position\":" + QByteArray::number(racer.position) + ",\"wpm\":" + wpm
        + ",\"place\":" + placeJson(racer) + ",\"done\":" + (done ? "true" : "false") + ",\"accuracy\":"
        + (racer.place > 0 ? typingAccuracy(racer.position, racer.errors) : QByteArray("null")) + '}';
}

/// Finishers by place, the others by how far they came; those who are level stay in the order of joining.
bool isBetter(const Racer *one, const Racer *other)
{
    if (one->place > 0 && other->place > 0)
        return one->place < other->place;
    if (one->place > 0 || other->place > 0)
        return one->place > 0;
    return one->position > other->position;
}

} // namespace

QByteArray wordsPerMinute(int characters, qint64 elapsedMs)
{
    constexpr qint64 tenthsPerMinute = 10 * 60'000 / 5;
    const qint64 ms = std::max(elapsedMs, qint64{1000}); // the first keys say nothing about a minute
    const qint64 tenths = (characters * tenthsPerMinute + ms / 2) / ms;
    return QByteArray::number(tenths / 10) + '.' + QByteArray::number(tenths % 10);
}

QByteArray typingAccuracy(int characters, int errors)
{
    const qint64 keys = qint64{characters} + errors;
    const qint64 share = keys == 0 ? 0 : (characters * qint64{10'000} + keys / 2) / keys;
    return QByteArray::number(share / 10'000) + '.' + QByteArray::number(share % 10'000).rightJustified(4, '0');
}

QByteArray TypingRace::speed(const Racer &racer, qint64 nowMs) const
{
    return wordsPerMinute(racer.position, racer.stoppedMs < 0 ? elapsedMs(nowMs) : racer.stoppedMs);
}

QByteArray TypingRace::snippetMembers() const
{
    return "\"snippet\":" + jsonQuoted(m_snippet->text) + ",\"language\":" + jsonQuoted(m_snippet->language)
        + ",\"title\":" + jsonQuoted(m_snippet->title) + ",\"startsAt\":" + QByteArray::number(m_startsAtMs)
        + ",\"secondsLimit\":" + QByteArray::number(m_secondsLimit);
}

QByteArray TypingRace::startedJson() const
{
    QByteArray ids;
    for (const Racer &racer : m_racers)
        ids += (ids.isEmpty() ? "\"" : ",\"") + racer.player.id + '"';
    return '{' + snippetMembers() + ",\"racers\":[" + ids + "]}";
}

QByteArray TypingRace::progressJson(const Racer &racer, qint64 nowMs) const
{
    return "{\"playerId\":\"" + racer.player.id + "\",\"position\":" + QByteArray::number(racer.position)
        + ",\"wpm\":" + speed(racer, nowMs) + '}';
}

QByteArray TypingRace::submittedJson(const Racer &racer, qint64 nowMs) const
{
    return "{\"playerId\":\"" + racer.player.id + "\",\"correct\":" + (racer.place > 0 ? "true" : "false")
        + ",\"place\":" + placeJson(racer) + ",\"elapsedMs\":" + QByteArray::number(elapsedMs(nowMs))
        + ",\"wpm\":" + speed(racer, nowMs) + ",\"accuracy\":" + typingAccuracy(racer.position, racer.errors) + '}';
}

QByteArray TypingRace::resultsJson() const
{
    std::vector<const Racer *> order;
    for (const Racer &racer : m_racers)
        order.push_back(&racer);
    std::stable_sort(order.begin(), order.end(), isBetter);
    QByteArray results;
    for (const Racer *racer : order)
        results += (results.isEmpty() ? "" : ",") + resultJson(*racer);
    return '[' + results + ']';
}

QByteArray TypingRace::racersJson(qint64 nowMs) const
{
    QByteArray racers;
    for (const Racer &racer : m_racers) {
        if (!racer.gone || racer.place > 0)
            racers += (racers.isEmpty() ? "" : ",") + racerJson(racer, speed(racer, nowMs));
    }
    return '[' + racers + ']';
}

QByteArray waitingRacersJson(const QList<Player> &players)
{
    QByteArray racers;
    for (const Player &player : players)
        racers += (racers.isEmpty() ? "" : ",") + racerJson({.player = player}, wordsPerMinute(0, 0));
    return '[' + racers + ']';
}

} // namespace glasshouse
