// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/packedrows.h"

#include <QRandomGenerator>
#include <QTest>
#include <limits>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr quint32 most = std::numeric_limits<quint32>::max();

QByteArray packed(const QList<FrameRecord> &rows)
{
    RowPacker packer;
    for (const FrameRecord &row : rows)
        packer.add(row);
    return packer.take().rows;
}

bool isSame(const QList<FrameRecord> &left, const QList<FrameRecord> &right)
{
    return left.size() == right.size()
        && std::memcmp(left.constData(), right.constData(), size_t(left.size()) * sizeof(FrameRecord)) == 0;
}

/// One of a few values, so that rows often agree with the one before.
template <typename Number>
Number anyOf(QRandomGenerator &random, std::initializer_list<Number> values)
{
    return *(values.begin() + random.bounded(int(values.size())));
}

FrameRecord randomRow(QRandomGenerator &random, qint64 &timeUs, quint32 &payloadEnd)
{
    timeUs += anyOf<qint64>(random, {0, 0, 1, 255, 256, 65535, 65536, 1LL << 40, -5});
    FrameRecord row{.timeUs = timeUs,
                    .connection = anyOf<quint32>(random, {0, 1, 2, most}),
                    .wireLength = anyOf<quint32>(random, {0, 64, 255, 65535, 65536, most}),
                    .key = anyOf<quint32>(random, {0, 1, most})};
    setKind(row, anyOf<quint32>(random, {0, 0x06810281, 0x02010181, random.generate()}));
    row.storedLength = anyOf<quint32>(random, {0, 64, 64, 100});
    row.payloadOffset = anyOf<quint32>(random, {payloadEnd, payloadEnd, 0, 17});
    payloadEnd = std::max(payloadEnd, row.payloadOffset + row.storedLength);
    return row;
}

} // namespace

class TestPackedRows : public QObject
{
    Q_OBJECT
private slots:
    void liesAsTheFormatSays_data();
    void liesAsTheFormatSays();
    void bringsAnyRowsBack();
    void beginsAgainAfterTake();
    void refusesWhatIsCutOffOrTooLong();
    void refusesPayloadsOutside_data();
    void refusesPayloadsOutside();
    void neverReadsOutsideOfAnything();
};

// docs/capture-format.md, by hand.
void TestPackedRows::liesAsTheFormatSays_data()
{
    QTest::addColumn<QList<FrameRecord>>("rows");
    QTest::addColumn<QByteArray>("hex");
    const FrameRecord in{.timeUs = 0x0102030405060708,
                         .connection = 9,
                         .wireLength = 3,
                         .storedLength = 3,
                         .key = 0xa1b2c3d4,
                         .firstByte = 0x81,
                         .flags = RecordMasked,
                         .headerSize = 6};
    FrameRecord out = in;
    out.timeUs += 200;
    out.key = 0;
    out.flags = RecordOut;
    out.headerSize = 2;
    FrameRecord again = in;
    again.timeUs += 200 + 500;
    again.payloadOffset = 3;
    FrameRecord broken = again;
    broken.wireLength = 0x01000000;
    broken.payloadOffset = 0;
    broken.connection = 10;
    QTest::newRow("nothing but zeros") << QList<FrameRecord>{{}} << "00"_ba;
    QTest::newRow("a frame that comes") << QList<FrameRecord>{in}
                                        << "b7 0807060504030201 09000000 81020600 d4c3b2a1 0300"_ba;
    QTest::newRow("and goes again") << QList<FrameRecord>{in, out}
                                    << "b7 0807060504030201 09000000 81020600 d4c3b2a1 0300 11c8 81010200"_ba;
    QTest::newRow("another one") << QList<FrameRecord>{in, out, again}
                                 << "b7 0807060504030201 09000000 81020600 d4c3b2a1 0300 11c8 81010200"
                                    "6a f401 d4c3b2a1"_ba;
    QTest::newRow("lengths that differ") << QList<FrameRecord>{in, out, again, broken}
                                         << "b7 0807060504030201 09000000 81020600 d4c3b2a1 0300 11c8 81010200"
                                            "6a f401 d4c3b2a1 e4 0a000000 d4c3b2a1 00000001 03000000 00000000"_ba;
}

void TestPackedRows::liesAsTheFormatSays()
{
    QFETCH(QList<FrameRecord>, rows);
    QFETCH(QByteArray, hex);
    QCOMPARE(packed(rows).toHex(), hex.replace(" ", ""));
}

void TestPackedRows::bringsAnyRowsBack()
{
    QRandomGenerator random(20260131);
    for (int round = 0; round < 2000; ++round) {
        qint64 timeUs = 1'800'000'000'000'000;
        quint32 payloadEnd = 0;
        QList<FrameRecord> rows;
        for (int i = random.bounded(1, 20); i > 0; --i)
            rows.append(randomRow(random, timeUs, payloadEnd));
        const auto back = unpackRows(packed(rows), quint32(rows.size()), payloadEnd);
        QVERIFY(back);
        QVERIFY(isSame(*back, rows));
    }
}

void TestPackedRows::beginsAgainAfterTake()
{
    const FrameRecord row{.timeUs = 5, .connection = 1, .wireLength = 2, .storedLength = 2, .firstByte = 0x81};
    RowPacker packer;
    packer.add(row);
    packer.add(row);
    QCOMPARE(packer.count(), 2U);
    const CaptureBatch first = packer.take(QByteArray(100, 'm'), 10);
    QCOMPARE(first.rowCount, 2U);
    QCOMPARE(first.firstTimeUs, 5);
    QCOMPARE(first.lastTimeUs, 5);
    QCOMPARE(packer.count(), 0U);
    QCOMPARE(packer.bytes(), 0);
    packer.add(row);
    packer.add(row);
    const CaptureBatch second = packer.take();
    QCOMPARE(second.firstTimeUs, 5);
    QCOMPARE(second.rows, first.rows);
}

void TestPackedRows::refusesWhatIsCutOffOrTooLong()
{
    QRandomGenerator random(7);
    qint64 timeUs = 0;
    quint32 payloadEnd = 0;
    QList<FrameRecord> rows;
    for (int i = 0; i < 50; ++i)
        rows.append(randomRow(random, timeUs, payloadEnd));
    const QByteArray whole = packed(rows);
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY(!unpackRows(whole.first(size), 50, payloadEnd));
    QVERIFY(unpackRows(whole, 50, payloadEnd));
    QVERIFY(!unpackRows(whole + '\0', 50, payloadEnd));
    QVERIFY(!unpackRows(whole, 49, payloadEnd));
    QVERIFY(!unpackRows(whole, 51, payloadEnd));
    QVERIFY(!unpackRows(whole, most, payloadEnd));
}

void TestPackedRows::refusesPayloadsOutside_data()
{
    QTest::addColumn<quint32>("offset");
    QTest::addColumn<quint32>("size");
    QTest::newRow("too long") << 0U << 101U;
    QTest::newRow("behind the end") << 101U << 0U;
    QTest::newRow("half outside") << 60U << 60U;
    QTest::newRow("a sum that overflows") << 0x20U << 0xfffffff0U;
}

void TestPackedRows::refusesPayloadsOutside()
{
    QFETCH(quint32, offset);
    QFETCH(quint32, size);
    const FrameRecord row{.wireLength = size, .storedLength = size, .payloadOffset = offset};
    QVERIFY(!unpackRows(packed({row}), 1, 100));
    const FrameRecord inside{.wireLength = 40, .storedLength = 40, .payloadOffset = 60};
    QVERIFY(unpackRows(packed({inside}), 1, 100));
}

void TestPackedRows::neverReadsOutsideOfAnything()
{
    QRandomGenerator random(99);
    for (int round = 0; round < 20000; ++round) {
        QByteArray bytes(random.bounded(64), Qt::Uninitialized);
        for (char &byte : bytes)
            byte = char(random.generate());
        const quint32 count = random.bounded(8U);
        const auto rows = unpackRows(bytes, count, 100);
        for (const FrameRecord &row : rows.value_or(QList<FrameRecord>()))
            QVERIFY(quint64{row.payloadOffset} + row.storedLength <= 100);
    }
}

QTEST_APPLESS_MAIN(TestPackedRows)
#include "tst_packedrows.moc"
