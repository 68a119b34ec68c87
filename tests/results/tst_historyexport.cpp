// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/results/historyexport.h"
#include "server/results/historyfile.h"
#include "server/results/historyjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <limits>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 noon = 1'767'268'800'000; // 2026-01-01T12:00:00Z
const auto head = "1,2026-01-01T12:00:00.000Z,2026-01-01T12:01:30.500Z,lobby,code-racer,"_ba;

PlayedGame played(const QList<PlayerResult> &players, const QByteArray &results = "[]")
{
    const GameResult result{noon, noon + 90'500, u"lobby"_s, u"code-racer"_s, results};
    return {.number = 1, .result = result, .players = players};
}

HistoryView viewOf(const QStringList &kinds)
{
    HistoryView view;
    for (const QString &kind : kinds) {
        PlayedGame game = played({});
        game.number = 10 - view.games.size();
        game.result.game = kind;
        view.games.append(game);
    }
    for (const QString &kind : {u"chess"_s, u"race"_s}) {
        for (const QString &name : {u"Ada"_s, u"Bob"_s, u"Cem"_s})
            view.rankings.append({kind, name, 4, 3, 12.5, 8, noon});
    }
    view.totalGames = 77;
    return view;
}

QJsonObject parsed(const QByteArray &json)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    return error.error == QJsonParseError::NoError ? document.object() : QJsonObject();
}

QString column(const QJsonValue &array, QLatin1StringView key)
{
    QStringList values;
    for (const QJsonValue &value : array.toArray())
        values.append(value[key].toVariant().toString());
    return values.join(u' ');
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestHistoryExport : public QObject
{
    Q_OBJECT
private slots:
    void writesTextsForSpreadsheets_data();
    void writesTextsForSpreadsheets();
    void writesALineAPlayer();
    void writesNumbers_data();
    void writesNumbers();
    void writesGamesAsJson();
    void answersWithAtMost_data();
    void answersWithAtMost();
    void answersWithRankings();
    void answersWithTheError();
    void writesWholeFiles_data();
    void writesWholeFiles();
    void stopsWithoutAFile();
    void keepsTheNewestInMemory();
};

void TestHistoryExport::writesTextsForSpreadsheets_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("plain") << u"Ada"_s << "Ada"_ba;
    QTest::newRow("space") << u"Ada L."_s << "Ada L."_ba;
    QTest::newRow("umlaut") << u"Äda"_s << "Äda"_ba;
    QTest::newRow("comma") << u"Ada, L."_s << "\"Ada, L.\""_ba;
    QTest::newRow("quotes") << u"\"Ada\""_s << "\"\"\"Ada\"\"\""_ba;
    QTest::newRow("line end") << u"A\r\nB"_s << "\"A\r\nB\""_ba;
    QTest::newRow("equals") << u"=1+1"_s << "'=1+1"_ba;
    QTest::newRow("plus") << u"+1"_s << "'+1"_ba;
    QTest::newRow("minus") << u"-1"_s << "'-1"_ba;
    QTest::newRow("at") << u"@SUM(A1)"_s << "'@SUM(A1)"_ba;
    QTest::newRow("tab") << u"\t=1"_s << "'\t=1"_ba;
    QTest::newRow("line feed") << u"\n=1"_s << "\"'\n=1\""_ba;
    QTest::newRow("formula with quotes") << u"=HYPERLINK(\"x\",1)"_s << "\"'=HYPERLINK(\"\"x\"\",1)\""_ba;
    QTest::newRow("inside") << u"a=b"_s << "a=b"_ba;
}

void TestHistoryExport::writesTextsForSpreadsheets()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, expected);
    QCOMPARE(csvLines(played({{"p1", name, 1, -5}})), head + "1," + expected + ",p1,-5\r\n");
    PlayedGame elsewhere = played({});
    elsewhere.result.room = name;
    elsewhere.result.game = name;
    const QByteArray cells = ',' + expected + ',' + expected + ',';
    QVERIFY(csvLines(elsewhere).contains(cells));
    QVERIFY(csvLines(played({{name.toUtf8(), u"Ada"_s, 1, 0}})).endsWith(',' + expected + ",0\r\n"));
}

void TestHistoryExport::writesALineAPlayer()
{
    QCOMPARE(csvHead().count(','), head.count(',') + 3);
    QCOMPARE(csvLines(played({{"p1", u"Ada"_s, 1, 71.25}, {"p2", u"Bob"_s, 0, 3}})),
             head + "1,Ada,p1,71.25\r\n" + head + ",Bob,p2,3\r\n");
    QCOMPARE(csvLines(played({})), head + ",,,\r\n");
}

void TestHistoryExport::writesNumbers_data()
{
    QTest::addColumn<double>("number");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("whole") << 42.0 << "42"_ba;
    QTest::newRow("fraction") << 0.1 << "0.1"_ba;
    QTest::newRow("large") << 1e15 << "1e+15"_ba;
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << "0"_ba;
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << "0"_ba;
}

void TestHistoryExport::writesNumbers()
{
    QFETCH(double, number);
    QTEST(plainNumber(number), "expected");
}

void TestHistoryExport::writesGamesAsJson()
{
    const QJsonObject game = parsed(gameJson(played({}, R"([{"name":"Ada","extra":{"x":1}}])")));
    QCOMPARE(game.keys().join(u' '), u"ended game number results room started");
    QCOMPARE(game["started"_L1].toString(), u"2026-01-01T12:00:00.000Z");
    QCOMPARE(game["ended"_L1].toString(), u"2026-01-01T12:01:30.500Z");
    QCOMPARE(game["results"_L1][0]["extra"_L1]["x"_L1].toInt(), 1);
    PlayedGame odd = played({}, "[torn");
    odd.result.room = u"\"}\n"_s;
    QCOMPARE(parsed(gameJson(odd))["room"_L1].toString(), odd.result.room);
    QVERIFY(parsed(gameJson(odd))["results"_L1].toArray().isEmpty());
}

void TestHistoryExport::answersWithAtMost_data()
{
    QTest::addColumn<QByteArray>("game");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QString>("numbers");
    QTest::addColumn<QString>("names");
    QTest::newRow("everything") << QByteArray() << 100 << u"10 9 8"_s << u"Ada Bob Cem Ada Bob Cem"_s;
    QTest::newRow("two of each") << QByteArray() << 2 << u"10 9"_s << u"Ada Bob Ada Bob"_s;
    QTest::newRow("one kind") << "race"_ba << 100 << u"10 8"_s << u"Ada Bob Cem"_s;
    QTest::newRow("one of a kind") << "race"_ba << 1 << u"10"_s << u"Ada"_s;
    QTest::newRow("unknown kind") << "go"_ba << 100 << QString() << QString();
    QTest::newRow("nothing") << QByteArray() << 0 << QString() << QString();
    QTest::newRow("less than nothing") << QByteArray() << -1 << QString() << QString();
}

void TestHistoryExport::answersWithAtMost()
{
    QFETCH(QByteArray, game);
    QFETCH(int, limit);
    const QJsonObject answer = parsed(resultsJson(viewOf({u"race"_s, u"chess"_s, u"race"_s}), game, limit));
    QTEST(column(answer["games"_L1], "number"_L1), "numbers");
    QTEST(column(answer["rankings"_L1], "name"_L1), "names");
    QCOMPARE(answer["total"_L1].toInt(), 77);
    QVERIFY(!answer.contains("error"_L1));
}

void TestHistoryExport::answersWithRankings()
{
    const QJsonValue ranking = parsed(resultsJson(viewOf({}), "race", 1))["rankings"_L1][0];
    QCOMPARE(
        QJsonDocument(ranking.toObject()).toJson(QJsonDocument::Compact),
        R"({"best":12.5,"game":"race","games":4,"last":"2026-01-01T12:00:00.000Z","mean":8,"name":"Ada","wins":3})");
}

void TestHistoryExport::answersWithTheError()
{
    HistoryView view;
    view.errorText = u"\"full\""_s;
    QCOMPARE(parsed(resultsJson(view, {}, 5))["error"_L1].toString(), view.errorText);
}

void TestHistoryExport::writesWholeFiles_data()
{
    QTest::addColumn<HistoryFormat>("format");
    QTest::addColumn<int>("games");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray second = QByteArray(head).replace(0, 1, "2");
    const QByteArray json = gameJson(played({}, R"([{"name":"Ada","place":1,"score":5}])"));
    QTest::newRow("CSV, no games") << HistoryFormat::Csv << 0 << csvHead();
    QTest::newRow("CSV") << HistoryFormat::Csv << 2 << csvHead() + head + "1,Ada,,5\r\n" + second + "1,Ada,,5\r\n";
    QTest::newRow("JSON, no games") << HistoryFormat::Json << 0 << "[\n\n]\n"_ba;
    QTest::newRow("JSON") << HistoryFormat::Json << 2
                          << "[\n" + json + ",\n" + QByteArray(json).replace("\"number\":1", "\"number\":2") + "\n]\n";
}

void TestHistoryExport::writesWholeFiles()
{
    QFETCH(HistoryFormat, format);
    QFETCH(int, games);
    const QTemporaryDir directory;
    HistoryFile history({});
    const GameResult result = played({}, R"([{"name":"Ada","place":1,"score":5}])").result;
    QVERIFY(history.write(QList<GameResult>(games, result)));
    const QString path = directory.filePath(u"export"_s);
    QCOMPARE(exportHistory(history, path, format, [] { return false; }), QString());
    QTEST(contents(path), "expected");
}

void TestHistoryExport::stopsWithoutAFile()
{
    const QTemporaryDir directory;
    HistoryFile history({});
    QVERIFY(history.write(QList<GameResult>(10, played({}).result)));
    int asked = 0;
    QVERIFY(!exportHistory(history, directory.filePath(u"export"_s), HistoryFormat::Csv, [&] {
                 return ++asked > 3;
             }).isEmpty());
    QCOMPARE(asked, 5); // four games, and at the end
    QVERIFY(QDir(directory.path()).isEmpty());
}

void TestHistoryExport::keepsTheNewestInMemory()
{
    HistoryFile history({});
    QVERIFY(history.write(QList<GameResult>(10'003, played({}, R"([{"name":"Ada","score":5}])").result)));
    QList<qint64> numbers;
    qsizetype players = 0;
    QVERIFY(history.visitAll([&](const PlayedGame &game) {
        numbers.append(game.number);
        players += game.players.size();
        return true;
    }));
    QCOMPARE(numbers.size(), 10'000);
    QCOMPARE(numbers.front(), 4);
    QCOMPARE(players, 10'000);
    HistoryView view;
    QVERIFY(history.read(view));
    QCOMPARE(view.totalGames, 10'000);
    QCOMPARE(view.rankings.at(0).games, 10'003);
}

QTEST_GUILESS_MAIN(TestHistoryExport)
#include "tst_historyexport.moc"
