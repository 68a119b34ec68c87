// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/results/history.h"

#include <functional>

namespace glasshouse {

class HistoryFile;

/// The first line of the table; every line ends in CR LF (RFC 4180).
[[nodiscard]] QByteArray csvHead();
/// One line a player; a game without players has one line without a player.
[[nodiscard]] QByteArray csvLines(const PlayedGame &game);

/// Writes all games to `fileName`, which stays as it was if that fails or `stopped` says so. Returns why it failed, for
/// people; empty: it worked.
[[nodiscard]] QString exportHistory(HistoryFile &history, const QString &fileName, HistoryFormat format,
                                    const std::function<bool()> &stopped);

} // namespace glasshouse
