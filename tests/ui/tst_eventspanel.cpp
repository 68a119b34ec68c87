// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/eventspanel.h"

#include <QAction>
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

void TestEventsPanel::allowsARefusedName()
{
    EventsModel model;
    EventsPanel panel(&model);
    model.append({ServerEvent(), refused(u"game.lan"_s), refused({})});
    auto *allow = panel.findChild<QAction *>(u"allowHost"_s);
    auto *view = panel.findChild<QTableView *>();
    QSignalSpy allowed(&panel, &EventsPanel::hostAllowed);
    QVERIFY(!allow->isEnabled());
    view->setCurrentIndex(model.index(0, 0));
    QVERIFY(!allow->isEnabled());
    view->setCurrentIndex(model.index(2, 0)); // nothing that could be allowed
    QVERIFY(!allow->isEnabled());
    view->setCurrentIndex(model.index(1, 0));
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
    panel.findChild<QTableView *>()->setCurrentIndex(model.index(0, 0));
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
        emit view->doubleClicked(model.index(row, 0));
        QCOMPARE(wanted.takeFirst(), there);
        view->setCurrentIndex(model.index(row, 0));
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) { // the other is of the number pad
            QTest::keyClick(view, key);
            QCOMPARE(wanted.size(), 1);
            QCOMPARE(wanted.takeFirst(), there);
        }
    }
}

QTEST_MAIN(TestEventsPanel)
#include "tst_eventspanel.moc"
