// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/eventwords.h"
#include "ui/panels/eventspanel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestEventsPanel final : public QObject
{
    Q_OBJECT
private slots:
    void allowsARefusedName();
    void allowsNothingOfAnEmptiedList();
    void keepsNamesApart();
    void leadsToTheConnectionOfItsRun();
    void leadsToTheRowOfEachEvent();
    void narrowsToWhatIsAskedFor_data();
    void narrowsToWhatIsAskedFor();
    void leadsToAFaultThatIsHidden();
    void keepsTheCurrentOneWhileLinesMove();
    void copiesALineForEach();
};

namespace {

ServerEvent refused(const QString &host)
{
    ServerEvent event;
    event.code = EventCode::RequestRefused;
    event.cause = EndingCause::HostNotAllowed;
    event.address = u"192.0.2.7"_s;
    event.host = host;
    return event;
}

} // namespace

void TestEventsPanel::copiesALineForEach()
{
    EventsModel model;
    EventsPanel panel(&model);
    ServerEvent event = refused(u"game.lan"_s);
    event.timeMs = QDateTime({2026, 1, 31}, {11, 57, 41, 204}).toMSecsSinceEpoch();
    model.append({event, event, ServerEvent()});
    auto *view = panel.findChild<QTableView *>();
    view->selectAll();
    for (QAction *action : panel.menuActions()) {
        if (action->shortcut() == QKeySequence::Copy)
            action->trigger();
    }
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines.first(), u"2026-01-31 11:57:41.204\t×2\t"_s + eventWords(event));
    QCOMPARE(lines.last().count(u'\t'), 2);
}

void TestEventsPanel::allowsARefusedName()
{
    EventsModel model;
    EventsPanel panel(&model);
    model.append({ServerEvent(), refused(u"game.lan"_s), refused({})});
    auto *allow = panel.findChild<QAction *>(u"allowHost"_s);
    auto *view = panel.findChild<QTableView *>();
    QSignalSpy allowed(&panel, &EventsPanel::hostAllowed);
    QVERIFY(!allow->isEnabled());
    view->setCurrentIndex(view->model()->index(0, 0));
    QVERIFY(!allow->isEnabled());
    view->setCurrentIndex(view->model()->index(2, 0)); // nothing that could be allowed
    QVERIFY(!allow->isEnabled());
    view->setCurrentIndex(view->model()->index(1, 0));
    QVERIFY(allow->isEnabled());
    QVERIFY(allow->text().contains(u"game.lan"_s));
    QVERIFY(view->actions().contains(allow)); // a click on the row away
    allow->trigger();
    QCOMPARE(allowed.size(), 1);
    QCOMPARE(allowed.at(0).at(0).toString(), u"game.lan"_s);
}

void TestEventsPanel::allowsNothingOfAnEmptiedList()
{
    EventsModel model;
    EventsPanel panel(&model);
    model.append({refused(u"game.lan"_s)});
    auto *view = panel.findChild<QTableView *>();
    view->setCurrentIndex(view->model()->index(0, 0));
    auto *allow = panel.findChild<QAction *>(u"allowHost"_s);
    QVERIFY(allow->isEnabled());
    model.clear();
    QVERIFY(!allow->isEnabled());
}

// Else a stranger's name could take the place of the one that is meant.
void TestEventsPanel::keepsNamesApart()
{
    EventsModel model;
    EventsPanel panel(&model);
    model.append({refused(u"game.lan"_s), refused(u"evil.example"_s), refused(u"game.lan"_s)});
    QCOMPARE(model.rowCount(), 2);
    QSet<QString> hosts;
    for (int row = 0; row < model.rowCount(); ++row)
        hosts += model.at(row).host;
    QCOMPARE(hosts.size(), 2);
}

void TestEventsPanel::leadsToTheConnectionOfItsRun()
{
    EventsModel model;
    EventsPanel panel(&model);
    ServerEvent event = refused({});
    event.connection = ConnectionId{3};
    model.append({event});
    model.beginRun();
    model.append({event});
    auto *view = panel.findChild<QTableView *>();
    QSignalSpy wanted(&panel, &EventsPanel::connectionWanted);
    panel.show();
    view->setFocus();
    QTRY_VERIFY(view->hasFocus());
    for (int row = 0; row < 2; ++row) {
        const QVariantList there{QVariant::fromValue(ConnectionId{3}), row};
        emit view->doubleClicked(view->model()->index(row, 0));
        QCOMPARE(wanted.takeFirst(), there);
        view->setCurrentIndex(view->model()->index(row, 0));
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) { // the other is of the number pad
            QTest::keyClick(view, key);
            QCOMPARE(wanted.size(), 1);
            QCOMPARE(wanted.takeFirst(), there);
        }
    }
}

void TestEventsPanel::leadsToTheRowOfEachEvent()
{
    EventsModel model;
    EventsPanel panel(&model);
    ServerEvent event = refused({});
    event.connection = ConnectionId{3};
    ServerEvent room;
    room.code = EventCode::RoomCreated;
    room.room = u"main"_s;
    model.append({event, room});
    auto *view = panel.findChild<QTableView *>();
    QSignalSpy wanted(&panel, &EventsPanel::rowWanted);
    QSignalSpy connections(&panel, &EventsPanel::connectionWanted);
    emit view->doubleClicked(view->model()->index(1, 0));
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.takeFirst().at(0).value<ServerEvent>().room, u"main"_s);
    QCOMPARE(connections.size(), 0); // it is about none
    QVERIFY(panel.selectFault());
    QCOMPARE(wanted.takeFirst().at(0).value<ServerEvent>().connection, ConnectionId{3});
    QCOMPARE(connections.size(), 0); // a step among faults narrows nothing
}

namespace {

ServerEvent created(const QString &room)
{
    ServerEvent event;
    event.code = EventCode::RoomCreated;
    event.room = room;
    return event;
}

ServerEvent ended(EndingCause cause, quint32 connection)
{
    ServerEvent event;
    event.code = EventCode::ConnectionEnded;
    event.cause = cause;
    event.connection = ConnectionId{connection};
    return event;
}

ServerEvent notStarted()
{
    ServerEvent event;
    event.code = EventCode::ServerNotStarted;
    event.words = u"the port is taken"_s;
    return event;
}

} // namespace

void TestEventsPanel::narrowsToWhatIsAskedFor_data()
{
    QTest::addColumn<int>("severity"); // -1: all
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("lines");
    QTest::newRow("all") << -1 << QString() << 4;
    QTest::newRow("warnings") << int(EventSeverity::Warning) << QString() << 1;
    QTest::newRow("errors") << int(EventSeverity::Error) << QString() << 1;
    QTest::newRow("words, any case") << -1 << u" LOUNGE "_s << 1;
    QTest::newRow("both") << int(EventSeverity::Error) << u"lounge"_s << 0;
}

void TestEventsPanel::narrowsToWhatIsAskedFor()
{
    QFETCH(int, severity);
    QFETCH(QString, text);
    EventsModel model;
    EventsPanel panel(&model);
    model.append({ServerEvent(), created(u"lounge"_s), ended(EndingCause::ReadTooSlowly, 7)});
    QAbstractItemModel *shown = panel.findChild<QTableView *>()->model();
    const QAbstractItemModelTester tester(shown, QAbstractItemModelTester::FailureReportingMode::QtTest);
    if (severity >= 0)
        panel.onlyAction(EventSeverity(severity))->trigger();
    panel.field()->setText(text);
    model.append({notStarted()}); // what comes later as well
    QTEST(shown->rowCount(), "lines");
    if (severity >= 0)
        panel.onlyAction(EventSeverity(severity))->trigger(); // off again
    panel.field()->clear();
    QCOMPARE(shown->rowCount(), 4);
}

void TestEventsPanel::leadsToAFaultThatIsHidden()
{
    EventsModel model;
    EventsPanel panel(&model);
    model.append({ended(EndingCause::ReadTooSlowly, 7), created(u"lounge"_s)});
    panel.field()->setText(u"lounge"_s);
    panel.onlyAction(EventSeverity::Error)->trigger();
    QVERIFY(panel.selectFault());
    QCOMPARE(panel.findChild<QTableView *>()->currentIndex().row(), 0);
    QVERIFY(panel.field()->text().isEmpty() && !panel.onlyAction(EventSeverity::Error)->isChecked());
}

void TestEventsPanel::keepsTheCurrentOneWhileLinesMove()
{
    EventsModel model;
    EventsPanel panel(&model);
    model.append({refused(u"a.lan"_s), refused(u"b.lan"_s), refused(u"c.lan"_s)});
    auto *view = panel.findChild<QTableView *>();
    view->setCurrentIndex(view->model()->index(1, 0));
    model.append({refused(u"a.lan"_s)}); // folds, and moves to the end
    QCOMPARE(view->currentIndex().row(), 0);
    QVERIFY(panel.findChild<QAction *>(u"allowHost"_s)->text().contains(u"b.lan"_s));
}

QTEST_MAIN(TestEventsPanel)
#include "tst_eventspanel.moc"
