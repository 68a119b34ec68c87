// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "tests/protocol/recordingsink.h"

#include <QRandomGenerator>
#include <QTest>

using namespace glasshouse;

class TestFrameReader : public QObject
{
    Q_OBJECT
private slots:
    void masksAtEveryOffsetAndLength();
    void understands_data();
    void understands();
    void refuses_data();
    void refuses();
    void deliversWhatCameBeforeTheBrokenFrame();
    void clientRefusesMaskedFrames();
    void judgesLengthsAtTheHeader_data();
    void judgesLengthsAtTheHeader();
    void findsBadTextBeforeTheFrameIsComplete();
    void findsBadTextAcrossFragments();
    void countsEmptyFragments();
    void zeroLimitsMeanNone();
    void showsAtMostFourKilobytesOfABrokenFrame();
    void announcedLengthsCostNothing();
    void holdsNothingBetweenMessages();
    void knowsWhetherItIsMidway();
    void stopsWhereTheSinkSaysSo();
    void wholeFramesAreNotCopied();
    void survivesRandomFramesInRandomPieces();
    void staysSmall();
};

namespace {

struct Fed
{
    QByteArrayList lines;
    FrameViolation violation;
    bool finished;
    bool operator==(const Fed &) const = default;
};

/// Feeds pieces that end at the cuts.
Fed feedInPieces(QByteArray bytes, const QList<qsizetype> &cuts, FrameLimits limits = {},
                 ReaderRole role = ReaderRole::Server)
{
    FrameReader reader(role, limits);
    RecordingSink sink;
    qsizetype at = 0;
    for (qsizetype cut : cuts + QList<qsizetype>{bytes.size()}) {
        QByteArray piece = bytes.sliced(at, cut - at); // own memory: over-reads show
        (void)reader.feed(piece.data(), piece.size(), sink);
        at = cut;
    }
    return {sink.lines, sink.violation, reader.finished()};
}

Fed feedBytewise(const QByteArray &bytes, FrameLimits limits = {}, ReaderRole role = ReaderRole::Server)
{
    QList<qsizetype> cuts;
    for (qsizetype i = 1; i < bytes.size(); ++i)
        cuts.append(i);
    return feedInPieces(bytes, cuts, limits, role);
}

QByteArray masked(Opcode opcode, const QByteArray &payload, bool fin = true)
{
    return makeMaskedFrame(opcode, payload, 0x37FA213D, fin);
}

/// A masked header of this form with a zero key; the payload follows as it is.
QByteArray raw(quint8 firstByte, const QByteArray &hexLength, const QByteArray &payload = {})
{
    return QByteArray(1, char(firstByte)) + QByteArray::fromHex(hexLength) + QByteArray(4, '\0') + payload;
}

} // namespace

void TestFrameReader::masksAtEveryOffsetAndLength()
{
    for (int offset = 0; offset < 9; ++offset) {
        for (int size = 0; size < 70; ++size) {
            QByteArray data(size, '\x11');
            QByteArray expected = data;
            const char key[] = {'\x01', '\x23', '\xC5', '\xE7'};
            for (int i = 0; i < size; ++i)
                expected[i] = char(expected[i] ^ key[(offset + i) % 4]);
            applyMask(data.data(), size, 0x0123C5E7, quint64(offset));
            QCOMPARE(data, expected);
        }
    }
}

void TestFrameReader::understands_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("lines");
    const QByteArray euro = "\xE2\x82\xAC";
    QTest::newRow("nothing") << QByteArray() << QByteArrayList();
    QTest::newRow("RFC 6455 5.7 masked Hello")
        << QByteArray::fromHex("818537fa213d7f9f4d5158") << QByteArrayList{"frame 81 5:48656c6c6f", "text:48656c6c6f"};
    QTest::newRow("empty text") << masked(Opcode::Text, {}) << QByteArrayList{"frame 81 0:", "text:"};
    QTest::newRow("empty binary") << masked(Opcode::Binary, {}) << QByteArrayList{"frame 82 0:", "binary:"};
    QTest::newRow("binary need not be UTF-8")
        << masked(Opcode::Binary, "\xFF\xFE") << QByteArrayList{"frame 82 2:fffe", "binary:fffe"};
    QTest::newRow("fragments inside a code point")
        << masked(Opcode::Text, euro.first(1), false) + masked(Opcode::Continuation, euro.sliced(1, 1), false)
            + masked(Opcode::Continuation, euro.sliced(2))
        << QByteArrayList{"frame 1 1:e2", "frame 0 1:82", "frame 80 1:ac", "text:e282ac"};
    QTest::newRow("control between fragments") << masked(Opcode::Binary, "ab", false) + masked(Opcode::Ping, "p")
            + masked(Opcode::Pong, {}) + masked(Opcode::Continuation, "cd")
                                               << QByteArrayList{"frame 2 2:6162", "frame 89 1:70", "control 9:70",
                                                                 "frame 8a 0:",    "control a:",    "frame 80 2:6364",
                                                                 "binary:61626364"};
    QTest::newRow("empty fragments") << masked(Opcode::Text, {}, false) + masked(Opcode::Continuation, {}, false)
            + masked(Opcode::Continuation, "x")
                                     << QByteArrayList{"frame 1 0:", "frame 0 0:", "frame 80 1:78", "text:78"};
    QTest::newRow("only empty fragments") << masked(Opcode::Text, {}, false) + masked(Opcode::Continuation, {})
                                          << QByteArrayList{"frame 1 0:", "frame 80 0:", "text:"};
    QTest::newRow("last fragment empty") << masked(Opcode::Text, "x", false) + masked(Opcode::Continuation, {})
                                         << QByteArrayList{"frame 1 1:78", "frame 80 0:", "text:78"};
    QTest::newRow("two messages") << masked(Opcode::Text, "1") + masked(Opcode::Binary, "2")
                                  << QByteArrayList{"frame 81 1:31", "text:31", "frame 82 1:32", "binary:32"};
    QTest::newRow("ping of 125") << masked(Opcode::Ping, QByteArray(125, 'p'))
                                 << QByteArrayList{"frame 89 125:" + QByteArray(125, 'p').toHex(),
                                                   "control 9:" + QByteArray(125, 'p').toHex()};
    QTest::newRow("126") << masked(Opcode::Text, QByteArray(126, 'x'))
                         << QByteArrayList{"frame 81 126:" + QByteArray(126, 'x').toHex(),
                                           "text:" + QByteArray(126, 'x').toHex()};
    QTest::newRow("close empty") << masked(Opcode::Close, {}) << QByteArrayList{"frame 88 0:", "control 8:"};
    QTest::newRow("close 1000") << masked(Opcode::Close, closePayload(1000, "bye"))
                                << QByteArrayList{"frame 88 5:03e8627965", "control 8:03e8627965"};
    QTest::newRow("close 4999") << masked(Opcode::Close, closePayload(4999))
                                << QByteArrayList{"frame 88 2:1387", "control 8:1387"};
    QTest::newRow("frames after close are the sink's matter") << masked(Opcode::Close, {})
            + masked(Opcode::Text, "x") << QByteArrayList{"frame 88 0:", "control 8:", "frame 81 1:78", "text:78"};
}

void TestFrameReader::understands()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, lines);
    const Fed expected{lines, FrameViolation::None, false};
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut)
        QCOMPARE(feedInPieces(bytes, {cut}).lines, expected.lines);
    QVERIFY(feedInPieces(bytes, {}) == expected);
    QVERIFY(feedBytewise(bytes) == expected);
}

void TestFrameReader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("violation");
    const auto row = [](const char *name, const QByteArray &bytes, FrameViolation violation) {
        QTest::newRow(name) << bytes << int(violation);
    };
    for (int bits : {0x10, 0x20, 0x40, 0x70})
        row(qPrintable(QString::number(bits, 16)), raw(quint8(0x81 | bits), "80"), FrameViolation::ReservedBits);
    row("reserved bit of a control frame", raw(0xC9, "80"), FrameViolation::ReservedBits);
    for (int opcode : {3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF})
        row(qPrintable(QString::number(opcode)), raw(quint8(0x80 | opcode), "80"), FrameViolation::UnknownOpcode);
    row("unmasked text", makeFrame(Opcode::Text, "hi"), FrameViolation::NotMasked);
    row("unmasked ping", makeFrame(Opcode::Ping, {}), FrameViolation::NotMasked);
    row("16 bits for 125", raw(0x81, "fe007d", QByteArray(125, 'x')), FrameViolation::LengthNotMinimal);
    row("64 bits for 65535", raw(0x81, "ff000000000000ffff"), FrameViolation::LengthNotMinimal);
    row("64 bits for 0", raw(0x82, "ff0000000000000000"), FrameViolation::LengthNotMinimal);
    row("ping with 16 bits for 1", raw(0x89, "fe0001", "x"), FrameViolation::LengthNotMinimal);
    row("highest bit", raw(0x82, "ff8000000000000000"), FrameViolation::LengthTooLarge);
    row("all bits", raw(0x82, "ffffffffffffffffff"), FrameViolation::LengthTooLarge);
    row("ping of 126", raw(0x89, "fe007e", QByteArray(126, 'p')), FrameViolation::ControlTooLong);
    row("ping without FIN", raw(0x09, "80"), FrameViolation::ControlFragmented);
    row("close without FIN", raw(0x08, "80"), FrameViolation::ControlFragmented);
    row("continuation first", masked(Opcode::Continuation, "x"), FrameViolation::UnexpectedContinuation);
    row("continuation after a message", masked(Opcode::Text, "x") + masked(Opcode::Continuation, "y"),
        FrameViolation::UnexpectedContinuation);
    row("text in a message", masked(Opcode::Text, "x", false) + masked(Opcode::Text, "y"),
        FrameViolation::ExpectedContinuation);
    row("binary in an empty begun message", masked(Opcode::Text, {}, false) + masked(Opcode::Binary, {}),
        FrameViolation::ExpectedContinuation);
    row("too big at once", raw(0x81, "fe0100"), FrameViolation::MessageTooBig);
    row("too big together",
        masked(Opcode::Text, QByteArray(100, 'x'), false) + masked(Opcode::Continuation, QByteArray(101, 'x')),
        FrameViolation::MessageTooBig);
    row("too big, absurdly", masked(Opcode::Text, "x", false) + raw(0x80, "ff7fffffffffffffff"),
        FrameViolation::MessageTooBig);
    row("too many fragments",
        masked(Opcode::Text, "x", false) + masked(Opcode::Continuation, "x", false)
            + masked(Opcode::Continuation, "x", false) + masked(Opcode::Continuation, {}),
        FrameViolation::TooManyFragments);
    row("bad text", masked(Opcode::Text, "ok \xC0\xAF"), FrameViolation::InvalidUtf8);
    row("text ends in a code point", masked(Opcode::Text, "\xE2\x82"), FrameViolation::InvalidUtf8);
    row("message ends in a code point", masked(Opcode::Text, "\xE2", false) + masked(Opcode::Continuation, {}),
        FrameViolation::InvalidUtf8);
    row("close of one byte", masked(Opcode::Close, "x"), FrameViolation::InvalidCloseLength);
    for (int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535}) {
        const char payload[] = {char(code >> 8), char(code & 0xFF)};
        row(qPrintable(QString::number(code)), masked(Opcode::Close, QByteArray(payload, 2)),
            FrameViolation::InvalidCloseCode);
    }
    row("close reason", masked(Opcode::Close, closePayload(1000, "\xFF")), FrameViolation::InvalidCloseReason);
    row("close reason cut", masked(Opcode::Close, "\x03\xE8\xE2\x82"), FrameViolation::InvalidCloseReason);
}

void TestFrameReader::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, violation);
    const FrameLimits limits{200, 3};
    bytes += masked(Opcode::Text, "never seen");
    const Fed whole = feedInPieces(bytes, {}, limits);
    QCOMPARE(int(whole.violation), violation);
    QVERIFY(whole.finished);
    QCOMPARE(whole.lines.last(), "broken " + QByteArray::number(violation));
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut)
        QCOMPARE(feedInPieces(bytes, {cut}, limits).lines, whole.lines);
    QVERIFY(feedBytewise(bytes, limits) == whole);
}

void TestFrameReader::deliversWhatCameBeforeTheBrokenFrame()
{
    const QByteArray bytes = masked(Opcode::Text, "good") + masked(Opcode::Ping, {}) + makeFrame(Opcode::Text, "bad")
        + masked(Opcode::Text, "late");
    const Fed fed = feedInPieces(bytes, {});
    QCOMPARE(fed.lines,
             (QByteArrayList{"frame 81 4:676f6f64", "text:676f6f64", "frame 89 0:", "control 9:", "broken 3"}));
}

void TestFrameReader::clientRefusesMaskedFrames()
{
    QVERIFY(feedBytewise(masked(Opcode::Text, "x"), {}, ReaderRole::Client).violation == FrameViolation::Masked);
    const Fed good = feedBytewise(makeFrame(Opcode::Text, "x"), {}, ReaderRole::Client);
    QCOMPARE(good.lines, (QByteArrayList{"frame 81 1:78", "text:78"}));
}

void TestFrameReader::judgesLengthsAtTheHeader_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("16 bits") << raw(0x81, "feffff");
    QTest::newRow("64 bits") << raw(0x82, "ff0000000100000000");
    QTest::newRow("control") << raw(0x89, "fe00ff");
}

void TestFrameReader::judgesLengthsAtTheHeader()
{
    QFETCH(QByteArray, head);
    const FrameLimits limits{1000, 10};
    QVERIFY(!feedInPieces(head.chopped(1), {}, limits).finished);
    QVERIFY(feedInPieces(head, {}, limits).finished);
}

void TestFrameReader::findsBadTextBeforeTheFrameIsComplete()
{
    FrameReader reader(ReaderRole::Server);
    RecordingSink sink;
    QByteArray bytes = masked(Opcode::Text, "abc\xFFxyz").first(6 + 3);
    QVERIFY(reader.feed(bytes.data(), bytes.size(), sink));
    QByteArray wrong = masked(Opcode::Text, "abc\xFFxyz").sliced(9, 1);
    QVERIFY(!reader.feed(wrong.data(), wrong.size(), sink));
    QCOMPARE(sink.violation, FrameViolation::InvalidUtf8);
    QCOMPARE(sink.broken, QByteArray("abc\xFF"));
    QCOMPARE(reader.buffered(), 0);
}

void TestFrameReader::findsBadTextAcrossFragments()
{
    FrameReader reader(ReaderRole::Server);
    RecordingSink sink;
    QByteArray bytes = masked(Opcode::Text, "\xE2", false) + masked(Opcode::Continuation, "zz", false);
    QVERIFY(!reader.feed(bytes.data(), bytes.size(), sink));
    QCOMPARE(sink.lines, (QByteArrayList{"frame 1 1:e2", "broken 13"}));
    QCOMPARE(sink.broken, QByteArray("zz")); // of the broken frame only
}

void TestFrameReader::countsEmptyFragments()
{
    QByteArray bytes = masked(Opcode::Text, {}, false);
    for (int i = 0; i < 1024; ++i)
        bytes += masked(Opcode::Continuation, {}, false);
    const Fed fed = feedInPieces(bytes, {});
    QCOMPARE(fed.violation, FrameViolation::TooManyFragments);
    QCOMPARE(fed.lines.size(), 1024 + 1);
}

void TestFrameReader::zeroLimitsMeanNone()
{
    QByteArray bytes = masked(Opcode::Binary, QByteArray(70000, 'x'), false);
    for (int i = 0; i < 3000; ++i)
        bytes += masked(Opcode::Continuation, "y", false);
    bytes += masked(Opcode::Continuation, {});
    const Fed fed = feedInPieces(bytes, {5, 40000}, FrameLimits{0, 0});
    QCOMPARE(fed.violation, FrameViolation::None);
    const QByteArray joined = QByteArray(70000, 'x') + QByteArray(3000, 'y');
    QCOMPARE(fed.lines.last(), "binary:" + joined.toHex());
}

void TestFrameReader::showsAtMostFourKilobytesOfABrokenFrame()
{
    FrameReader reader(ReaderRole::Server, {10000, 10});
    RecordingSink sink;
    QByteArray bytes = makeMaskedFrame(Opcode::Binary, QByteArray(20000, 'q'), 0x01020304);
    QVERIFY(!reader.feed(bytes.data(), bytes.size(), sink));
    QCOMPARE(sink.broken, QByteArray(4096, 'q'));
}

void TestFrameReader::announcedLengthsCostNothing()
{
    FrameReader reader(ReaderRole::Server, {0, 0});
    RecordingSink sink;
    QByteArray bytes = raw(0x82, "ff7fffffffffffffff", "abc");
    QVERIFY(reader.feed(bytes.data(), bytes.size(), sink));
    QCOMPARE(reader.buffered(), 3);
    QVERIFY(reader.midway());
}

void TestFrameReader::holdsNothingBetweenMessages()
{
    FrameReader reader(ReaderRole::Server);
    RecordingSink sink;
    QByteArray bytes =
        masked(Opcode::Text, QByteArray(5000, 'x'), false) + masked(Opcode::Continuation, QByteArray(5000, 'x'));
    QVERIFY(reader.feed(bytes.data(), 3000, sink));
    QCOMPARE(reader.buffered(), 3000 - 8);
    QVERIFY(reader.feed(bytes.data() + 3000, bytes.size() - 3000, sink));
    QCOMPARE(reader.buffered(), 0);
    QVERIFY(!reader.midway());
}

void TestFrameReader::knowsWhetherItIsMidway()
{
    FrameReader reader(ReaderRole::Server);
    RecordingSink sink;
    QByteArray bytes = masked(Opcode::Text, "ab", false) + masked(Opcode::Continuation, "c");
    QVERIFY(!reader.midway());
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        QVERIFY(reader.feed(bytes.data() + i, 1, sink));
        QCOMPARE(reader.midway(), i + 1 < bytes.size());
    }
}

void TestFrameReader::stopsWhereTheSinkSaysSo()
{
    const QByteArray bytes = masked(Opcode::Text, "a") + masked(Opcode::Ping, "b") + masked(Opcode::Binary, "c");
    for (int stop = 1; stop <= 6; ++stop) {
        FrameReader reader(ReaderRole::Server);
        RecordingSink sink;
        sink.stopAfter = stop;
        QByteArray copy = bytes;
        QVERIFY(!reader.feed(copy.data(), copy.size(), sink));
        QCOMPARE(sink.lines.size(), stop);
        QVERIFY(reader.finished());
        copy = bytes;
        QVERIFY(!reader.feed(copy.data(), copy.size(), sink));
        QCOMPARE(sink.lines.size(), stop);
        QVERIFY(!reader.midway());
    }
}

void TestFrameReader::wholeFramesAreNotCopied()
{
    class PointerSink final : public FrameSink
    {
    public:
        QList<const char *> seen;
        bool frameReceived(const FrameHeader &, QByteArrayView payload) override { return note(payload); }
        bool messageReceived(MessageKind, QByteArrayView payload) override { return note(payload); }
        bool controlReceived(Opcode, QByteArrayView payload) override { return note(payload); }
        void frameBroken(const FrameHeader &, QByteArrayView, FrameViolation) override { }

    private:
        bool note(QByteArrayView payload)
        {
            seen.append(payload.data());
            return true;
        }
    } sink;
    FrameReader reader(ReaderRole::Server);
    QByteArray bytes = masked(Opcode::Text, "hello") + masked(Opcode::Ping, "x");
    char *data = bytes.data();
    QVERIFY(reader.feed(data, bytes.size(), sink));
    QCOMPARE(sink.seen, (QList<const char *>{data + 6, data + 6, data + 17, data + 17}));
}

void TestFrameReader::survivesRandomFramesInRandomPieces()
{
    QRandomGenerator random(20260101);
    for (int round = 0; round < 300; ++round) {
        QByteArray bytes;
        QByteArrayList messages;
        for (int m = 0; m < 5; ++m) {
            QByteArray message;
            const int fragments = 1 + int(random.bounded(4));
            for (int f = 0; f < fragments; ++f) {
                const QByteArray part(qsizetype(random.bounded(300)), char('a' + random.bounded(26)));
                message += part;
                bytes += makeMaskedFrame(f == 0 ? Opcode::Text : Opcode::Continuation, part, random.generate(),
                                         f == fragments - 1);
                if (random.bounded(3) == 0)
                    bytes += makeMaskedFrame(Opcode::Ping, "p", random.generate());
            }
            messages.append("text:" + message.toHex());
        }
        QList<qsizetype> cuts;
        for (qsizetype at = 0; at < bytes.size(); at += 1 + qsizetype(random.bounded(200)))
            cuts.append(at);
        const Fed whole = feedInPieces(bytes, {});
        QCOMPARE(whole.violation, FrameViolation::None);
        QVERIFY(feedInPieces(bytes, cuts) == whole);
        QByteArrayList texts;
        for (const QByteArray &line : whole.lines) {
            if (line.startsWith("text:"))
                texts.append(line);
        }
        QCOMPARE(texts, messages);
    }
}

void TestFrameReader::staysSmall() { QVERIFY(sizeof(FrameReader) <= 120); }

QTEST_GUILESS_MAIN(TestFrameReader)
#include "tst_framereader.moc"
