// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/clientaddress.h"
#include "tests/support/requests.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(glasshouse::AddressSource)
Q_DECLARE_METATYPE(glasshouse::AddressDoubt)
Q_DECLARE_METATYPE(glasshouse::RangeError)

namespace {

QList<AddressRange> ranges(const QList<QByteArray> &texts)
{
    QList<AddressRange> result;
    for (const QByteArray &text : texts)
        result += AddressRange::parse(text).value();
    return result;
}

const QList<AddressRange> &proxies()
{
    static const QList<AddressRange> list = ranges({"10.0.0.0/8", "192.0.2.1", "fd00::/8"});
    return list;
}

} // namespace

class TestClientAddress final : public QObject
{
    Q_OBJECT

private slots:
    void readsAddressesStrictly_data();
    void readsAddressesStrictly();
    void readsPortsStrictly_data();
    void readsPortsStrictly();
    void refusesBadRanges_data();
    void refusesBadRanges();
    void knowsWhatIsInARange_data();
    void knowsWhatIsInARange();
    void believesNoStranger_data();
    void believesNoStranger();
    void findsTheClient_data();
    void findsTheClient();
    void takesAHundredEntries();
    void describesEveryDoubt();
};

void TestClientAddress::readsAddressesStrictly_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("address"); // empty: not one
    const auto row = [](const QByteArray &text, const QString &address) {
        QTest::newRow(text.toPercentEncoding(" :[]/%").constData()) << text << address;
    };
    row("1.2.3.4", u"1.2.3.4"_s);
    row("0.0.0.0", u"0.0.0.0"_s);
    row("255.255.255.255", u"255.255.255.255"_s);
    row("::1", u"::1"_s);
    row("2001:DB8::a", u"2001:db8::a"_s);
    row("1:2:3:4:5:6:7:8", u"1:2:3:4:5:6:7:8"_s);
    row("::ffff:1.2.3.4", u"1.2.3.4"_s);
    row("::FFFF:102:304", u"1.2.3.4"_s);
    row("::1.2.3.4", u"::1.2.3.4"_s); // another address than 1.2.3.4
    row("64:ff9b::1.2.3.4", u"64:ff9b::102:304"_s);
    for (const char *bad : {"",
                            " ",
                            "1.2.3",
                            "1.2.3.4.5",
                            "1.2.3.",
                            ".1.2.3",
                            "1..2.3",
                            "1.2.3.256",
                            "01.2.3.4",
                            "1.2.3.04",
                            "0x1.2.3.4",
                            "127.1",
                            "16909060",
                            "0x01020304",
                            "1.2.3.-4",
                            "+1.2.3.4",
                            "1.2.3.4 ",
                            " 1.2.3.4",
                            "1.2.3.4:80",
                            "1.2.3.4/8",
                            "[::1]",
                            "::1%lo",
                            "fe80::1%eth0",
                            "1:2:3:4:5:6:7",
                            "1:2:3:4:5:6:7:8:9",
                            "1::2::3",
                            "12345::",
                            ":::",
                            ":",
                            "::1:",
                            "1:2:3:4:5:6:7:",
                            ":1:2:3:4:5:6:7",
                            "::ffff:1.2.3",
                            "::ffff:01.2.3.4",
                            "::1.2.3.4:5",
                            "1.2.3.4::",
                            "::g",
                            "localhost",
                            "unknown",
                            "_hidden",
                            "1.2.3.4,5.6.7.8",
                            "\xD9\xA1.2.3.4"})
        row(bad, {});
    row(QByteArray("1.2.3.4\0", 8), {});
    row(QByteArray("::1\0", 4), {});
    row(QByteArray(1000, '1'), {});
    row(QByteArray(1000, ':'), {});
}

void TestClientAddress::readsAddressesStrictly()
{
    QFETCH(QByteArray, text);
    QTEST(strictAddress(text).toString(), "address");
}

void TestClientAddress::readsPortsStrictly_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("port");
    QTest::newRow("zero") << QByteArray("0") << 0;
    QTest::newRow("most") << QByteArray("65535") << 65535;
    for (const char *bad : {"", "65536", "-1", "+1", "080", "80 ", "8x", "99999999999999999999"})
        QTest::newRow(bad) << QByteArray(bad) << -1;
}

void TestClientAddress::readsPortsStrictly()
{
    QFETCH(QByteArray, text);
    const auto port = strictPort(text);
    QTEST(port ? int(*port) : -1, "port");
}

void TestClientAddress::refusesBadRanges_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<RangeError>("error");
    const auto row = [](const char *text, RangeError error) { QTest::newRow(text) << QByteArray(text) << error; };
    using enum RangeError;
    row("", NotAnAddress);
    row("nginx", NotAnAddress);
    row("10.0.0/8", NotAnAddress);
    row("10.0.0.0-10.0.0.9", NotAnAddress);
    row("*", NotAnAddress);
    row("[fd00::]/8", NotAnAddress);
    row("/8", NotAnAddress);
    row("10.0.0.0/", BadLength);
    row("10.0.0.0/33", BadLength);
    row("10.0.0.0/-1", BadLength);
    row("10.0.0.0/08", BadLength);
    row("10.0.0.0/8/8", BadLength);
    row("10.0.0.0/255.0.0.0", BadLength);
    row("fd00::/129", BadLength);
    row("::ffff:0.0.0.0/95", BadLength);
    row("10.0.0.1/8", LooseBits);
    row("192.168.1.0/23", LooseBits);
    row("fd00::1/8", LooseBits);
    row("::ffff:10.0.0.1/104", LooseBits);
    row("0.0.0.0/0", Everybody);
    row("1.2.3.4/0", Everybody);
    row("::/0", Everybody);
    row("::ffff:0.0.0.0/96", Everybody);
}

void TestClientAddress::refusesBadRanges()
{
    QFETCH(QByteArray, text);
    const auto range = AddressRange::parse(text);
    QVERIFY(!range);
    QTEST(range.error().code, "error");
    QVERIFY(range.error().text.startsWith('"' + text + "\" "));
}

void TestClientAddress::knowsWhatIsInARange_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("inside");
    const auto row = [](const char *range, const QString &address, bool inside) {
        QTest::newRow(qPrintable(QLatin1StringView(range) + u' ' + address)) << QByteArray(range) << address << inside;
    };
    row("10.0.0.0/8", u"10.255.0.1"_s, true);
    row("10.0.0.0/8", u"11.0.0.0"_s, false);
    row("10.0.0.0/8", u"::ffff:10.1.2.3"_s, true);
    row("10.0.0.0/8", u"::10.1.2.3"_s, false);
    row("::ffff:10.0.0.0/104", u"10.1.2.3"_s, true);
    row("::ffff:10.0.0.0/104", u"11.1.2.3"_s, false);
    row("192.168.4.0/22", u"192.168.7.255"_s, true);
    row("192.168.4.0/22", u"192.168.8.0"_s, false);
    row("192.0.2.1", u"192.0.2.1"_s, true);
    row("192.0.2.1", u"192.0.2.2"_s, false);
    row("192.0.2.1/32", u"192.0.2.0"_s, false);
    row("128.0.0.0/1", u"200.1.1.1"_s, true);
    row("128.0.0.0/1", u"127.1.1.1"_s, false);
    row("fd00::/8", u"fdff::1"_s, true);
    row("fd00::/8", u"fe80::1"_s, false);
    row("fe80::/10", u"fe80::1%eth0"_s, true);
    row("::1", u"::1"_s, true);
    row("::1", u"127.0.0.1"_s, false);
    row("8000::/1", u"::ffff:10.0.0.1"_s, false);
    row("::/1", u"10.0.0.1"_s, true);
    row("10.0.0.0/8", QString(), false);
}

void TestClientAddress::knowsWhatIsInARange()
{
    QFETCH(QByteArray, range);
    QFETCH(QString, address);
    QTEST(AddressRange::parse(range).value().contains(QHostAddress(address)), "inside");
}

void TestClientAddress::believesNoStranger_data()
{
    QTest::addColumn<QString>("peer");
    for (const char *peer : {"203.0.113.9", "192.0.2.2", "::ffff:203.0.113.9", "2001:db8::1", "127.0.0.1", "::1"})
        QTest::newRow(peer) << QString::fromLatin1(peer);
}

void TestClientAddress::believesNoStranger()
{
    QFETCH(QString, peer);
    const HttpHead head = requestHead("GET", "/",
                                      "Host: a\r\nX-Forwarded-For: 1.1.1.1\r\nX-Real-IP: 1.1.1.1\r\n"
                                      "Forwarded: for=1.1.1.1\r\nCF-Connecting-IP: 1.1.1.1\r\n");
    const ClientAddress client = clientAddress(head, QHostAddress(peer), proxies());
    QCOMPARE(client.address, withoutMapping(QHostAddress(peer)));
    QCOMPARE(client.source, AddressSource::Peer);
    QCOMPARE(client.doubt, AddressDoubt::None);
    QCOMPARE(clientAddress(head, QHostAddress(u"10.0.0.1"_s), {}).address, QHostAddress(u"10.0.0.1"_s));
}

void TestClientAddress::findsTheClient_data()
{
    QTest::addColumn<QByteArray>("headers"); // lines apart by '\n', without their ends
    QTest::addColumn<QString>("address");
    QTest::addColumn<AddressSource>("source");
    QTest::addColumn<AddressDoubt>("doubt");
    using enum AddressSource;
    using enum AddressDoubt;
    const QString proxy = u"10.0.0.1"_s; // the peer of all rows
    const QString client = u"203.0.113.9"_s;
    const auto row = [](const char *name, const QByteArray &headers, const QString &address, AddressSource source,
                        AddressDoubt doubt = None) { QTest::newRow(name) << headers << address << source << doubt; };

    row("no header", "", proxy, Peer);
    row("one entry", "X-Forwarded-For: 203.0.113.9", client, ForwardedFor);
    row("any case", "x-FORWARDED-for: 203.0.113.9", client, ForwardedFor);
    row("forged in front", "X-Forwarded-For: 1.1.1.1, 203.0.113.9", client, ForwardedFor);
    row("forged proxy in front", "X-Forwarded-For: 10.0.0.7, 203.0.113.9", client, ForwardedFor);
    row("garbage in front", "X-Forwarded-For: <script>, 203.0.113.9", client, ForwardedFor);
    row("forged in a header of its own", "X-Forwarded-For: 1.1.1.1\nX-Forwarded-For: 203.0.113.9", client,
        ForwardedFor);
    row("two proxies", "X-Forwarded-For: 1.1.1.1, 203.0.113.9, 10.0.0.2", client, ForwardedFor);
    row("three proxies", "X-Forwarded-For: 203.0.113.9, fd00::2,10.0.0.2", client, ForwardedFor);
    row("proxies alone", "X-Forwarded-For: 10.0.0.3, 10.0.0.2", u"10.0.0.3"_s, ForwardedFor);
    row("stranger between proxies", "X-Forwarded-For: 10.0.0.3, 203.0.113.9, 10.0.0.2", client, ForwardedFor);
    row("empty entries", "X-Forwarded-For: , ,203.0.113.9,,", client, ForwardedFor);
    row("empty header", "X-Forwarded-For:", proxy, Peer);
    row("commas", "X-Forwarded-For: ,,,", proxy, Peer);
    row("with a port", "X-Forwarded-For: 203.0.113.9:4711", client, ForwardedFor);
    row("IPv6", "X-Forwarded-For: 2001:db8::7", u"2001:db8::7"_s, ForwardedFor);
    row("IPv6 in brackets", "X-Forwarded-For: [2001:db8::7]", u"2001:db8::7"_s, ForwardedFor);
    row("IPv6 with a port", "X-Forwarded-For: [2001:db8::7]:4711", u"2001:db8::7"_s, ForwardedFor);
    row("IPv4 in IPv6", "X-Forwarded-For: ::ffff:203.0.113.9", client, ForwardedFor);
    row("proxy as IPv4 in IPv6", "X-Forwarded-For: 203.0.113.9, ::ffff:10.0.0.2", client, ForwardedFor);
    for (const char *entry : {"unknown",
                              "_hidden",
                              "localhost",
                              "203.0.113",
                              "203.0.113.9:",
                              "203.0.113.9:99999",
                              "203.0.113.9:x",
                              "[203.0.113.9]",
                              "[2001:db8::7",
                              "[2001:db8::7]4711",
                              "[2001:db8::7]:",
                              "[]",
                              "2001:db8::7%eth0",
                              "0.0.0.0",
                              "::",
                              "255.255.255.255",
                              "224.0.0.1",
                              "ff02::1",
                              "\"203.0.113.9\"",
                              "203.0.113.9;1.1.1.1",
                              "203.0.113.9 1.1.1.1",
                              "for=203.0.113.9"}) {
        QTest::newRow(entry) << QByteArray("X-Forwarded-For: 1.1.1.1, ") + entry << proxy << ForwardedFor << Unreadable;
    }
    row("garbage behind a proxy", "X-Forwarded-For: unknown, 10.0.0.2", u"10.0.0.2"_s, ForwardedFor, Unreadable);

    row("real IP", "X-Real-IP: 203.0.113.9", client, RealIp);
    row("real IP, IPv6", "X-Real-IP: 2001:db8::7", u"2001:db8::7"_s, RealIp);
    row("real IP is a list", "X-Real-IP: 1.1.1.1, 203.0.113.9", proxy, RealIp, Unreadable);
    row("real IP twice", "X-Real-IP: 203.0.113.9\nX-Real-IP: 203.0.113.9", proxy, RealIp, Unreadable);
    row("real IP is garbage", "X-Real-IP: unknown", proxy, RealIp, Unreadable);
    row("real IP is a proxy", "X-Real-IP: 10.0.0.2", u"10.0.0.2"_s, RealIp);

    row("forwarded", "Forwarded: for=203.0.113.9", client, Forwarded);
    row("forwarded, in full", "Forwarded: by=10.0.0.1;FOR=\"203.0.113.9:4711\";host=a;proto=https", client, Forwarded);
    row("forwarded, forged in front", "Forwarded: for=1.1.1.1, for=203.0.113.9", client, Forwarded);
    row("forwarded, in two headers", "Forwarded: for=1.1.1.1\nForwarded: for=203.0.113.9", client, Forwarded);
    row("forwarded, two proxies", "Forwarded: for=203.0.113.9 , for=10.0.0.2;proto=http", client, Forwarded);
    row("forwarded, IPv6", "Forwarded: for=\"[2001:db8::7]:4711\"", u"2001:db8::7"_s, Forwarded);
    row("forwarded, hidden port", "Forwarded: for=\"203.0.113.9:_p\"", client, Forwarded);
    row("forwarded, comma in quotes", "Forwarded: for=203.0.113.9;x=\"a, for=1.1.1.1\"", client, Forwarded);
    row("forwarded, escapes", "Forwarded: for=\"203.0.113\\.9\";x=\"\\\"\"", client, Forwarded);
    row("forwarded, spaces", "Forwarded: for=203.0.113.9; proto=https ", client, Forwarded);
    row("forwarded, empty elements", "Forwarded: ,;, for=203.0.113.9,;", client, Forwarded);
    row("forwarded, unquoted port", "Forwarded: for=203.0.113.9:4711", client, Forwarded);
    row("forwarded, empty", "Forwarded:", proxy, Peer);
    for (const char *value : {"for=unknown",
                              "for=_hidden",
                              "for=\"_hidden:80\"",
                              "proto=https",
                              "for=",
                              "for",
                              "=203.0.113.9",
                              "for=\"\"",
                              "for=\"203.0.113.9",
                              "for=\"203.0.113.9\\",
                              "for=1.1.1.1;for=203.0.113.9",
                              "for =203.0.113.9",
                              "for= 203.0.113.9",
                              "for=203.0.113.9 1.1.1.1",
                              "for=\"203.0.113.9\"x",
                              "203.0.113.9",
                              "for=<203.0.113.9>",
                              "for=2001:db8::7:x",
                              "for=\", for=203.0.113.9",
                              "x=\", for=\"[2001:db8::7]\""}) {
        QTest::newRow(value) << QByteArray("Forwarded: ") + value << proxy << Forwarded << Unreadable;
    }

    row("two that agree", "X-Forwarded-For: 1.1.1.1, 203.0.113.9\nX-Real-IP: 203.0.113.9", client, ForwardedFor);
    row("three that agree", "Forwarded: for=203.0.113.9\nX-Forwarded-For: 203.0.113.9:1\nX-Real-IP: ::ffff:203.0.113.9",
        client, ForwardedFor);
    row("forged real IP", "X-Forwarded-For: 203.0.113.9\nX-Real-IP: 1.1.1.1", proxy, Peer, Conflict);
    row("forged list", "X-Forwarded-For: 1.1.1.1\nX-Real-IP: 203.0.113.9", proxy, Peer, Conflict);
    row("forged Forwarded", "X-Forwarded-For: 203.0.113.9\nForwarded: for=1.1.1.1", proxy, Peer, Conflict);
    row("forged third", "X-Forwarded-For: 203.0.113.9\nX-Real-IP: 203.0.113.9\nForwarded: for=1.1.1.1", proxy, Peer,
        Conflict);
    row("garbage beside", "X-Forwarded-For: 203.0.113.9\nForwarded: \"\nX-Real-IP: x", client, ForwardedFor);
    row("garbage before", "X-Forwarded-For: x\nX-Real-IP: 203.0.113.9", client, RealIp);
    row("next proxy as real IP", "X-Forwarded-For: 203.0.113.9, 10.0.0.2\nX-Real-IP: 10.0.0.2", client, ForwardedFor);
    row("other headers", "Client-IP: 1.1.1.1\nTrue-Client-IP: 1.1.1.1\nX-Forwarded: 1.1.1.1\nVia: 1.1.1.1", proxy,
        Peer);
}

void TestClientAddress::findsTheClient()
{
    QFETCH(QByteArray, headers);
    const QByteArray lines = headers.isEmpty() ? QByteArray() : QByteArray(headers + '\n').replace('\n', "\r\n");
    const HttpHead head = requestHead("GET", "/ws/a", "Host: a\r\n" + lines);
    QVERIFY(!head.target.isEmpty());
    const ClientAddress client = clientAddress(head, QHostAddress(u"10.0.0.1"_s), proxies());
    QTEST(client.address.toString(), "address");
    QTEST(client.source, "source");
    QTEST(client.doubt, "doubt");
    const ClientAddress mapped = clientAddress(head, QHostAddress(u"::ffff:10.0.0.1"_s), proxies());
    QCOMPARE(mapped.address, client.address);
    QCOMPARE(mapped.doubt, client.doubt);
}

void TestClientAddress::takesAHundredEntries()
{
    const auto find = [](const QByteArray &entries) {
        return clientAddress(requestHead("GET", "/", "Host: a\r\nX-Forwarded-For: " + entries + "\r\n"),
                             QHostAddress(u"10.0.0.1"_s), proxies());
    };
    const ClientAddress forged = find(QByteArray("1.1.1.1,").repeated(99) + "203.0.113.9");
    QCOMPARE(forged.address, QHostAddress(u"203.0.113.9"_s));
    QCOMPARE(forged.doubt, AddressDoubt::None);
    const ClientAddress deep = find("203.0.113.9," + QByteArray("10.0.0.2,").repeated(31));
    QCOMPARE(deep.address, QHostAddress(u"203.0.113.9"_s));
    const ClientAddress tooDeep = find("203.0.113.9," + QByteArray("10.0.0.2,").repeated(32));
    QCOMPARE(tooDeep.address, QHostAddress(u"10.0.0.2"_s));
    QCOMPARE(tooDeep.doubt, AddressDoubt::TooMany);
}

void TestClientAddress::describesEveryDoubt()
{
    for (int doubt = 0; doubt <= int(AddressDoubt::TooMany); ++doubt)
        QVERIFY(!describe(AddressDoubt(doubt)).isEmpty());
}

QTEST_GUILESS_MAIN(TestClientAddress)
#include "tst_clientaddress.moc"
