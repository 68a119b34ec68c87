// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/tints.h"

#include <QHash>
#include <QList>
#include <QString>

namespace glasshouse {

// What a game shows of itself, as values: a face makes them, models and panels show them without knowing the game.

/// A column that a game fills.
struct GameColumn
{
    enum class Kind : quint8 {
        Text,
        Number,
        Bar ///< a share with its text beside it; takes what is left of the width
    };
    QString title;
    QString tip;
    int digits = 8; ///< width
    Kind kind = Kind::Number;
};

struct GameCell
{
    QString text;
    double order = 0;  ///< what numbers and bars are sorted by
    double share = -1; ///< 0–1: length of the bar; −1: none
    bool operator==(const GameCell &) const = default;
};

/// How one player stands.
struct PlayerStanding
{
    QString doing; ///< "typing", "has bet"; empty: the game does not say
    Tint tint = Tint::Muted;
    QList<GameCell> cells; ///< one a column of the face's playerColumns(), or none
    bool operator==(const PlayerStanding &) const = default;
};

/// A table of what is played beside the players: the horses on the track.
struct GameBoard
{
    QString name;      ///< for people who can not see it
    QString emptyText; ///< stands where there are no rows
    QList<GameColumn> columns;
};

struct BoardRow
{
    int number = 0;        ///< unique in its board
    QList<GameCell> cells; ///< one a column
    [[nodiscard]] int key() const { return number; }
    bool operator==(const BoardRow &) const = default;
};

/// A game's state (docs/protocol.md "Games") in words and figures.
struct GameView
{
    QString headline; ///< the phase in words; empty: the game does not say
    QString subject;  ///< what is played: title and language of a snippet
    QString text;     ///< the snippet; the state of a game that is not known here as JSON
    bool isJson = false;
    QHash<QByteArray, PlayerStanding> players; ///< by player id
    QList<BoardRow> board;
};

} // namespace glasshouse
