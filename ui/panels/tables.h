// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace glasshouse {

/// Rows of one height, selected as a whole, no grid, the last column takes the rest: every table of ours looks like this.
void styleTable(QTableView *view);

} // namespace glasshouse
