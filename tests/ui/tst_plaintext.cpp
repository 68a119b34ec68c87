// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/everywindow.h"
#include "ui/base/plainlabels.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/prompts.h"

#include <QApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTextEdit>
#include <QTimer>
#include <QToolButton>
#include <QToolTip>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QString nameOf(const QWidget &widget)
{
    return QString::fromLatin1(widget.metaObject()->className()) + u' ' + widget.objectName() + u' '
        + widget.accessibleName();
}

/// Texts that were looked at and hold markup: the test must not pass because nothing was there.
struct Seen
{
    int labels = 0;
    int tips = 0;
    QStringList faults;
    QStringList buttons; ///< of a question
};

QLabel *tipLabel()
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (window->inherits("QTipLabel") && window->isVisible())
            return qobject_cast<QLabel *>(window);
    }
    return nullptr;
}

void lookAtTip(const QWidget &of, Seen &seen)
{
    const QLabel *tip = tipLabel();
    if (tip == nullptr || !tip->text().contains(u"<img"_s))
        return;
    ++seen.tips;
    if (tip->textFormat() != Qt::PlainText)
        seen.faults << u"tip of "_s + nameOf(of) + u": "_s + tip->text();
    QToolTip::hideText();
}

void hover(QWidget *widget, const QPoint &at, Seen &seen)
{
    QHelpEvent help(QEvent::ToolTip, at, widget->mapToGlobal(at));
    QApplication::sendEvent(widget, &help);
    lookAtTip(*widget, seen);
}

void hoverCells(QAbstractItemView *view, Seen &seen)
{
    const QAbstractItemModel *model = view->model();
    for (int row = 0; model != nullptr && row < model->rowCount(); ++row) {
        for (int column = 0; column < model->columnCount(); ++column) {
            const QModelIndex index = model->index(row, column);
            QHelpEvent help(QEvent::ToolTip, {}, view->mapToGlobal(QPoint()));
            view->itemDelegate()->helpEvent(&help, view, {}, index);
            lookAtTip(*view, seen);
            QVERIFY(!index.data().toString().contains(u'\n')); // one line that can not play tricks
        }
    }
}

void lookAt(QWidget *window, Seen &seen)
{
    auto widgets = window->findChildren<QWidget *>();
    widgets.prepend(window);
    for (QWidget *widget : std::as_const(widgets)) {
        widget->ensurePolished();
        hover(widget, widget->rect().center(), seen);
        if (const auto *label = qobject_cast<QLabel *>(widget)) {
            seen.labels += int(label->text().contains(u"<img"_s));
            if (label->textFormat() != Qt::PlainText
                && (label->textFormat() == Qt::AutoText || label->text().contains(u"<img"_s)))
                seen.faults << nameOf(*label) + u": "_s + label->text();
        }
        if (const auto *text = qobject_cast<QTextEdit *>(widget); text != nullptr && text->toHtml().contains(u"<img"_s))
            seen.faults << nameOf(*text);
        if (auto *view = qobject_cast<QAbstractItemView *>(widget); view != nullptr && !view->inherits("QHeaderView"))
            hoverCells(view, seen);
        if (const auto *button = qobject_cast<QAbstractButton *>(widget);
            button != nullptr && button->text().remove(u"&&"_s).contains(u"&Ada"_s))
            seen.faults << u"mnemonic of "_s + nameOf(*button);
        if (const auto *tabs = qobject_cast<QTabBar *>(widget)) {
            for (int i = 0; i < tabs->count(); ++i) {
                hover(const_cast<QTabBar *>(tabs), tabs->tabRect(i).center(), seen);
                if (tabs->tabText(i).remove(u"&&"_s).contains(u"&Ada"_s))
                    seen.faults << u"mnemonic of "_s + nameOf(*tabs);
            }
        }
    }
    const QList<QAction *> actions = window->findChildren<QAction *>();
    for (const QAction *action : actions) {
        QToolTip::showText(QCursor::pos(), action->toolTip(), window);
        lookAtTip(*window, seen);
        if (action->text().remove(u"&&"_s).contains(u"&Ada"_s))
            seen.faults << u"mnemonic of "_s + action->text();
    }
}

/// What stands in the question that `ask` waits with; it is put away again.
template <typename Ask>
Seen lookAtQuestion(Ask ask)
{
    Seen seen;
    QTimer::singleShot(0, qApp, [&seen] {
        QWidget *dialog = QApplication::activeModalWidget();
        if (dialog == nullptr)
            return;
        lookAt(dialog, seen);
        const auto buttons = dialog->findChildren<QPushButton *>();
        for (const QPushButton *button : buttons)
            seen.buttons << button->text().remove(u'&');
        dialog->close();
    });
    ask();
    return seen;
}

} // namespace

class TestPlainText final : public QObject
{
    Q_OBJECT
private slots:
    void nothingIsTakenForHtml()
    {
        EveryWindow windows;
        Seen seen;
        const QList<QWidget *> all = windows.all();
        for (QWidget *window : all) {
            window->show();
            QVERIFY(QTest::qWaitForWindowExposed(window));
        }
        auto *log = windows.client.findChild<MessageLogPanel *>();
        QTRY_VERIFY(log->model()->rowCount() >= 20); // they come with the next look
        for (int row = 0; row < log->model()->rowCount(); ++row) {
            log->view()->selectRow(row);
            lookAt(log, seen);
        }
        for (QWidget *window : all)
            lookAt(window, seen);
        windows.main.findChild<ConnectionsPanel *>()->select(ConnectionId{1});
        windows.main.findChild<RoomsPanel *>()->select(markedUp);
        lookAt(&windows.main, seen);
        windows.host.become(ServerState::Failed);
        lookAt(&windows.main, seen);
        QVERIFY2(seen.faults.isEmpty(), qPrintable(seen.faults.join(u'\n')));
        QVERIFY2(seen.labels > 10, qPrintable(QString::number(seen.labels)));
        QVERIFY2(seen.tips > 10, qPrintable(QString::number(seen.tips)));
        QCOMPARE(windows.main.statusBar()->currentMessage(), markedUp);
    }

    void noQuestionIs()
    {
        EveryWindow windows;
        QWidget *parent = &windows.main;
        const QList<Seen> seen{
            lookAtQuestion([parent] { (void)askReason(parent, u"t"_s, markedUp, u"Kick"_s); }),
            lookAtQuestion([parent] { (void)askText(parent, u"t"_s, markedUp, markedUp, u"Send"_s); }),
            lookAtQuestion([parent] { (void)askEnvelope(parent, u"t"_s, markedUp, u"Send"_s); }),
            lookAtQuestion([parent] { (void)confirm(parent, u"t"_s, markedUp, u"Stop"_s); }),
            lookAtQuestion([parent] { tell(parent, QMessageBox::Warning, markedUp, markedUp)->exec(); }),
            lookAtQuestion([parent] { QMessageBox::warning(parent, u"t"_s, markedUp); }), // as Qt's own dialogues do
        };
        for (int i = 0; i < seen.size(); ++i) {
            QVERIFY2(seen[i].faults.isEmpty(), qPrintable(seen[i].faults.join(u'\n')));
            QVERIFY2(seen[i].labels > 0, qPrintable(QString::number(i)));
            QVERIFY(!seen[i].buttons.isEmpty());
            const bool isOurs = i + 1 < seen.size();
            QVERIFY2(!isOurs || noVerbsAmong(seen[i].buttons).isEmpty(), qPrintable(seen[i].buttons.join(u' ')));
        }
    }
};

QTEST_MAIN(TestPlainText)
#include "tst_plaintext.moc"
