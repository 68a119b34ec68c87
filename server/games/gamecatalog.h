// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/game.h"

namespace glasshouse {

enum class GameError : quint8 { UnknownKind, BadOptions };

/// A new game of this kind. `seed` is where all its chance comes from; `options` is a checked JSON object (the "options" of
/// POST /api/v1/rooms) or empty: a member that the game does not know, or with a bad value, is BadOptions.
[[nodiscard]] Result<std::unique_ptr<Game>, GameError> makeGame(QByteArrayView kind, quint64 seed,
                                                                QByteArrayView options = {});
[[nodiscard]] QList<QByteArray> gameKinds();

} // namespace glasshouse
