// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/roomspanel.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

RoomInfo roomIn(const QString &id, const QString &state, bool paused = false)
{
    RoomInfo room;
    room.id = id;
    room.state = state;
    room.paused = paused;
    return room;
}

/// The texts of the actions that can be chosen now.
QStringList possible(const RoomsPanel &panel)
{
    QStringList texts;
    const auto actions = panel.menuActions();
    for (QAction *action : actions) {
        if (action->isEnabled())
            texts << action->text().remove(u'&').remove(u'…');
    }
    return texts;
}

QAction *actionNamed(const RoomsPanel &panel, const QString &text)
{
    const auto actions = panel.menuActions();
    for (QAction *action : actions) {
        if (action->text().remove(u'&').remove(u'…') == text)
            return action;
    }
    return nullptr;
}

void answer(bool yes)
{
    QTimer::singleShot(0, [yes] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        QVERIFY(box != nullptr);
        for (QAbstractButton *button : box->buttons()) {
            if ((box->buttonRole(button) == QMessageBox::AcceptRole) == yes)
                return button->click();
        }
    });
}

} // namespace

class TestRoomsPanel : public QObject
{
    Q_OBJECT
private slots:
    void offersWhatCanBeDone_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<bool>("paused");
        QTest::addColumn<QStringList>("actions");
        const QString start = u"Start the game"_s, pause = u"Pause"_s, goOn = u"Go on"_s, end = u"End the game"_s;
        const QStringList always{u"Broadcast"_s, u"Close"_s, u"Show all rooms"_s};
        QTest::newRow("none") << QString() << false << QStringList{};
        QTest::newRow("waiting") << u"waiting"_s << false << QStringList{start} + always;
        QTest::newRow("playing") << u"playing"_s << false << QStringList{pause, end} + always;
        QTest::newRow("paused") << u"playing"_s << true << QStringList{goOn, end} + always;
        QTest::newRow("finished") << u"finished"_s << false << QStringList{start} + always;
        QTest::newRow("paused and not begun") << u"waiting"_s << true << QStringList{goOn} + always;
    }
    void offersWhatCanBeDone()
    {
        QFETCH(QString, state);
        QFETCH(bool, paused);
        RoomsModel model;
        RoomsPanel panel(&model);
        model.apply({roomIn(u"main"_s, u"waiting"_s)}, 1000);
        if (!state.isEmpty())
            panel.select(u"main"_s);
        model.apply({roomIn(u"main"_s, state, paused)}, 1100); // follows what happens
        QTEST(possible(panel), "actions");
    }

    void pausesAndGoesOn()
    {
        RoomsModel model;
        RoomsPanel panel(&model);
        QSignalSpy wanted(&panel, &RoomsPanel::pauseWanted);
        for (const bool paused : {false, true}) {
            model.apply({roomIn(u"main"_s, u"playing"_s, paused)}, 1000);
            panel.select(u"main"_s);
            actionNamed(panel, paused ? u"Go on"_s : u"Pause"_s)->trigger();
            QCOMPARE(wanted.takeFirst(), (QList<QVariant>{u"main"_s, !paused}));
        }
    }

    void endAsks()
    {
        RoomsModel model;
        RoomsPanel panel(&model);
        model.apply({roomIn(u"main"_s, u"playing"_s)}, 1000);
        panel.select(u"main"_s);
        QSignalSpy wanted(&panel, &RoomsPanel::endWanted);
        answer(false);
        actionNamed(panel, u"End the game"_s)->trigger();
        QCOMPARE(wanted.size(), 0);
        answer(true);
        actionNamed(panel, u"End the game"_s)->trigger();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.at(0).at(0).toString(), u"main"_s);
    }

    void selectsARoomWhenItComes()
    {
        RoomsModel model;
        RoomsPanel panel(&model);
        panel.select(u"new"_s);
        QCOMPARE(panel.selected(), QString());
        model.apply({roomIn(u"a"_s, u"waiting"_s)}, 1000);
        QCOMPARE(panel.selected(), QString());
        model.apply({roomIn(u"a"_s, u"waiting"_s), roomIn(u"new"_s, u"waiting"_s)}, 1100);
        QCOMPARE(panel.selected(), u"new"_s);
        panel.clearSelection();
        model.apply({roomIn(u"a"_s, u"waiting"_s)}, 1200);
        model.apply({roomIn(u"a"_s, u"waiting"_s), roomIn(u"new"_s, u"waiting"_s)}, 1300);
        QCOMPARE(panel.selected(), QString()); // once
    }

    // Qt would select a neighbour, and the next close would hit it.
    void aRoomThatEndsIsNotReplaced()
    {
        RoomsModel model;
        RoomsPanel panel(&model);
        const QList<RoomInfo> rooms{roomIn(u"a"_s, u"waiting"_s), roomIn(u"b"_s, u"waiting"_s),
                                    roomIn(u"c"_s, u"waiting"_s)};
        model.apply(rooms, 1000);
        panel.select(u"b"_s);
        QSignalSpy selected(&panel, &RoomsPanel::selectionChanged);
        model.apply({rooms[0], rooms[2]}, 1100);
        QCOMPARE(panel.selected(), QString());
        QCOMPARE(selected.last().at(0).toString(), QString());
        QCOMPARE(possible(panel), QStringList{});
    }
};

QTEST_MAIN(TestRoomsPanel)
#include "tst_roomspanel.moc"
