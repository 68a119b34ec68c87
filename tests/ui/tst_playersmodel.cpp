// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gamestates.h"
#include "ui/games/gamefaces.h"
#include "ui/models/cellroles.h"
#include "ui/models/gameboardmodel.h"
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

int columnOf(const QAbstractItemModel &model, const QString &title)
{
    for (int column = 0; column < model.columnCount(); ++column) {
        if (model.headerData(column, Qt::Horizontal, Qt::DisplayRole) == title)
            return column;
    }
    return -1;
}

void setGame(PlayersModel &model, const QString &kind) { model.setColumns(gameFace(kind).playerColumns()); }

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
        setGame(model, u"code-racer"_s);
        const auto apply = [&model](int position) {
            const RoomDetails room{u"main"_s, fourPlayers(), codeRacerState("racing", position)};
            model.apply(room.players, gameFace(u"code-racer"_s).view(room.gameState, raceStartMs), false);
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
        setGame(model, u"code-racer"_s);
        const RoomDetails room{u"main"_s, fourPlayers(), codeRacerState("racing")};
        model.apply(room.players, gameFace(u"code-racer"_s).view(room.gameState, raceStartMs), false);
        const auto row = [&model](int at) {
            QStringList cells;
            for (int column = PlayersModel::Name; column <= columnOf(model, u"Accuracy"_s); ++column)
                cells << textOf(model, at, column);
            return cells.join(u'|');
        };
        QCOMPARE(row(0), u"Ada|typing||25 %|61.5|"_s);
        QCOMPARE(row(1), u"Grace|done|1|100 %|80.0|97 %"_s);
        QCOMPARE(row(2), u"Linus|dropped, 23 s||10 %|9.0|"_s);
        QCOMPARE(row(3), u"Barbara|watching||||"_s);
        QCOMPARE(model.index(0, columnOf(model, u"Progress"_s)).data(BarRole).toDouble(), 0.25);
        QVERIFY(!model.index(3, columnOf(model, u"Progress"_s)).data(BarRole).isValid());
        QCOMPARE(textOf(model, 1, model.connectionColumn()), u"2"_s);
        QCOMPARE(textOf(model, 2, model.connectionColumn()), QString());
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
        setGame(model, u"code-racer"_s);
        const RoomDetails room{u"main"_s, fourPlayers(), codeRacerState("racing")};
        model.apply(room.players, gameFace(u"code-racer"_s).view(room.gameState, raceStartMs), false);
        const auto key = [&model](int row, int column) {
            return model.index(row, column).data(PlayersModel::SortRole);
        };
        QVERIFY(key(1, columnOf(model, u"Place"_s)).toInt() < key(0, columnOf(model, u"Place"_s)).toInt());
        QVERIFY(key(3, columnOf(model, u"Progress"_s)).toDouble() < key(2, columnOf(model, u"Progress"_s)).toDouble());
    }

    void anotherGameHasOtherColumns()
    {
        PlayersModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        setGame(model, u"code-racer"_s);
        model.apply(fourPlayers(), gameFace(u"code-racer"_s).view(codeRacerState("racing"), raceStartMs), false);
        setGame(model, u"chess"_s);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.columnCount(), 3);
        model.apply(fourPlayers(), gameFace(u"code-racer"_s).view(codeRacerState("racing"), raceStartMs), false);
        QCOMPARE(textOf(model, 0, PlayersModel::Name), u"Ada"_s);
        QCOMPARE(textOf(model, 0, model.connectionColumn()), u"1"_s); // cells of another game are left alone
    }

    void horsesRunInPlace()
    {
        const GameBoard board = gameFace(u"horse-race"_s).board();
        const auto horses = [](const QByteArray &phase, const QByteArray &more = {}) {
            return gameFace(u"horse-race"_s).view(horseRaceState(phase, more), raceStartMs).board;
        };
        GameBoardModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setColumns(board.columns);
        model.apply(horses("betting"));
        const int odds = columnOf(model, u"Odds"_s), position = columnOf(model, u"Position"_s);
        QCOMPARE(textOf(model, 1, odds), u"7.25"_s);
        QVERIFY(!model.index(1, position).data(BarRole).isValid());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.apply(horses("racing", R"(,"positions":[0.5])"));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.index(0, position).data(BarRole).toDouble(), 0.5);
        model.apply(horses("results", R"(,"positions":[1,0.9],"ranking":[1])"));
        QCOMPARE(textOf(model, 0, columnOf(model, u"Place"_s)), u"1"_s);
        model.apply({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestPlayersModel)
#include "tst_playersmodel.moc"
