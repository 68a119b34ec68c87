// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QAction;

namespace glasshouse {

/// What can be typed in a filter field: examples, fields and comparisons in a table.
class FilterHelp final : public QDialog
{
    Q_OBJECT
public:
    explicit FilterHelp(QWidget *parent);
};

/// Opens it beside `owner`, which may go on.
[[nodiscard]] QAction *filterHelpAction(QWidget *owner);

} // namespace glasshouse
