// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/jsonchanges.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

std::atomic<bool> stop = false;

/// "path: before > now", one behind the other.
QString changes(const QByteArray &before, const QByteArray &now)
{
    QStringList lines;
    const JsonChanges found = jsonChanges(before, now, 100, stop);
    for (const auto &change : found.list)
        lines << change.path.wordsFromRoot() + u": "_s + QString::fromUtf8(change.before) + u" > "_s
                + QString::fromUtf8(change.now);
    return lines.join(u'|');
}

} // namespace

class TestJsonChanges final : public QObject
{
    Q_OBJECT
private slots:
    void findsWhatIsDifferent_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<QString>("found");
        QTest::newRow("nothing") << "{\"a\":1}"_ba
                                 << "{\"a\":1}"_ba << QString();
        QTest::newRow("white space") << "{\"a\":{\"b\":1}}"_ba
                                     << "{ \"a\" : { \"b\" : 1 } }"_ba << QString();
        QTest::newRow("order") << "{\"a\":1,\"b\":2}"_ba
                               << "{\"b\":2,\"a\":1}"_ba << QString();
        QTest::newRow("a value") << "{\"data\":{\"x\":1,\"y\":2}}"_ba
                                 << "{\"data\":{\"x\":3,\"y\":2}}"_ba << u"data.x: 1 > 3"_s;
        QTest::newRow("as written") << "{\"a\":1}"_ba
                                    << "{\"a\":1.0}"_ba << u"json.a: 1 > 1.0"_s;
        QTest::newRow("came") << "{}"_ba
                              << "{\"a\":[1]}"_ba << u"json.a:  > [1]"_s;
        QTest::newRow("went") << "{\"a\":\"x\",\"b\":1}"_ba
                              << "{\"b\":1}"_ba << u"json.a: \"x\" > "_s;
        QTest::newRow("elements") << "[1,2,3]"_ba
                                  << "[1,4]"_ba << u"json[1]: 2 > 4|json[2]: 3 > "_s;
        QTest::newRow("another kind") << "{\"a\":[1]}"_ba
                                      << "{\"a\":{\"0\":1}}"_ba << u"json.a: [1] > {\"0\":1}"_s;
        QTest::newRow("keys by their meaning") << "{\"\\u0061\":1}"_ba
                                               << "{\"a\":2}"_ba << u"json.a: 1 > 2"_s;
        QTest::newRow("of one name the first") << "{\"a\":1,\"a\":9}"_ba
                                               << "{\"a\":1,\"a\":2}"_ba << QString();
        QTest::newRow("no objects") << "1"_ba
                                    << "2"_ba << u"json: 1 > 2"_s;
    }
    void findsWhatIsDifferent()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, now);
        QTEST(changes(before, now), "found");
    }

    void hasAnEnd()
    {
        const QByteArray ones = "[" + QByteArray("1,").repeated(10'000) + "1]";
        const QByteArray twos = "[" + QByteArray("2,").repeated(10'000) + "2]";
        const JsonChanges found = jsonChanges(ones, twos, 100, stop);
        QCOMPARE(found.list.size(), 100);
        QVERIFY(found.isCut);
        QVERIFY(!jsonChanges("[1]", "[2]", 1, stop).isCut);
        const std::atomic<bool> stopped = true;
        QVERIFY(jsonChanges(ones, twos, 100, stopped).list.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestJsonChanges)
#include "tst_jsonchanges.moc"
