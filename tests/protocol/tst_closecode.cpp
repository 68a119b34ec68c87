// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/closecode.h"
#include "protocol/frame.h"

#include <QTest>

using namespace glasshouse;

class TestCloseCode : public QObject
{
    Q_OBJECT
private slots:
    void allowsOnTheWire_data();
    void allowsOnTheWire();
    void everyOwnCodeHasANameAndIsValid();
    void bringsClientsBackAsTheTableSays_data();
    void bringsClientsBackAsTheTableSays();
    void everyViolationHasACodeAndAShortSentence();
};

void TestCloseCode::allowsOnTheWire_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    QTest::addColumn<bool>("valid");
    QTest::newRow("below") << 0 << 999 << false;
    QTest::newRow("standard") << 1000 << 1003 << true;
    QTest::newRow("never on the wire") << 1004 << 1006 << false;
    QTest::newRow("registered") << 1007 << 1014 << true;
    QTest::newRow("TLS and reserved") << 1015 << 2999 << false;
    QTest::newRow("libraries and private") << 3000 << 4999 << true;
    QTest::newRow("above") << 5000 << 65535 << false;
}

void TestCloseCode::allowsOnTheWire()
{
    QFETCH(int, first);
    QFETCH(int, last);
    QFETCH(bool, valid);
    for (int code = first; code <= last; ++code)
        QVERIFY2(isValidCloseCode(quint16(code)) == valid, qPrintable(QString::number(code)));
}

void TestCloseCode::everyOwnCodeHasANameAndIsValid()
{
    for (quint16 code = 4001; code <= 4010; ++code) {
        QVERIFY(isValidCloseCode(code));
        QVERIFY(!closeCodeName(code).isEmpty());
    }
    QCOMPARE(closeCodeName(1001), QByteArrayView("going away"));
    QVERIFY(closeCodeName(1004).isEmpty());
    QVERIFY(closeCodeName(4999).isEmpty());
}

void TestCloseCode::bringsClientsBackAsTheTableSays_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("comesBack");
    for (int code : {0, 1001, 1006, 1011, 1012, 1013, 1014, 4002, 4005, 4006, 4007, 4010})
        QTest::addRow("%d", code) << code << true;
    for (int code : {1000, 1002, 1003, 1005, 1007, 1008, 1009, 4001, 4003, 4004, 4008, 4009, 4011, 9})
        QTest::addRow("%d", code) << code << false;
}

void TestCloseCode::bringsClientsBackAsTheTableSays()
{
    QFETCH(int, code);
    QTEST(shouldReconnect(quint16(code)), "comesBack");
}

void TestCloseCode::everyViolationHasACodeAndAShortSentence()
{
    QCOMPARE(closeCodeFor(FrameViolation::None), quint16(0));
    QCOMPARE(closeCodeFor(FrameViolation::ReservedBits), quint16(1002));
    QCOMPARE(closeCodeFor(FrameViolation::InvalidUtf8), quint16(1007));
    QCOMPARE(closeCodeFor(FrameViolation::InvalidCloseReason), quint16(1007));
    QCOMPARE(closeCodeFor(FrameViolation::TooManyFragments), quint16(1008));
    QCOMPARE(closeCodeFor(FrameViolation::MessageTooBig), quint16(1009));
    for (int i = 1; i <= int(FrameViolation::InvalidCloseReason); ++i) {
        const auto violation = FrameViolation(i);
        QVERIFY(isValidCloseCode(closeCodeFor(violation)));
        QVERIFY(!describe(violation).isEmpty());
        QVERIFY(describe(violation).size() <= 100);
    }
}

QTEST_GUILESS_MAIN(TestCloseCode)
#include "tst_closecode.moc"
