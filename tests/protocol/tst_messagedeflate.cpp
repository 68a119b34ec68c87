// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/deflate/messagedeflate.h"

#include <QRandomGenerator>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// What goes through both, and what the inflater makes of bytes that nobody meant. What each message of RFC 7692 comes to is told by
/// tst_deflateconformance.
class TestMessageDeflate final : public QObject
{
    Q_OBJECT
private slots:
    void comesBackAsItWas_data();
    void comesBackAsItWas();
    void comesBackInPieces();
    void survivesRandomBytes();
    void survivesDamage();
    void makesNoMoreThanTheLimit();
    void boundsTheLastBlocks_data();
    void boundsTheLastBlocks();
    void knowsHowMuchMayCome();
    void makesNoStreamOfTheSmallestWindow();
};

namespace {

QByteArray noise(QRandomGenerator &random, qsizetype size, int letters)
{
    QByteArray bytes(size, '\0');
    for (char &byte : bytes)
        byte = char(random.bounded(letters));
    return bytes;
}

} // namespace

void TestMessageDeflate::comesBackAsItWas_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("takeover");
    for (int bits = 9; bits <= 15; ++bits) {
        QTest::addRow("%d bits, handed on", bits) << bits << true;
        QTest::addRow("%d bits, begun anew", bits) << bits << false;
    }
}

void TestMessageDeflate::comesBackAsItWas()
{
    QFETCH(int, bits);
    QFETCH(bool, takeover);
    QRandomGenerator random(7);
    MessageDeflater deflater(bits, takeover);
    MessageInflater inflater(bits, takeover);
    for (int i = 0; i < 200; ++i) {
        const QByteArray message = noise(random, random.bounded(i % 20 == 0 ? 100'000 : 500), i % 3 == 0 ? 256 : 4);
        QByteArray out;
        QCOMPARE(inflater.take(deflater.take(message), out, 0), FrameViolation::None);
        QCOMPARE(inflater.finish(out, 0), FrameViolation::None);
        QCOMPARE(out, message);
    }
}

void TestMessageDeflate::comesBackInPieces()
{
    QRandomGenerator random(8);
    MessageDeflater deflater;
    MessageInflater inflater;
    for (int i = 0; i < 50; ++i) {
        QByteArray message;
        QByteArray packed;
        const int pieces = random.bounded(1, 6);
        for (int piece = 0; piece < pieces; ++piece) {
            const QByteArray part = noise(random, random.bounded(300), 4);
            message += part;
            packed += deflater.take(part, piece + 1 == pieces);
        }
        QByteArray out;
        for (const char byte : packed)
            QCOMPARE(inflater.take({&byte, 1}, out, 0), FrameViolation::None);
        QCOMPARE(inflater.finish(out, 0), FrameViolation::None);
        QCOMPARE(out, message);
    }
}

void TestMessageDeflate::survivesRandomBytes()
{
    QRandomGenerator random(9);
    for (int i = 0; i < 5'000; ++i) {
        MessageInflater inflater;
        QByteArray out;
        const QByteArray bytes = noise(random, random.bounded(1, 200), 256);
        if (inflater.take(bytes, out, 10'000) == FrameViolation::None)
            (void)inflater.finish(out, 10'000);
        QVERIFY(out.size() <= 10'000);
    }
}

void TestMessageDeflate::survivesDamage()
{
    QRandomGenerator random(10);
    MessageDeflater deflater(15, false);
    const QByteArray packed = deflater.take(QByteArray("the quick brown fox ").repeated(100) + noise(random, 200, 256));
    int found = 0;
    for (int i = 0; i < 5'000; ++i) {
        QByteArray bytes = packed;
        bytes[random.bounded(int(bytes.size()))] ^= char(1 << random.bounded(8));
        MessageInflater inflater;
        QByteArray out;
        const bool isGood = inflater.take(bytes, out, 10'000) == FrameViolation::None
            && inflater.finish(out, 10'000) == FrameViolation::None;
        found += isGood ? 0 : 1;
        QVERIFY(out.size() <= 10'000);
    }
    QVERIFY(found > 0); // most damage is text of another kind
}

void TestMessageDeflate::makesNoMoreThanTheLimit()
{
    MessageDeflater deflater;
    const QByteArray packed = deflater.take(QByteArray(1'000'000, 'a'));
    for (const qint64 limit : {1, 1000, 16'384, 16'385, 999'999}) {
        MessageInflater inflater;
        QByteArray out;
        QCOMPARE(inflater.take(packed, out, limit), FrameViolation::MessageTooBig);
        QVERIFY(out.size() <= limit);
    }
    MessageInflater inflater;
    QByteArray out;
    QCOMPARE(inflater.take(packed, out, 1'000'000), FrameViolation::None);
    QCOMPARE(inflater.finish(out, 1'000'000), FrameViolation::None);
}

void TestMessageDeflate::boundsTheLastBlocks_data()
{
    QTest::addColumn<int>("blocks");
    QTest::addColumn<bool>("taken");
    QTest::newRow("one") << 1 << true;
    QTest::newRow("as a sender may make them, of each piece") << 60 << true;
    QTest::newRow("nothing else") << 10'000 << false;
}

// Behind each the window is set up again: for two bytes that would be much work.
void TestMessageDeflate::boundsTheLastBlocks()
{
    QFETCH(int, blocks);
    const QByteArray bytes = QByteArray("\x03\x00", 2).repeated(blocks);
    MessageInflater inflater;
    QByteArray out;
    for (int message = 0; message < 3; ++message) {
        FrameViolation violation = inflater.take(bytes, out, 0);
        if (violation == FrameViolation::None)
            violation = inflater.finish(out, 0);
        QTEST(violation == FrameViolation::None, "taken");
        if (violation != FrameViolation::None)
            return;
    }
    QVERIFY(out.isEmpty());
}

void TestMessageDeflate::knowsHowMuchMayCome()
{
    const QByteArray empty = QByteArray::fromHex("000000ffff");
    MessageInflater inflater;
    QByteArray out;
    const qint64 room = inflater.room(10'000);
    QVERIFY(room >= 10'000 && room < 20'000);
    QCOMPARE(inflater.take(empty, out, 10'000), FrameViolation::None);
    QCOMPARE(inflater.room(10'000), room - empty.size());
    QCOMPARE(inflater.take(empty.repeated(3'000), out, 10'000), FrameViolation::MessageTooBig);
    QVERIFY(out.isEmpty());
}

void TestMessageDeflate::makesNoStreamOfTheSmallestWindow()
{
    QVERIFY(!MessageDeflater(8).isUsable());
    QVERIFY(MessageDeflater(9).isUsable());
}

QTEST_GUILESS_MAIN(TestMessageDeflate)
#include "tst_messagedeflate.moc"
