// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"

namespace glasshouse {

// Rooms as the snapshots bring them, with states as docs/protocol.md "Games" has them.

constexpr qint64 raceStartMs = 1'000'000;

inline PlayerInfo playerInfo(const QByteArray &id, const QString &name, quint32 connection, bool ready = false)
{
    return {.id = id, .name = name, .connection = ConnectionId{connection}, .ready = ready};
}

/// Ada types, Grace is done, Linus has dropped, Barbara came late.
inline QList<PlayerInfo> fourPlayers()
{
    QList<PlayerInfo> players{
        playerInfo("p1", QStringLiteral("Ada"), 1, true), playerInfo("p2", QStringLiteral("Grace"), 2),
        playerInfo("p3", QStringLiteral("Linus"), 0), playerInfo("p4", QStringLiteral("Barbara"), 4)};
    players[2].secondsLeft = 23;
    return players;
}

/// `snippet` has 20 code points; one of them needs two units of UTF-16.
inline QByteArray codeRacerState(const QByteArray &phase, int position = 5)
{
    return "{\"phase\":\"" + phase
        + "\",\"snippet\":\"int main()\\n{\\n  \\uD83D\\uDC0E;\\n}\\n\",\"language\":\"cpp\",\"title\":\"Least "
          "program\","
          "\"startsAt\":1000000,\"secondsLimit\":60,\"racers\":["
          "{\"playerId\":\"p1\",\"name\":\"Ada\",\"position\":"
        + QByteArray::number(position)
        + ",\"wpm\":61.5,\"place\":null,\"done\":false,\"accuracy\":null},"
          "{\"playerId\":\"p2\",\"name\":\"Grace\",\"position\":20,\"wpm\":80,\"place\":1,\"done\":true,\"accuracy\":0."
          "975},"
          "{\"playerId\":\"p3\",\"name\":\"Linus\",\"position\":2,\"wpm\":9,\"place\":null,\"done\":true,\"accuracy\":"
          "null}],"
          "\"watchers\":[\"p4\"],\"results\":[{\"playerId\":\"p2\",\"name\":\"Grace\",\"place\":1,\"wpm\":80}]}";
}

inline QByteArray horseRaceState(const QByteArray &phase, const QByteArray &more = {})
{
    return "{\"phase\":\"" + phase
        + "\",\"roundId\":3,\"horses\":[{\"number\":1,\"name\":\"Thunder\",\"odds\":2.5},"
          "{\"number\":2,\"name\":\"Daisy\",\"odds\":7.25}],"
          "\"players\":[{\"playerId\":\"p1\",\"name\":\"Ada\",\"chips\":1250,\"staked\":100,\"loans\":0},"
          "{\"playerId\":\"p2\",\"name\":\"Grace\",\"chips\":9,\"staked\":0,\"loans\":500}],"
          "\"bets\":[{\"playerId\":\"p1\",\"stake\":100}]"
        + more + '}';
}

inline Snapshot roomSnapshot(const QString &kind, const QByteArray &state,
                             const QString &phase = QStringLiteral("playing"))
{
    RoomInfo info;
    info.id = QStringLiteral("main");
    info.code = QStringLiteral("K7QF");
    info.game = kind;
    info.state = phase;
    info.players = 4;
    info.dropped = 1;
    Snapshot snapshot;
    snapshot.timeMs = raceStartMs + 18'500;
    snapshot.rooms = {info};
    snapshot.watched = RoomDetails{info.id, fourPlayers(), state};
    return snapshot;
}

} // namespace glasshouse
