// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <utility>

namespace glasshouse {

/// Roles of ours besides a model's own.
enum CellRole {
    BarRole = Qt::UserRole + 16, ///< a share from 0 to 1, painted as a bar before the text
    RunRole,                     ///< of the server, counted; a line stands between the rows of two runs
    MarksRole,                   ///< TextMarks: what was looked for in the cell's text, and is underlined
};

/// Parts of a text, each with its first character and its length.
using TextMarks = QList<std::pair<int, int>>;

/// Numbers stand to the right, text to the left. As TextAlignmentRole wants it.
[[nodiscard]] inline int cellAlignment(bool isNumber)
{
    return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::TextMarks)
