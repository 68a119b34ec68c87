// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/typingrace.h"

#include "server/games/wholenumber.h"

#include <algorithm>

namespace glasshouse {

namespace {

Error<ErrorCode> badData(QByteArray text) { return {ErrorCode::BadData, std::move(text)}; }

Error<ErrorCode> notAllowed(QByteArray text) { return {ErrorCode::NotAllowed, std::move(text)}; }

Error<ErrorCode> notANumber(const QByteArray &name, int most)
{
    return badData(name + " has to be a whole number from 0 to " + QByteArray::number(most));
}

} // namespace

TypingRace::TypingRace(const Snippet &snippet, const QList<Player> &players, qint64 startsAtMs, int secondsLimit)
    : m_snippet(&snippet),
      m_startsAtMs(startsAtMs),
      m_secondsLimit(secondsLimit)
{
    m_racers.resize(size_t(players.size()));
    for (size_t i = 0; i < m_racers.size(); ++i) {
        m_racers[i].player = players[qsizetype(i)];
        m_racers[i].allowance = firstBurst * qint64{1000};
    }
}

bool TypingRace::isAnyoneTyping() const
{
    return std::any_of(m_racers.begin(), m_racers.end(), [](const Racer &racer) { return racer.stoppedMs < 0; });
}

bool TypingRace::isRacer(const PlayerId &player) const
{
    return std::any_of(m_racers.begin(), m_racers.end(), [&](const Racer &racer) { return racer.player.id == player; });
}

qint64 TypingRace::elapsedMs(qint64 nowMs) const
{
    return std::clamp(nowMs - m_startsAtMs, qint64{0}, m_secondsLimit * qint64{1000});
}

Result<Racer *, ErrorCode> TypingRace::typist(const PlayerId &from, qint64 nowMs)
{
    const auto racer =
        std::find_if(m_racers.begin(), m_racers.end(), [&](const Racer &one) { return one.player.id == from; });
    if (racer == m_racers.end())
        return notAllowed("you watch this race and take part in the next one");
    if (!hasStarted(nowMs))
        return notAllowed("the race has not started yet");
    if (racer->stoppedMs >= 0)
        return notAllowed(racer->place > 0 ? "you have finished already" : "you have no more tries in this race");
    return &*racer;
}

// So much as fingers could have typed by now, in any stretch of time: who waits saves up no more than a burst.
qint64 TypingRace::allowanceOf(const Racer &racer, qint64 elapsed)
{
    return std::min(burst * qint64{1000}, racer.allowance + charactersPerSecond * (elapsed - racer.reportedMs));
}

bool TypingRace::isTooFast(const Racer &racer, int position, qint64 elapsed)
{
    return (position - racer.position) * qint64{1000} > allowanceOf(racer, elapsed);
}

int TypingRace::positionOf(const PlayerId &player) const
{
    const auto racer =
        std::find_if(m_racers.begin(), m_racers.end(), [&](const Racer &one) { return one.player.id == player; });
    return racer == m_racers.end() ? -1 : racer->position;
}

Result<const Racer *, ErrorCode> TypingRace::progress(const PlayerId &from, QByteArrayView data, qint64 nowMs)
{
    auto found = typist(from, nowMs);
    if (!found)
        return found.error();
    const auto position = wholeNumber(jsonMember(data, "position"), 0, length());
    if (!position)
        return notANumber("position", length());
    const auto errors = wholeNumber(jsonMember(data, "errors"), 0, mostErrors);
    if (!errors)
        return notANumber("errors", mostErrors);
    Racer &racer = *found.value();
    if (*position < racer.position || *errors < racer.errors)
        return badData("position and errors never fall");
    const qint64 elapsed = elapsedMs(nowMs);
    if (isTooFast(racer, *position, elapsed))
        return notAllowed("nobody types so fast: at most 40 characters a second, and 50 at once");
    racer.allowance = allowanceOf(racer, elapsed) - (*position - racer.position) * qint64{1000};
    racer.position = *position;
    racer.errors = *errors;
    racer.reportedMs = elapsed;
    racer.unshared = true;
    return &racer;
}

/// What makes it unlikely that all of the snippet was typed; empty: nothing does.
QByteArray TypingRace::whyImplausible(const Racer &racer, qint64 elapsed) const
{
    if (racer.position * 10 < length() * 9)
        return "the code is right, but was not typed: your progress says " + QByteArray::number(racer.position) + " of "
            + QByteArray::number(length()) + " characters";
    if (length() * qint64{1000} > charactersPerSecond * elapsed || isTooFast(racer, length(), elapsed))
        return "nobody types so fast: at most 40 characters a second, and 50 at once";
    return {};
}

Result<const Racer *, ErrorCode> TypingRace::submit(const PlayerId &from, QByteArrayView data, qint64 nowMs)
{
    auto found = typist(from, nowMs);
    if (!found)
        return found.error();
    const auto code = jsonString(jsonMember(data, "code"));
    if (!code)
        return badData("code has to be a string");
    Racer &racer = *found.value();
    const qint64 elapsed = elapsedMs(nowMs);
    if (tidyCode(*code) != m_snippet->text) {
        if (++racer.wrongCodes == mostCodes)
            racer.stoppedMs = elapsed;
        return &racer;
    }
    if (const QByteArray why = whyImplausible(racer, elapsed); !why.isEmpty())
        return notAllowed(why);
    racer.position = length();
    racer.place = ++m_finishers;
    racer.stoppedMs = elapsed;
    racer.unshared = false; // code_submitted says it
    return &racer;
}

void TypingRace::leave(const PlayerId &player, qint64 nowMs)
{
    for (Racer &racer : m_racers) {
        if (racer.player.id != player)
            continue;
        racer.gone = true;
        racer.unshared = false;
        if (racer.stoppedMs < 0)
            racer.stoppedMs = elapsedMs(nowMs);
    }
}

void TypingRace::stop(qint64 nowMs)
{
    for (Racer &racer : m_racers) {
        racer.unshared = false;
        if (racer.stoppedMs < 0)
            racer.stoppedMs = elapsedMs(nowMs);
    }
}

std::vector<const Racer *> TypingRace::takeShares(qint64 nowMs)
{
    const qint64 elapsed = elapsedMs(nowMs);
    std::vector<const Racer *> moved;
    if (elapsed < m_shareMs)
        return moved;
    for (Racer &racer : m_racers) {
        if (std::exchange(racer.unshared, false))
            moved.push_back(&racer);
    }
    if (!moved.empty())
        m_shareMs = elapsed + shareEveryMs;
    return moved;
}

qint64 TypingRace::nextShareMs() const
{
    return std::ranges::any_of(m_racers, &Racer::unshared) ? m_startsAtMs + m_shareMs : -1;
}

QByteArray tidyCode(QByteArrayView code)
{
    QByteArray tidy;
    tidy.reserve(code.size());
    const auto dropSpaces = [&] {
        while (tidy.endsWith(' ') || tidy.endsWith('\t') || tidy.endsWith('\r'))
            tidy.chop(1);
    };
    for (const char c : code) {
        if (c == '\n')
            dropSpaces();
        tidy += c;
    }
    while (!tidy.isEmpty() && QByteArrayView(" \t\r\n").contains(tidy.back()))
        tidy.chop(1);
    return tidy;
}

} // namespace glasshouse
