// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/decimal.h"

#include <QTest>

using namespace glasshouse;

class TestDecimal : public QObject
{
    Q_OBJECT
private slots:
    void readsNumbersOfJsonAlone_data();
    void readsNumbersOfJsonAlone();
    void comparesByDigits_data();
    void comparesByDigits();
    void comparesLongOnesAtOnce();
};

void TestDecimal::readsNumbersOfJsonAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isNumber");
    for (const char *text : {"0", "-0", "7", "-12", "0.5", "1e5", "1E+5", "1.25e-3", "123456789012345678901234567890"})
        QTest::newRow(text) << QByteArray(text) << true;
    for (const char *text : {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x10", "1 ", " 1", "NaN", "1.2.3", "--1"})
        QTest::newRow(text) << QByteArray(text) << false;
    QTest::newRow("NUL") << QByteArray("1\0", 2) << false;
}

void TestDecimal::readsNumbersOfJsonAlone()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isNumber);
    QCOMPARE(Decimal::read(text).has_value(), isNumber);
}

void TestDecimal::comparesByDigits_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<int>("order");
    const auto row = [](const char *left, int order, const char *right) {
        QTest::addRow("%s and %s", left, right) << QByteArray(left) << QByteArray(right) << order;
    };
    row("1", 0, "1");
    row("1", 0, "1.0");
    row("100", 0, "1e2");
    row("0.1", 0, "1E-1");
    row("0.0010", 0, "1e-3");
    row("-0", 0, "0");
    row("0e9", 0, "-0.000");
    row("9007199254740992", -1, "9007199254740993");
    row("9223372036854775807", -1, "9223372036854775808");
    row("18446744073709551616", 1, "18446744073709551615");
    row("0.1", -1, "0.10000000000000000000000001");
    row("2", -1, "10");
    row("-2", 1, "-10");
    row("-1", -1, "1");
    row("0", -1, "1e-400");
    row("-1e-400", -1, "0");
    row("1e400", 1, "1e399");
    row("9.99e400", -1, "1e401");
    row("1e999999999999999999999999", 1, "5");
    row("1e-999999999999999999999999", -1, "5");
    row("123.456", 0, "123456e-3");
    row("123.456", 1, "123.4559");
}

void TestDecimal::comparesByDigits()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(int, order);
    const auto compared = *Decimal::read(left) <=> *Decimal::read(right);
    QCOMPARE(compared < 0 ? -1 : compared > 0 ? 1 : 0, order);
    QCOMPARE(*Decimal::read(right) == *Decimal::read(left), order == 0);
    const auto turned = *Decimal::read(right) <=> *Decimal::read(left);
    QCOMPARE(turned < 0 ? 1 : turned > 0 ? -1 : 0, order);
}

void TestDecimal::comparesLongOnesAtOnce()
{
    const QByteArray nines = "0." + QByteArray(1'000'000, '9');
    QVERIFY(*Decimal::read(nines) < *Decimal::read("1"));
    QVERIFY(*Decimal::read(nines + '1') > *Decimal::read(nines));
    QVERIFY(*Decimal::read(nines + "000") == *Decimal::read(nines));
}

QTEST_GUILESS_MAIN(TestDecimal)
#include "tst_decimal.moc"
