// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/variablesdialog.h"

#include "ui/base/focusring.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

enum Column { Name, Value, Secret, ColumnCount };

/// A secret value shows as dots, also while it is typed.
class ValueDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
        if (auto *line = qobject_cast<QLineEdit *>(editor); line != nullptr && isHidden(index))
            line->setEchoMode(QLineEdit::Password);
        return editor;
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        if (option.state.testFlag(QStyle::State_HasFocus))
            paintFocusRing(*painter, option.rect, option.palette);
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->state &= ~QStyle::State_HasFocus;
        if (isHidden(index) && !option->text.isEmpty())
            option->text = QString(8, u'•');
    }

private:
    static bool isHidden(const QModelIndex &index)
    {
        return index.column() == Value && index.siblingAtColumn(Secret).data(Qt::CheckStateRole).toInt() == Qt::Checked;
    }
};

} // namespace

VariablesDialog::VariablesDialog(QWidget *parent) : QDialog(parent), m_table(new QTableWidget(0, ColumnCount, this))
{
    setWindowTitle(tr("Variables"));
    buildTable();
    auto *words =
        new QLabel(tr("Write {{name}} in an address, a header, a token or a message, and its value goes in its place. "
                      "Values of secret ones are kept in memory only."),
                   this);
    words->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(this);
    auto *add = buttons->addButton(tr("&Add variable"), QDialogButtonBox::ActionRole);
    auto *remove = buttons->addButton(tr("&Remove variable"), QDialogButtonBox::ActionRole);
    auto *close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    add->setToolTip(tr("Adds an empty line"));
    remove->setToolTip(tr("Removes the selected variable"));
    close->setToolTip(tr("Close this window; the variables stay"));
    connect(add, &QPushButton::clicked, this, [this] {
        append({});
        m_table->setCurrentCell(m_table->rowCount() - 1, Name);
        m_table->editItem(m_table->currentItem());
    });
    connect(remove, &QPushButton::clicked, this, &VariablesDialog::removeCurrent);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::hide);
    connect(m_table, &QTableWidget::itemChanged, this, &VariablesDialog::edited);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(words);
    layout->addWidget(m_table, 1);
    layout->addWidget(buttons);
    resize(60 * fontMetrics().averageCharWidth(), 20 * fontMetrics().lineSpacing());
}

void VariablesDialog::buildTable()
{
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Value"), tr("Secret")});
    m_table->horizontalHeader()->setSectionResizeMode(Value, QHeaderView::Stretch);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setColumnWidth(Name, 20 * fontMetrics().averageCharWidth());
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->setTabKeyNavigation(false);
    m_table->setItemDelegate(new ValueDelegate(m_table));
    m_table->setAccessibleName(tr("Variables"));
    m_table->setToolTip(tr("Names have letters, digits and _ . -"));
}

void VariablesDialog::append(const DraftVariable &variable)
{
    const QSignalBlocker blocker(m_table);
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_table->setItem(row, Name, new QTableWidgetItem(variable.name));
    m_table->setItem(row, Value, new QTableWidgetItem(variable.value));
    auto *secret = new QTableWidgetItem;
    secret->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    secret->setCheckState(variable.isSecret ? Qt::Checked : Qt::Unchecked);
    m_table->setItem(row, Secret, secret);
}

void VariablesDialog::removeCurrent()
{
    m_table->removeRow(m_table->currentRow() >= 0 ? m_table->currentRow() : m_table->rowCount() - 1);
    emit edited();
}

QList<DraftVariable> VariablesDialog::variables() const
{
    QList<DraftVariable> variables;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const DraftVariable one{m_table->item(row, Name)->text().trimmed(), m_table->item(row, Value)->text(),
                                m_table->item(row, Secret)->checkState() == Qt::Checked};
        const bool isKnown = std::ranges::any_of(variables, [&](const DraftVariable &v) { return v.name == one.name; });
        if (TextVariables::isOwnName(one.name) && !isKnown)
            variables.append(one);
    }
    return variables;
}

void VariablesDialog::setVariables(const QList<DraftVariable> &wanted)
{
    if (variables() == wanted)
        return;
    m_table->setRowCount(0);
    for (const DraftVariable &one : wanted)
        append(one);
    emit edited();
}

int VariablesDialog::rowOf(const QString &name) const
{
    for (int row = 0; row < m_table->rowCount(); ++row) {
        if (m_table->item(row, Name)->text().trimmed() == name)
            return row;
    }
    return -1;
}

void VariablesDialog::askFor(const QString &name)
{
    if (rowOf(name) < 0 && TextVariables::isOwnName(name))
        append({name, {}, false});
    show();
    raise();
    activateWindow();
    const int row = rowOf(name);
    if (row < 0)
        return;
    m_table->setCurrentCell(row, Value);
    m_table->setFocus();
    m_table->editItem(m_table->item(row, Value));
}

} // namespace glasshouse
