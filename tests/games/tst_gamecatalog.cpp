// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/gamecatalog.h"

#include <QTest>

using namespace glasshouse;

class TestGameCatalog final : public QObject
{
    Q_OBJECT

private slots:
    void makesEveryKindItLists_data();
    void makesEveryKindItLists();
    void knowsNoOther_data();
    void knowsNoOther();
};

void TestGameCatalog::makesEveryKindItLists_data()
{
    QTest::addColumn<QByteArray>("kind");
    QVERIFY(gameKinds().contains("relay"));
    for (const QByteArray &kind : gameKinds())
        QTest::newRow(kind.constData()) << kind;
}

void TestGameCatalog::makesEveryKindItLists()
{
    QFETCH(QByteArray, kind);
    const auto game = makeGame(kind, 1);
    QVERIFY(game);
    QCOMPARE(game.value()->kind(), QByteArrayView(kind));
    QCOMPARE(gameKinds().count(kind), 1);
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
    QVERIFY(!makeGame(kind, 1));
}

QTEST_GUILESS_MAIN(TestGameCatalog)
#include "tst_gamecatalog.moc"
