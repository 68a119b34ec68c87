// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/gamecatalog.h"
#include "tests/ui/gamestates.h"
#include "ui/games/gamefaces.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

GameView viewOf(const QString &kind, const QByteArray &state, qint64 nowMs = raceStartMs + 18'500)
{
    return gameFace(kind).view(state, nowMs);
}

GameView racerView(const QByteArray &phase, qint64 nowMs = raceStartMs + 18'500)
{
    return viewOf(u"code-racer"_s, codeRacerState(phase), nowMs);
}

/// Of a player or a row, by the titles of its columns.
GameCell cellOf(const QList<GameColumn> &columns, const QList<GameCell> &cells, const QString &title)
{
    for (qsizetype i = 0; i < columns.size(); ++i) {
        if (columns[i].title == title)
            return cells.value(i);
    }
    return {u"no such column"_s};
}

QStringList textsOf(const QList<GameCell> &cells)
{
    QStringList texts;
    for (const GameCell &cell : cells)
        texts << cell.text;
    return texts;
}

} // namespace

class TestGameFaces : public QObject
{
    Q_OBJECT
private slots:
    void everyGameOfThisProgramHasAFace()
    {
        for (const QByteArray &kind : builtInGames().kinds()) {
            const GameFace &face = gameFace(QString::fromLatin1(kind));
            QVERIFY(&face != &gameFace(u"chess"_s));
            QVERIFY(!face.name().isEmpty() && face.name() != QString::fromLatin1(kind));
            QVERIFY(!face.sentence().isEmpty());
            QVERIFY(face.playersPercent() > 0 && face.playersPercent() < 100);
        }
    }

    // Models and panels trust in it.
    void everyColumnHasItsCell_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QByteArray>("state");
        QTest::newRow("race") << u"code-racer"_s << codeRacerState("racing");
        QTest::newRow("horses") << u"horse-race"_s << horseRaceState("racing", R"(,"positions":[0.25,0.5])");
        QTest::newRow("unknown game") << u"chess"_s << codeRacerState("racing");
    }
    void everyColumnHasItsCell()
    {
        QFETCH(QString, kind);
        QFETCH(QByteArray, state);
        const GameFace &face = gameFace(kind);
        const GameView view = face.view(state, raceStartMs);
        for (const PlayerStanding &player : view.players)
            QCOMPARE(player.cells.size(), face.playerColumns().size());
        for (const BoardRow &row : view.board)
            QCOMPARE(row.cells.size(), face.board().columns.size());
        for (const GameColumn &column : face.playerColumns() + face.board().columns)
            QVERIFY(!column.title.isEmpty() && !column.tip.isEmpty() && column.digits > 0);
    }

    void showsAStrangersGamePlainly()
    {
        const GameFace &face = gameFace(u"chess"_s);
        QCOMPARE(gameName(u"chess"_s), u"chess"_s);
        QCOMPARE(gameName(u"evil\n\u202Egame"_s), u"evil\u23CE\u00B7game"_s);
        QVERIFY(!face.sentence().isEmpty());
        QCOMPARE(face.scoreName(), u"Score"_s);
        QVERIFY(face.options().isEmpty());
        QVERIFY(face.playerColumns().isEmpty());
        QVERIFY(face.board().columns.isEmpty());
        QVERIFY(face.resultColumns().isEmpty());
        QVERIFY(!face.note().isEmpty());
    }

    void saysWhatGoesOn_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QByteArray>("state");
        QTest::addColumn<qint64>("now");
        QTest::addColumn<QString>("headline");
        const QString racer = u"code-racer"_s, horses = u"horse-race"_s;
        const qint64 start = raceStartMs;
        QTest::newRow("race waits") << racer << QByteArray(R"({"phase":"waiting","racers":[],"watchers":[]})") << start
                                    << u"Waiting for the start"_s;
        QTest::newRow("countdown") << racer << codeRacerState("countdown") << start - 2100 << u"Starts in 3 s"_s;
        QTest::newRow("countdown, paused") << racer << codeRacerState("countdown") << qint64{-1} << u"About to start"_s;
        QTest::newRow("race") << racer << codeRacerState("racing") << start + 18'500
                              << u"Racing: 1 of 3 done, 42 s left"_s;
        QTest::newRow("race, just begun")
            << racer << codeRacerState("racing") << start << u"Racing: 1 of 3 done, 1 min 0 s left"_s;
        QTest::newRow("race, time is up")
            << racer << codeRacerState("racing") << start + 70'000 << u"Racing: 1 of 3 done, 0 s left"_s;
        QTest::newRow("race, paused") << racer << codeRacerState("racing") << qint64{-1} << u"Racing: 1 of 3 done"_s;
        QTest::newRow("race is over") << racer << codeRacerState("finished") << start
                                      << u"Grace won with 80.0 words a minute"_s;
        QTest::newRow("nobody finished") << racer
                                         << QByteArray(
                                                R"({"phase":"finished","results":[{"name":"Ada","place":null}]})")
                                         << start << u"The race is over: nobody finished"_s;
        QTest::newRow("horses wait") << horses << QByteArray(R"({"phase":"waiting","roundId":0})") << start
                                     << u"Waiting for somebody to play"_s;
        QTest::newRow("bets") << horses << horseRaceState("betting", R"(,"secondsLeft":12)") << start
                              << u"Round 3: bets are open, 12 s left"_s;
        QTest::newRow("to the start") << horses << horseRaceState("racing", R"(,"positions":[0,0])") << start
                                      << u"Round 3: to the start"_s;
        QTest::newRow("horses run") << horses << horseRaceState("racing", R"(,"positions":[0.25,0.5])") << start
                                    << u"Round 3: Daisy leads"_s;
        QTest::newRow("horses are in") << horses << horseRaceState("results", R"(,"positions":[0.9,1],"ranking":[2,1])")
                                       << start << u"Round 3: Daisy won ahead of Thunder"_s;
        QTest::newRow("horses go home") << horses << horseRaceState("finished") << start << u"The game is over"_s;
        QTest::newRow("relay") << u"relay"_s << QByteArray("{}") << start << QString();
    }
    void saysWhatGoesOn()
    {
        QFETCH(QString, kind);
        QFETCH(QByteArray, state);
        QFETCH(qint64, now);
        QTEST(viewOf(kind, state, now).headline, "headline");
    }

    void readsEachRacer_data()
    {
        QTest::addColumn<QByteArray>("phase");
        QTest::addColumn<QByteArray>("player");
        QTest::addColumn<QString>("doing");
        QTest::addColumn<int>("place");
        QTest::addColumn<double>("progress");
        QTest::addColumn<double>("accuracy");
        QTest::newRow("on the line") << QByteArray("countdown") << QByteArray("p1") << u"on the line"_s << 0 << 0.25
                                     << -1.0;
        QTest::newRow("typing") << QByteArray("racing") << QByteArray("p1") << u"typing"_s << 0 << 0.25 << -1.0;
        QTest::newRow("done") << QByteArray("racing") << QByteArray("p2") << u"done"_s << 1 << 1.0 << 0.975;
        QTest::newRow("gave up") << QByteArray("racing") << QByteArray("p3") << u"gave up"_s << 0 << 0.1 << -1.0;
        QTest::newRow("watching") << QByteArray("racing") << QByteArray("p4") << u"watching"_s << 0 << -1.0 << -1.0;
        QTest::newRow("too late") << QByteArray("finished") << QByteArray("p1") << u"not done"_s << 0 << 0.25 << -1.0;
    }
    void readsEachRacer()
    {
        QFETCH(QByteArray, phase);
        QFETCH(QByteArray, player);
        const PlayerStanding standing = racerView(phase).players.value(player);
        QTEST(standing.doing, "doing");
        const auto cell = [&](const QString &title) {
            return cellOf(gameFace(u"code-racer"_s).playerColumns(), standing.cells, title);
        };
        QFETCH(int, place);
        QCOMPARE(cell(u"Place"_s).text, place > 0 ? QString::number(place) : QString());
        QTEST(cell(u"Progress"_s).share, "progress");
        QTEST(cell(u"Accuracy"_s).order, "accuracy");
    }

    void showsTheCode()
    {
        const GameView view = racerView("racing");
        QCOMPARE(view.text, u"int main()\n{\n  \U0001F40E;\n}\n"_s);
        QCOMPARE(view.subject, u"Least program · C++ · 20 characters"_s);
        QVERIFY(!view.isJson);
    }

    void readsHorsesAndChips()
    {
        const GameView view =
            viewOf(u"horse-race"_s, horseRaceState("results", R"(,"positions":[0.9,1],"ranking":[2,1])"));
        QCOMPARE(view.board.size(), 2);
        QCOMPARE(view.board[0].number, 1);
        QCOMPARE(textsOf(view.board[0].cells), (QStringList{u"1"_s, u"Thunder"_s, u"2.50"_s, u"90 %"_s, u"2"_s}));
        QCOMPARE(textsOf(view.board[1].cells), (QStringList{u"2"_s, u"Daisy"_s, u"7.25"_s, u"100 %"_s, u"1"_s}));
        QCOMPARE(view.board[0].cells[3].share, 0.9);
        const PlayerStanding ada = view.players.value("p1"), grace = view.players.value("p2");
        QCOMPARE(textsOf(ada.cells), (QStringList{u"1,250"_s, u"100"_s, QString()}));
        QCOMPARE(ada.doing, u"has bet"_s);
        QCOMPARE(textsOf(grace.cells), (QStringList{u"9"_s, QString(), u"500"_s}));
        QCOMPARE(grace.doing, u"no bet"_s);
        QCOMPARE(viewOf(u"horse-race"_s, horseRaceState("betting")).players.value("p2").doing, u"no bet yet"_s);
    }

    void showsWhatItDoesNotKnow()
    {
        const GameView view = viewOf(u"chess"_s, R"({"board":["e4",1.50]})");
        QVERIFY(view.isJson);
        QCOMPARE(view.text, u"{\n  \"board\": [\n    \"e4\",\n    1.50\n  ]\n}"_s);
        QCOMPARE(view.headline, QString());
    }

    void survivesNonsense_data()
    {
        QTest::addColumn<QByteArray>("state");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no object") << QByteArray("[1,2]");
        QTest::newRow("other types") << QByteArray(
            R"({"phase":7,"racers":{"a":1},"horses":"x","positions":{},"players":[1]})");
        QTest::newRow("empty race") << QByteArray(R"({"phase":"racing","snippet":"","racers":[{"position":5}]})");
        QTest::newRow("more positions") << QByteArray(
            R"({"phase":"racing","horses":[],"positions":[1,2,3],"ranking":[9]})");
    }
    void survivesNonsense()
    {
        QFETCH(QByteArray, state);
        for (const QString &kind : {u"code-racer"_s, u"horse-race"_s, u"relay"_s, u"chess"_s}) {
            const GameView view = viewOf(kind, state);
            QVERIFY(view.board.isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(TestGameFaces)
#include "tst_gamefaces.moc"
