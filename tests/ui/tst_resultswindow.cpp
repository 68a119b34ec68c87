// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tableview.h"
#include "ui/windows/resultswindow.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

PlayedGame codeRace(qint64 number)
{
    PlayedGame game;
    game.number = number;
    game.result = {.startedMs = 1'000'000 + number * 100'000,
                   .endedMs = 1'062'000 + number * 100'000,
                   .room = u"K7QF"_s,
                   .game = u"code-racer"_s,
                   .results = R"([{"playerId":"p2","name":"Grace","place":1,"score":80.04,"wpm":80.04,"accuracy":0.975,
                       "elapsedMs":61500,"position":410},{"playerId":"p1","name":"Ada","place":null,"score":12,
                       "accuracy":1,"elapsedMs":null,"position":60}])"};
    game.players = {{"p2", u"Grace"_s, 1, 80.04}, {"p1", u"Ada"_s, 0, 12}};
    return game;
}

PlayedGame horseRound(qint64 number)
{
    PlayedGame game;
    game.number = number;
    game.result = {.startedMs = 2'000'000 + number * 100'000,
                   .endedMs = 2'030'000 + number * 100'000,
                   .room = u"derby"_s,
                   .game = u"horse-race"_s,
                   .results =
                       R"([{"playerId":"p1","name":"Ada","place":1,"score":-30,"chips":970,"stake":30,"payout":0}])"};
    game.players = {{"p1", u"Ada"_s, 1, -30}};
    return game;
}

HistoryView historyOf(const QList<PlayedGame> &games)
{
    HistoryView view;
    view.games = games;
    view.totalGames = games.size();
    view.rankings = {{u"code-racer"_s, u"Grace"_s, 5, 4, 80.04, 70.55, 1'062'000},
                     {u"code-racer"_s, u"Ada"_s, 3, 0, 12, 10, 1'062'000},
                     {u"horse-race"_s, u"Ada"_s, 2, 0, -30, -40, 2'030'000}};
    return view;
}

TableView *tableNamed(const QWidget &window, const QString &name)
{
    const auto tables = window.findChildren<TableView *>();
    for (TableView *table : tables) {
        if (table->accessibleName() == name)
            return table;
    }
    return nullptr;
}

QStringList column(const QAbstractItemModel &model, int column)
{
    QStringList cells;
    for (int row = 0; row < model.rowCount(); ++row)
        cells << model.index(row, column).data().toString();
    return cells;
}

QStringList row(const QAbstractItemModel &model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells << model.index(row, column).data().toString();
    return cells;
}

QStringList heads(const QAbstractItemModel &model)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells << model.headerData(column, Qt::Horizontal).toString();
    return cells;
}

QString allText(const QWidget &window)
{
    QStringList texts;
    const auto labels = window.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisibleTo(&window))
            texts << label->text();
    }
    return texts.join(u'\n');
}

} // namespace

class TestResultsWindow : public QObject
{
    Q_OBJECT
private slots:
    void rankingsFollowTheHistory()
    {
        RankingsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        HistoryView view = historyOf({});
        model.apply(view.rankings);
        QCOMPARE(column(model, RankingsModel::Rank), (QStringList{u"1"_s, u"2"_s, u"1"_s}));
        QCOMPARE(row(model, 0).mid(1, 6),
                 (QStringList{u"Grace"_s, u"Code Racer"_s, u"5"_s, u"4"_s, u"80"_s, u"70.6"_s}));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.apply(view.rankings);
        QCOMPARE(changed.size(), 0);
        view.rankings.swapItemsAt(0, 1);
        model.apply(view.rankings);
        QCOMPARE(column(model, RankingsModel::Name), (QStringList{u"Ada"_s, u"Grace"_s, u"Ada"_s}));
        model.apply({});
        QCOMPARE(model.rowCount(), 0);
    }

    void gamesComeInOnTop()
    {
        PlayedGamesModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply({codeRace(2), codeRace(1)});
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        model.apply({horseRound(3), codeRace(2)});
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(column(model, PlayedGamesModel::Number), (QStringList{u"3"_s, u"2"_s}));
        // Who has lost least has not won.
        QCOMPARE(column(model, PlayedGamesModel::Winner), (QStringList{QString(), u"Grace"_s}));
        QCOMPARE(column(model, PlayedGamesModel::Duration), (QStringList{u"30.0 s"_s, u"1 min 2 s"_s}));
    }

    void oneGameInFull_data()
    {
        QTest::addColumn<PlayedGame>("game");
        QTest::addColumn<QStringList>("titles");
        QTest::addColumn<QStringList>("first");
        PlayedGame odd = horseRound(1);
        odd.result.game = u"chess"_s;
        odd.result.results =
            R"([{"playerId":"p1","name":"Ada","won":true,"moves":["e4"],"clock":{"s":3},"note":null}])";
        PlayedGame broken = codeRace(1);
        broken.result.results = "[{";
        QTest::newRow("race") << codeRace(1) << QStringList{u"Place"_s,    u"Player"_s, u"Words/min"_s,
                                                            u"Accuracy"_s, u"Time"_s,   u"Characters"_s}
                              << QStringList{u"1"_s, u"Grace"_s, u"80"_s, u"97.5 %"_s, u"1 min 1 s"_s, u"410"_s};
        QTest::newRow("horses") << horseRound(1) << QStringList{u"Place"_s, u"Player"_s, u"Chips won"_s,
                                                                u"Chips"_s, u"Payout"_s, u"Stake"_s}
                                << QStringList{u"1"_s, u"Ada"_s, u"-30"_s, u"970"_s, u"0"_s, u"30"_s};
        QTest::newRow("unknown game") << odd << QStringList{u"Place"_s, u"Player"_s, u"Score"_s, u"clock"_s,
                                                            u"moves"_s, u"note"_s,   u"won"_s}
                                      << QStringList{u"1"_s,        u"Ada"_s,  u"-30"_s, u"{\"s\":3}"_s,
                                                     u"[\"e4\"]"_s, QString(), u"yes"_s};
        QTest::newRow("broken results") << broken << QStringList{u"Place"_s, u"Player"_s, u"Words/min"_s}
                                        << QStringList{u"1"_s, u"Grace"_s, u"80"_s};
    }
    void oneGameInFull()
    {
        QFETCH(PlayedGame, game);
        GameResultModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(&game);
        QTEST(heads(model), "titles");
        QTEST(row(model, 0), "first");
        QCOMPARE(model.rowCount(), game.players.size());
        model.show(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void oneKindOfGameCanBeSeen()
    {
        ResultsWindow window;
        window.apply(std::make_shared<HistoryView>(historyOf({horseRound(3), codeRace(2), codeRace(1)})));
        const auto *rankings = tableNamed(window, u"Rankings"_s)->model();
        const auto *games = tableNamed(window, u"Games"_s)->model();
        auto *kinds = window.findChild<QComboBox *>();
        QCOMPARE(kinds->count(), 3);
        QCOMPARE(rankings->rowCount(), 3);
        kinds->setCurrentIndex(kinds->findData(u"horse-race"_s));
        QCOMPARE(rankings->rowCount(), 1);
        QCOMPARE(column(*games, PlayedGamesModel::Number), QStringList{u"3"_s});
        window.apply(std::make_shared<HistoryView>(historyOf({horseRound(4), horseRound(3), codeRace(2)})));
        QCOMPARE(kinds->currentData().toString(), u"horse-race"_s); // stays
        QCOMPARE(games->rowCount(), 2);
        kinds->setCurrentIndex(0);
        QCOMPARE(games->rowCount(), 3);
    }

    void showsAStrangersGame()
    {
        PlayedGame chess = horseRound(1);
        chess.result.game = u"chess"_s;
        chess.result.results = R"([{"playerId":"p1","name":"Ada","chips":12,"accuracy":0.5}])";
        HistoryView view = historyOf({chess});
        view.rankings = {{u"chess"_s, u"Ada"_s, 3, 1, 12, 10, 1'062'000}};
        ResultsWindow window;
        window.apply(std::make_shared<HistoryView>(view));
        QCOMPARE(window.findChild<QComboBox *>()->itemText(1), u"chess"_s);
        QCOMPARE(row(*tableNamed(window, u"Rankings"_s)->model(), 0)[RankingsModel::Game], u"chess"_s);
        auto *games = tableNamed(window, u"Games"_s);
        QCOMPARE(column(*games->model(), PlayedGamesModel::Game), QStringList{u"chess"_s});
        games->selectRow(0);
        const auto *result = tableNamed(window, u"Results of the game"_s)->model();
        QCOMPARE(heads(*result),
                 (QStringList{u"Place"_s, u"Player"_s, u"Score"_s, u"accuracy"_s, u"chips"_s})); // as its members are
        QCOMPARE(row(*result, 0), (QStringList{u"1"_s, u"Ada"_s, u"-30"_s, u"0.5"_s, u"12"_s}));
    }

    void theSelectedGameStaysInSight()
    {
        ResultsWindow window;
        window.apply(std::make_shared<HistoryView>(historyOf({codeRace(2), codeRace(1)})));
        auto *games = tableNamed(window, u"Games"_s);
        const auto *result = tableNamed(window, u"Results of the game"_s)->model();
        QCOMPARE(result->rowCount(), 0);
        games->selectRow(1);
        QCOMPARE(column(*result, GameResultModel::Name), (QStringList{u"Grace"_s, u"Ada"_s}));
        window.apply(std::make_shared<HistoryView>(historyOf({horseRound(3), codeRace(2), codeRace(1)})));
        QCOMPARE(result->rowCount(), 2);
        const auto labels = window.findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->text().startsWith(u"Game 1: Code Racer in room K7QF"_s);
        }));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<HistoryView>("view");
        QTest::addColumn<QString>("words");
        HistoryView broken = historyOf({});
        broken.errorText = u"The file was broken; it is now results.sqlite.broken-20260801170300."_s;
        QTest::newRow("trouble") << broken << broken.errorText;
        broken.setAside = u"results.sqlite.broken-1"_s;
        QTest::newRow("set aside") << broken
                                   << u"The file was broken and is now results.sqlite.broken-1; a new one has begun."_s;
        HistoryView lost = historyOf({codeRace(1)});
        lost.lost = 3;
        QTest::newRow("lost") << lost << u"1 game  ·  3 could not be kept"_s;
        HistoryView more = historyOf({codeRace(1), codeRace(2)});
        more.totalGames = 12'345;
        QTest::newRow("more than are shown") << more << u"12,345 games  ·  the newest 2 are listed"_s;
        QTest::newRow("all is well") << historyOf({codeRace(1), codeRace(2)}) << u"2 games"_s;
    }
    void saysWhatIsWrong()
    {
        QFETCH(HistoryView, view);
        QFETCH(QString, words);
        ResultsWindow window;
        window.apply(std::make_shared<HistoryView>(view));
        QVERIFY2(allText(window).split(u'\n').contains(words), qPrintable(allText(window)));
    }

    void exports_data()
    {
        QTest::addColumn<int>("action");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("file");
        QTest::addColumn<HistoryFormat>("format");
        QTest::newRow("table") << 0 << u"scores.csv"_s << u"scores.csv"_s << HistoryFormat::Csv;
        QTest::newRow("table, the ending comes by itself") << 0 << u"scores"_s << u"scores.csv"_s << HistoryFormat::Csv;
        QTest::newRow("JSON") << 1 << u"scores"_s << u"scores.json"_s << HistoryFormat::Json;
        QTest::newRow("thought better of it") << 1 << QString() << QString() << HistoryFormat::Json;
    }
    void exports()
    {
        QFETCH(int, action);
        QFETCH(QString, typed);
        QFETCH(QString, file);
        QFETCH(HistoryFormat, format);
        const QTemporaryDir dir;
        ResultsWindow window;
        QSignalSpy wanted(&window, &ResultsWindow::exportWanted);
        QTimer::singleShot(0, [&] {
            auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
            QVERIFY(dialog != nullptr);
            dialog->setDirectory(dir.path());
            dialog->selectFile(dir.filePath(typed));
            typed.isEmpty() ? dialog->reject() : static_cast<QDialog *>(dialog)->accept();
        });
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        window.actions().at(action)->trigger();
        QCOMPARE(wanted.size(), file.isEmpty() ? 0 : 1);
        if (wanted.isEmpty())
            return;
        QCOMPARE(wanted.at(0).at(0).toString(), dir.filePath(file));
        QCOMPARE(wanted.at(0).at(1).value<HistoryFormat>(), format);
    }

    void saysWhatBecameOfTheExport()
    {
        ResultsWindow window;
        window.showExported(u"/tmp/scores.csv"_s, {});
        QVERIFY(allText(window).contains(u"Saved as "_s + QDir::toNativeSeparators(u"/tmp/scores.csv"_s)));
        window.showExported(u"/tmp/scores.csv"_s, u"the disk is full"_s);
        QVERIFY(allText(window).contains(u"Not saved: the disk is full"_s));
    }
};

Q_DECLARE_METATYPE(glasshouse::HistoryView)
Q_DECLARE_METATYPE(glasshouse::PlayedGame)

QTEST_MAIN(TestResultsWindow)
#include "tst_resultswindow.moc"
