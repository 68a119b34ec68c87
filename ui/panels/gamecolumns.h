// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/games/gameview.h"

namespace glasshouse {

class TableView;

/// Lays the columns of a table out that a game fills, from `first` on: all in sight, as wide as they say, and a bar takes what
/// is left. False: there is no bar.
bool layOutGameColumns(TableView &table, int first, const QList<GameColumn> &columns);

} // namespace glasshouse
