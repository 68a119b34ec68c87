// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/json.h"
#include "server/results/history.h"

#include <QDir>
#include <QRegularExpression>
#include <QSemaphore>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <thread>
#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 noon = 1'767'268'800'000;

GameResult gameOf(const QByteArray &results, const QString &game = u"race"_s, qint64 endedMs = noon)
{
    return {.startedMs = endedMs - 60'000, .endedMs = endedMs, .room = u"lobby"_s, .game = game, .results = results};
}

QByteArray line(const QByteArray &name, int place, double score)
{
    return R"({"playerId":"p-)" + name + R"(","name":")" + name + R"(","place":)"
        + (place > 0 ? QByteArray::number(place) : "null") + R"(,"score":)" + QByteArray::number(score) + '}';
}

/// Ada won, Bob came second.
GameResult duel(double score = 10) { return gameOf('[' + line("Bob", 2, 1) + ',' + line("Ada", 1, score) + ']'); }

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// A connection of somebody else to the same file.
class Stranger
{
public:
    explicit Stranger(const QString &path) : m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, u"stranger"_s))
    {
        m_database.setDatabaseName(path);
        m_database.open();
    }
    ~Stranger()
    {
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(u"stranger"_s);
    }
    Q_DISABLE_COPY_MOVE(Stranger)

    bool run(const QString &statement) { return QSqlQuery(m_database).exec(statement); }

private:
    QSqlDatabase m_database;
};

/// Holds the history's thread in a signal: the deterministic slow disk.
class HeldHistory
{
public:
    explicit HeldHistory(History &history)
    {
        m_connection = QObject::connect(
            &history, &History::changed, &history,
            [this] {
                m_held.release();
                m_go.acquire();
            },
            Qt::DirectConnection);
        history.add(duel());
        m_held.acquire();
    }
    ~HeldHistory() { letGo(); }
    Q_DISABLE_COPY_MOVE(HeldHistory)
    void letGo()
    {
        QObject::disconnect(m_connection);
        m_go.release();
    }

private:
    QMetaObject::Connection m_connection;
    QSemaphore m_held;
    QSemaphore m_go;
};

QString namesOf(const PlayedGame &game)
{
    QStringList names;
    for (const PlayerResult &player : game.players)
        names.append(player.name);
    return names.join(u' ');
}

} // namespace

class TestHistory : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void keepsWhatWasAdded_data();
    void keepsWhatWasAdded();
    void readsWhatAnEarlierOneWrote();
    void writesWhatWaitsBeforeItEnds();
    void takesGamesFromManyThreads();
    void showsTheNewest();
    void neverChangesAViewThatSomebodyHolds();
    void survivesAnyResults_data();
    void survivesAnyResults();
    void ranksNames();
    void ranksEachGameOnItsOwn();
    void movesABrokenFileAside_data();
    void movesABrokenFileAside();
    void findsDamageWhereItDoesNotRead();
    void movesTheSideFilesAlong();
    void keepsEveryBrokenFile();
    void goesOnWhenTheFileBreaks();
    void goesOnWhenTheFileIsRemoved();
    void leavesANewerFileAlone();
    void saysWhyGamesAreLost_data();
    void saysWhyGamesAreLost();
    void countsEveryLostGame();
    void goesOnWhenTheObstacleIsGone();
    void goesOnWhenTheLockIsGone();
    void goesOnWhenTheDiskHasRoomAgain();
    void losesWhatDoesNotFitTheQueue();
    void sharesTheFile();
    void keepsItsFileFromOthers();
    void passesOverPlayersWithoutAGame();
    void exportsWhatWasAddedBefore_data();
    void exportsWhatWasAddedBefore();
    void saysWhyAnExportFailed_data();
    void saysWhyAnExportFailed();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;

    QStringList files(const QString &pattern = u"*"_s) const
    {
        return QDir(m_directory->path()).entryList({pattern}, QDir::Files | QDir::Hidden, QDir::Name);
    }
    void write(int games) const;
};

void TestHistory::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_path = m_directory->filePath(u"history.sqlite"_s);
}

void TestHistory::cleanup() { QVERIFY(QSqlDatabase::connectionNames().isEmpty()); }

void TestHistory::write(int games) const
{
    History history(m_path);
    for (int i = 0; i < games; ++i)
        history.add(duel());
}

void TestHistory::keepsWhatWasAdded_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("in memory") << QString();
    QTest::newRow("in a file") << u"history.sqlite"_s;
    QTest::newRow("in a folder that is not there yet") << u"a/b/history.sqlite"_s;
}

void TestHistory::keepsWhatWasAdded()
{
    QFETCH(QString, path);
    History history(path.isEmpty() ? QString() : m_directory->filePath(path));
    QSignalSpy changed(&history, &History::changed);
    history.add(duel(71.25));
    history.add({.startedMs = 5, .endedMs = 7, .room = {}, .game = u"relay"_s, .results = "[]"});
    QTRY_COMPARE(history.view()->totalGames, 2);
    QVERIFY(!changed.isEmpty() || changed.wait());
    const auto view = history.view();
    QCOMPARE(view->games.size(), 2);
    const PlayedGame &first = view->games.at(1);
    QCOMPARE(first.number, 1);
    QCOMPARE(first.result.startedMs, noon - 60'000);
    QCOMPARE(first.result.endedMs, noon);
    QCOMPARE(first.result.room, u"lobby");
    QCOMPARE(first.result.game, u"race");
    QCOMPARE(first.result.results, duel(71.25).results);
    QCOMPARE(namesOf(first), u"Ada Bob");
    QCOMPARE(first.players.at(0).playerId, "p-Ada");
    QCOMPARE(first.players.at(0).place, 1);
    QCOMPARE(first.players.at(0).score, 71.25);
    QCOMPARE(view->games.at(0).number, 2);
    QCOMPARE(view->games.at(0).result.room, QString());
    QVERIFY(view->games.at(0).players.isEmpty());
    QCOMPARE(view->errorText, QString());
    QCOMPARE(view->lost, 0U);
}

void TestHistory::readsWhatAnEarlierOneWrote()
{
    write(3);
    History history(m_path);
    QTRY_COMPARE(history.view()->totalGames, 3);
    QCOMPARE(namesOf(history.view()->games.at(2)), u"Ada Bob");
    QCOMPARE(history.view()->rankings.size(), 2);
    history.add(gameOf("[]"));
    QTRY_COMPARE(history.view()->totalGames, 4);
    QCOMPARE(history.view()->games.size(), 4);
    QCOMPARE(history.view()->games.at(0).number, 4);
    QVERIFY(history.view()->games.at(0).players.isEmpty());
}

void TestHistory::writesWhatWaitsBeforeItEnds()
{
    write(900);
    QCOMPARE(files(), QStringList{u"history.sqlite"_s}); // and no side files
    History history(m_path);
    QTRY_COMPARE(history.view()->totalGames, 900);
}

void TestHistory::takesGamesFromManyThreads()
{
    History history(m_path);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&history] {
            for (int game = 0; game < 200; ++game) {
                history.add(duel());
                (void)history.view()->games.size();
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QTRY_COMPARE(history.view()->totalGames, 800);
    QCOMPARE(history.view()->lost, 0U);
    QCOMPARE(history.view()->rankings.at(0).games, 800);
}

void TestHistory::showsTheNewest()
{
    write(995);
    History history(m_path);
    QTRY_COMPARE(history.view()->games.size(), 995);
    for (int added = 1; added <= 10; ++added) {
        history.add(gameOf("[]"));
        QTRY_COMPARE(history.view()->totalGames, 995 + added);
    }
    const auto view = history.view();
    QCOMPARE(view->games.size(), 1000);
    for (qsizetype i = 0; i < view->games.size(); ++i)
        QCOMPARE(view->games.at(i).number, 1005 - i);
    History again(m_path);
    QTRY_COMPARE(again.view()->totalGames, 1005);
    QCOMPARE(again.view()->games.size(), 1000);
    QCOMPARE(again.view()->games.constLast().number, 6);
    QCOMPARE(namesOf(again.view()->games.constLast()), u"Ada Bob");
}

void TestHistory::neverChangesAViewThatSomebodyHolds()
{
    History history(m_path);
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 1);
    const auto held = history.view();
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 2);
    QCOMPARE(held->games.size(), 1);
    QCOMPARE(held->rankings.at(0).games, 1);
}

void TestHistory::survivesAnyResults_data()
{
    QTest::addColumn<QByteArray>("results");
    QTest::addColumn<int>("players");
    QTest::newRow("nothing") << QByteArray() << 0;
    QTest::newRow("torn") << R"([{"name":"Ada")"_ba << 0;
    QTest::newRow("an object") << "{}"_ba << 0;
    QTest::newRow("not UTF-8") << "[\"\xc3\x28\"]"_ba << 0;
    QTest::newRow("nested deep") << QByteArray(50'000, '[') << 0;
    QTest::newRow("the same player twice") << '[' + line("Ada", 1, 1) + ',' + line("Ada", 1, 1) + ']' << 2;
    QTest::newRow("odd values") << R"([{"name":"Ada","playerId":{},"place":[],"score":"x"},7])"_ba << 1;
    QTest::newRow("numbers without end") << R"([{"name":"Ada","place":1e999,"score":-1e999}])"_ba << 1;
    QTest::newRow("SQL") << R"([{"name":"'); DROP TABLE games; --","playerId":"?"}])"_ba << 1;
    QTest::newRow("NUL in a name") << R"([{"name":"A\u0000B"}])"_ba << 1;
    QTest::newRow("large") << "[{\"name\":\"" + QByteArray(2'000'000, 'x') + "\"}]" << 1;
}

void TestHistory::survivesAnyResults()
{
    QFETCH(QByteArray, results);
    History history(m_path);
    QSignalSpy exported(&history, &History::exported);
    history.add(gameOf(results));
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 2);
    QCOMPARE(history.view()->lost, 0U);
    QTEST(int(history.view()->games.at(1).players.size()), "players");
    QVERIFY(checkJson(resultsJson(*history.view(), {}, 10)));
    const QString path = m_directory->filePath(u"export.json"_s);
    history.exportTo(path, HistoryFormat::Json);
    QTRY_COMPARE(exported.size(), 1);
    QVERIFY(checkJson(contents(path)));
    QCOMPARE(contents(path).count("\"number\":"), 2);
}

void TestHistory::ranksNames()
{
    {
        History history(m_path);
        history.add(gameOf('[' + line("Ada", 1, 10) + ',' + line("Bob", 2, 30) + ',' + line("Cem", 0, 50) + ','
                           + line("Dan", 0, -5) + ']'));
        history.add(gameOf('[' + line("Bob", 1, 20) + ',' + line("Ada", 2, 15) + ']', u"race"_s, noon + 5));
    }
    History history(m_path);
    history.add(gameOf('[' + line("Ada", 0, 5) + ']', u"race"_s, noon + 3));
    history.add(gameOf('[' + line("Zoe", 1, 1) + ']', u"chess"_s));
    QTRY_COMPARE(history.view()->totalGames, 4);
    const QList<Ranking> rankings = history.view()->rankings;
    QStringList lines;
    for (const Ranking &one : rankings) {
        lines.append(u"%1 %2 games %3 wins %4 best %5 mean %6 last %7"_s.arg(one.game, one.name)
                         .arg(one.games)
                         .arg(one.wins)
                         .arg(one.best)
                         .arg(one.mean)
                         .arg(one.lastMs - noon));
    }
    QCOMPARE(lines,
             (QStringList{u"chess Zoe games 1 wins 1 best 1 mean 1 last 0"_s,
                          u"race Bob games 2 wins 1 best 30 mean 25 last 5"_s,
                          u"race Ada games 3 wins 1 best 15 mean 10 last 5"_s,
                          u"race Cem games 1 wins 0 best 50 mean 50 last 0"_s,
                          u"race Dan games 1 wins 0 best -5 mean -5 last 0"_s}));
}

void TestHistory::ranksEachGameOnItsOwn()
{
    QByteArrayList crowd;
    for (int i = 0; i < 1005; ++i)
        crowd.append(line("P" + QByteArray::number(i), 0, i));
    History history(m_path);
    history.add(gameOf('[' + crowd.join(',') + ']', u"chess"_s));
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 2);
    const QList<Ranking> rankings = history.view()->rankings;
    QCOMPARE(rankings.size(), 1002);
    QCOMPARE(rankings.at(0).name, u"P1004");
    QCOMPARE(rankings.at(999).name, u"P5");
    QCOMPARE(rankings.at(1000).name, u"Ada");
}

void TestHistory::movesABrokenFileAside_data()
{
    QTest::addColumn<int>("keep"); // bytes of a good file
    QTest::addColumn<QByteArray>("then");
    QTest::newRow("text") << 0 << QByteArray("no database\n").repeated(1000);
    QTest::newRow("zeros") << 0 << QByteArray(8192, '\0');
    QTest::newRow("torn in the head") << 50 << QByteArray();
    QTest::newRow("torn in the middle") << 20'000 << QByteArray();
    QTest::newRow("rubbish in the middle") << 8192 << QByteArray(100'000, '\xa5');
}

void TestHistory::movesABrokenFileAside()
{
    QFETCH(int, keep);
    QFETCH(QByteArray, then);
    write(300);
    const QByteArray broken = contents(m_path).first(keep) + then;
    overwrite(m_path, broken);
    History history(m_path);
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 1);
    const QStringList aside = files(u"*.broken-*"_s);
    QCOMPARE(aside.size(), 1);
    QVERIFY(QRegularExpression(u"^history\\.sqlite\\.broken-\\d{14}$"_s).match(aside.at(0)).hasMatch());
    QCOMPARE(contents(m_directory->filePath(aside.at(0))), broken);
    QCOMPARE(history.view()->errorText,
             u"history.sqlite was broken and is now %1; a new one has begun"_s.arg(aside.at(0)));
    QCOMPARE(history.view()->setAside, aside.at(0));
    QCOMPARE(history.view()->lost, 0U);
}

void TestHistory::findsDamageWhereItDoesNotRead()
{
    write(900);
    write(900);
    const qsizetype page = 4096;
    overwrite(m_path, contents(m_path).replace(10 * page, page, QByteArray(page, '\xa5')));
    History history(m_path);
    QTRY_VERIFY(history.view()->errorText.contains("was broken"_L1));
    QVERIFY(history.view()->games.isEmpty());
}

void TestHistory::movesTheSideFilesAlong()
{
    overwrite(m_path, "rubbish that is no database");
    overwrite(m_path + "-journal"_L1, QByteArray(512, '\0')); // one that SQLite does not take in
    History history(m_path);
    QTRY_VERIFY(!history.view()->errorText.isEmpty());
    QCOMPARE(files(u"*.broken-*-journal"_s).size(), 1);
}

void TestHistory::keepsEveryBrokenFile()
{
    for (int i = 1; i <= 3; ++i) {
        overwrite(m_path, "rubbish that is no database");
        History history(m_path);
        QTRY_COMPARE(files(u"*.broken-*"_s).size(), i);
    }
}

void TestHistory::goesOnWhenTheFileBreaks()
{
    History history(m_path);
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 1);
    overwrite(m_path, QByteArray(50'000, 'x'));
    history.add(gameOf("[]", u"chess"_s));
    QTRY_COMPARE(history.view()->games.at(0).result.game, u"chess");
    QCOMPARE(history.view()->totalGames, 1);
    QCOMPARE(history.view()->games.size(), 1);
    QVERIFY(history.view()->rankings.isEmpty());
    QVERIFY(history.view()->errorText.contains("was broken"_L1));
    QCOMPARE(history.view()->lost, 0U);
    QCOMPARE(files(u"*.broken-*"_s).size(), 1);
}

void TestHistory::goesOnWhenTheFileIsRemoved()
{
    History history(m_path);
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 1);
    if (!QFile::remove(m_path))
        QSKIP("an open file can not be removed here");
    history.add(gameOf("[]", u"chess"_s));
    QTRY_COMPARE(history.view()->games.at(0).result.game, u"chess");
    QCOMPARE(history.view()->totalGames, 1);
    QCOMPARE(history.view()->lost, 0U);
    QVERIFY(QFile::exists(m_path));
}

void TestHistory::leavesANewerFileAlone()
{
    write(2);
    QVERIFY(Stranger(m_path).run(u"PRAGMA user_version = 2"_s));
    const QByteArray before = contents(m_path);
    {
        History history(m_path);
        QTRY_VERIFY(!history.view()->errorText.isEmpty());
        history.add(duel());
        QTRY_COMPARE(history.view()->lost, 1U);
        QCOMPARE(history.view()->errorText, u"history.sqlite can not be used: it comes from a newer Glasshouse");
        QSignalSpy exported(&history, &History::exported);
        history.exportTo(m_directory->filePath(u"export"_s), HistoryFormat::Csv);
        QTRY_COMPARE(exported.size(), 1);
        QVERIFY(exported.at(0).at(1).toString().contains("newer"_L1));
    }
    QCOMPARE(contents(m_path), before);
    QCOMPARE(files(), QStringList{u"history.sqlite"_s});
}

void TestHistory::saysWhyGamesAreLost_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("why");
    QTest::newRow("below a file") << u"file/history.sqlite"_s << u"Not a directory"_s;
    QTest::newRow("a folder") << u"."_s << u"it is a folder"_s;
    QTest::newRow("somebody else's tables") << u"foreign.sqlite"_s << u"no such table: games"_s;
}

void TestHistory::saysWhyGamesAreLost()
{
    QFETCH(QString, path);
    QFETCH(QString, why);
    overwrite(m_directory->filePath(u"file"_s), "x");
    QVERIFY(Stranger(m_directory->filePath(u"foreign.sqlite"_s)).run(u"PRAGMA user_version = 1"_s));
    History history(m_directory->filePath(path));
    QTRY_VERIFY(!history.view()->errorText.isEmpty());
    for (quint64 lost = 1; lost <= 3; ++lost) {
        history.add(duel());
        QTRY_COMPARE(history.view()->lost, lost);
    }
    QVERIFY2(history.view()->errorText.endsWith(u" can not be used: "_s + why), qPrintable(history.view()->errorText));
    QVERIFY(!history.view()->errorText.contains(m_directory->path()));
    QVERIFY(history.view()->failed);
    QCOMPARE(history.view()->totalGames, 0);
}

void TestHistory::countsEveryLostGame()
{
    QVERIFY(QDir().mkdir(m_path));
    History history(m_path);
    HeldHistory held(history); // with one game
    for (int i = 0; i < 5; ++i)
        history.add(duel());
    held.letGo();
    QTRY_COMPARE(history.view()->lost, 6U);
}

void TestHistory::goesOnWhenTheObstacleIsGone()
{
    QVERIFY(QDir().mkdir(m_path));
    History history(m_path);
    history.add(duel());
    QTRY_COMPARE(history.view()->lost, 1U);
    QVERIFY(QDir().rmdir(m_path));
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 1);
    QCOMPARE(history.view()->lost, 1U);
    QCOMPARE(history.view()->errorText, QString());
}

void TestHistory::goesOnWhenTheLockIsGone()
{
    History history(m_path);
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 1);
    {
        Stranger stranger(m_path);
        QVERIFY(stranger.run(u"BEGIN EXCLUSIVE"_s));
        history.add(duel());
        QTRY_COMPARE_WITH_TIMEOUT(history.view()->lost, 1U, 20'000);
        QVERIFY(history.view()->errorText.contains("locked"_L1));
        QCOMPARE(history.view()->games.size(), 1); // what was known stays
    }
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 2);
    QCOMPARE(history.view()->errorText, QString());
}

void TestHistory::goesOnWhenTheDiskHasRoomAgain()
{
#ifdef Q_OS_UNIX
    History history(m_path);
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 1);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit low = before;
    low.rlim_cur = 1024 * 1024;
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &low), 0);
    history.add(gameOf("[\"" + QByteArray(4 * 1024 * 1024, 'x') + "\"]"));
    const bool failed = QTest::qWaitFor([&] { return history.view()->lost == 1; });
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(failed);
    QVERIFY(!history.view()->errorText.isEmpty());
    QCOMPARE(history.view()->totalGames, 1);
    history.add(gameOf("[\"" + QByteArray(4 * 1024 * 1024, 'x') + "\"]"));
    QTRY_COMPARE(history.view()->totalGames, 2);
    QCOMPARE(history.view()->errorText, QString());
    QCOMPARE(files(u"*.broken-*"_s), QStringList());
#else
    QSKIP("there is no limit of a file's size to set here");
#endif
}

void TestHistory::losesWhatDoesNotFitTheQueue()
{
    History history(m_path);
    HeldHistory held(history);
    const qint64 written = history.view()->totalGames; // 1, or 0 if it was held when it opened the file
    const qint64 waiting = 1 - written;
    for (int i = 0; i < 1005; ++i)
        history.add(duel());
    held.letGo();
    QTRY_COMPARE(history.view()->totalGames, 1001 - waiting);
    QTRY_COMPARE(history.view()->lost, quint64(5 + waiting));
    QVERIFY(history.view()->errorText.contains("more games ended than could be written"_L1));
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 1002 - waiting);
    QCOMPARE(history.view()->errorText, QString());
}

void TestHistory::keepsItsFileFromOthers()
{
    constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
        | QFileDevice::WriteOther | QFileDevice::ExeGroup | QFileDevice::ExeOther;
    m_path = m_directory->filePath(u"new/history.sqlite"_s);
    for (int i = 1; i <= 2; ++i) {
        History history(m_path);
        history.add(duel());
        QTRY_COMPARE(history.view()->totalGames, i);
        QCOMPARE(QFileInfo(m_path).permissions() & others, QFileDevice::Permissions());
        QCOMPARE(QFileInfo(m_directory->filePath(u"new"_s)).permissions() & others, QFileDevice::Permissions());
        QVERIFY(QFile::setPermissions(m_path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | others)); // earlier
    }
}

void TestHistory::sharesTheFile()
{
    History one(m_path);
    History other(m_path);
    one.add(duel());
    QTRY_COMPARE(one.view()->totalGames, 1);
    other.add(duel());
    QTRY_COMPARE(other.view()->totalGames, 2);
    QCOMPARE(other.view()->games.size(), 2);
    QCOMPARE(other.view()->rankings.at(0).games, 2);
    QCOMPARE(one.view()->games.size(), 1); // until it writes again
    one.add(duel());
    QTRY_COMPARE(one.view()->games.size(), 3);
}

void TestHistory::passesOverPlayersWithoutAGame()
{
    write(3);
    QVERIFY(Stranger(m_path).run(u"DELETE FROM games WHERE id = 2"_s));
    History history(m_path);
    QTRY_COMPARE(history.view()->games.size(), 2);
    QCOMPARE(namesOf(history.view()->games.at(0)), u"Ada Bob");
    QCOMPARE(namesOf(history.view()->games.at(1)), u"Ada Bob");
}

void TestHistory::exportsWhatWasAddedBefore_data()
{
    QTest::addColumn<HistoryFormat>("format");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("lines");
    QTest::newRow("CSV") << HistoryFormat::Csv << u"history.sqlite"_s << 1 + 2 * 1500;
    QTest::newRow("JSON") << HistoryFormat::Json << u"history.sqlite"_s << 2 + 1500;
    QTest::newRow("CSV from memory") << HistoryFormat::Csv << QString() << 1 + 2 * 1500;
}

void TestHistory::exportsWhatWasAddedBefore()
{
    QFETCH(HistoryFormat, format);
    QFETCH(QString, path);
    History history(path.isEmpty() ? QString() : m_directory->filePath(path));
    QSignalSpy exported(&history, &History::exported);
    for (int i = 0; i < 750; ++i)
        history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 750); // more than a view shows, and than the queue holds
    for (int i = 0; i < 750; ++i)
        history.add(duel());
    const QString file = m_directory->filePath(u"export"_s);
    overwrite(file, "an older one");
    history.exportTo(file, format);
    QTRY_COMPARE(exported.size(), 1);
    QCOMPARE(exported.at(0).at(0).toString(), file);
    QCOMPARE(exported.at(0).at(1).toString(), QString());
    QTEST(int(contents(file).count('\n')), "lines");
}

void TestHistory::saysWhyAnExportFailed_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("no such folder") << u"nowhere/export"_s;
    QTest::newRow("a folder") << u"."_s;
    QTest::newRow("no name") << QString();
    QTest::newRow("the history itself") << u"history.sqlite"_s;
}

void TestHistory::saysWhyAnExportFailed()
{
    QFETCH(QString, path);
    History history(m_path);
    QSignalSpy exported(&history, &History::exported);
    history.add(duel());
    const QString file = path.isEmpty() ? path : m_directory->filePath(path);
    history.exportTo(file, HistoryFormat::Json);
    QTRY_COMPARE(exported.size(), 1);
    QCOMPARE(exported.at(0).at(0).toString(), file);
    QVERIFY(!exported.at(0).at(1).toString().isEmpty());
    history.add(duel());
    QTRY_COMPARE(history.view()->totalGames, 2);
    QCOMPARE(files(), QStringList{u"history.sqlite"_s});
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
