// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/condition.h"
#include "match/conditionfields.h"
#include "tests/ui/fakehost.h"
#include "ui/filter/filterfield.h"
#include "ui/filter/filterhelp.h"
#include "ui/log/messagelogpanel.h"
#include "ui/mainwindow.h"

#include <QAction>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QStringList typedIn(const FilterHelp &help)
{
    const QAbstractItemModel *rows = help.findChild<QTableView *>()->model();
    QStringList texts;
    for (int row = 0; row < rows->rowCount(); ++row)
        texts << rows->index(row, 0).data().toString();
    return texts;
}

} // namespace

class TestFilterHelp : public QObject
{
    Q_OBJECT
private slots:
    void namesEveryField()
    {
        const FilterHelp help(nullptr);
        for (const ConditionFieldRow &row : conditionFields())
            QVERIFY2(typedIn(help).contains(row.name), row.name.data());
    }

    void itsExamplesCanBeTyped()
    {
        const FilterHelp help(nullptr);
        int examples = 0;
        const QStringList all = typedIn(help);
        for (const QString &typed : all) {
            const bool isExample = !typed.contains(u"  "_s) && conditionFieldNamed(typed) == nullptr;
            QVERIFY2(!isExample || Condition::read(typed), qPrintable(typed));
            examples += isExample ? 1 : 0;
        }
        QCOMPARE(examples, 11);
    }

    void opensOnceAndLeavesTheWindowFree()
    {
        QWidget owner;
        QAction *action = filterHelpAction(&owner);
        owner.show();
        action->trigger();
        action->trigger();
        const auto shown = owner.findChildren<FilterHelp *>();
        QCOMPARE(shown.size(), 1);
        QVERIFY(shown.first()->isVisible() && !shown.first()->isModal());
    }

    void aWindowCompletesWithWhoIsThere()
    {
        const QTemporaryDir dir;
        QSettings settings(dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
        FakeHost host;
        MainWindow window(host, settings);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        host.become(ServerState::Running);
        Snapshot snapshot;
        ConnectionInfo info;
        info.id = ConnectionId{17};
        ConnectionCounters counters;
        counters.id = info.id;
        counters.player = u"Ada \"x\""_s;
        RoomInfo room;
        room.id = u"lounge"_s;
        snapshot.opened = {info};
        snapshot.changed = {counters};
        snapshot.rooms = {room};
        emit host.snapshot(snapshot);
        auto *field = window.findChild<FilterField *>();
        field->setFocus();
        const auto offered = [&](const QString &typed) {
            field->clear();
            QTest::keyClicks(field, typed);
            const auto *list = window.findChild<QTreeWidget *>(u"offers"_s);
            return list != nullptr && list->isVisible() ? list->topLevelItem(0)->text(0) : QString();
        };
        QCOMPARE(offered(u"from == "_s), u"\"Ada \\\"x\\\"\""_s);
        QCOMPARE(offered(u"room == "_s), u"\"lounge\""_s);
        QCOMPARE(offered(u"connection == "_s), u"17"_s);
    }
};

QTEST_MAIN(TestFilterHelp)
#include "tst_filterhelp.moc"
