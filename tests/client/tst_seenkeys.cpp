// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/seenkeys.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestSeenKeys final : public QObject
{
    Q_OBJECT
private slots:
    void learns_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("object") << "{\"type\":\"x\",\"Data\":{\"id\":1}}"_ba
                                << QStringList{u"Data"_s, u"id"_s, u"type"_s};
        QTest::newRow("array") << "[{\"a\":1},{\"a\":2,\"b\":[{\"c\":0}]}]"_ba << QStringList{u"a"_s, u"b"_s, u"c"_s};
        QTest::newRow("escapes as written") << "{\"\\u00e4\":1}"_ba << QStringList{u"\\u00e4"_s};
        QTest::newRow("no JSON") << "{\"a\":"_ba << QStringList{};
        QTest::newRow("text") << "hello"_ba << QStringList{};
        QTest::newRow("long key") << "{\""_ba + QByteArray(65, 'x') + "\":1,\"\":2}" << QStringList{};
        QTest::newRow("long message") << "{\"a\":\""_ba + QByteArray(70'000, 'x') + "\"}" << QStringList{};
        QTest::newRow("too deep") << "{\"a\":"_ba.repeated(12) + "1" + "}"_ba.repeated(12) << QStringList{u"a"_s};
    }
    void learns()
    {
        QFETCH(QByteArray, message);
        SeenKeys keys;
        const bool isNew = keys.learn(message);
        QTEST(keys.words(), "words");
        QCOMPARE(isNew, !keys.words().isEmpty());
        QVERIFY(!keys.learn(message));
    }

    void forgetsThoseSeenLongAgo()
    {
        SeenKeys keys;
        keys.learn("{\"old\":1}");
        keys.learn("{\"kept\":1}");
        for (int i = 0; i < 2 * SeenKeys::most; ++i) {
            keys.learn("{\"k" + QByteArray::number(i) + "\":1}");
            keys.learn("{\"kept\":1}");
        }
        QCOMPARE(keys.words().size(), SeenKeys::most);
        QVERIFY(!keys.words().contains(u"old"_s));
        QVERIFY(keys.words().contains(u"kept"_s));
    }

    /// Each new one costs a look at all that are known.
    void aMessageTeachesSoManyAndNoMore()
    {
        QByteArray message = "{\"k0\":0";
        for (int i = 1; i < 4 * SeenKeys::most; ++i)
            message += ",\"k" + QByteArray::number(i) + "\":0";
        SeenKeys keys;
        keys.learn("{\"old\":1}");
        QVERIFY(keys.learn(message + '}'));
        QCOMPARE(keys.words().size(), SeenKeys::most);
        QVERIFY(keys.words().contains(u"k0"_s));
        QVERIFY(!keys.words().contains(u"k%1"_s.arg(SeenKeys::most)));
        QVERIFY(keys.learn("[" + message + "},{\"next\":1}]"));
    }
};

QTEST_APPLESS_MAIN(TestSeenKeys)
#include "tst_seenkeys.moc"
