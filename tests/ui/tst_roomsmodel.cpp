// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/roomsmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QList<RoomInfo> rooms(const QStringList &ids, int players = 1, quint64 messages = 0)
{
    QList<RoomInfo> list;
    for (const QString &id : ids) {
        RoomInfo room;
        room.id = id;
        room.players = players;
        room.messages = messages;
        list.append(room);
    }
    return list;
}

QStringList shown(const RoomsModel &model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids << model.at(row).id;
    return ids;
}

} // namespace

class TestRoomsModel : public QObject
{
    Q_OBJECT
private slots:
    void becomesTheNewList_data()
    {
        QTest::addColumn<QStringList>("before");
        QTest::addColumn<QStringList>("after");
        QTest::newRow("first") << QStringList{} << QStringList{u"b"_s, u"a"_s};
        QTest::newRow("in between") << QStringList{u"a"_s, u"c"_s} << QStringList{u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("one goes") << QStringList{u"a"_s, u"b"_s, u"c"_s} << QStringList{u"a"_s, u"c"_s};
        QTest::newRow("others") << QStringList{u"a"_s, u"c"_s} << QStringList{u"b"_s, u"d"_s};
        QTest::newRow("all go") << QStringList{u"a"_s, u"b"_s} << QStringList{};
    }
    void becomesTheNewList()
    {
        QFETCH(QStringList, before);
        QFETCH(QStringList, after);
        RoomsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(rooms(before), 1000);
        model.apply(rooms(after), 1100);
        after.sort();
        QCOMPARE(shown(model), after);
    }

    void sortsAsPeopleCount()
    {
        RoomsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QStringList counted{u"9"_s,     u"a"_s,     u"room1"_s,  u"room01"_s,
                                  u"Room2"_s, u"room9"_s, u"room10"_s, u"room10b"_s};
        model.apply(rooms({u"room10"_s, u"Room2"_s, u"a"_s, u"room01"_s}), 1000);
        model.apply(rooms({u"room10b"_s, u"room01"_s, u"9"_s, u"room9"_s, u"a"_s, u"room1"_s, u"room10"_s, u"Room2"_s}),
                    1100);
        QStringList order = shown(model);
        if (order.value(2) == u"room01"_s) // either may be the first of the two
            order.swapItemsAt(2, 3);
        QCOMPARE(order, counted);
        model.apply(rooms({u"room9"_s, u"room10"_s}), 1200);
        QCOMPARE(shown(model), (QStringList{u"room9"_s, u"room10"_s}));
    }

    void seatsThatAreHeldAreNoPlayers()
    {
        RoomsModel model;
        QList<RoomInfo> two = rooms({u"a"_s, u"b"_s}, 18);
        two[0].dropped = 18;
        model.apply(two, 1000);
        QCOMPARE(model.index(0, RoomsModel::Players).data().toString(), u"0 + 18 away"_s);
        QCOMPARE(model.index(1, RoomsModel::Players).data().toString(), u"18"_s);
    }

    void tellsOnlyOfWhatChanged()
    {
        RoomsModel model;
        model.apply(rooms({u"a"_s, u"b"_s}), 1000);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QList<RoomInfo> next = rooms({u"a"_s, u"b"_s});
        next[1].players = 2;
        model.apply(next, 1100);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
        QCOMPARE(model.rowOf(u"b"_s), 1);
        QCOMPARE(model.rowOf(u"z"_s), -1);
    }

    void namesTheGame()
    {
        RoomsModel model;
        QList<RoomInfo> two = rooms({u"a"_s, u"b"_s});
        two[0].game = u"code-racer"_s;
        two[1].game = u"chess"_s; // a stranger's
        model.apply(two, 1000);
        const auto tip = [&model](int row) { return model.index(row, 0).data(Qt::ToolTipRole).toString(); };
        QVERIFY(tip(0).contains(u"Game: Code Racer"_s));
        QVERIFY(tip(1).contains(u"Game: chess"_s));
    }

    void ratesComeFromDifferences()
    {
        RoomsModel model;
        model.apply(rooms({u"a"_s}), 10'000);
        model.apply(rooms({u"a"_s}, 1, 500), 12'000);
        QCOMPARE(model.index(0, RoomsModel::Rate).data().toString(), u"250"_s);
    }
};

QTEST_MAIN(TestRoomsModel)
#include "tst_roomsmodel.moc"
