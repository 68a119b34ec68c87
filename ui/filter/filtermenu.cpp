// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/filtermenu.h"

#include "match/conditionbuilder.h"
#include "ui/base/formats.h"
#include "ui/base/plainlabels.h"
#include "ui/filter/cellcondition.h"
#include "ui/filter/filterfield.h"
#include "ui/messages/seatnames.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QMenu>

namespace glasshouse {

namespace {

constexpr int shownCharacters = 40;

QString shown(const Condition &condition) { return withoutMnemonics(oneLine(condition.words(), shownCharacters)); }

} // namespace

FilterMenu::FilterMenu(MessagesModel *model, TableView *view, FilterField *field, QObject *parent)
    : QObject(parent),
      m_model(model),
      m_field(field)
{
    connect(view, &TableView::menuFilled, this, &FilterMenu::fill);
}

void FilterMenu::fill(QMenu *menu, const QModelIndex &index)
{
    const auto row = m_model->message(index.row());
    if (!row)
        return;
    menu->addSeparator();
    CellContext context{.paths = m_model->paths()};
    if (index.column() == MessagesModel::Answer)
        context.answerUs = m_model->answerUs(index.row());
    if (index.column() == MessagesModel::Player) // whose names are learnt by now; whole: the cell's is for people
        context.player = QString::fromUtf8(m_model->players()->history()->playerOf(row->connection(), row->number));
    const auto cell = cellCondition(*row, index.column(), context);
    if (cell)
        addCell(menu, *cell);
    const auto offer = [&](const std::optional<Condition> &part, const QString &text, const QString &toolTip) {
        if (part && part != cell)
            addPart(menu, text.arg(shown(*part)), toolTip, *part);
    };
    const auto of = [&](MessagesModel::Column column) { return cellCondition(*row, column); };
    offer(of(MessagesModel::Connection), tr("This &connection: %1"), tr("Only messages of this connection"));
    offer(of(MessagesModel::Type), tr("This t&ype: %1"), tr("Only messages of this type"));
    const QString number = QString::number(row->number);
    if (const auto from = comparison(ConditionField::Number, number, ConditionOperator::AtLeast))
        addPart(menu, tr("From &here on"), tr("Only this message and those behind it"), from.value());
    if (const auto upTo = comparison(ConditionField::Number, number, ConditionOperator::AtMost))
        addPart(menu, tr("Up &to here"), tr("Only this message and those before it"), upTo.value());
}

void FilterMenu::fillPath(QMenu *menu, const CapturedRow &row, const JsonPath &path)
{
    const auto value = pathCondition(row, path);
    if (!value)
        return;
    menu->addSeparator();
    addCell(menu, *value);
}

void FilterMenu::addCell(QMenu *menu, const Condition &cell)
{
    addPart(menu, tr("&Filter by this: %1").arg(shown(cell)), tr("Only messages for which this is true"), cell);
    if (const auto others = cell.excluded())
        addPart(menu, tr("E&xclude this: %1").arg(shown(others.value())),
                tr("Only messages for which this is not true"), others.value());
    if (m_field->condition() && m_field->condition() != cell) {
        QAction *only = menu->addAction(tr("Filter by this al&one: %1").arg(shown(cell)), m_field,
                                        [this, cell] { m_field->setCondition(cell); });
        only->setToolTip(tr("Instead of what the filter field has now"));
    }
}

void FilterMenu::addPart(QMenu *menu, const QString &text, const QString &toolTip, const Condition &part)
{
    menu->addAction(text, m_field, [this, part] { m_field->narrow(part); })->setToolTip(toolTip);
}

} // namespace glasshouse
