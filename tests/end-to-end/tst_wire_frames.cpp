// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Messages = QList<RawClient::Message>;

namespace {

constexpr quint32 key = 0x12345678;
constexpr int openStays = 0; // expected "close code" of a connection that is not ended by the server

enum class LengthForm { Minimal, In16Bits, In64Bits };

// A frame as no writer makes it: any first byte, any form of length, masked or not.
QByteArray rawFrame(quint8 first, QByteArray payload, LengthForm form = LengthForm::Minimal, bool masked = true)
{
    QByteArray bytes(1, char(first));
    const quint8 mask = masked ? 0x80 : 0;
    const auto size = quint64(payload.size());
    const int width =
        form == LengthForm::In64Bits || size > 0xFFFF ? 8 : (form == LengthForm::In16Bits || size > 125 ? 2 : 0);
    bytes += char(mask | (width == 8 ? 127 : (width == 2 ? 126 : int(size))));
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8)
        bytes += char(size >> shift);
    if (masked) {
        bytes += QByteArray::fromHex("12345678");
        applyMask(payload.data(), payload.size(), key);
    }
    return bytes + payload;
}

QByteArray text(QByteArrayView payload, bool fin = true) { return makeMaskedFrame(Opcode::Text, payload, key, fin); }
QByteArray binary(QByteArrayView payload, bool fin = true)
{
    return makeMaskedFrame(Opcode::Binary, payload, key, fin);
}
QByteArray more(QByteArrayView payload, bool fin) { return makeMaskedFrame(Opcode::Continuation, payload, key, fin); }
QByteArray ping(QByteArrayView payload) { return makeMaskedFrame(Opcode::Ping, payload, key); }
QByteArray pong(QByteArrayView payload) { return makeMaskedFrame(Opcode::Pong, payload, key); }
QByteArray closing(quint16 code, QByteArrayView reason = {})
{
    return makeMaskedFrame(Opcode::Close, closePayload(code, reason), key);
}
RawClient::Message textMessage(const QByteArray &payload) { return {MessageKind::Text, payload}; }
RawClient::Message binaryMessage(const QByteArray &payload) { return {MessageKind::Binary, payload}; }

void columns()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Messages>("messages");
    QTest::addColumn<QList<QByteArray>>("pongs");
    QTest::addColumn<int>("closeCode");
}

void row(const char *name, const QByteArray &bytes, const Messages &messages, const QList<QByteArray> &pongs = {},
         int closeCode = openStays)
{
    QTest::newRow(name) << bytes << messages << pongs << closeCode;
}

void refused(const char *name, const QByteArray &bytes, int closeCode = 1002) { row(name, bytes, {}, {}, closeCode); }

} // namespace

/// RFC 6455 sections 5 and 7 against /echo. Every row is sent at once, in the segment of the handshake, and byte by byte.
class TestWireFrames : public QObject
{
    Q_OBJECT

    ServerProcess m_server{
        manyConnections()
        + QStringList{u"--message-rate"_s, u"0"_s, u"--byte-rate"_s, u"0"_s, u"--max-message-bytes"_s, u"1048576"_s}};

    void check(RawClient &client);

private slots:
    void initTestCase() { QVERIFY2(m_server.start(), m_server.output().constData()); }
    void cleanupTestCase() { QVERIFY2(m_server.stop() == 0, m_server.output().constData()); }

    void lengths_data();
    void lengths() { everyWay(); }
    void fragments_data();
    void fragments() { everyWay(); }
    void controlFrames_data();
    void controlFrames() { everyWay(); }
    void headers_data();
    void headers() { everyWay(); }
    void sizes_data();
    void sizes() { everyWay(); }
    void utf8Valid_data();
    void utf8Valid() { everyWay(); }
    void utf8Invalid_data();
    void utf8Invalid();
    void utf8SplitAnywhere_data();
    void utf8SplitAnywhere();
    void closeCodes_data();
    void closeCodes();
    void closeReasons_data();
    void closeReasons() { everyWay(); }
    void afterClose_data();
    void afterClose();

private:
    void everyWay();
};

void TestWireFrames::check(RawClient &client)
{
    QFETCH(Messages, messages);
    QFETCH(QList<QByteArray>, pongs);
    QFETCH(int, closeCode);
    QVERIFY(client.waitForMessages(messages.size()));
    QVERIFY(client.waitForPongs(pongs.size()));
    if (closeCode == openStays)
        client.sendClose(1000, "done");
    QVERIFY(client.waitForEnd());
    QVERIFY(client.closed());
    QCOMPARE(int(client.closeCode()), closeCode == openStays ? 1000 : closeCode);
    QVERIFY(client.messages() == messages);
    QCOMPARE(client.pongs(), pongs);
    QVERIFY(!client.serverBrokeTheRules());
}

void TestWireFrames::everyWay()
{
    QFETCH(QByteArray, bytes);
    {
        RawClient client(m_server.port());
        QVERIFY(client.upgrade());
        client.send(bytes);
        check(client);
    }
    if (QTest::currentTestFailed())
        return;
    {
        RawClient client(m_server.port());
        client.send(RawClient::upgradeHead("/echo") + bytes);
        check(client);
    }
    if (bytes.size() <= 400) {
        RawClient client(m_server.port());
        QVERIFY(client.upgrade());
        for (const char byte : std::as_const(bytes))
            client.send({&byte, 1});
        check(client);
    }
}

void TestWireFrames::lengths_data()
{
    columns();
    for (const int size : {0, 1, 125, 126, 127, 128, 65535, 65536, 262144, 1048576}) {
        const QByteArray payload(size, '*');
        row(qPrintable(u"text of %1"_s.arg(size)), text(payload), {textMessage(payload)});
        row(qPrintable(u"binary of %1"_s.arg(size)), binary(payload), {binaryMessage(payload)});
    }
    QByteArray all;
    for (int value = 0; value < 256; ++value)
        all += char(value);
    row("binary of every byte", binary(all), {binaryMessage(all)});
}

void TestWireFrames::fragments_data()
{
    columns();
    row("two of text", text("Hel", false) + more("lo", true), {textMessage("Hello")});
    row("two of binary", binary("Hel", false) + more("lo", true), {binaryMessage("Hello")});
    row("empty first", text("", false) + more("lo", true), {textMessage("lo")});
    row("empty last", text("Hel", false) + more("", true), {textMessage("Hel")});
    row("all empty", text("", false) + more("", false) + more("", true), {textMessage("")});
    QByteArray many = binary("0", false);
    QByteArray joined = "0";
    for (int i = 1; i < 1023; ++i) {
        many += more("1", false);
        joined += '1';
    }
    row("1,024 of them", many + more("2", true), {binaryMessage(joined + '2')});
    const QByteArray large(100'000, 'x');
    row("large ones", binary(large, false) + more(large, false) + more(large, true),
        {binaryMessage(large + large + large)});
    row("two messages one after the other", text("a", false) + more("b", true) + text("c", false) + more("d", true),
        {textMessage("ab"), textMessage("cd")});
    row("ping between", text("Hel", false) + ping("!") + more("lo", true), {textMessage("Hello")}, {"!"});
    row("pong between", text("Hel", false) + pong("!") + more("lo", true), {textMessage("Hello")});
    row("pings between all", text("a", false) + ping("1") + more("b", false) + ping("2") + more("c", true),
        {textMessage("abc")}, {"1", "2"});
    refused("close between", text("Hel", false) + closing(1000), 1000);
    refused("continuation of nothing", more("lo", true));
    refused("continuation of nothing, not final", more("lo", false));
    row("continuation after the end", text("a") + more("b", true), {textMessage("a")}, {}, 1002);
    refused("text inside text", text("a", false) + text("b"));
    refused("binary inside text", text("a", false) + binary("b"));
    refused("text inside binary", binary("a", false) + text("b", false));
}

void TestWireFrames::controlFrames_data()
{
    columns();
    for (const int size : {0, 1, 124, 125})
        row(qPrintable(u"ping of %1"_s.arg(size)), ping(QByteArray(size, 'p')), {}, {QByteArray(size, 'p')});
    row("ping of bytes that are no text", ping("\xff\xfe\x80"), {}, {"\xff\xfe\x80"});
    row("ten pings in order",
        ping("0") + ping("1") + ping("2") + ping("3") + ping("4") + ping("5") + ping("6") + ping("7") + ping("8")
            + ping("9"),
        {}, {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"});
    row("pong that nobody asked for", pong("x") + text("still here"), {textMessage("still here")});
    row("empty pong", pong("") + text("still here"), {textMessage("still here")});
    row("ping and text", ping("a") + text("b"), {textMessage("b")}, {"a"});
    const QByteArray tooLong(126, 'p');
    refused("ping of 126", rawFrame(0x89, tooLong));
    refused("pong of 126", rawFrame(0x8A, tooLong));
    refused("close of 126", rawFrame(0x88, "\x03\xe8" + QByteArray(124, 'r')));
    refused("ping of 65,536", rawFrame(0x89, QByteArray(65536, 'p')));
    refused("ping in two", rawFrame(0x09, "a"));
    refused("pong in two", rawFrame(0x0A, "a"));
    refused("close in two", rawFrame(0x08, "\x03\xe8"));
}

void TestWireFrames::headers_data()
{
    columns();
    for (int bits = 1; bits < 8; ++bits)
        refused(qPrintable(u"reserved bits %1"_s.arg(bits)), rawFrame(quint8(0x81 | (bits << 4)), "x"));
    refused("reserved bit of a ping", rawFrame(0xC9, "x"));
    refused("reserved bit of a close", rawFrame(0xC8, "\x03\xe8"));
    refused("reserved bit of a continuation", text("a", false) + rawFrame(0xC0, "b"));
    for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        refused(qPrintable(u"opcode %1"_s.arg(opcode)), rawFrame(quint8(0x80 | opcode), "x"));
    refused("text without a mask", rawFrame(0x81, "x", LengthForm::Minimal, false));
    refused("ping without a mask", rawFrame(0x89, "x", LengthForm::Minimal, false));
    refused("close without a mask", rawFrame(0x88, "\x03\xe8", LengthForm::Minimal, false));
    refused("5 in 16 bits", rawFrame(0x81, "Hello", LengthForm::In16Bits));
    refused("125 in 16 bits", rawFrame(0x82, QByteArray(125, 'x'), LengthForm::In16Bits));
    refused("5 in 64 bits", rawFrame(0x81, "Hello", LengthForm::In64Bits));
    refused("65,535 in 64 bits", rawFrame(0x82, QByteArray(65535, 'x'), LengthForm::In64Bits));
    refused("ping of 5 in 16 bits", rawFrame(0x89, "Hello", LengthForm::In16Bits));
    refused("highest bit of the length", QByteArray::fromHex("82ff8000000000000000") + QByteArray(4, '\0'));
    row("a good message, then a bad frame", text("good") + rawFrame(0x83, "x"), {textMessage("good")}, {}, 1002);
    row("two good ones, then a bad frame", text("a") + binary("b") + rawFrame(0xF1, ""),
        {textMessage("a"), binaryMessage("b")}, {}, 1002);
    row("a bad frame, then a good message", rawFrame(0x83, "x") + text("never"), {}, {}, 1002);
    row("mask of zeros", QByteArray::fromHex("818500000000") + "Hello", {textMessage("Hello")});
}

void TestWireFrames::sizes_data()
{
    columns();
    refused("announced one byte too many", QByteArray::fromHex("82ff0000000000100001") + QByteArray(4, '\0'), 1009);
    refused("announced 100 MB", QByteArray::fromHex("82ff0000000005f5e100") + QByteArray(4, '\0'), 1009);
    refused("announced 2^62", QByteArray::fromHex("82ff4000000000000000") + QByteArray(4, '\0'), 1009);
    const QByteArray half(600'000, 'x');
    refused("joined too big", binary(half, false) + more(half, true), 1009);
    row("a good one, then too big", text("a") + QByteArray::fromHex("82ff0000000005f5e100") + QByteArray(4, '\0'),
        {textMessage("a")}, {}, 1009);
}

void TestWireFrames::utf8Valid_data()
{
    columns();
    const std::pair<const char *, QByteArray> rows[] = {
        {"two bytes", "\xc2\xb5"},
        {"three bytes", "\xe2\x82\xac"},
        {"four bytes", "\xf0\x9f\x90\x8e"},
        {"lowest of two", "\xc2\x80"},
        {"lowest of three", "\xe0\xa0\x80"},
        {"lowest of four", "\xf0\x90\x80\x80"},
        {"highest of three", "\xef\xbf\xbf"},
        {"highest of all", "\xf4\x8f\xbf\xbf"},
        {"before the surrogates", "\xed\x9f\xbf"},
        {"behind the surrogates", "\xee\x80\x80"},
        {"NUL inside", QByteArray("a\0b", 3)},
        {"byte-order mark is kept",
         "\xef\xbb\xbf"
         "abc"},
        {"only a byte-order mark", "\xef\xbb\xbf"},
        {"Greek", "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5"},
    };
    for (const auto &[name, payload] : rows)
        row(name, text(payload), {textMessage(payload)});
    QByteArray euros;
    for (int i = 0; i < 200'001; ++i)
        euros += "\xe2\x82\xac";
    row("600 KB of euro signs", text(euros), {textMessage(euros)});
    row("binary is not looked at", binary("\xff\xc0\x80"), {binaryMessage("\xff\xc0\x80")});
}

void TestWireFrames::utf8Invalid_data()
{
    QTest::addColumn<QByteArray>("payload");
    const std::pair<const char *, const char *> rows[] = {
        {"lone continuation", "80"},
        {"lone continuation at the end", "6162bf"},
        {"C0", "c080"},
        {"C1", "c1bf"},
        {"overlong three", "e09fbf"},
        {"overlong four", "f08fbfbf"},
        {"first surrogate", "eda080"},
        {"last surrogate", "edbfbf"},
        {"surrogate pair", "eda0bdedb881"},
        {"above the last", "f4908080"},
        {"F5", "f5808080"},
        {"FE", "fe"},
        {"FF", "ff"},
        {"five bytes", "f888808080"},
        {"six bytes", "fc8480808080"},
        {"cut after one of two", "c2"},
        {"cut after two of three", "e282"},
        {"cut after three of four", "f09f90"},
        {"text for the second", "c241"},
        {"text for the third", "e28241"},
        {"text for the fourth", "f09f9041"},
        {"good, bad, good", "616263ff646566"},
    };
    for (const auto &[name, hex] : rows)
        QTest::newRow(name) << QByteArray::fromHex(hex);
}

void TestWireFrames::utf8Invalid()
{
    QFETCH(QByteArray, payload);
    // Whole, in two frames, and (where it can be known by then) before the message is complete.
    const bool cut = QByteArrayView(QTest::currentDataTag()).startsWith("cut");
    QList<QByteArray> ways{text(payload), text(payload.first(1), false) + more(payload.sliced(1), true)};
    if (!cut)
        ways += text(payload, false);
    for (const QByteArray &bytes : std::as_const(ways)) {
        RawClient client(m_server.port());
        QVERIFY(client.upgrade());
        client.send(text("before") + bytes);
        QVERIFY(client.waitForEnd());
        QCOMPARE(int(client.closeCode()), 1007);
        QVERIFY(client.messages() == Messages{textMessage("before")});
    }
}

void TestWireFrames::utf8SplitAnywhere_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("euro signs") << QByteArray("\xe2\x82\xac\xe2\x82\xac");
    QTest::newRow("horse") << QByteArray("a\xf0\x9f\x90\x8ez");
    QTest::newRow("mark and letters") << QByteArray("\xef\xbb\xbf\xc3\xa9");
}

// Between fragments and between segments, at every byte.
void TestWireFrames::utf8SplitAnywhere()
{
    QFETCH(QByteArray, payload);
    RawClient client(m_server.port());
    QVERIFY(client.upgrade());
    Messages expected;
    for (qsizetype at = 0; at <= payload.size(); ++at) {
        client.send(text(payload.first(at), false));
        client.send(more(payload.sliced(at), true));
        const QByteArray frame = text(payload);
        client.send(frame.first(6 + at));
        client.send(frame.sliced(6 + at));
        expected << textMessage(payload) << textMessage(payload);
        QVERIFY(client.waitForMessages(expected.size()));
    }
    QVERIFY(client.messages() == expected);
}

void TestWireFrames::closeCodes_data()
{
    QTest::addColumn<int>("sent");
    QTest::addColumn<int>("answered");
    for (const int code :
         {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4001, 4999})
        QTest::newRow(qPrintable(u"%1 is echoed"_s.arg(code))) << code << code;
    for (const int code : {1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
        QTest::newRow(qPrintable(u"%1 is a fault"_s.arg(code))) << code << 1002;
}

void TestWireFrames::closeCodes()
{
    QFETCH(int, sent);
    QFETCH(int, answered);
    RawClient client(m_server.port());
    QVERIFY(client.upgrade());
    client.send(rawFrame(0x88, QByteArray(1, char(sent >> 8)) + char(sent)));
    QVERIFY(client.waitForEnd());
    QVERIFY(client.closed());
    QCOMPARE(int(client.closeCode()), answered);
}

void TestWireFrames::closeReasons_data()
{
    columns();
    refused("longest reason", closing(1000, QByteArray(123, 'r')), 1000);
    refused("reason in Greek", closing(4321, "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5"), 4321);
    refused("one byte", rawFrame(0x88, "\x03"), 1002);
    refused("code 0", rawFrame(0x88, QByteArray(2, '\0')), 1002);
    refused("reason is no UTF-8", rawFrame(0x88, "\x03\xe8\xff\xfe"), 1007);
    refused("reason cut inside a code point", rawFrame(0x88, "\x03\xe8\xe2\x82"), 1007);
    row("a message before", text("last words") + closing(1001), {textMessage("last words")}, {}, 1001);
}

void TestWireFrames::afterClose_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << text("late");
    QTest::newRow("ping") << ping("late");
    QTest::newRow("another close") << closing(1001);
    QTest::newRow("garbage") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("a bad frame") << rawFrame(0x83, "x");
}

void TestWireFrames::afterClose()
{
    QFETCH(QByteArray, bytes);
    RawClient client(m_server.port());
    QVERIFY(client.upgrade());
    client.send(closing(1000) + bytes);
    QVERIFY(client.waitForEnd());
    QCOMPARE(int(client.closeCode()), 1000);
    QVERIFY(client.messages().isEmpty());
    QVERIFY(client.pongs().isEmpty());
    QVERIFY(!client.serverBrokeTheRules());
}

QTEST_GUILESS_MAIN(TestWireFrames)
#include "tst_wire_frames.moc"
