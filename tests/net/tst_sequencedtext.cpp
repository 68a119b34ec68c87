// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/wire/sequencedtext.h"
#include "protocol/framewriter.h"

#include <QTest>
#include <limits>

using namespace glasshouse;

class TestSequencedText final : public QObject
{
    Q_OBJECT

private slots:
    void countsDigits_data();
    void countsDigits();
    void makesTheFrameThatTheWriterMakes_data();
    void makesTheFrameThatTheWriterMakes();
    void buildsBytesOnceForANumberOfDigits();
};

void TestSequencedText::countsDigits_data()
{
    QTest::addColumn<quint64>("number");
    QTest::addColumn<int>("digits");
    QTest::newRow("0") << quint64(0) << 1;
    QTest::newRow("9") << quint64(9) << 1;
    QTest::newRow("10") << quint64(10) << 2;
    QTest::newRow("99") << quint64(99) << 2;
    QTest::newRow("100") << quint64(100) << 3;
    QTest::newRow("the largest signed one") << quint64(std::numeric_limits<qint64>::max()) << 19;
}

void TestSequencedText::countsDigits()
{
    QFETCH(quint64, number);
    QTEST(SequencedText::digitsOf(number), "digits");
}

void TestSequencedText::makesTheFrameThatTheWriterMakes_data()
{
    QTest::addColumn<qsizetype>("bodySize");
    QTest::addColumn<quint64>("number");
    // The length of a frame is written in 1, 3 or 9 bytes: both sides of each border.
    for (const qsizetype payload : {10, 124, 125, 126, 127, 65534, 65535, 65536, 65537}) {
        for (const quint64 number : {quint64(1), quint64(99), quint64(100), quint64(4'294'967'296)}) {
            if (payload > SequencedText::digitsOf(number) + 1)
                QTest::addRow("%lld bytes, number %llu", qlonglong(payload), qulonglong(number))
                    << payload - SequencedText::digitsOf(number) - 1 << number;
        }
    }
}

void TestSequencedText::makesTheFrameThatTheWriterMakes()
{
    QFETCH(qsizetype, bodySize);
    QFETCH(quint64, number);
    const QByteArray body(bodySize, 'x');
    SequencedText text(body);
    const QByteArray tail = QByteArray::number(number) + '}';
    const int digits = SequencedText::digitsOf(number);
    const QByteArray whole = makeFrame(Opcode::Text, QByteArray(body + tail));
    QCOMPARE(text.head(digits) + tail, whole);
    QCOMPARE(text.headerSize(digits), whole.size() - body.size() - tail.size());
}

void TestSequencedText::buildsBytesOnceForANumberOfDigits()
{
    SequencedText text("{\"seq\":");
    const QByteArray first = text.head(1);
    QCOMPARE(text.head(1).constData(), first.constData());
    QVERIFY(text.head(2).constData() != first.constData());
    QCOMPARE(text.head(1).constData(), first.constData());
}

QTEST_GUILESS_MAIN(TestSequencedText)
#include "tst_sequencedtext.moc"
