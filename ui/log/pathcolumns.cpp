// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/pathcolumns.h"

#include "ui/base/formats.h"
#include "ui/base/plainlabels.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/prompts.h"
#include "ui/panels/tableheader.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QMenu>

namespace glasshouse {

namespace {

constexpr int columnDigits = 12;
constexpr int pathCharacters = 40; // a key may have any number

} // namespace

PathColumns::PathColumns(MessagesModel *model, TableView *view, QObject *parent)
    : QObject(parent),
      m_model(model),
      m_view(view),
      m_add(new QAction(tr("Add a column for a &value…"), this))
{
    m_add->setShortcut(tr("Ctrl+Shift+J"));
    m_add->setToolTip(tr("Show what stands at a place inside of JSON, such as data.x, for every message"));
    connect(m_add, &QAction::triggered, this, &PathColumns::ask);
    for (const auto changed : {&MessagesModel::columnsInserted, &MessagesModel::columnsRemoved})
        connect(m_model, changed, this,
                [this] { m_add->setEnabled(m_model->paths().size() < MessagesModel::mostPaths); });
    connect(m_view->header(), &TableHeader::menuFilled, this, &PathColumns::fillMenu);
    connect(m_view->header(), &TableHeader::aboutToPutBack, this, [this] { set({}); });
}

void PathColumns::ask()
{
    const auto text =
        askUntil(m_view, tr("Add a column"), tr("Where the value stands, such as data.x or data.list[0]:"), tr("Add"),
                 [](const QString &typed) {
                     return JsonPath::readFromRoot(typed.trimmed())
                         ? QString()
                         : tr("A path is made of keys with dots between them, of "
                              "numbers and of quoted keys in brackets.");
                 });
    if (text)
        add(JsonPath::readFromRoot(text->trimmed()).value());
}

void PathColumns::add(const JsonPath &path)
{
    const int column = m_model->columnCount();
    m_model->addPath(path);
    if (m_model->columnCount() == column)
        return;
    TableHeader *header = m_view->header();
    m_view->setWidth(column, columnDigits);
    header->moveSection(header->visualIndex(column), header->visualIndex(MessagesModel::Preview));
    QItemSelectionModel *selection = m_view->selectionModel(); // rows are selected, and this cell of them is new
    selection->select(selection->selection(), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

QStringList PathColumns::texts() const
{
    QStringList texts;
    for (const JsonPath &path : m_model->paths())
        texts << path.wordsFromRoot();
    return texts;
}

void PathColumns::set(const QStringList &texts)
{
    while (!m_model->paths().isEmpty())
        m_model->removePath(m_model->paths().last());
    for (const QString &text : texts) {
        if (const auto path = JsonPath::readFromRoot(text))
            add(path.value());
    }
}

void PathColumns::fillMenu(QMenu *menu)
{
    menu->addSeparator();
    menu->addAction(m_add);
    for (const JsonPath &path : m_model->paths()) {
        QAction *remove = menu->addAction(
            tr("Remove the column %1").arg(withoutMnemonics(oneLine(path.wordsFromRoot(), pathCharacters))), this,
            [this, path] { m_model->removePath(path); });
        remove->setToolTip(tr("This value is not shown any more"));
    }
}

} // namespace glasshouse
