// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/proxyheader.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Status = ProxyHeaderParser::Status;

Q_DECLARE_METATYPE(glasshouse::ProxyError)

namespace {

const QByteArray signature("\r\n\r\n\0\r\nQUIT\n", 12);

QByteArray hex(const char *digits) { return QByteArray::fromHex(digits); }

/// Version 2: the byte of version and command, that of the family, and what stands behind.
QByteArray binary(const char *versionCommandFamily, const QByteArray &behind)
{
    return signature + hex(versionCommandFamily) + char(behind.size() >> 8) + char(behind.size() & 0xFF) + behind;
}

const QByteArray v4 = hex("CB007109"
                          "0A000001"
                          "1267"
                          "1F90"); // 203.0.113.9 to 10.0.0.1, 4711 to 8080
const QByteArray v6 = hex("20010DB8000000000000000000000007"
                          "FD000000000000000000000000000001"
                          "1267"
                          "1F90");
const QByteArray unixPaths(216, 'x');

struct Outcome
{
    Status status = Status::NeedMore;
    qsizetype consumed = 0;
    ProxyError error = ProxyError::None;
    ProxyHeader header;
};

Outcome feed(const QByteArray &first, const QByteArray &second = {})
{
    ProxyHeaderParser parser;
    Outcome outcome;
    for (const QByteArray &piece : {first, second}) {
        qsizetype consumed = 0;
        outcome.status = parser.feed(piece, consumed);
        outcome.consumed += consumed;
    }
    outcome.error = parser.error();
    outcome.header = parser.header();
    return outcome;
}

} // namespace

class TestProxyHeader final : public QObject
{
    Q_OBJECT

private slots:
    void readsHeaders_data();
    void readsHeaders();
    void refusesHeaders_data();
    void refusesHeaders();
    void staysUndecidedUntilTheEnd_data();
    void staysUndecidedUntilTheEnd();
    void refusesStrangersAtTheFirstWrongByte_data();
    void refusesStrangersAtTheFirstWrongByte();
    void describesEveryError();
};

void TestProxyHeader::readsHeaders_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<int>("version");
    QTest::addColumn<QString>("source"); // empty: not known
    QTest::addColumn<int>("port");
    const auto row = [](const char *name, const QByteArray &wire, int version, const QString &source, int port) {
        QTest::newRow(name) << wire << version << source << port;
    };
    const QString client = u"203.0.113.9"_s;
    row("1, TCP4", "PROXY TCP4 203.0.113.9 10.0.0.1 4711 8080\r\n", 1, client, 4711);
    row("1, TCP6", "PROXY TCP6 2001:db8::7 fd00::1 4711 8080\r\n", 1, u"2001:db8::7"_s, 4711);
    row("1, IPv4 in IPv6", "PROXY TCP6 ::ffff:203.0.113.9 fd00::1 4711 8080\r\n", 1, client, 4711);
    row("1, longest ports", "PROXY TCP4 203.0.113.9 255.255.255.255 65535 65535\r\n", 1, client, 65535);
    row("1, port 0", "PROXY TCP4 203.0.113.9 10.0.0.1 0 0\r\n", 1, client, 0);
    row("1, unknown", "PROXY UNKNOWN\r\n", 1, {}, 0);
    row("1, unknown with addresses", "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n", 1, {}, 0);
    row("1, unknown, as long as may be", "PROXY UNKNOWN " + QByteArray(107 - 16, 'x') + "\r\n", 1, {}, 0);
    row("2, TCP4", binary("2111", v4), 2, client, 4711);
    row("2, TCP6", binary("2121", v6), 2, u"2001:db8::7"_s, 4711);
    row("2, IPv4 in IPv6", binary("2121", hex("00000000000000000000FFFFCB007109") + v6.mid(16)), 2, client, 4711);
    row("2, TCP4 with extensions",
        binary("2111",
               v4
                   + hex("02000161"
                         "030004DEADBEEF"
                         "040000")),
        2, client, 4711);
    row("2, TCP6 with an extension", binary("2121", v6 + hex("EE0003616263")), 2, u"2001:db8::7"_s, 4711);
    row("2, as long as may be", binary("2111", v4 + hex("EE0FF1") + QByteArray(0xFF1, 'x')), 2, client, 4711);
    row("2, local", binary("2000", {}), 2, {}, 0);
    row("2, local with addresses", binary("2011", v4), 2, {}, 0);
    row("2, local with anything", binary("20FF", "anything"), 2, {}, 0);
    row("2, unspecified", binary("2100", {}), 2, {}, 0);
    row("2, unspecified with something", binary("2100", "anything"), 2, {}, 0);
    row("2, Unix", binary("2131", unixPaths), 2, {}, 0);
    row("2, Unix with an extension", binary("2131", unixPaths + hex("020000")), 2, {}, 0);
}

// Cut at every byte, and with the client's bytes behind it.
void TestProxyHeader::readsHeaders()
{
    QFETCH(QByteArray, wire);
    QFETCH(QString, source);
    for (qsizetype cut = 0; cut <= wire.size(); ++cut) {
        const Outcome outcome = feed(wire.left(cut), wire.mid(cut) + "GET / HTTP/1.1\r\n");
        QCOMPARE(outcome.status, Status::Done);
        QCOMPARE(outcome.consumed, wire.size());
        QCOMPARE(outcome.error, ProxyError::None);
        QTEST(outcome.header.version, "version");
        QCOMPARE(outcome.header.source, QHostAddress(source));
        QCOMPARE(outcome.header.source.isNull(), source.isEmpty());
        QTEST(int(outcome.header.sourcePort), "port");
        QCOMPARE(outcome.header.destination.isNull(), source.isEmpty());
    }
}

void TestProxyHeader::refusesHeaders_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<ProxyError>("error");
    const auto row = [](const QByteArray &name, const QByteArray &wire, ProxyError error) {
        QTest::newRow(name.constData()) << wire << error;
    };
    using enum ProxyError;
    const auto line = [&row](const QByteArray &text, ProxyError error) {
        row("1, " + text.toPercentEncoding(" .:[]%"), "PROXY " + text, error);
    };

    row("HTTP", "GET / HTTP/1.1\r\n", NotProxy);
    row("POST", "POST / HTTP/1.1\r\n", NotProxy);
    row("TLS", hex("160301"), NotProxy);
    row("small letters", "proxy TCP4 203.0.113.9 10.0.0.1 4711 8080\r\n", NotProxy);
    row("tab", "PROXY\tTCP4 203.0.113.9 10.0.0.1 4711 8080\r\n", NotProxy);
    row("line end in the word", "PRO\r\n", NotProxy);
    row("space in front", " PROXY UNKNOWN\r\n", NotProxy);
    row("empty lines", "\r\n\r\n\r\n", NotProxy);
    row("signature with a wrong end", signature.chopped(1) + '\r', NotProxy);
    line("TCP4 203.0.113.9 10.0.0.1 4711 8080\n", BadLine);
    line("TCP4 203.0.113.9\r10.0.0.1 4711 8080\r\n", BadLine);
    line("TCP4 203.0.113.9 10.0.0.1 4711\r\n", BadLine);
    line("TCP4 203.0.113.9 10.0.0.1 4711 8080 1\r\n", BadLine);
    line("TCP4  203.0.113.9 10.0.0.1 4711 8080\r\n", BadLine);
    line("TCP4 203.0.113.9 10.0.0.1 4711 8080 \r\n", BadLine);
    line("TCP4\r\n", BadLine);
    line("UNKNOWN\n", BadLine);
    line("\r\n", BadFamily);
    line("TCP5 203.0.113.9 10.0.0.1 4711 8080\r\n", BadFamily);
    line("UDP4 203.0.113.9 10.0.0.1 4711 8080\r\n", BadFamily);
    line("tcp4 203.0.113.9 10.0.0.1 4711 8080\r\n", BadFamily);
    line("UNKNOWNX\r\n", BadFamily);
    line("TCP4 2001:db8::7 10.0.0.1 4711 8080\r\n", BadAddress);
    line("TCP4 203.0.113.9 fd00::1 4711 8080\r\n", BadAddress);
    line("TCP6 203.0.113.9 fd00::1 4711 8080\r\n", BadAddress);
    line("TCP6 2001:db8::7 10.0.0.1 4711 8080\r\n", BadAddress);
    line("TCP6 [2001:db8::7] fd00::1 4711 8080\r\n", BadAddress);
    line("TCP6 fe80::1%eth0 fd00::1 4711 8080\r\n", BadAddress);
    line("TCP4 203.0.113 10.0.0.1 4711 8080\r\n", BadAddress);
    line("TCP4 203.0.113.009 10.0.0.1 4711 8080\r\n", BadAddress);
    line("TCP4 203.0.113.256 10.0.0.1 4711 8080\r\n", BadAddress);
    line("TCP4 localhost 10.0.0.1 4711 8080\r\n", BadAddress);
    line("TCP4 0.0.0.0 10.0.0.1 4711 8080\r\n", BadAddress);
    line("TCP4 224.0.0.1 10.0.0.1 4711 8080\r\n", BadAddress);
    line("TCP6 :: fd00::1 4711 8080\r\n", BadAddress);
    line("TCP4 203.0.113.9 10.0.0.1 65536 8080\r\n", BadPort);
    line("TCP4 203.0.113.9 10.0.0.1 4711 -1\r\n", BadPort);
    line("TCP4 203.0.113.9 10.0.0.1 04711 8080\r\n", BadPort);
    line("TCP4 203.0.113.9 10.0.0.1 x 8080\r\n", BadPort);
    row("1, a byte too long", "PROXY UNKNOWN " + QByteArray(107 - 15, 'x') + "\r\n", TooLong);
    row("1, endless", "PROXY " + QByteArray(5000, 'x'), TooLong);
    row("2, version 1", binary("1111", v4), BadVersion);
    row("2, version 3", binary("3111", v4), BadVersion);
    row("2, version 0", binary("0111", v4), BadVersion);
    row("2, command 2", binary("2211", v4), BadCommand);
    row("2, command 15", binary("2F11", v4), BadCommand);
    row("2, too long", binary("2111", v4 + QByteArray(4085, 'x')), TooLong);
    row("2, longest length", binary("2111", v4 + QByteArray(65535 - 12, 'x')), TooLong);
    row("2, local, too long", binary("2000", QByteArray(4097, 'x')), TooLong);
    row("2, UDP4", binary("2112", v4), BadFamily);
    row("2, UDP6", binary("2122", v6), BadFamily);
    row("2, Unix datagrams", binary("2132", unixPaths), BadFamily);
    row("2, family 4", binary("2141", v4), BadFamily);
    row("2, transport 3", binary("2113", v4), BadFamily);
    row("2, TCP4, a byte short", binary("2111", v4.chopped(1)), BadLength);
    row("2, TCP4, empty", binary("2111", {}), BadLength);
    row("2, TCP6, as short as IPv4", binary("2121", v4), BadLength);
    row("2, Unix, a byte short", binary("2131", unixPaths.chopped(1)), BadLength);
    row("2, half an extension", binary("2111", v4 + hex("0200")), BadLength);
    row("2, extension too long", binary("2111", v4 + hex("02000561")), BadLength);
    row("2, second extension too long",
        binary("2121",
               v6
                   + hex("02000161"
                         "02FFFF")),
        BadLength);
    row("2, from nowhere", binary("2111", hex("00000000") + v4.mid(4)), BadAddress);
    row("2, from everywhere", binary("2121", QByteArray(16, '\0') + v6.mid(16)), BadAddress);
    row("2, from a group", binary("2111", hex("E0000001") + v4.mid(4)), BadAddress);
}

void TestProxyHeader::refusesHeaders()
{
    QFETCH(QByteArray, wire);
    const qsizetype last = std::min<qsizetype>(wire.size(), 200);
    for (qsizetype cut = 0; cut <= last; ++cut) {
        const Outcome outcome = feed(wire.left(cut), wire.mid(cut));
        QCOMPARE(outcome.status, Status::Failed);
        QTEST(outcome.error, "error");
        QVERIFY(outcome.consumed <= wire.size());
        QVERIFY(outcome.header.source.isNull());
    }
}

void TestProxyHeader::staysUndecidedUntilTheEnd_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::newRow("1") << QByteArray("PROXY TCP4 203.0.113.9 10.0.0.1 4711 8080\r\n");
    QTest::newRow("2") << binary("2111", v4 + hex("02000161"));
    QTest::newRow("2, local") << binary("2000", {});
}

void TestProxyHeader::staysUndecidedUntilTheEnd()
{
    QFETCH(QByteArray, wire);
    ProxyHeaderParser parser;
    for (qsizetype i = 0; i < wire.size(); ++i) {
        qsizetype consumed = 0;
        const Status status = parser.feed(QByteArray(1, wire[i]), consumed);
        QCOMPARE(consumed, 1);
        QCOMPARE(status, i + 1 < wire.size() ? Status::NeedMore : Status::Done);
        QCOMPARE(parser.raw(), wire.left(i + 1));
    }
    qsizetype consumed = 1;
    QCOMPARE(parser.feed("GET", consumed), Status::Done);
    QCOMPARE(consumed, 0);
}

void TestProxyHeader::refusesStrangersAtTheFirstWrongByte_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<int>("after"); // bytes
    QTest::newRow("nothing like it") << QByteArray("GET") << 1;
    QTest::newRow("POST") << QByteArray("POST") << 2;
    QTest::newRow("almost version 1") << QByteArray("PROXY-") << 6;
    QTest::newRow("almost version 2") << signature.left(4) + 'x' << 5;
}

void TestProxyHeader::refusesStrangersAtTheFirstWrongByte()
{
    QFETCH(QByteArray, begin);
    ProxyHeaderParser parser;
    int taken = 0;
    for (const char c : begin) {
        qsizetype consumed = 0;
        ++taken;
        if (parser.feed(QByteArray(1, c), consumed) == Status::Failed)
            break;
    }
    QTEST(taken, "after");
    QCOMPARE(parser.error(), ProxyError::NotProxy);
}

void TestProxyHeader::describesEveryError()
{
    QList<QByteArray> texts;
    for (int code = 0; code <= int(ProxyError::BadLength); ++code) {
        const QByteArray text = describe(ProxyError(code)).toByteArray();
        QVERIFY(!text.isEmpty() && !texts.contains(text));
        texts += text;
    }
}

QTEST_GUILESS_MAIN(TestProxyHeader)
#include "tst_proxyheader.moc"
