// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/everywindow.h"
#include "ui/base/windowactions.h"
#include "ui/client/connectionpage.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/serverbar.h"

#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// Who listens to a key, and where: null means in the whole window.
struct Listener
{
    QString name;
    const QWidget *within = nullptr;
};

bool overlap(const Listener &a, const Listener &b)
{
    return a.within == nullptr || b.within == nullptr || a.within == b.within || a.within->isAncestorOf(b.within)
        || b.within->isAncestorOf(a.within);
}

class Keys
{
public:
    QStringList faults;

    void add(const QKeySequence &keys, const Listener &listener)
    {
        if (keys.isEmpty())
            return;
        for (const Listener &other : std::as_const(m_listeners[keys.toString()])) {
            if (overlap(other, listener))
                faults << keys.toString() + u": "_s + other.name + u", "_s + listener.name;
        }
        m_listeners[keys.toString()] << listener;
    }
    void addMnemonic(const QString &text) { add(QKeySequence::mnemonic(text), {text}); }

private:
    QHash<QString, QList<Listener>> m_listeners;
};

/// Of the widgets that can be seen together.
void addWidgets(const QWidget &window, Keys &keys)
{
    const auto widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (widget->window() != &window || !widget->isVisibleTo(&window))
            continue;
        if (const auto *label = qobject_cast<const QLabel *>(widget); label != nullptr && label->buddy() != nullptr)
            keys.addMnemonic(label->text());
        else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            keys.addMnemonic(button->text());
        else if (const auto *group = qobject_cast<const QGroupBox *>(widget))
            keys.addMnemonic(group->title());
        if (const auto *tabs = qobject_cast<const QTabWidget *>(widget)) {
            for (int i = 0; i < tabs->count(); ++i)
                keys.addMnemonic(tabs->tabText(i));
        }
        if (const auto *bar = qobject_cast<const QMenuBar *>(widget)) {
            const auto menus = bar->actions();
            for (const QAction *menu : menus)
                keys.addMnemonic(menu->text());
        }
    }
}

const QWidget *placeOf(const QAction &action)
{
    if (action.shortcutContext() == Qt::WindowShortcut)
        return nullptr;
    const auto objects = action.associatedObjects();
    for (const QObject *object : objects) {
        if (object->inherits("QMenu") || object->inherits("QToolButton"))
            continue;
        if (const auto *widget = qobject_cast<const QWidget *>(object))
            return widget;
    }
    return nullptr;
}

QStringList doubledKeys(const QWidget &window)
{
    Keys keys;
    const QList<QAction *> actions = actionsOf(window);
    for (const QAction *action : actions) {
        const auto shortcuts = action->shortcuts();
        for (const QKeySequence &one : shortcuts)
            keys.add(one, {action->text(), placeOf(*action)});
    }
    const auto shortcuts = window.findChildren<QShortcut *>();
    for (const QShortcut *shortcut : shortcuts) {
        const auto *parent = qobject_cast<const QWidget *>(shortcut->parent());
        if (parent->window() == &window)
            keys.add(shortcut->key(), {u"a shortcut"_s, shortcut->context() == Qt::WindowShortcut ? nullptr : parent});
    }
    addWidgets(window, keys);
    return keys.faults;
}

/// Two lines of one menu with the same letter.
void addMenu(const QMenu &menu, QStringList &faults)
{
    Keys keys;
    const auto actions = menu.actions();
    for (const QAction *action : actions) {
        keys.addMnemonic(action->text());
        if (action->menu() != nullptr)
            addMenu(*action->menu(), faults);
    }
    faults += keys.faults;
}

} // namespace

class TestKeys final : public QObject
{
    Q_OBJECT
private slots:
    void noKeyStandsTwiceInAWindow()
    {
        EveryWindow windows;
        QStringList faults;
        const QList<QWidget *> all = windows.all();
        for (QWidget *window : all) {
            window->show();
            QVERIFY(QTest::qWaitForWindowExposed(window));
            faults += doubledKeys(*window);
            const auto tabs = window->findChildren<QTabWidget *>();
            for (QTabWidget *book : tabs) {
                for (int i = 0; i < book->count(); ++i) {
                    book->setCurrentIndex(i);
                    faults += doubledKeys(*window);
                }
            }
        }
        auto *parts = windows.client.findChild<ConnectionPage *>()->findChild<QListWidget *>();
        windows.client.findChild<QTabWidget *>()->setCurrentIndex(1);
        for (int i = 0; i < parts->count(); ++i) {
            parts->setCurrentRow(i);
            faults += doubledKeys(windows.client);
        }
        for (const ServerState state : {ServerState::Stopped, ServerState::Failed}) {
            windows.host.become(state);
            faults += doubledKeys(windows.main);
        }
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    void noLetterStandsTwiceInAMenu()
    {
        EveryWindow windows;
        QStringList faults;
        for (const QMainWindow *window :
             {static_cast<const QMainWindow *>(&windows.main), static_cast<const QMainWindow *>(&windows.client)}) {
            const auto menus = window->menuBar()->actions();
            for (const QAction *menu : menus)
                addMenu(*menu->menu(), faults);
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    void buttonsAreVerbs()
    {
        QVERIFY(!noVerbsAmong({u"&OK"_s}).isEmpty());
        EveryWindow windows;
        windows.main.showFault(markedUp);
        windows.proxy.saveAs(u"/proc/nowhere/nginx.conf"_s);
        const auto actions = actionsOf(windows.main);
        for (QAction *action : actions) {
            if (action->text().contains(u"About"_s))
                action->trigger();
        }
        int boxes = 0;
        QStringList texts;
        const QList<QWidget *> all = windows.all();
        for (const QWidget *window : all) {
            boxes += int(window->findChildren<QMessageBox *>().size());
            const auto buttons = window->findChildren<QAbstractButton *>();
            for (const QAbstractButton *button : buttons)
                texts << button->text();
        }
        QCOMPARE(boxes, 3);
        QVERIFY(texts.contains(u"Close"_s));
        QVERIFY2(noVerbsAmong(texts).isEmpty(), qPrintable(noVerbsAmong(texts).join(u'\n')));
    }

    void theKeyThatStartsNeverStops()
    {
        ServerBar bar;
        QSignalSpy starts(&bar, &ServerBar::startWanted), stops(&bar, &ServerBar::stopWanted);
        bar.show();
        QVERIFY(QTest::qWaitForWindowActive(&bar));
        const auto press = [&bar] { QTest::keyClick(&bar, Qt::Key_R, Qt::ControlModifier); };
        press();
        QCOMPARE(starts.size(), 1);
        for (const ServerState state :
             {ServerState::Starting, ServerState::Running, ServerState::Draining, ServerState::Stopping}) {
            bar.setState(state, oneListenInfo());
            press();
        }
        QCOMPARE(starts.size(), 1);
        QCOMPARE(stops.size(), 0);
        bar.setState(ServerState::Running, oneListenInfo());
        QTest::keyClick(&bar, Qt::Key_Period, Qt::ControlModifier);
        QCOMPARE(stops.size(), 1);
    }

    void escapeLeavesTheWindowsBesideAMainOne()
    {
        EveryWindow windows;
        for (QWidget *window :
             std::initializer_list<QWidget *>{&windows.share, &windows.results, &windows.endings, &windows.proxy,
                                              &windows.settings, &windows.newRoom, &windows.keysOfMain}) {
            window->show();
            window->activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(window));
            QTest::keyClick(window, Qt::Key_Escape);
            QTRY_VERIFY(!window->isVisible());
        }
    }

    void escapeLeavesTheFilter()
    {
        EveryWindow windows;
        windows.client.show();
        QVERIFY(QTest::qWaitForWindowActive(&windows.client));
        auto *log = windows.client.findChild<MessageLogPanel *>();
        auto *field = log->findChild<QLineEdit *>();
        field->setFocus();
        field->setText(u"move"_s);
        QTest::keyClick(field, Qt::Key_Escape);
        QCOMPARE(field->text(), QString());
        QVERIFY(field->hasFocus());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(log->view()->hasFocus());
    }

    void f1ShowsTheKeys()
    {
        EveryWindow windows;
        for (QWidget *window : std::initializer_list<QWidget *>{&windows.main, &windows.client, &windows.share,
                                                                &windows.results, &windows.endings, &windows.proxy}) {
            window->show();
            window->activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(window));
            const auto before = window->findChildren<KeysDialog *>(QString(), Qt::FindDirectChildrenOnly).size();
            QTest::keyClick(window, Qt::Key_F1);
            const auto shown = window->findChildren<KeysDialog *>(QString(), Qt::FindDirectChildrenOnly);
            QCOMPARE(shown.size(), before + 1);
            const QAbstractItemModel *keys = shown.last()->findChild<QTableView *>()->model();
            QStringList texts;
            for (int row = 0; row < keys->rowCount(); ++row)
                texts << keys->index(row, 0).data().toString();
            QVERIFY2(texts.contains(u"F1"_s), qPrintable(texts.join(u' ')));
            delete shown.last();
        }
    }
};

QTEST_MAIN(TestKeys)
#include "tst_keys.moc"
