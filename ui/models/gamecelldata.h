// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/games/gameview.h"
#include "ui/models/cellroles.h"

#include <QVariant>

namespace glasshouse {

/// What a model says of a cell that a game fills. `sortRole` is the model's own.
[[nodiscard]] inline QVariant gameCellData(const GameColumn &column, const GameCell &cell, int role, int sortRole)
{
    if (role == Qt::DisplayRole)
        return cell.text;
    if (role == sortRole)
        return column.kind == GameColumn::Kind::Text ? QVariant(cell.text) : cell.order;
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(column.kind == GameColumn::Kind::Number);
    if (role == BarRole && cell.share >= 0)
        return cell.share;
    return {};
}

} // namespace glasshouse
