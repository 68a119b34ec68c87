// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/filterhelp.h"

#include "ui/base/windowsize.h"
#include "ui/filter/conditionwords.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int typedDigits = 26;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FilterHelp)
public:
    static QList<std::pair<QString, QString>> beginnings()
    {
        return {
            {u"hello"_s, tr("The payload contains this text; capitals do not matter")},
            {u"\"type == x\""_s, tr("The same, for a text that would be a condition")},
            {u"/ab+c/"_s, tr("The payload fits this regular expression (RE2)")},
            {u"#7"_s, tr("Everything of connection 7")},
            {u"type == move && data.x > 300"_s, tr("A condition: fields that are compared, see below")},
            {u"&&  ||  !  ( )"_s, tr("And, or, not, and what belongs together; the words do as well")},
            {u"==  !=  <  <=  >  >="_s, tr("Comparisons: texts with ==, numbers and times with all of them")},
            {u"type in (chat, \"my type\")"_s, tr("One of several; also \"not in\"")},
            {u"text contains \"x\""_s, tr("A part of it, capitals do not matter")},
            {u"type ~ /^mo/"_s, tr("It fits a regular expression")},
            {u"opcode == pong && answer > 100 ms"_s, tr("Pings that took longer than that; also answers by \"re\"")},
            {u"has data.error"_s, tr("It is there, whatever it is")},
            {u"json.players[*].ready == false"_s, tr("Any element of a list")},
        };
    }
};

} // namespace

FilterHelp::FilterHelp(QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("What a filter can say"));
    auto *model = new QStandardItemModel(0, 2, this);
    model->setHorizontalHeaderLabels({tr("Typed"), tr("What it means")});
    const auto add = [model](const QString &typed, const QString &meaning) {
        model->appendRow({new QStandardItem(typed), new QStandardItem(meaning)});
    };
    const auto beginnings = Words::beginnings();
    for (const auto &[typed, meaning] : beginnings)
        add(typed, meaning);
    for (const ConditionFieldRow &row : conditionFields())
        add(row.name, conditionFieldHelp(row.field));
    auto *table = new TableView(windowTitle(), {});
    table->setModel(model);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setWidth(0, typedDigits);
    table->keepWhole(0);
    table->offerCopy();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setText(tr("Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(table);
    layout->addWidget(buttons);
    resizeOnScreen(*this, {760, 520});
}

QAction *filterHelpAction(QWidget *owner)
{
    auto *action = new QAction(FilterHelp::tr("What a filter can say"), owner);
    action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_F1));
    action->setToolTip(FilterHelp::tr("Show the fields and comparisons that the filter knows, with examples"));
    QObject::connect(action, &QAction::triggered, owner, [owner] {
        auto *help = owner->findChild<FilterHelp *>();
        if (help == nullptr)
            help = new FilterHelp(owner);
        help->setAttribute(Qt::WA_DeleteOnClose);
        help->show(); // not modal: one reads and types
        help->raise();
        help->activateWindow();
    });
    return action;
}

} // namespace glasshouse
