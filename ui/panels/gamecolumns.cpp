// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/gamecolumns.h"

#include "ui/panels/tableview.h"

namespace glasshouse {

bool layOutGameColumns(TableView &table, int first, const QList<GameColumn> &columns)
{
    table.resetOrder(); // that of another game means nothing here
    bool hasBar = false;
    int section = first;
    for (const GameColumn &column : columns) {
        table.resetColumn(section, column.digits);
        if (column.kind == GameColumn::Kind::Bar) {
            table.setElasticColumn(section);
            hasBar = true;
        }
        ++section;
    }
    return hasBar;
}

} // namespace glasshouse
