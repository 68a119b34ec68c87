// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/results/historyfile.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray line(const QByteArray &name, const QByteArray &place, int score)
{
    return R"({"name":")" + name + R"(","place":)" + place + R"(,"score":)" + QByteArray::number(score) + '}';
}

GameResult gameOf(const QByteArrayList &lines, qint64 endedMs, const QString &game = u"race"_s)
{
    return {
        .startedMs = 0, .endedMs = endedMs, .room = u"lobby"_s, .game = game, .results = '[' + lines.join(',') + ']'};
}

} // namespace

/// Who gets into the rankings, and who stays.
class TestRankings final : public QObject
{
    Q_OBJECT

private slots:
    void leavesOutWhoDidNothing();
    void holdsSoManyNames();
    void holdsTheNamesOfEachGameOnItsOwn();

    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

private:
    std::unique_ptr<QTemporaryDir> m_directory;

    [[nodiscard]] QString path() const { return m_directory->filePath(u"history.sqlite"_s); }
    [[nodiscard]] QString ask(const QString &question) const
    {
        QString answer;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"reader"_s);
            database.setDatabaseName(path());
            database.open();
            QSqlQuery query(database);
            if (query.exec(question) && query.next())
                answer = query.value(0).toString();
        }
        QSqlDatabase::removeDatabase(u"reader"_s);
        return answer;
    }
    [[nodiscard]] int count(const QString &game) const
    {
        return ask(u"SELECT count(*) FROM rankings WHERE game = '%1'"_s.arg(game)).toInt();
    }
    [[nodiscard]] bool isThere(const QString &name) const
    {
        return ask(u"SELECT name FROM rankings WHERE name = '%1'"_s.arg(name)) == name;
    }
};

void TestRankings::leavesOutWhoDidNothing()
{
    HistoryFile file(path());
    QVERIFY(file.write({gameOf({line("Ada", "1", 50), line("Idle", "null", 0), line("Slow", "null", 12),
                                line("Even", "2", 0), line("Owes", "null", -5)},
                               1)}));
    HistoryView view;
    QVERIFY(file.read(view));
    QStringList names;
    for (const Ranking &one : view.rankings)
        names += one.name;
    QCOMPARE(names, (QStringList{u"Ada"_s, u"Slow"_s, u"Even"_s, u"Owes"_s}));
    QCOMPARE(view.games.at(0).players.size(), 5); // the game itself says who was there
}

// Anybody can take a new name for each game; who plays again and again stays, and so do the best.
void TestRankings::holdsSoManyNames()
{
    HistoryFile file(path());
    QList<GameResult> games{gameOf({line("Best", "1", 1'000'000)}, 1), gameOf({line("Old", "null", 1)}, 2)};
    for (int i = 0; i < 12'000; i += 100) {
        QByteArrayList crowd{line("Regular", "null", 1)};
        for (int j = 0; j < 100; ++j)
            crowd += line("Bot" + QByteArray::number(i + j), "null", 2 + i + j);
        games += gameOf(crowd, 10 + i);
    }
    QVERIFY(file.write(games));
    QVERIFY2(count(u"race"_s) >= 10'000 && count(u"race"_s) <= 11'000, qPrintable(QString::number(count(u"race"_s))));
    QVERIFY(isThere(u"Best"_s));
    QVERIFY(isThere(u"Regular"_s));
    QVERIFY(!isThere(u"Old"_s));
    QVERIFY(!isThere(u"Bot0"_s));
    QVERIFY(isThere(u"Bot11999"_s));
}

void TestRankings::holdsTheNamesOfEachGameOnItsOwn()
{
    HistoryFile file(path());
    QByteArrayList crowd;
    for (int i = 0; i < 11'500; ++i)
        crowd += line("Bot" + QByteArray::number(i), "null", 1 + i);
    QVERIFY(file.write({gameOf({line("Ada", "null", 1)}, 1, u"chess"_s), gameOf(crowd, 2)}));
    QCOMPARE(count(u"chess"_s), 1);
    QCOMPARE(count(u"race"_s), 10'000);
}

QTEST_GUILESS_MAIN(TestRankings)
#include "tst_rankings.moc"
