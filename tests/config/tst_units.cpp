// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/units.h"

#include <QTest>
#include <limits>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestUnits final : public QObject
{
    Q_OBJECT

private slots:
    void readsSizes_data();
    void readsSizes();
    void writesSizes_data();
    void writesSizes();
    void readsTimes_data();
    void readsTimes();
    void readsRates_data();
    void readsRates();
    void readsNumbers_data();
    void readsNumbers();
};

// −1 stands for "not one" in all tables here: no unit can be negative.

void TestUnits::readsSizes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("bytes") << u"64"_s << qint64(64);
    QTest::newRow("zero") << u"0"_s << qint64(0);
    QTest::newRow("k") << u"64k"_s << qint64(65'536);
    QTest::newRow("K") << u"64K"_s << qint64(65'536);
    QTest::newRow("M") << u"1M"_s << qint64(1'048'576);
    QTest::newRow("G") << u"2G"_s << qint64(2'147'483'648);
    QTest::newRow("the largest") << u"9223372036854775807"_s << std::numeric_limits<qint64>::max();
    QTest::newRow("the largest in G") << u"8589934591G"_s << qint64(8'589'934'591) * 1024 * 1024 * 1024;
    QTest::newRow("too large") << u"9223372036854775808"_s << qint64(-1);
    QTest::newRow("too large in G") << u"8589934592G"_s << qint64(-1);
    QTest::newRow("negative") << u"-1"_s << qint64(-1);
    QTest::newRow("plus") << u"+1"_s << qint64(-1);
    QTest::newRow("empty") << QString() << qint64(-1);
    QTest::newRow("unit alone") << u"k"_s << qint64(-1);
    QTest::newRow("two units") << u"1kk"_s << qint64(-1);
    QTest::newRow("unknown unit") << u"1T"_s << qint64(-1);
    QTest::newRow("fraction") << u"1.5M"_s << qint64(-1);
    QTest::newRow("space") << u"1 M"_s << qint64(-1);
    QTest::newRow("hexadecimal") << u"0x10"_s << qint64(-1);
    QTest::newRow("other digits") << u"٣"_s << qint64(-1);
    QTest::newRow("words") << u"much"_s << qint64(-1);
}

void TestUnits::readsSizes()
{
    QFETCH(QString, text);
    QTEST(parseSize(text).value_or(-1), "bytes");
}

void TestUnits::writesSizes_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << qint64(0) << u"0"_s;
    QTest::newRow("odd") << qint64(65'537) << u"65537"_s;
    QTest::newRow("k") << qint64(65'536) << u"64k"_s;
    QTest::newRow("M") << qint64(1'048'576) << u"1M"_s;
    QTest::newRow("not a whole M") << qint64(1'049'600) << u"1025k"_s;
    QTest::newRow("G") << qint64(2'147'483'648) << u"2G"_s;
    QTest::newRow("there is nothing above G") << qint64(1) * 1024 * 1024 * 1024 * 1024 << u"1024G"_s;
}

void TestUnits::writesSizes()
{
    QFETCH(qint64, bytes);
    QTEST(sizeText(bytes), "text");
    QCOMPARE(parseSize(sizeText(bytes)), bytes);
}

void TestUnits::readsTimes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("seconds");
    QTest::newRow("plain") << u"30"_s << 30;
    QTest::newRow("s") << u"30s"_s << 30;
    QTest::newRow("m") << u"2m"_s << 120;
    QTest::newRow("h") << u"1h"_s << 3'600;
    QTest::newRow("zero") << u"0"_s << 0;
    QTest::newRow("eleven days") << u"1000000"_s << 1'000'000;
    QTest::newRow("more") << u"1000001"_s << -1;
    QTest::newRow("too large") << u"99999999999999999999h"_s << -1;
    QTest::newRow("negative") << u"-5s"_s << -1;
    QTest::newRow("a unit of sizes") << u"5k"_s << -1;
    QTest::newRow("milliseconds") << u"500ms"_s << -1;
    QTest::newRow("empty") << QString() << -1;
}

void TestUnits::readsTimes()
{
    QFETCH(QString, text);
    QTEST(parseSeconds(text).value_or(-1), "seconds");
}

void TestUnits::readsRates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("rate");
    QTest::newRow("plain") << u"60"_s << qint64(60);
    QTest::newRow("a second") << u"60/s"_s << qint64(60);
    QTest::newRow("with a unit") << u"256k/s"_s << qint64(262'144);
    QTest::newRow("none") << u"0"_s << qint64(0);
    QTest::newRow("a minute") << u"60/m"_s << qint64(-1);
    QTest::newRow("twice") << u"60/s/s"_s << qint64(-1);
    QTest::newRow("a second alone") << u"/s"_s << qint64(-1);
    QTest::newRow("negative") << u"-60/s"_s << qint64(-1);
}

void TestUnits::readsRates()
{
    QFETCH(QString, text);
    QTEST(parseRate(text).value_or(-1), "rate");
}

void TestUnits::readsNumbers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("number");
    QTest::newRow("least") << u"0"_s << 0;
    QTest::newRow("most") << u"65535"_s << 65'535;
    QTest::newRow("over") << u"65536"_s << -1;
    QTest::newRow("far over") << u"99999999999999"_s << -1;
    QTest::newRow("negative") << u"-1"_s << -1;
    QTest::newRow("plus") << u"+1"_s << -1;
    QTest::newRow("space") << u" 1"_s << -1;
    QTest::newRow("letters") << u"80a"_s << -1;
    QTest::newRow("empty") << QString() << -1;
}

void TestUnits::readsNumbers()
{
    QFETCH(QString, text);
    QTEST(parseNumber(text, 0, 65'535).value_or(-1), "number");
}

QTEST_GUILESS_MAIN(TestUnits)
#include "tst_units.moc"
