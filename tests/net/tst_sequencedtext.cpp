// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/wire/sequencedtext.h"
#include "protocol/framewriter.h"

#include <QTest>

using namespace glasshouse;

class TestSequencedText final : public QObject
{
    Q_OBJECT

private slots:
    void makesTheFrameThatTheWriterMakes_data();
    void makesTheFrameThatTheWriterMakes();
    void buildsBytesOnceForANumberOfDigits();
};

void TestSequencedText::makesTheFrameThatTheWriterMakes_data()
{
    QTest::addColumn<qsizetype>("bodySize");
    QTest::addColumn<quint64>("number");
    // The length of a frame is written in 1, 3 or 9 bytes: both sides of each border.
    for (const qsizetype payload : {10, 124, 125, 126, 127, 65534, 65535, 65536, 65537}) {
        for (const quint64 number : {quint64(1), quint64(99), quint64(100), quint64(4'294'967'296)}) {
            const qsizetype tail = QByteArray::number(number).size() + 1;
            if (payload > tail)
                QTest::addRow("%lld bytes, number %llu", qlonglong(payload), qulonglong(number))
                    << payload - tail << number;
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
    const QByteArray whole = makeFrame(Opcode::Text, QByteArray(body + tail));
    QCOMPARE(text.head(int(tail.size()) - 1) + tail, whole);
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
