// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "tests/protocol/recordingsink.h"

#include <QTest>

using namespace glasshouse;

class TestFrameWriter : public QObject
{
    Q_OBJECT
private slots:
    void writesHeaders_data();
    void writesHeaders();
    void writesTheExamplesOfTheRfc();
    void readerUnderstandsEveryLength_data();
    void readerUnderstandsEveryLength();
    void cutsReasonsAtACodePoint_data();
    void cutsReasonsAtACodePoint();
    void closePayloadGoesThereAndBack();
    void makesFramesAgainAsTheyCame_data();
    void makesFramesAgainAsTheyCame();
};

void TestFrameWriter::writesHeaders_data()
{
    QTest::addColumn<quint64>("length");
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("0") << quint64(0) << QByteArray("8200");
    QTest::newRow("125") << quint64(125) << QByteArray("827d");
    QTest::newRow("126") << quint64(126) << QByteArray("827e007e");
    QTest::newRow("65535") << quint64(65535) << QByteArray("827effff");
    QTest::newRow("65536") << quint64(65536) << QByteArray("827f0000000000010000");
    QTest::newRow("5 GiB") << quint64(5368709120) << QByteArray("827f0000000140000000");
}

void TestFrameWriter::writesHeaders()
{
    QFETCH(quint64, length);
    QTEST(frameHeader(Opcode::Binary, length).toHex(), "hex");
    QByteArray out = "before";
    appendFrameHeader(out, Opcode::Binary, length);
    QCOMPARE(out, "before" + frameHeader(Opcode::Binary, length));
    QCOMPARE(quint8(frameHeader(Opcode::Binary, length, false)[0]), quint8(0x02));
}

void TestFrameWriter::writesTheExamplesOfTheRfc()
{
    QCOMPARE(makeFrame(Opcode::Text, "Hello").toHex(), QByteArray("810548656c6c6f"));
    QCOMPARE(makeMaskedFrame(Opcode::Text, "Hello", 0x37FA213D).toHex(), QByteArray("818537fa213d7f9f4d5158"));
    QCOMPARE(makeFrame(Opcode::Text, "Hel", false).toHex(), QByteArray("010348656c"));
    QCOMPARE(makeFrame(Opcode::Continuation, "lo").toHex(), QByteArray("80026c6f"));
    QCOMPARE(makeFrame(Opcode::Ping, "Hello").toHex(), QByteArray("890548656c6c6f"));
}

void TestFrameWriter::readerUnderstandsEveryLength_data()
{
    QTest::addColumn<int>("length");
    for (int length : {0, 1, 7, 8, 9, 124, 125, 126, 127, 65534, 65535, 65536, 65537, 200000})
        QTest::addRow("%d", length) << length;
}

void TestFrameWriter::readerUnderstandsEveryLength()
{
    QFETCH(int, length);
    const QByteArray payload(length, 'z');
    for (ReaderRole role : {ReaderRole::Server, ReaderRole::Client}) {
        RecordingSink sink;
        FrameReader reader(role, {0, 0});
        QByteArray frame = role == ReaderRole::Server ? makeMaskedFrame(Opcode::Text, payload, 0xDEADBEEF)
                                                      : makeFrame(Opcode::Text, payload);
        QVERIFY(reader.feed(frame.data(), frame.size(), sink));
        QCOMPARE(sink.lines.last(), "text:" + payload.toHex());
    }
}

void TestFrameWriter::cutsReasonsAtACodePoint_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<int>("kept");
    QTest::newRow("123 bytes") << QByteArray(123, 'a') << 123;
    QTest::newRow("124 bytes") << QByteArray(124, 'a') << 123;
    QTest::newRow("code point ends at 123") << QByteArray(120, 'a') + "\xE2\x82\xAC!" << 123;
    QTest::newRow("code point over the seam") << QByteArray(121, 'a') + "\xE2\x82\xAC" << 121;
    QTest::newRow("four bytes over the seam") << QByteArray(120, 'a') + "\xF0\x9F\x98\x80" << 120;
    QTest::newRow("nothing but continuations") << QByteArray(200, '\x80') << 0;
}

void TestFrameWriter::cutsReasonsAtACodePoint()
{
    QFETCH(QByteArray, reason);
    QTEST(int(closePayload(1000, reason).size() - 2), "kept");
    QVERIFY(reason.startsWith(closePayload(1000, reason).sliced(2)));
}

void TestFrameWriter::closePayloadGoesThereAndBack()
{
    QCOMPARE(closePayload(0, "not sent"), QByteArray());
    QCOMPARE(parseClosePayload(closePayload(4002, "slow down")), (std::pair<quint16, QByteArray>(4002, "slow down")));
    QCOMPARE(parseClosePayload({}).first, quint16(1005));
    QCOMPARE(parseClosePayload("x").first, quint16(1005));
}

void TestFrameWriter::makesFramesAgainAsTheyCame_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("text") << QByteArray("810548656c6c6f");
    QTest::newRow("masked") << QByteArray("818537fa213d7f9f4d5158");
    QTest::newRow("masked with zero") << QByteArray("8185000000007f9f4d5158");
    QTest::newRow("a part") << QByteArray("010348656c");
    QTest::newRow("reserved bits") << QByteArray("f10348656c");
    QTest::newRow("an unknown opcode") << QByteArray("8b0348656c");
    QTest::newRow("a length of two bytes that needs one") << QByteArray("81fe000337fa213d7f9f4d");
    QTest::newRow("a length of eight bytes that needs one") << QByteArray("827f000000000000000148");
}

void TestFrameWriter::makesFramesAgainAsTheyCame()
{
    QFETCH(QByteArray, hex);
    QByteArray bytes = QByteArray::fromHex(hex);
    struct Again final : FrameSink
    {
        QByteArray bytes;
        bool frameReceived(const FrameHeader &header, QByteArrayView payload) override
        {
            bytes += wireBytes(header, payload);
            return true;
        }
        bool messageReceived(MessageKind, QByteArrayView) override { return true; }
        bool controlReceived(Opcode, QByteArrayView) override { return true; }
        void frameBroken(const FrameHeader &header, QByteArrayView payload, FrameViolation) override
        {
            bytes += wireBytes(header, payload);
        }
    } sink;
    FrameReader reader(ReaderRole::Server, {}, ReaderRigor::Tolerant);
    QVERIFY(reader.feed(bytes.data(), bytes.size(), sink));
    QCOMPARE(sink.bytes.toHex(), hex);
}

QTEST_GUILESS_MAIN(TestFrameWriter)
#include "tst_framewriter.moc"
