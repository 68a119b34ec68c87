// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gamestates.h"
#include "ui/models/cellroles.h"
#include "ui/models/horsesmodel.h"
#include "ui/models/playersmodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QList<PlayerInfo> playersNamed(const QStringList &ids)
{
    QList<PlayerInfo> players;
    for (const QString &id : ids)
        players << playerInfo(id.toUtf8(), id.toUpper(), quint32(players.size()) + 1);
    return players;
}

QStringList idsIn(const PlayersModel &model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids << QString::fromUtf8(model.at(row).key());
    return ids;
}

QString textOf(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TestPlayersModel : public QObject
{
    Q_OBJECT
private slots:
    void becomesTheNewList_data()
    {
        QTest::addColumn<QStringList>("before");
        QTest::addColumn<QStringList>("after");
        const QStringList abc{u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("first") << QStringList{} << abc;
        QTest::newRow("one comes") << QStringList{u"a"_s, u"b"_s} << abc;
        QTest::newRow("one comes first") << QStringList{u"b"_s, u"c"_s} << abc;
        QTest::newRow("one goes") << abc << QStringList{u"a"_s, u"c"_s};
        QTest::newRow("one goes, one comes") << abc << QStringList{u"a"_s, u"c"_s, u"d"_s};
        QTest::newRow("another order") << abc << QStringList{u"c"_s, u"a"_s, u"b"_s};
        QTest::newRow("the last comes first") << abc + QStringList{u"d"_s} << QStringList{u"d"_s} + abc;
        QTest::newRow("reversed, with others") << abc << QStringList{u"x"_s, u"c"_s, u"y"_s, u"b"_s, u"a"_s};
        QTest::newRow("others") << abc << QStringList{u"d"_s, u"e"_s};
        QTest::newRow("all go") << abc << QStringList{};
    }
    void becomesTheNewList()
    {
        QFETCH(QStringList, before);
        QFETCH(QStringList, after);
        PlayersModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(playersNamed(before), {}, true);
        QList<QPersistentModelIndex> followed; // as a selection does
        for (int row = 0; row < model.rowCount(); ++row)
            followed << model.index(row, 0);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.apply(playersNamed(after), {}, true);
        QCOMPARE(idsIn(model), after);
        QCOMPARE(resets.size(), 0);
        for (int i = 0; i < before.size(); ++i)
            QCOMPARE(followed[i].isValid() ? followed[i].row() : -1, int(after.indexOf(before[i])));
        QCOMPARE(model.rowOf("z"), -1);
    }

    void whatIsSelectedStaysSelected()
    {
        PlayersModel model;
        model.apply(playersNamed({u"a"_s, u"b"_s, u"c"_s}), {}, true);
        QItemSelectionModel selection(&model);
        selection.select(model.index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        model.apply(playersNamed({u"x"_s, u"b"_s, u"a"_s}), {}, false);
        QCOMPARE(selection.selectedRows().size(), 1);
        QCOMPARE(model.at(selection.selectedRows().first().row()).key(), "b");
    }

    void tellsOnlyOfWhatChanged()
    {
        PlayersModel model;
        const auto apply = [&model](int position) {
            const RoomDetails room{u"main"_s, fourPlayers(), codeRacerState("racing", position)};
            model.apply(room.players, gameViewOf(u"code-racer"_s, room, raceStartMs), false);
        };
        apply(5);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        apply(5);
        QCOMPARE(changed.size(), 0);
        apply(6);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 0);
    }

    void showsARace()
    {
        PlayersModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const RoomDetails room{u"main"_s, fourPlayers(), codeRacerState("racing")};
        model.apply(room.players, gameViewOf(u"code-racer"_s, room, raceStartMs), false);
        const auto row = [&model](int at) {
            QStringList cells;
            for (int column = PlayersModel::Name; column <= PlayersModel::Accuracy; ++column)
                cells << textOf(model, at, column);
            return cells.join(u'|');
        };
        QCOMPARE(row(0), u"Ada|typing||25 %|61.5|"_s);
        QCOMPARE(row(1), u"Grace|done|1|100 %|80.0|97 %"_s);
        QCOMPARE(row(2), u"Linus|dropped, 23 s||10 %|9.0|"_s);
        QCOMPARE(row(3), u"Barbara|watching||||"_s);
        QCOMPARE(model.index(0, PlayersModel::Progress).data(BarRole).toDouble(), 0.25);
        QVERIFY(!model.index(3, PlayersModel::Progress).data(BarRole).isValid());
        QCOMPARE(textOf(model, 1, PlayersModel::Connection), u"2"_s);
        QCOMPARE(textOf(model, 2, PlayersModel::Connection), QString());
    }

    void saysWhoIsReady()
    {
        PlayersModel model;
        model.apply(fourPlayers(), {}, true);
        QCOMPARE(textOf(model, 0, PlayersModel::Status), u"ready"_s);
        QCOMPARE(textOf(model, 1, PlayersModel::Status), u"not ready"_s);
        QCOMPARE(textOf(model, 2, PlayersModel::Status), u"dropped, 23 s"_s);
        model.apply(fourPlayers(), {}, false);
        QCOMPARE(textOf(model, 0, PlayersModel::Status), u"here"_s);
    }

    void whoHasNoPlaceComesBehind()
    {
        PlayersModel model;
        const RoomDetails room{u"main"_s, fourPlayers(), codeRacerState("racing")};
        model.apply(room.players, gameViewOf(u"code-racer"_s, room, raceStartMs), false);
        const auto key = [&model](int row, int column) {
            return model.index(row, column).data(PlayersModel::SortRole);
        };
        QVERIFY(key(1, PlayersModel::Place).toInt() < key(0, PlayersModel::Place).toInt());
        QVERIFY(key(3, PlayersModel::Progress).toDouble() < key(2, PlayersModel::Progress).toDouble());
    }

    void horsesRunInPlace()
    {
        HorsesModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply({{1, u"Thunder"_s, 2.5, -1, 0}, {2, u"Daisy"_s, 7.25, -1, 0}});
        QCOMPARE(textOf(model, 1, HorsesModel::Odds), u"7.25"_s);
        QVERIFY(!model.index(1, HorsesModel::Position).data(BarRole).isValid());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.apply({{1, u"Thunder"_s, 2.5, 0.5, 0}, {2, u"Daisy"_s, 7.25, -1, 0}});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.index(0, HorsesModel::Position).data(BarRole).toDouble(), 0.5);
        model.apply({{1, u"Thunder"_s, 2.5, 1, 1}});
        QCOMPARE(textOf(model, 0, HorsesModel::Place), u"1"_s);
        QCOMPARE(model.rowCount(), 1);
    }
};

QTEST_MAIN(TestPlayersModel)
#include "tst_playersmodel.moc"
