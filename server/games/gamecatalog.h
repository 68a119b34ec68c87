// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/game.h"

namespace glasshouse {

/// A new game of this kind, or null for an unknown one. `seed` is where all its chance comes from.
[[nodiscard]] std::unique_ptr<Game> makeGame(QByteArrayView kind, quint64 seed);
[[nodiscard]] QList<QByteArray> gameKinds();

} // namespace glasshouse
