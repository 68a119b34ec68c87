// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/windowactions.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

namespace glasshouse {

namespace {

void collect(const QList<QAction *> &actions, QList<QAction *> &all)
{
    for (QAction *action : actions) {
        if (action->menu() != nullptr)
            collect(action->menu()->actions(), all);
        else if (!action->isSeparator() && !all.contains(action))
            all.append(action);
    }
}

} // namespace

QList<QAction *> actionsOf(const QWidget &window)
{
    QList<QAction *> all;
    const auto bars = window.findChildren<QMenuBar *>();
    for (const QMenuBar *bar : bars) {
        if (bar->window() == &window)
            collect(bar->actions(), all);
    }
    collect(window.actions(), all);
    const auto widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (widget->window() == &window)
            collect(widget->actions(), all);
    }
    return all;
}

} // namespace glasshouse
