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

const QList<QByteArray> names{{}, {}, "move"_ba, "chat"_ba, "a"_ba};

QByteArray packed(const QList<FrameRecord> &rows)
{
    RowPacker packer(names);
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

/// `named`: so many names were used by earlier rows.
FrameRecord randomRow(QRandomGenerator &random, qint64 &timeUs, quint32 &payloadEnd, quint32 &named)
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
    row.answers = anyOf<quint32>(random, {0, 0, 0, 1, 255, 256, most});
    row.rule = anyOf<quint16>(random, {0, 0, 0, 1, 0xFFFF});
    if (isText(row))
        row.type = quint16(random.bounded(std::min<quint32>(MessageTypes::firstName + named + 1, names.size())));
    named = std::max<quint32>(named, row.type < MessageTypes::firstName ? 0 : row.type - MessageTypes::firstName + 1);
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
    void refusesNumbersWithoutAName_data();
    void refusesNumbersWithoutAName();
    void knowsWhatEarlierFormatsCanNotHave();
    void takesAboutTenBytesForAnEcho_data();
    void takesAboutTenBytesForAnEcho();
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
    FrameRecord typed = in;
    typed.type = 2;
    FrameRecord answer = out;
    answer.type = 3;
    answer.answers = 1;
    FrameRecord back = typed;
    back.timeUs = answer.timeUs;
    back.answers = 0x102;
    back.rule = 7;
    FrameRecord plain = back;
    plain.answers = plain.rule = 0;
    plain.type = MessageTypes::none;
    FrameRecord ping = plain;
    ping.firstByte = 0x89; // has no type, and leaves that of the text rows
    ping.type = MessageTypes::unknown;
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
    const QByteArray first = "bf 0e 04 6d6f7665 0807060504030201 09000000 81020600 d4c3b2a1 0300"; // the name "move"
    const QByteArray second = " 19 1e 04 63686174 01 c8 81010200"; // "chat", and answers
    const QByteArray third = " 38 65 02010000 0700 d4c3b2a1";      // "move" again
    QTest::newRow("a type") << QList<FrameRecord>{typed} << first;
    QTest::newRow("another one, in an answer") << QList<FrameRecord>{typed, answer} << first + second;
    QTest::newRow("back, touched by a rule") << QList<FrameRecord>{typed, answer, back} << first + second + third;
    QTest::newRow("no type") << QList<FrameRecord>{typed, answer, back, plain}
                             << first + second + third + " 38 08 01 d4c3b2a1";
    QTest::newRow("no text") << QList<FrameRecord>{typed, answer, back, ping, back}
                             << first + second + third + " 30 89020600 d4c3b2a1 38 61 02010000 0700 d4c3b2a1";
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
        quint32 named = 0;
        QList<FrameRecord> rows;
        for (int i = random.bounded(1, 20); i > 0; --i)
            rows.append(randomRow(random, timeUs, payloadEnd, named));
        const auto back = unpackRows(packed(rows), quint32(rows.size()), payloadEnd);
        QVERIFY(back);
        QVERIFY(isSame(back->rows, rows));
        QCOMPARE(back->names, names.first(MessageTypes::firstName + named));
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
    quint32 named = 0;
    QList<FrameRecord> rows;
    for (int i = 0; i < 50; ++i)
        rows.append(randomRow(random, timeUs, payloadEnd, named));
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
        for (const FrameRecord &row : rows.value_or(UnpackedRows()).rows)
            QVERIFY(quint64{row.payloadOffset} + row.storedLength <= 100);
    }
}

void TestPackedRows::refusesNumbersWithoutAName_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<bool>("good");
    QTest::newRow("none") << "18 0a 01 81000000"_ba << true;
    QTest::newRow("a number before its name") << "18 0a 02 81000000"_ba << false;
    QTest::newRow("a name") << "18 0e 01 61 81000000"_ba << true;
    QTest::newRow("a name that ends outside") << "18 0e 40 61 81000000"_ba << false;
    QTest::newRow("an empty name") << "18 0e 00 81000000"_ba << false;
    QTest::newRow("a name of other letters") << "18 0e 01 41 81000000"_ba << false;
    QTest::newRow("a name that is too long") << "18 0e 41" + QByteArray("61").repeated(65) + "81000000" << false;
    QTest::newRow("a kind that is not") << "18 03 81000000"_ba << false;
    QTest::newRow("an answer that is not") << "18 32 00 81000000"_ba << false;
    QTest::newRow("the bit that is not used") << "18 82 81000000"_ba << false;
    QTest::newRow("a type of what is no text") << "18 0e 01 61 82000000"_ba << false;
    QTest::newRow("cut off") << "18"_ba << false;
}

void TestPackedRows::refusesNumbersWithoutAName()
{
    QFETCH(QByteArray, hex);
    QFETCH(bool, good);
    QCOMPARE(unpackRows(QByteArray::fromHex(hex), 1, 0).has_value(), good);
    QVERIFY(!unpackRows(QByteArray::fromHex("180e016181000000 180c0161"), 2, 0)); // the same name again
    QVERIFY(unpackRows(QByteArray::fromHex("180e016181000000 180c0162"), 2, 0));
}

void TestPackedRows::knowsWhatEarlierFormatsCanNotHave()
{
    const FrameRecord plain{.firstByte = 0x81};
    FrameRecord typed = plain;
    typed.type = MessageTypes::none;
    QVERIFY(unpackRows(packed({plain}), 1, 0, false));
    QVERIFY(!unpackRows(packed({typed}), 1, 0, false));
    QVERIFY(unpackRows(packed({typed}), 1, 0, true));
}

void TestPackedRows::takesAboutTenBytesForAnEcho_data()
{
    QTest::addColumn<quint16>("type");
    QTest::newRow("binary, or nobody looked") << MessageTypes::unknown;
    QTest::newRow("text without a type") << MessageTypes::none;
    QTest::newRow("a type") << MessageTypes::firstName;
}

void TestPackedRows::takesAboutTenBytesForAnEcho()
{
    QFETCH(quint16, type);
    QList<FrameRecord> rows;
    for (quint32 i = 0; i < 1000; ++i) {
        FrameRecord in{.timeUs = 1'800'000'000'000'000 + 100 * qint64(i),
                       .connection = 1,
                       .wireLength = 64,
                       .storedLength = 64,
                       .payloadOffset = 64 * i,
                       .key = i + 1,
                       .firstByte = 0x81,
                       .flags = RecordMasked,
                       .headerSize = 6};
        in.type = type;
        FrameRecord out = in;
        out.key = 0;
        out.flags = RecordOut;
        out.headerSize = 2;
        rows << in << out;
    }
    // Another time, the mask key, and two bytes that say so; the same was all that format 3 took.
    QVERIFY(packed(rows).size() <= 1000 * (1 + 1 + 4 + 1) + 64);
}

QTEST_APPLESS_MAIN(TestPackedRows)
#include "tst_packedrows.moc"
