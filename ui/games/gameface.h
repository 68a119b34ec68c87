// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/games/gameview.h"

#include <QCoreApplication>

namespace glasshouse {

/// One option of a game (docs/protocol.md "Games") as a field of a form: a choice, or a number within bounds. Left alone,
/// it is not sent, and the game does what it does without.
struct GameOption
{
    struct Choice
    {
        QString value;
        QString text;
    };
    QString key;
    QString label;
    QString tip;
    QString unset;         ///< what the field says when it is left alone
    QList<Choice> choices; ///< empty: it is a number
    int least = 0;
    int most = 0;
    QString unit; ///< of a number: "s"
};

/// What a member of a game's results is called and how it is shown. Members without one are shown as they are.
struct ResultColumn
{
    enum class Format : quint8 {
        AsItIs,
        Share, ///< 0–1
        Milliseconds,
        Hidden ///< says what another one says
    };
    QString member;
    QString title;
    Format format = Format::AsItIs;
};

/// How a kind of game is shown to people: all that a window knows of it. What stands here is the plain face of a game that
/// has none of its own: it shows the state as JSON and the results as they are. Without a state, in the user's language.
class GameFace
{
    Q_DECLARE_TR_FUNCTIONS(GameFace)
public:
    GameFace() = default;
    virtual ~GameFace() = default;
    Q_DISABLE_COPY_MOVE(GameFace)

    /// Empty: it is called as its kind.
    [[nodiscard]] virtual QString name() const { return {}; }
    /// What it is about, in a sentence.
    [[nodiscard]] virtual QString sentence() const;
    /// Of a new room.
    [[nodiscard]] virtual QList<GameOption> options() const { return {}; }

    /// Besides the player's name and status. None: the number of the connection stands there.
    [[nodiscard]] virtual QList<GameColumn> playerColumns() const { return {}; }
    /// No columns: it has none, and the text of the view stands in its place.
    [[nodiscard]] virtual GameBoard board() const { return {}; }
    /// Stands where a view has no text.
    [[nodiscard]] virtual QString note() const;
    /// How much of the width the players take beside what is played.
    [[nodiscard]] virtual int playersPercent() const { return 50; }
    /// `state`: the game's state as JSON. `nowMs`: the room's time, ms since 1970; −1: not known (the room stands still), and
    /// no time left is said.
    [[nodiscard]] virtual GameView view(const QByteArray &state, qint64 nowMs) const;

    /// What its score counts: "words a minute".
    [[nodiscard]] virtual QString scoreName() const;
    [[nodiscard]] virtual QList<ResultColumn> resultColumns() const { return {}; }
};

} // namespace glasshouse
