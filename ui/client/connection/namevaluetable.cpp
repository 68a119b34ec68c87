// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/connection/namevaluetable.h"

#include "ui/base/focusring.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>

namespace glasshouse {

NameValueTable::NameValueTable(const Words &words, QWidget *parent)
    : QWidget(parent),
      m_table(new QTableWidget(0, 2, this))
{
    buildTable(words);
    auto *add = new QPushButton(words.add, this);
    auto *remove = new QPushButton(words.remove, this);
    add->setToolTip(words.addTip);
    remove->setToolTip(words.removeTip);
    connect(add, &QPushButton::clicked, this, [this] {
        append({});
        m_table->setCurrentCell(m_table->rowCount() - 1, 0);
        m_table->editItem(m_table->currentItem());
    });
    connect(remove, &QPushButton::clicked, this, &NameValueTable::removeCurrent);
    connect(m_table, &QTableWidget::itemChanged, this, &NameValueTable::edited);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
    updateFocus();
}

void NameValueTable::buildTable(const Words &words)
{
    m_table->setHorizontalHeaderLabels({words.first, tr("Value")});
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setColumnWidth(0, 16 * fontMetrics().averageCharWidth());
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setMinimumHeight(4 * (fontMetrics().height() + 8));
    m_table->setItemDelegate(new FocusDelegate(m_table));
    m_table->setAccessibleName(words.name);
    m_table->setToolTip(words.tip);
}

void NameValueTable::append(const NameValue &pair)
{
    const QSignalBlocker blocker(m_table);
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_table->setItem(row, 0, new QTableWidgetItem(pair.name));
    m_table->setItem(row, 1, new QTableWidgetItem(pair.value));
    updateFocus();
}

void NameValueTable::removeCurrent()
{
    m_table->removeRow(m_table->currentRow() >= 0 ? m_table->currentRow() : m_table->rowCount() - 1);
    updateFocus();
    emit edited();
}

/// Without a line there is nothing that a key could do there, and nowhere to show that it would.
void NameValueTable::updateFocus() { m_table->setFocusPolicy(m_table->rowCount() > 0 ? Qt::StrongFocus : Qt::NoFocus); }

QList<NameValue> NameValueTable::pairs() const
{
    QList<NameValue> pairs;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const NameValue pair{m_table->item(row, 0)->text(), m_table->item(row, 1)->text()};
        if (!pair.name.isEmpty() || !pair.value.isEmpty())
            pairs.append(pair);
    }
    return pairs;
}

void NameValueTable::setPairs(const QList<NameValue> &wanted)
{
    if (pairs() == wanted)
        return;
    m_table->setRowCount(0);
    for (const NameValue &pair : wanted)
        append(pair);
    updateFocus();
}

} // namespace glasshouse
