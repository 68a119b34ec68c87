// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/game.h"

#include <functional>

namespace glasshouse {

enum class GameError : quint8 { UnknownKind, BadOptions };

/// One kind of game and how it is made: a row of a catalogue.
struct GameKind
{
    QByteArray name; ///< on the wire and in the results: "code-racer"
    /// `seed` is where all its chance comes from; `options` is a checked JSON object (the "options" of POST /api/v1/rooms)
    /// or empty: a member that the game does not know, or with a bad value, is BadOptions. Called from any thread.
    std::function<Result<std::unique_ptr<Game>, GameError>(quint64 seed, QByteArrayView options)> make;
};

/// The games that a server can open rooms with. A value; a copy shares what is in it.
class GameCatalog
{
public:
    GameCatalog(std::initializer_list<GameKind> games) : m_games(games) { }
    explicit GameCatalog(QList<GameKind> games) : m_games(std::move(games)) { }

    /// A new game of this kind; see GameKind::make. What a game throws instead of being made is BadOptions.
    [[nodiscard]] Result<std::unique_ptr<Game>, GameError> make(QByteArrayView kind, quint64 seed,
                                                                QByteArrayView options = {}) const;
    [[nodiscard]] QList<QByteArray> kinds() const; ///< as they were listed
    [[nodiscard]] bool contains(QByteArrayView kind) const { return find(kind) != nullptr; }

private:
    QList<GameKind> m_games;

    [[nodiscard]] const GameKind *find(QByteArrayView kind) const;
};

/// The games of this program.
[[nodiscard]] GameCatalog builtInGames();

} // namespace glasshouse
