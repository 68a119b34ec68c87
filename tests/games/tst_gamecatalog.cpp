// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/gamecatalog.h"

#include <QTest>
#include <stdexcept>

using namespace glasshouse;

class TestGameCatalog final : public QObject
{
    Q_OBJECT

private slots:
    void makesEveryKindItLists_data();
    void makesEveryKindItLists();
    void knowsNoOther_data();
    void knowsNoOther();
    void isAValue();
    void survivesAGameThatCanNotBeMade_data();
    void survivesAGameThatCanNotBeMade();
};

void TestGameCatalog::makesEveryKindItLists_data()
{
    QTest::addColumn<QByteArray>("kind");
    QVERIFY(builtInGames().kinds().contains("relay"));
    for (const QByteArray &kind : builtInGames().kinds())
        QTest::newRow(kind.constData()) << kind;
}

void TestGameCatalog::makesEveryKindItLists()
{
    QFETCH(QByteArray, kind);
    const auto game = builtInGames().make(kind, 1);
    QVERIFY(game);
    QCOMPARE(game.value()->kind(), QByteArrayView(kind));
    QCOMPARE(builtInGames().kinds().count(kind), 1);
}

void TestGameCatalog::knowsNoOther_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("unknown") << QByteArray("chess");
    QTest::newRow("another case") << QByteArray("Relay");
    QTest::newRow("white space") << QByteArray("relay ");
}

void TestGameCatalog::knowsNoOther()
{
    QFETCH(QByteArray, kind);
    QCOMPARE(builtInGames().make(kind, 1).error().code, GameError::UnknownKind);
    QVERIFY(!builtInGames().contains(kind));
}

void TestGameCatalog::isAValue()
{
    quint64 seeds = 0;
    const GameKind chess{"chess", [&](quint64 seed, QByteArrayView options) {
                             seeds += seed;
                             return builtInGames().make("relay", seed, options);
                         }};
    const GameCatalog games{chess};
    const GameCatalog copy = games;
    QCOMPARE(copy.kinds(), QList<QByteArray>{"chess"});
    QVERIFY(copy.make("chess", 7));
    QCOMPARE(seeds, 7);
    QCOMPARE(copy.make("chess", 7, R"({"board":8})").error().code, GameError::BadOptions);
    QCOMPARE(copy.make("relay", 7).error().code, GameError::UnknownKind);
}

void TestGameCatalog::survivesAGameThatCanNotBeMade_data()
{
    QTest::addColumn<GameCatalog>("games");
    const auto throwing = [](auto thrown) {
        return GameCatalog{
            {"chess", [thrown](quint64, QByteArrayView) -> Result<std::unique_ptr<Game>, GameError> { throw thrown; }}};
    };
    QTest::newRow("error") << throwing(std::runtime_error("no board"));
    QTest::newRow("something else") << throwing(7);
}

void TestGameCatalog::survivesAGameThatCanNotBeMade()
{
    QFETCH(GameCatalog, games);
    QCOMPARE(games.make("chess", 1).error().code, GameError::BadOptions);
}

QTEST_GUILESS_MAIN(TestGameCatalog)
#include "tst_gamecatalog.moc"
