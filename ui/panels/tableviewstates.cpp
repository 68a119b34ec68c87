// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tableview.h"

#include <QDataStream>
#include <QHash>
#include <QIODevice>

namespace glasshouse {

namespace {

QList<TableView *> tablesOf(const QWidget &window)
{
    QList<TableView *> tables = window.findChildren<TableView *>();
    tables.removeIf([&window](const TableView *table) { return table->window() != &window; });
    return tables;
}

} // namespace

QByteArray saveTables(const QWidget &window)
{
    QHash<QString, QByteArray> states;
    const auto tables = tablesOf(window);
    for (const TableView *table : tables) {
        if (!table->objectName().isEmpty())
            states[table->objectName()] = table->saveColumns();
    }
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << states;
    return state;
}

void restoreTables(const QWidget &window, const QByteArray &state)
{
    QDataStream in(state);
    QHash<QString, QByteArray> states;
    in >> states;
    const auto tables = tablesOf(window);
    for (TableView *table : tables) {
        const auto stored = states.constFind(table->objectName());
        if (stored != states.cend())
            table->restoreColumns(*stored);
    }
}

void resetTables(const QWidget &window)
{
    const auto tables = tablesOf(window);
    for (TableView *table : tables)
        table->resetColumns();
}

} // namespace glasshouse
