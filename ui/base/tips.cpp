// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/tips.h"

#include <QMenu>
#include <QMenuBar>

namespace glasshouse {

namespace {

void explain(QMenu &menu)
{
    menu.setToolTipsVisible(true);
    const QList<QAction *> actions = menu.actions();
    for (QAction *action : actions) {
        if (action->menu() != nullptr)
            explain(*action->menu());
        else if (!action->isSeparator() && action->statusTip().isEmpty())
            action->setStatusTip(action->toolTip());
    }
}

} // namespace

void explainMenus(const QMenuBar &bar)
{
    const QList<QAction *> menus = bar.actions();
    for (const QAction *action : menus)
        explain(*action->menu());
}

} // namespace glasshouse
