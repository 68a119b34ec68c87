// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/keysdialog.h"

#include "ui/base/windowactions.h"
#include "ui/base/windowsize.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QSet>
#include <QStandardItemModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QString keysOf(const QAction &action)
{
    QStringList keys;
    const QList<QKeySequence> shortcuts = action.shortcuts();
    for (const QKeySequence &one : shortcuts)
        keys << one.toString(QKeySequence::NativeText);
    return keys.join(KeysDialog::tr(" or "));
}

/// Buttons name the key behind what they do.
QString tipOf(const QAction &action, const QString &keys)
{
    return action.statusTip().isEmpty() ? action.toolTip().remove(u" (%1)"_s.arg(keys)) : action.statusTip();
}

} // namespace

KeysDialog::KeysDialog(QWidget &window) : QDialog(&window)
{
    setWindowTitle(tr("Keys"));
    auto *model = new QStandardItemModel(0, 3, this);
    model->setHorizontalHeaderLabels({tr("Keys"), tr("Action"), tr("What it does")});
    const QList<QAction *> actions = actionsOf(window);
    QSet<QStringList> said;
    for (const QAction *action : actions) {
        const QString keys = keysOf(*action);
        const QStringList texts{keys, action->text().remove(u'&').remove(u'…'), tipOf(*action, keys)};
        if (keys.isEmpty() || said.contains(texts)) // each table copies its rows
            continue;
        said.insert(texts);
        QList<QStandardItem *> row;
        for (const QString &text : texts)
            row << new QStandardItem(text);
        model->appendRow(row);
    }
    auto *table = new TableView(tr("Keys"), tr("No key does anything here."));
    table->setModel(model);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (const int column : {0, 1})
        table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    table->setWordWrap(true);
    table->offerCopy();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setText(tr("Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(table);
    layout->addWidget(buttons);
    resizeOnScreen(*this, {760, 520});
}

QAction *keysAction(QWidget *window)
{
    auto *action = new QAction(KeysDialog::tr("&Keys"), window);
    action->setShortcut(Qt::Key_F1);
    action->setToolTip(KeysDialog::tr("Show the keys of this window"));
    QObject::connect(action, &QAction::triggered, window, [window] {
        auto *dialog = new KeysDialog(*window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    return action;
}

void addWindowKeys(QWidget *window)
{
    auto *close = new QAction(KeysDialog::tr("Close"), window);
    close->setShortcuts({Qt::Key_Escape, QKeySequence::Close});
    close->setToolTip(KeysDialog::tr("Close this window"));
    QObject::connect(close, &QAction::triggered, window, &QWidget::close);
    window->addActions({close, keysAction(window)});
}

} // namespace glasshouse
