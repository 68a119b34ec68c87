// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/tints.h"

#include <QHash>
#include <QList>
#include <QString>

class QJsonObject;

namespace glasshouse {

struct RoomDetails;

/// How one player stands in a game. What a game does not count is −1, or 0 for a place.
struct PlayerStanding
{
    QString doing; ///< "typing", "has bet"; empty: the game does not say
    Tint tint = Tint::Muted;
    int place = 0;
    double progress = -1; ///< 0–1
    double speed = -1;    ///< words a minute
    double accuracy = -1; ///< 0–1
    qint64 chips = -1;
    qint64 staked = -1;
    qint64 loans = -1;
    bool operator==(const PlayerStanding &) const = default;
};

struct HorseStanding
{
    int number = 0;
    QString name;
    double odds = 0;
    double position = -1; ///< 0–1; −1: no race
    int place = 0;        ///< 0: not yet
    [[nodiscard]] int key() const { return number; }
    bool operator==(const HorseStanding &) const = default;
};

/// A game's state (docs/protocol.md "Games") in words and figures.
struct GameView
{
    QString headline; ///< the phase in words; empty: the game does not say
    QString subject;  ///< what is played: title and language of a snippet
    QString text;     ///< the snippet; the state of a game that is not known here as JSON
    bool isJson = false;
    QHash<QByteArray, PlayerStanding> players; ///< by player id
    QList<HorseStanding> horses;
};

/// `nowMs`: the room's time, ms since 1970; −1: not known (the room stands still), and no time left is said.
[[nodiscard]] GameView gameViewOf(const QString &kind, const RoomDetails &room, qint64 nowMs);

// One a game, for gameViewOf().
[[nodiscard]] GameView codeRacerView(const QJsonObject &state, qint64 nowMs);
[[nodiscard]] GameView horseRaceView(const QJsonObject &state);

/// Whole seconds as people count them down: "3 s", "1 min 2 s"; what is left of a second counts.
[[nodiscard]] QString secondsText(qint64 ms);

} // namespace glasshouse
