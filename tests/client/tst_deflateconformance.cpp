// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/deflate/messagedeflate.h"
#include "tests/client/scripted.h"

#include <QRandomGenerator>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;
using Violation = FrameViolation;

/// The client's side of RFC 7692 behind the handshake, against a scripted server: what compressed messages must come to, however
/// their bytes are cut, and what the client sends.
class TestDeflateConformance final : public QObject
{
    Q_OBJECT
private slots:
    void inflates_data();
    void inflates();
    void refuses_data();
    void refuses();
    void knowsTheWindow_data();
    void knowsTheWindow();
    void tellsWhatFramesMean();
    void compressesWhatItSends_data();
    void compressesWhatItSends();
    void sendsAsItIsWhereTheWindowIsTooSmall();
    void compressesFragments();
    void stopsABomb_data();
    void stopsABomb();
};

namespace {

const QByteArray line = "Sec-WebSocket-Extensions: permessage-deflate";
const QByteArray hello = QByteArray::fromHex("f248cdc9c90700");  // "Hello", RFC 7692 section 7.2.3.1
const QByteArray helloAgain = QByteArray::fromHex("f200110000"); // the same with the window of the first, 7.2.3.2
const QByteArray helloStored = QByteArray::fromHex("000500faff48656c6c6f00"); // 7.2.3.3
const QByteArray helloLast = QByteArray::fromHex("f348cdc9c9070000");         // BFINAL, 7.2.3.4
const QByteArray helloTwoBlocks = QByteArray::fromHex("f248050000"
                                                      "00ffff"
                                                      "cac9c90700"); // 7.2.3.5

/// `rsv1`: of a first frame.
QByteArray packed(const QByteArray &payload, Opcode opcode = Opcode::Text, bool fin = true, bool rsv1 = true)
{
    FrameHeader header = headerFor(opcode, quint64(payload.size()), {}, fin);
    header.firstByte |= rsv1 ? compressedBit : 0;
    return wireBytes(header, payload);
}

QByteArray more(const QByteArray &payload, bool fin = true) { return makeFrame(Opcode::Continuation, payload, fin); }

QByteArray noise(qsizetype size)
{
    QRandomGenerator random(4);
    QByteArray bytes(size, '\0');
    for (char &byte : bytes)
        byte = char(random.bounded(256));
    return bytes;
}

/// All messages of a server that compresses with that window.
QByteArray server(const QByteArrayList &messages, int bits = 15, bool takeover = true, Opcode opcode = Opcode::Text)
{
    MessageDeflater deflater(bits, takeover);
    QByteArray bytes;
    for (const QByteArray &message : messages)
        bytes += packed(deflater.take(message), opcode);
    return bytes;
}

TestClientOptions deflating(qint64 limit = 1'000'000)
{
    TestClientOptions options = Scripted::options();
    options.deflate.offered = true;
    options.maxMessageBytes = limit;
    return options;
}

} // namespace

void TestDeflateConformance::inflates_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("story");
    QTest::newRow("the RFC's Hello") << packed(hello) << QByteArrayList{"text:Hello"};
    QTest::newRow("in two frames") << packed(hello.first(3), Opcode::Text, false) + more(hello.sliced(3))
                                   << QByteArrayList{"text:Hello"};
    for (qsizetype at = 0; at <= hello.size(); ++at)
        QTest::addRow("in two frames, cut at %d", int(at))
            << packed(hello.first(at), Opcode::Text, false) + more(hello.sliced(at)) << QByteArrayList{"text:Hello"};
    QTest::newRow("a byte a frame") << packed(hello.first(1), Opcode::Text, false) + more(hello.sliced(1, 1), false)
            + more(hello.sliced(2, 1), false) + more(hello.sliced(3, 1), false) + more(hello.sliced(4, 1), false)
            + more(hello.sliced(5, 1), false) + more(hello.sliced(6, 1))
                                    << QByteArrayList{"text:Hello"};
    QTest::newRow("with an empty frame in the middle") << packed(hello.first(3), Opcode::Text, false) + more({}, false)
            + more(hello.sliced(3)) << QByteArrayList{"text:Hello"};
    QTest::newRow("with an empty frame at the start")
        << packed({}, Opcode::Text, false) + more(hello) << QByteArrayList{"text:Hello"};
    QTest::newRow("with an empty frame at the end")
        << packed(hello, Opcode::Text, false) + more({}) << QByteArrayList{"text:Hello"};
    QTest::newRow("with the window of the one before")
        << packed(hello) + packed(helloAgain) << QByteArrayList{"text:Hello", "text:Hello"};
    QTest::newRow("a window that is handed on three times") << packed(hello) + packed(helloAgain) + packed(helloAgain)
                                                            << QByteArrayList{"text:Hello", "text:Hello", "text:Hello"};
    QTest::newRow("a stored block") << packed(helloStored) << QByteArrayList{"text:Hello"};
    QTest::newRow("a block with BFINAL") << packed(helloLast) << QByteArrayList{"text:Hello"};
    QTest::newRow("a block with BFINAL, without the byte behind it")
        << packed(helloLast.chopped(1)) << QByteArrayList{"text:Hello"};
    QTest::newRow("a block with BFINAL, then the window of it")
        << packed(helloLast) + packed(helloAgain) << QByteArrayList{"text:Hello", "text:Hello"};
    QTest::newRow("BFINAL without the byte behind it, then the window of it")
        << packed(helloLast.chopped(1)) + packed(helloAgain) << QByteArrayList{"text:Hello", "text:Hello"};
    QTest::newRow("two blocks with BFINAL in a message")
        << packed(helloLast.chopped(1) + helloLast) << QByteArrayList{"text:HelloHello"};
    QTest::newRow("two blocks") << packed(helloTwoBlocks) << QByteArrayList{"text:Hello"};
    QTest::newRow("empty") << packed(QByteArray(1, '\0')) << QByteArrayList{"text:"};
    QTest::newRow("empty, as a fixed block") << packed(QByteArray::fromHex("0200")) << QByteArrayList{"text:"};
    QTest::newRow("empty and binary") << packed(QByteArray(1, '\0'), Opcode::Binary) << QByteArrayList{"binary:"};
    QTest::newRow("empty between") << packed(hello) + packed(QByteArray(1, '\0')) + packed(helloAgain)
                                   << QByteArrayList{"text:Hello", "text:", "text:Hello"};
    QTest::newRow("an empty stored block in front")
        << packed(QByteArray::fromHex("000000ffff") + hello) << QByteArrayList{"text:Hello"};
    QTest::newRow("ten empty blocks") << packed(QByteArray::fromHex("000000ffff").repeated(10) + hello)
                                      << QByteArrayList{"text:Hello"};
    QTest::newRow("one that is not compressed") << makeFrame(Opcode::Text, "plain") << QByteArrayList{"text:plain"};
    QTest::newRow("compressed or not, in turn") << packed(hello) + makeFrame(Opcode::Text, "plain") + packed(helloAgain)
            + makeFrame(Opcode::Binary, "x") << QByteArrayList{"text:Hello", "text:plain", "text:Hello", "binary:x"};
    QTest::newRow("fragments that are not compressed")
        << packed("pl", Opcode::Text, false, false) + more("ain") << QByteArrayList{"text:plain"};
    QTest::newRow("a ping between") << packed(hello.first(3), Opcode::Text, false) + makeFrame(Opcode::Ping, "p")
            + more(hello.sliced(3)) << QByteArrayList{"ping:p", "text:Hello"};
    QTest::newRow("binary") << server({"\xFF\xFE"}, 15, true, Opcode::Binary) << QByteArrayList{"binary:\xFF\xFE"};
    const QByteArray wide = "aé€😀z";
    for (qsizetype at = 1; at < wide.size(); ++at) {
        MessageDeflater deflater;
        const QByteArray first = deflater.take(wide.first(at), false);
        QTest::addRow("UTF-8 whose fragments are cut at %d", int(at)) << packed(first, Opcode::Text, false)
                + more(deflater.take(wide.sliced(at))) << QByteArrayList{"text:" + wide};
    }
    QTest::newRow("dynamic blocks") << server(
        {QByteArray("the quick brown fox jumps over the lazy dog. ").repeated(2'000)})
                                    << QByteArrayList{"text:90000 bytes"};
    QTest::newRow("noise") << server({noise(100'000)}, 15, true, Opcode::Binary)
                           << QByteArrayList{"binary:100000 bytes"};
    QTest::newRow("up to the limit") << server({QByteArray(1'000'000, 'a')}) << QByteArrayList{"text:1000000 bytes"};
    QTest::newRow("noise up to the limit, which takes more on the wire")
        << server({noise(1'000'000)}, 15, true, Opcode::Binary) << QByteArrayList{"binary:1000000 bytes"};
    QTest::newRow("longer than the window") << server({noise(70'000), noise(70'000)}, 15, true, Opcode::Binary)
                                            << QByteArrayList{"binary:70000 bytes", "binary:70000 bytes"};
    for (int bits = 9; bits <= 15; ++bits) {
        const QByteArrayList messages{"a message", "a message", "another message"};
        const QByteArrayList story{"text:a message", "text:a message", "text:another message"};
        QTest::addRow("a window of %d bits, handed on", bits) << server(messages, bits) << story;
        QTest::addRow("a window of %d bits, begun anew", bits) << server(messages, bits, false) << story;
    }
    QTest::newRow("a hundred messages") << server(QByteArrayList(100, "again and again"))
                                        << QByteArrayList(100, "text:again and again");
}

void TestDeflateConformance::inflates()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, story);
    for (const qsizetype pieces : {0, 1, 5}) {
        if (pieces > 0 && bytes.size() > 20'000)
            continue;
        Scripted peer;
        peer.pieces = pieces;
        peer.open(deflating(), line + "\r\n");
        peer.says(bytes + makeFrame(Opcode::Text, "behind"));
        peer.ends();
        QCOMPARE(peer.story, story + QByteArrayList{"text:behind"});
        QCOMPARE(peer.ending().fault, Fault::Vanished);
    }
}

void TestDeflateConformance::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Violation>("violation");
    QTest::newRow("RSV1 on a continuation")
        << packed(hello.first(3), Opcode::Text, false) + packed(hello.sliced(3), Opcode::Continuation)
        << Violation::ReservedBits;
    QTest::newRow("RSV1 on a continuation of a plain message")
        << packed("pl", Opcode::Text, false, false) + packed("ain", Opcode::Continuation) << Violation::ReservedBits;
    QTest::newRow("RSV1 on a continuation of nothing")
        << packed(hello, Opcode::Continuation) << Violation::ReservedBits;
    for (const Opcode opcode : {Opcode::Ping, Opcode::Pong, Opcode::Close})
        QTest::addRow("RSV1 on opcode %d", int(opcode)) << packed({}, opcode) << Violation::ReservedBits;
    for (const int bits : {0x10, 0x20, 0x30, 0x50, 0x60, 0x70}) {
        for (const int opcode : {1, 2}) {
            QByteArray bytes = packed(hello);
            bytes[0] = char(0x80 | bits | opcode);
            QTest::addRow("reserved bits %x of opcode %d", bits, opcode) << bytes << Violation::ReservedBits;
        }
    }
    for (const int opcode : {3, 7, 11, 15})
        QTest::addRow("RSV1 on opcode %d, which nobody knows", opcode)
            << frameHeader(Opcode(opcode), 0).replace(0, 1, QByteArray(1, char(0xC0 | opcode)))
            << Violation::ReservedBits;
    QTest::newRow("masked") << makeMaskedFrame(Opcode::Text, hello, 7).replace(0, 1, "\xC1") << Violation::Masked;
    QTest::newRow("no byte at all") << packed({}) << Violation::BadCompression;
    QTest::newRow("only empty frames") << packed({}, Opcode::Text, false) + more({}) << Violation::BadCompression;
    QTest::newRow("a block of a kind that there is not") << packed("\x07") << Violation::BadCompression;
    QTest::newRow("text that is not compressed") << packed("Hello") << Violation::BadCompression;
    QTest::newRow("a stored block whose lengths differ")
        << packed(QByteArray::fromHex("000500fbff48656c6c6f00")) << Violation::BadCompression;
    QTest::newRow("a stored block that is cut") << packed(helloStored.first(8)) << Violation::BadCompression;
    QTest::newRow("back beyond the start of the window") << packed(helloAgain) << Violation::BadCompression;
    QTest::newRow("zlib's own head in front")
        << packed(QByteArray::fromHex("789cf248cdc9c90700")) << Violation::BadCompression;
    QTest::newRow("gzip") << packed(QByteArray::fromHex("1f8b0800000000000003f248cdc9c90700"))
                          << Violation::BadCompression;
    QTest::newRow("a tree that can not be")
        << packed(QByteArray::fromHex("0cc0810000000000")) << Violation::BadCompression;
    QTest::newRow("rubbish behind a message that went well")
        << packed(hello) + packed("\x07\x07\x07") << Violation::BadCompression;
    QTest::newRow("rubbish behind BFINAL") << packed(helloLast.chopped(1) + "\x07") << Violation::BadCompression;
    for (qsizetype size = 1; size < 5; ++size) // the letters are whole bytes here, so the rest is missed
        QTest::addRow("Hello, of which %d bytes are there", int(size))
            << packed(hello.first(size)) << Violation::BadCompression;
    QTest::newRow("text that is not UTF-8") << server({"gr\xFC\xDF"}) << Violation::InvalidUtf8;
    QTest::newRow("a character that ends nowhere") << server({"\xE2\x82"}) << Violation::InvalidUtf8;
    QTest::newRow("a character that ends in the next message")
        << server({"\xE2", "\x82\xAC"}) << Violation::InvalidUtf8;
    QTest::newRow("one byte over the limit") << server({QByteArray(1'000'001, 'a')}) << Violation::MessageTooBig;
    QTest::newRow("noise over the limit")
        << server({noise(1'000'001)}, 15, true, Opcode::Binary) << Violation::MessageTooBig;
    QTest::newRow("fragments over the limit together") << [] {
        MessageDeflater deflater;
        QByteArray bytes = packed(deflater.take(QByteArray(600'000, 'a'), false), Opcode::Text, false);
        return bytes + more(deflater.take(QByteArray(600'000, 'b')));
    }() << Violation::MessageTooBig;
    QTest::newRow("empty blocks over the limit")
        << packed(QByteArray::fromHex("000000ffff").repeated(400'000)) << Violation::MessageTooBig;
    QTest::newRow("a new message inside")
        << packed(hello.first(3), Opcode::Text, false) + packed(hello) << Violation::ExpectedContinuation;
    QTest::newRow("a continuation behind its end") << packed(hello) + more(hello) << Violation::UnexpectedContinuation;
}

void TestDeflateConformance::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(FrameViolation, violation);
    for (const qsizetype pieces : {0, 1, 5}) {
        if (pieces > 0 && bytes.size() > 20'000)
            continue;
        Scripted peer;
        peer.pieces = pieces;
        peer.open(deflating(), line + "\r\n");
        peer.says(bytes + makeFrame(Opcode::Text, "behind"));
        peer.ends();
        QCOMPARE(peer.story.last(), "broken:" + describe(violation).toByteArray());
        QCOMPARE(peer.ending().codeSent, closeCodeFor(violation));
        QVERIFY(peer.sent.last().startsWith("88 "));
    }
}

void TestDeflateConformance::knowsTheWindow_data()
{
    QTest::addColumn<int>("agreed");
    QTest::addColumn<int>("used");
    QTest::addColumn<bool>("works");
    for (const int agreed : {8, 9, 10, 12, 15}) {
        for (const int used : {10, 12, 15}) // one of 9 reaches no farther back than 250 bytes
            QTest::addRow("%d bits agreed, %d used", agreed, used) << agreed << used << (used <= agreed);
    }
}

// What is said again is farther back than the smaller windows reach, and nearer than the greater ones do.
void TestDeflateConformance::knowsTheWindow()
{
    QFETCH(int, agreed);
    QFETCH(int, used);
    QFETCH(bool, works);
    const qsizetype reach = qsizetype(1) << used;
    const QByteArray once = noise(reach - 300); // deflate leaves some of its window unused
    const QByteArray bytes = server({once, once}, used, true, Opcode::Binary);
    Scripted peer;
    peer.open(deflating(), line + "; server_max_window_bits=" + QByteArray::number(agreed) + "\r\n");
    peer.says(bytes);
    peer.ends();
    QCOMPARE(peer.story.last().startsWith("binary:"), works);
    QCOMPARE(peer.ending().fault, works ? Fault::Vanished : Fault::ProtocolViolation);
}

void TestDeflateConformance::tellsWhatFramesMean()
{
    Scripted peer;
    QByteArrayList told;
    QObject::connect(&peer.client, &TestClient::frameReceived, &peer.client,
                     [&told](const FrameHeader &header, const QByteArray &payload) {
                         told += QByteArray::number(header.firstByte, 16) + ' '
                             + QByteArray::number(header.payloadLength) + ' ' + payload;
                     });
    peer.open(deflating(), line + "\r\n");
    QVERIFY(peer.client.compression() == DeflateParameters());
    MessageDeflater deflater;
    const QByteArray first = deflater.take("one, ", false);
    const QByteArray second = deflater.take("two");
    peer.says(packed(first, Opcode::Text, false) + more(second));
    QCOMPARE(told,
             (QByteArrayList{"41 " + QByteArray::number(first.size()) + " one, ",
                             "80 " + QByteArray::number(second.size()) + " two"}));
}

void TestDeflateConformance::compressesWhatItSends_data()
{
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("takeover");
    QTest::newRow("plain") << QByteArray() << 15 << true;
    QTest::newRow("begun anew each time") << "; client_no_context_takeover"_ba << 15 << false;
    for (int bits = 9; bits <= 15; ++bits) {
        const QByteArray window = "; client_max_window_bits=" + QByteArray::number(bits);
        QTest::addRow("a window of %d bits", bits) << window << bits << true;
        QTest::addRow("a window of %d bits, begun anew", bits)
            << window + "; client_no_context_takeover" << bits << false;
    }
}

// The server's inflater takes no more than what was agreed.
void TestDeflateConformance::compressesWhatItSends()
{
    QFETCH(QByteArray, parameters);
    QFETCH(int, bits);
    QFETCH(bool, takeover);
    Scripted peer;
    peer.open(deflating(), line + parameters + "\r\n");
    const QByteArray big = noise(40'000);
    const QByteArrayList messages{"", "grüße", "grüße", "", QByteArray(50'000, 'a'), big, big, "the end"};
    for (const QByteArray &message : messages)
        QCOMPARE(peer.client.sendBinary(message), TestClientSend::Sent);
    peer.look();
    QCOMPARE(peer.sent.size(), messages.size());
    MessageInflater inflater(bits, takeover);
    for (qsizetype i = 0; i < messages.size(); ++i) {
        QCOMPARE(peer.sent[i].first(3), "c2 "_ba);
        QByteArray message;
        QCOMPARE(inflater.take(peer.sent[i].sliced(3), message, 0), Violation::None);
        QCOMPARE(inflater.finish(message, 0), Violation::None);
        QCOMPARE(message, messages[i]);
    }
    QVERIFY(peer.sent[4].size() < 500);
    QCOMPARE(peer.sent[2].size() < peer.sent[1].size(), takeover);
    QCOMPARE(peer.client.ping("as it is"), TestClientSend::Sent);
    peer.look();
    QCOMPARE(peer.sent.last(), "89 as it is"_ba);
}

void TestDeflateConformance::sendsAsItIsWhereTheWindowIsTooSmall()
{
    Scripted peer;
    peer.open(deflating(), line + "; client_max_window_bits=8\r\n");
    QCOMPARE(peer.client.sendText("as it is"), TestClientSend::Sent);
    peer.look();
    QCOMPARE(peer.sent, QByteArrayList{"81 as it is"});
}

void TestDeflateConformance::compressesFragments()
{
    Scripted peer;
    QList<FrameHeader> headers;
    QByteArrayList shown;
    QObject::connect(&peer.client, &TestClient::frameSent, &peer.client,
                     [&](const FrameHeader &header, const QByteArray &payload) {
                         headers += header;
                         shown += payload;
                     });
    peer.open(deflating(), line + "\r\n");
    QCOMPARE(peer.client.sendFragmented(false, {"one, ", "two, ", "", "three"}, "p"), TestClientSend::Sent);
    peer.look();
    QCOMPARE(shown, (QByteArrayList{"one, ", "p", "two, ", "p", "", "p", "three"}));
    QByteArrayList firstBytes;
    QByteArray payload;
    for (qsizetype i = 0; i < peer.sent.size(); ++i) {
        const qsizetype space = peer.sent[i].indexOf(' ');
        firstBytes += peer.sent[i].first(space);
        const QByteArray rest = peer.sent[i].sliced(space + 1);
        QCOMPARE(quint64(rest.size()), headers[i].payloadLength);
        payload += isControl(headers[i].opcode()) ? QByteArray() : rest;
    }
    QCOMPARE(firstBytes, (QByteArrayList{"41", "89", "0", "89", "0", "89", "80"}));
    MessageInflater inflater;
    QByteArray message;
    QCOMPARE(inflater.take(payload, message, 0), Violation::None);
    QCOMPARE(inflater.finish(message, 0), Violation::None);
    QCOMPARE(message, "one, two, three"_ba);
}

void TestDeflateConformance::stopsABomb_data()
{
    QTest::addColumn<qsizetype>("pieces");
    QTest::newRow("at once") << qsizetype(0);
    QTest::newRow("in pieces of a read") << qsizetype(1'000);
    QTest::newRow("dripping") << qsizetype(1);
}

// 50 MB of it are some 50 KB on the wire; no more than the limit is ever made of them.
void TestDeflateConformance::stopsABomb()
{
    QFETCH(qsizetype, pieces);
    const QByteArray bomb = server({QByteArray(50'000'000, '\0')}, 15, true, Opcode::Binary);
    QVERIFY(bomb.size() < 60'000);
    Scripted peer;
    peer.pieces = pieces;
    qsizetype shown = 0;
    QObject::connect(&peer.client, &TestClient::frameBroken, &peer.client,
                     [&shown](const FrameHeader &, const QByteArray &payload) { shown = payload.size(); });
    peer.open(deflating(100'000), line + "\r\n");
    peer.says(bomb);
    peer.ends();
    QCOMPARE(peer.ending().fault, Fault::MessageTooBig);
    QCOMPARE(peer.ending().codeSent, 1009);
    QVERIFY(shown <= 4096);
}

Q_DECLARE_METATYPE(glasshouse::FrameViolation)

QTEST_GUILESS_MAIN(TestDeflateConformance)
#include "tst_deflateconformance.moc"
