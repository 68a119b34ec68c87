// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/game.h"
#include "server/games/snippets.h"

#include <vector>

namespace glasshouse {

/// One player's part in a race. Times are milliseconds after its start.
struct Racer
{
    Player player;
    int position = 0; ///< characters typed right
    int errors = 0;
    int wrongCodes = 0;
    int place = 0; ///< from 1; 0: not finished
    bool gone = false;
    qint64 stoppedMs = -1; ///< finished, gave up, gone or out of time; −1: still typing
    qint64 reportedMs = 0; ///< when the position was last heard
    qint64 allowance = 0;  ///< thousandths of characters that could have been typed by then and were not
    bool unshared = false; ///< the others have not heard of this position
};

/// One race over a snippet: believes nobody, measures time itself, and sends nothing.
class TypingRace
{
public:
    static constexpr int charactersPerSecond = 40; ///< nobody types faster
    /// Characters that may come at once: what was typed while reports were held back, indentation that is filled in, a word that a
    /// keyboard completes. Less than the shortest snippet.
    static constexpr int burst = 50;
    static constexpr int firstBurst = 20; ///< as it starts
    static constexpr int mostErrors = 1'000'000;
    static constexpr int mostCodes = 20;
    static constexpr qint64 shareEveryMs = 100;

    TypingRace(const Snippet &snippet, const QList<Player> &players, qint64 startsAtMs, int secondsLimit);

    [[nodiscard]] const Snippet &snippet() const { return *m_snippet; }
    [[nodiscard]] bool hasStarted(qint64 nowMs) const { return nowMs >= m_startsAtMs; }
    [[nodiscard]] qint64 deadlineMs() const { return m_startsAtMs + m_secondsLimit * qint64{1000}; }
    [[nodiscard]] bool isAnyoneTyping() const;
    [[nodiscard]] bool isRacer(const PlayerId &player) const;
    /// Accepted last; −1: not a racer.
    [[nodiscard]] int positionOf(const PlayerId &player) const;

    /// `data` of a message, from someone in the room. A refusal has changed nothing.
    [[nodiscard]] Result<const Racer *, ErrorCode> progress(const PlayerId &from, QByteArrayView data, qint64 nowMs);
    /// The same; the code was right where the racer has a place now.
    [[nodiscard]] Result<const Racer *, ErrorCode> submit(const PlayerId &from, QByteArrayView data, qint64 nowMs);
    void leave(const PlayerId &player, qint64 nowMs);
    /// Nobody types any more.
    void stop(qint64 nowMs);
    void stoodStill(qint64 ms) { m_startsAtMs += ms; }

    /// The racers whose new positions all may hear now, each once. All together, because thirty that come one by one keep a phone
    /// busy with nothing else.
    [[nodiscard]] std::vector<const Racer *> takeShares(qint64 nowMs);
    /// When takeShares() has the next ones; −1: not before there is more progress.
    [[nodiscard]] qint64 nextShareMs() const;

    // raw JSON
    [[nodiscard]] QByteArray startedJson() const;                                   ///< game_started
    [[nodiscard]] QByteArray progressJson(const Racer &racer, qint64 nowMs) const;  ///< progress
    [[nodiscard]] QByteArray submittedJson(const Racer &racer, qint64 nowMs) const; ///< code_submitted
    [[nodiscard]] QByteArray resultsJson() const;                                   ///< array of game_finished
    [[nodiscard]] QByteArray snippetMembers() const;         ///< "snippet":…,"secondsLimit":…
    [[nodiscard]] QByteArray racersJson(qint64 nowMs) const; ///< array of the state

private:
    const Snippet *m_snippet; ///< lives as long as the program
    std::vector<Racer> m_racers;
    qint64 m_shareMs = 0; ///< after the start: the next positions may be heard from here on
    qint64 m_startsAtMs;
    int m_secondsLimit;
    int m_finishers = 0;

    [[nodiscard]] int length() const { return int(m_snippet->text.size()); } // ASCII
    [[nodiscard]] qint64 elapsedMs(qint64 nowMs) const;
    [[nodiscard]] Result<Racer *, ErrorCode> typist(const PlayerId &from, qint64 nowMs);
    [[nodiscard]] static qint64 allowanceOf(const Racer &racer, qint64 elapsed);
    [[nodiscard]] static bool isTooFast(const Racer &racer, int position, qint64 elapsed);
    [[nodiscard]] QByteArray whyImplausible(const Racer &racer, qint64 elapsed) const;
    [[nodiscard]] QByteArray speed(const Racer &racer, qint64 nowMs) const;
};

/// The same array before the first race.
[[nodiscard]] QByteArray waitingRacersJson(const QList<Player> &players);
/// Words of five characters, with one decimal. Worked out in whole numbers: the same on every machine.
[[nodiscard]] QByteArray wordsPerMinute(int characters, qint64 elapsedMs);
/// The share of right keys, 0–1 with four decimals; 0 where none was.
[[nodiscard]] QByteArray typingAccuracy(int characters, int errors);
/// Line feeds alone between lines; no white space at the ends of lines and of the text.
[[nodiscard]] QByteArray tidyCode(QByteArrayView code);

} // namespace glasshouse
