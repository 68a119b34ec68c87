// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/closecode.h"
#include "tests/client/scripted.h"

#include <QtEndian>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;
using Violation = FrameViolation;

/// The client's side of RFC 6455 behind the handshake, against a scripted server: what each run of bytes must come to, however
/// they are cut.
class TestFrameConformance final : public QObject
{
    Q_OBJECT
private slots:
    void takesFirstBytes_data();
    void takesFirstBytes() { play(); }
    void takesLengths_data();
    void takesLengths() { play(); }
    void joinsFragments_data();
    void joinsFragments() { play(); }
    void checksText_data();
    void checksText() { play(); }
    void answersCloses_data();
    void answersCloses() { play(); }
    void answersControlFrames_data();
    void answersControlFrames() { play(); }

private:
    static void play();
};

namespace {

constexpr qint64 sizeLimit = 70'000;

/// A frame whose header can be wrong in any way. `lengthForm`: bytes of the length behind the second, 0, 2 or 8; −1: the shortest.
QByteArray frame(quint8 firstByte, const QByteArray &payload = {}, int lengthForm = -1, bool masked = false)
{
    FrameHeader header;
    header.firstByte = firstByte;
    header.payloadLength = quint64(payload.size());
    const int shortest = payload.size() < 126 ? 0 : payload.size() < 65'536 ? 2 : 8;
    header.size = quint8(2 + (lengthForm < 0 ? shortest : lengthForm) + (masked ? 4 : 0));
    header.masked = masked;
    header.maskKey = masked ? 0xA1B2C3D4 : 0;
    return wireBytes(header, payload);
}

QByteArray text(const QByteArray &payload, bool fin = true) { return makeFrame(Opcode::Text, payload, fin); }
QByteArray more(const QByteArray &payload, bool fin = true) { return makeFrame(Opcode::Continuation, payload, fin); }
QByteArray ping(const QByteArray &payload = "p") { return makeFrame(Opcode::Ping, payload); }

QByteArray longHeader(quint8 firstByte, quint64 length)
{
    QByteArray bytes(10, '\0');
    bytes[0] = char(firstByte);
    bytes[1] = 127;
    qToBigEndian(length, bytes.data() + 2);
    return bytes;
}

void columns()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("story");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<int>("codeSent"); ///< by the client; 0: it sent no close frame
}

/// The connection is as good as before, until the server ends the stream.
void goesOn(const QByteArray &name, const QByteArray &bytes, const QByteArrayList &story)
{
    QTest::newRow(name.constData()) << bytes + text("behind") << QByteArrayList(story + QByteArrayList{"text:behind"})
                                    << Fault::Vanished << 0;
}

Fault faultOf(Violation violation)
{
    return violation == Violation::InvalidUtf8 || violation == Violation::InvalidCloseReason ? Fault::InvalidUtf8
        : violation == Violation::MessageTooBig                                              ? Fault::MessageTooBig
                                                                                             : Fault::ProtocolViolation;
}

int codeOf(Violation violation)
{
    return faultOf(violation) == Fault::InvalidUtf8  ? 1007
        : faultOf(violation) == Fault::MessageTooBig ? 1009
        : violation == Violation::TooManyFragments   ? 1008
                                                     : 1002;
}

/// What is behind it is not looked at.
void breaks(const QByteArray &name, const QByteArray &bytes, Violation violation, const QByteArrayList &before = {})
{
    QTest::newRow(name.constData()) << bytes
            + text("behind") << QByteArrayList(before + QByteArrayList{"broken:" + describe(violation).toByteArray()})
                                    << faultOf(violation) << codeOf(violation);
}

} // namespace

void TestFrameConformance::play()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, story);
    QFETCH(TestClientFault, fault);
    QFETCH(int, codeSent);
    for (const qsizetype pieces : {0, 1, 3}) {
        if (pieces == 1 && bytes.size() > 10'000)
            continue;
        Scripted server;
        server.pieces = pieces;
        TestClientOptions options = Scripted::options();
        options.maxMessageBytes = sizeLimit;
        server.open(options);
        QCOMPARE(server.client.state(), TestClientState::Open);
        server.says(bytes);
        server.ends();
        QCOMPARE(server.story, story);
        QCOMPARE(server.endings.size(), 1);
        QCOMPARE(server.ending().fault, fault);
        QCOMPARE(int(server.ending().codeSent), codeSent);
    }
}

// Every opcode with and without FIN, and with all reserved bits: 256 of them.
void TestFrameConformance::takesFirstBytes_data()
{
    columns();
    for (int first = 0; first < 256; ++first) {
        const QByteArray name = "first byte " + QByteArray::number(first, 16);
        const bool fin = (first & 0x80) != 0;
        const int opcode = first & 0xF;
        const QByteArray bytes = frame(quint8(first));
        if ((first & 0x70) != 0)
            breaks(name, bytes, Violation::ReservedBits);
        else if ((opcode >= 3 && opcode <= 7) || opcode >= 0xB)
            breaks(name, bytes, Violation::UnknownOpcode);
        else if (opcode >= 8 && !fin)
            breaks(name, bytes, Violation::ControlFragmented);
        else if (opcode == 0)
            breaks(name, bytes, Violation::UnexpectedContinuation);
        else if (opcode == 8)
            QTest::newRow(name.constData())
                << bytes + text("behind") << QByteArrayList{"close:"} << Fault::ClosedByServer << 1005;
        else if (opcode >= 9)
            goesOn(name, bytes, {opcode == 9 ? "ping:" : "pong:"});
        else if (fin)
            goesOn(name, bytes, {opcode == 1 ? "text:" : "binary:"});
        else
            goesOn(name, bytes + more("x"), {opcode == 1 ? "text:x" : "binary:x"});
    }
}

void TestFrameConformance::takesLengths_data()
{
    columns();
    const auto say = [](qsizetype size) {
        const QByteArray payload(size, 'a');
        return QByteArrayList{"binary:" + (size > 200 ? QByteArray::number(size) + " bytes" : payload)};
    };
    for (const int size :
         {0, 1, 2, 124, 125, 126, 127, 128, 200, 1'000, 65'534, 65'535, 65'536, 65'537, 69'999, 70'000})
        goesOn("shortest form of " + QByteArray::number(size), frame(0x82, QByteArray(size, 'a')), say(size));
    for (const int size : {0, 1, 5, 124, 125})
        breaks("two bytes for " + QByteArray::number(size), frame(0x82, QByteArray(size, 'a'), 2),
               Violation::LengthNotMinimal);
    for (const int size : {0, 1, 125, 126, 127, 1'000, 65'535})
        breaks("eight bytes for " + QByteArray::number(size), frame(0x82, QByteArray(size, 'a'), 8),
               Violation::LengthNotMinimal);
    for (const quint8 opcode : {8, 9, 10}) {
        const QByteArray name = " of opcode " + QByteArray::number(opcode);
        breaks("126 bytes" + name, frame(0x80 | opcode, QByteArray(126, 'a')), Violation::ControlTooLong);
        breaks("65536 bytes" + name, frame(0x80 | opcode, QByteArray(65'536, 'a')), Violation::ControlTooLong);
        breaks("overlong" + name, frame(0x80 | opcode, QByteArray(3, 'a'), 2), Violation::LengthNotMinimal);
        breaks("overlong by eight" + name, frame(0x80 | opcode, QByteArray(3, 'a'), 8), Violation::LengthNotMinimal);
    }
    goesOn("a ping of 125 bytes", ping(QByteArray(125, 'p')), {"ping:" + QByteArray(125, 'p')});
    for (const quint8 first : {0x80, 0x81, 0x82, 0x88, 0x89, 0x8A, 0x01, 0x02}) {
        breaks("masked " + QByteArray::number(first, 16), frame(first, "a", -1, true), Violation::Masked);
        breaks("masked and empty " + QByteArray::number(first, 16), frame(first, {}, -1, true), Violation::Masked);
    }
    breaks("masked behind a good one", text("good") + frame(0x81, "a", -1, true), Violation::Masked, {"text:good"});
    breaks("one over the limit", frame(0x82, QByteArray(sizeLimit + 1, 'a')), Violation::MessageTooBig);
    breaks("a gigabyte announced", longHeader(0x82, 1ULL << 30), Violation::MessageTooBig);
    breaks("the most that can be announced", longHeader(0x82, ~0ULL >> 1), Violation::MessageTooBig);
    breaks("the highest bit", longHeader(0x82, 1ULL << 63), Violation::LengthTooLarge);
    breaks("all bits", longHeader(0x82, ~0ULL), Violation::LengthTooLarge);
}

void TestFrameConformance::joinsFragments_data()
{
    columns();
    goesOn("two", text("a", false) + more("b"), {"text:ab"});
    goesOn("three", text("a", false) + more("b", false) + more("c"), {"text:abc"});
    goesOn("binary", makeFrame(Opcode::Binary, "\xFF", false) + more("\xFE"), {"binary:\xFF\xFE"});
    goesOn("an empty first", text("", false) + more("b"), {"text:b"});
    goesOn("an empty last", text("a", false) + more(""), {"text:a"});
    goesOn("all empty", text("", false) + more("", false) + more(""), {"text:"});
    goesOn("one byte each", text("a", false) + more("b", false) + more("c", false) + more("d", false) + more("e"),
           {"text:abcde"});
    goesOn("two messages", text("a", false) + more("b") + text("c", false) + more("d"), {"text:ab", "text:cd"});
    goesOn("a ping between", text("a", false) + ping() + more("b"), {"ping:p", "text:ab"});
    goesOn("a pong between", text("a", false) + makeFrame(Opcode::Pong, "q") + more("b"), {"pong:q", "text:ab"});
    goesOn("pings between all", text("a", false) + ping() + more("b", false) + ping() + more("c"),
           {"ping:p", "ping:p", "text:abc"});
    goesOn("an empty ping between", text("a", false) + ping("") + more("b"), {"ping:", "text:ab"});
    QByteArray hundred = text("x", false);
    for (int i = 0; i < 98; ++i)
        hundred += more("x", false);
    goesOn("a hundred", hundred + more("x"), {"text:" + QByteArray(100, 'x')});
    goesOn("up to the limit", makeFrame(Opcode::Binary, QByteArray(sizeLimit - 1, 'a'), false) + more("b"),
           {"binary:70000 bytes"});
    breaks("over the limit", makeFrame(Opcode::Binary, QByteArray(sizeLimit, 'a'), false) + more("b"),
           Violation::MessageTooBig);
    breaks("a text inside", text("a", false) + text("b"), Violation::ExpectedContinuation);
    breaks("a binary inside", text("a", false) + makeFrame(Opcode::Binary, "b"), Violation::ExpectedContinuation);
    breaks("the start of another inside", text("a", false) + text("b", false), Violation::ExpectedContinuation);
    breaks("a text inside, behind a ping", text("a", false) + ping() + text("b"), Violation::ExpectedContinuation,
           {"ping:p"});
    breaks("one more than its end", text("a", false) + more("b") + more("c"), Violation::UnexpectedContinuation,
           {"text:ab"});
    breaks("a continuation behind a whole message", text("a") + more("b"), Violation::UnexpectedContinuation,
           {"text:a"});
    breaks("a continuation without an end, first", more("b", false), Violation::UnexpectedContinuation);
    breaks("a fragmented ping between", text("a", false) + frame(0x09, "p"), Violation::ControlFragmented);
    breaks("a reserved bit on a continuation", text("a", false) + frame(0xC0, "b"), Violation::ReservedBits);
    breaks("a masked continuation", text("a", false) + frame(0x80, "b", -1, true), Violation::Masked);
    QTest::newRow("a close between") << text("a", false) + makeFrame(Opcode::Close, closePayload(1000)) + more("b")
                                     << QByteArrayList{"close:\x03\xE8"} << Fault::ClosedByServer << 1000;
    QTest::newRow("the end of the stream between") << text("a", false) << QByteArrayList{} << Fault::Vanished << 0;
    QTest::newRow("the end of the stream inside of a frame")
        << text("abc").chopped(1) << QByteArrayList{} << Fault::Vanished << 0;
    QTest::newRow("the end of the stream inside of a header")
        << frame(0x82, QByteArray(300, 'a')).first(3) << QByteArrayList{} << Fault::Vanished << 0;
    QTest::newRow("the end of the stream at once") << QByteArray() << QByteArrayList{} << Fault::Vanished << 0;
}

void TestFrameConformance::checksText_data()
{
    columns();
    const QByteArray good = "aé€😀z"; // one to four bytes
    for (qsizetype at = 0; at <= good.size(); ++at) {
        goesOn("cut in front of byte " + QByteArray::number(at), text(good.first(at), false) + more(good.sliced(at)),
               {"text:" + good});
        goesOn("cut there, with a ping between " + QByteArray::number(at),
               text(good.first(at), false) + ping() + more(good.sliced(at)), {"ping:p", "text:" + good});
    }
    const std::pair<const char *, QByteArray> edges[] = {
        {"U+0000", QByteArray("\0", 1)},
        {"U+007F", "\x7F"},
        {"U+0080", "\xC2\x80"},
        {"U+07FF", "\xDF\xBF"},
        {"U+0800", "\xE0\xA0\x80"},
        {"U+D7FF", "\xED\x9F\xBF"},
        {"U+E000", "\xEE\x80\x80"},
        {"U+FFFD", "\xEF\xBF\xBD"},
        {"U+FFFE", "\xEF\xBF\xBE"},
        {"U+FFFF", "\xEF\xBF\xBF"},
        {"U+10000", "\xF0\x90\x80\x80"},
        {"U+10FFFF", "\xF4\x8F\xBF\xBF"},
        {"a byte order mark", "\xEF\xBB\xBF"},
    };
    for (const auto &[name, bytes] : edges)
        goesOn(name, text(bytes), {"text:" + bytes});
    const std::pair<const char *, QByteArray> bad[] = {
        {"a lone continuation byte", "\x80"},
        {"a lone continuation byte at the end", "a\xBF"},
        {"two continuation bytes", "\x80\xBF"},
        {"a lead byte alone", "\xC3"},
        {"a lead byte and a letter", "\xC3("},
        {"a lead byte of three and one more", "\xE2\x82"},
        {"a lead byte of four and two more", "\xF0\x9F\x98"},
        {"a lead byte of three and a letter", "\xE2\x28\xA1"},
        {"overlong slash of two", "\xC0\xAF"},
        {"overlong slash of three", "\xE0\x80\xAF"},
        {"overlong slash of four", "\xF0\x80\x80\xAF"},
        {"overlong NUL", "\xC0\x80"},
        {"overlong U+007F", "\xC1\xBF"},
        {"overlong U+07FF", "\xE0\x9F\xBF"},
        {"overlong U+FFFF", "\xF0\x8F\xBF\xBF"},
        {"surrogate U+D800", "\xED\xA0\x80"},
        {"surrogate U+DBFF", "\xED\xAF\xBF"},
        {"surrogate U+DC00", "\xED\xB0\x80"},
        {"surrogate U+DFFF", "\xED\xBF\xBF"},
        {"a pair of surrogates", "\xED\xA0\xBD\xED\xB8\x80"},
        {"over U+10FFFF", "\xF4\x90\x80\x80"},
        {"F5", "\xF5\x80\x80\x80"},
        {"five bytes", "\xF8\x88\x80\x80\x80"},
        {"six bytes", "\xFC\x84\x80\x80\x80\x80"},
        {"FE", "\xFE"},
        {"FF", "\xFF"},
        {"good, then bad", "grüße\xFFgrüße"},
    };
    for (const auto &[name, bytes] : bad) {
        breaks(name, text(bytes), Violation::InvalidUtf8);
        breaks(name + ", in pieces"_ba, text(bytes.first(1), false) + more(bytes.sliced(1)), Violation::InvalidUtf8);
        goesOn(name + ", as binary"_ba, makeFrame(Opcode::Binary, bytes), {"binary:" + bytes});
    }
    breaks("a character that the last fragment does not end", text("\xE2", false) + more("\x82"),
           Violation::InvalidUtf8);
    breaks("a character cut by the end of its message", text("\xE2") + text("\x82\xAC"), Violation::InvalidUtf8);
    QTest::newRow("bad before its end has come")
        << text("\xFF", false) << QByteArrayList{"broken:The text is not valid UTF-8"} << Fault::InvalidUtf8 << 1007;
}

void TestFrameConformance::answersCloses_data()
{
    columns();
    const auto closes = [](const QByteArray &name, const QByteArray &payload, int answered) {
        QTest::newRow(name.constData()) << makeFrame(Opcode::Close, payload) + text("behind")
                                        << QByteArrayList{"close:" + payload} << Fault::ClosedByServer << answered;
    };
    closes("without a code", {}, 1005);
    for (const int code :
         {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000, 4001, 4999}) {
        const QByteArray name = "code " + QByteArray::number(code);
        closes(name, closePayload(quint16(code)), code);
        closes(name + " with a reason", closePayload(quint16(code), "because"), code);
    }
    closes("a reason of 123 bytes", closePayload(1000, QByteArray(123, 'r')), 1000);
    closes("a reason with umlauts", closePayload(1000, "Tschüß"), 1000);
    for (const int code : {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 9999, 32'768, 65'535}) {
        QByteArray payload(2, '\0');
        qToBigEndian(quint16(code), payload.data());
        breaks("forbidden code " + QByteArray::number(code), makeFrame(Opcode::Close, payload),
               Violation::InvalidCloseCode);
    }
    breaks("one byte", makeFrame(Opcode::Close, "\x03"), Violation::InvalidCloseLength);
    breaks("a reason that is not UTF-8", makeFrame(Opcode::Close, "\x03\xE8\xFF"), Violation::InvalidCloseReason);
    breaks("a reason that is cut", makeFrame(Opcode::Close, "\x03\xE8\xE2\x82"), Violation::InvalidCloseReason);
    breaks("a reason with a surrogate", makeFrame(Opcode::Close, "\x03\xE8\xED\xA0\x80"),
           Violation::InvalidCloseReason);
    breaks("a reason of 124 bytes", makeFrame(Opcode::Close, "\x03\xE8" + QByteArray(124, 'r')),
           Violation::ControlTooLong);
    QTest::newRow("two closes") << makeFrame(Opcode::Close, closePayload(1001))
            + makeFrame(Opcode::Close, closePayload(1002))
                                << QByteArrayList{"close:\x03\xE9"} << Fault::ClosedByServer << 1001;
    QTest::newRow("rubbish behind a close") << makeFrame(Opcode::Close, closePayload(1001)) + QByteArray(50, '\xFF')
                                            << QByteArrayList{"close:\x03\xE9"} << Fault::ClosedByServer << 1001;
}

void TestFrameConformance::answersControlFrames_data()
{
    columns();
    goesOn("a ping", ping("are you there"), {"ping:are you there"});
    goesOn("bytes that are no text", ping("\xFF\xFE"), {"ping:\xFF\xFE"});
    goesOn("a NUL", ping(QByteArray("\0", 1)), {"ping:" + QByteArray("\0", 1)});
    goesOn("ten pings", ping("1").repeated(10), QByteArrayList(10, "ping:1"));
    goesOn("a pong that nobody asked for", makeFrame(Opcode::Pong, "x"), {"pong:x"});
    goesOn("a ping between messages", text("a") + ping() + text("b"), {"text:a", "ping:p", "text:b"});
}

QTEST_GUILESS_MAIN(TestFrameConformance)
#include "tst_frameconformance.moc"
