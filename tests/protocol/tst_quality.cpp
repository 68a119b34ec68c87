// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/quality.h"

#include <QTest>

using namespace glasshouse;

class TestQuality final : public QObject
{
    Q_OBJECT

private slots:
    void weighsNames_data();
    void weighsNames();
};

void TestQuality::weighsNames_data()
{
    QTest::addColumn<QList<QByteArray>>("list");
    QTest::addColumn<int>("quality"); // -1: not named
    using List = QList<QByteArray>;
    QTest::newRow("nothing") << List{} << -1;
    QTest::newRow("alone") << List{"gzip"} << 1000;
    QTest::newRow("among others") << List{"deflate", "gzip", "br"} << 1000;
    QTest::newRow("another") << List{"x-gzip", "gzipped"} << -1;
    QTest::newRow("in capitals") << List{"GZIP"} << 1000;
    QTest::newRow("with a weight") << List{"gzip;q=0.5"} << 500;
    QTest::newRow("with spaces") << List{"gzip ; Q=0.25"} << 250;
    QTest::newRow("refused") << List{"gzip;q=0"} << 0;
    QTest::newRow("refused to the last digit") << List{"gzip;q=0.000"} << 0;
    QTest::newRow("other parameters") << List{"gzip;level=9;q=0.125"} << 125;
    QTest::newRow("no number") << List{"gzip;q=much"} << 0;
    QTest::newRow("no value") << List{"gzip;q="} << 0;
    QTest::newRow("beyond one") << List{"gzip;q=2"} << 0;
    QTest::newRow("below nothing") << List{"gzip;q=-1"} << 0;
    QTest::newRow("not finite") << List{"gzip;q=nan"} << 0;
    QTest::newRow("an empty parameter") << List{"gzip;"} << 1000;
}

void TestQuality::weighsNames()
{
    QFETCH(QList<QByteArray>, list);
    QTEST(qualityOf("gzip", list).value_or(-1), "quality");
}

QTEST_GUILESS_MAIN(TestQuality)
#include "tst_quality.moc"
