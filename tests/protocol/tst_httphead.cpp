// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/httphead.h"

#include <QElapsedTimer>
#include <QTest>

using namespace glasshouse;
using Kind = HttpHeadParser::Kind;
using Status = HttpHeadParser::Status;

class TestHttpHead : public QObject
{
    Q_OBJECT
private slots:
    void acceptsRequests_data();
    void acceptsRequests();
    void refusesRequests_data();
    void refusesRequests();
    void takesInATargetWhatBrowsersSend_data();
    void takesInATargetWhatBrowsersSend();
    void takesHttp10();
    void readsAbsoluteForms_data();
    void readsAbsoluteForms();
    void knowsWhoWantsToStay_data();
    void knowsWhoWantsToStay();
    void knowsTheOneCoding_data();
    void knowsTheOneCoding();
    void refusesControlCharactersInValues();
    void judgesHosts_data();
    void judgesHosts();
    void acceptsResponses_data();
    void acceptsResponses();
    void refusesResponses_data();
    void refusesResponses();
    void appliesLimitsWhileBytesArrive();
    void countsHeaders();
    void leavesWhatIsBehindTheHead();
    void takesNothingOnceItHasEnded();
    void neverRescans();
    void splitsTheTarget();
    void findsQueryValues_data();
    void findsQueryValues();
    void listsElements();
    void decodesPercents_data();
    void decodesPercents();
    void everyErrorHasAStatusAndASentence();
};

namespace {

struct Parsed
{
    Status status = Status::NeedMore;
    HttpError error = HttpError::None;
    qsizetype consumed = 0;
    QByteArray raw;
    bool operator==(const Parsed &other) const
    {
        if (status != other.status || error != other.error)
            return false;
        if (error == HttpError::NotHttp || error == HttpError::TlsOnPlainPort)
            return true; // these show as much as has come
        return consumed == other.consumed && raw == other.raw;
    }
};

Parsed parse(const QByteArray &bytes, QList<qsizetype> cuts, Kind kind = Kind::Request, HttpLimits limits = {})
{
    HttpHeadParser parser(kind, limits);
    Parsed parsed;
    qsizetype at = 0;
    cuts.append(bytes.size());
    for (qsizetype cut : cuts) {
        qsizetype consumed = 0;
        const QByteArray piece = bytes.sliced(at, cut - at);
        parsed.status = parser.feed(piece, consumed);
        parsed.consumed += consumed;
        at = cut;
    }
    parsed.error = parser.error();
    parsed.raw = parser.raw();
    return parsed;
}

/// The outcome, which must be the same however the bytes are split.
Parsed parseAnyhow(const QByteArray &bytes, Kind kind = Kind::Request, HttpLimits limits = {})
{
    const Parsed whole = parse(bytes, {}, kind, limits);
    QList<qsizetype> all;
    for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
        all.append(cut);
        if (!(parse(bytes, {cut}, kind, limits) == whole))
            qFatal("split at %lld gives another outcome", qlonglong(cut));
    }
    if (!(parse(bytes, all, kind, limits) == whole))
        qFatal("byte by byte gives another outcome");
    return whole;
}

HttpHead headOf(const QByteArray &bytes, Kind kind = Kind::Request)
{
    HttpHeadParser parser(kind);
    qsizetype consumed = 0;
    return parser.feed(bytes, consumed) == Status::Done ? parser.takeHead() : HttpHead{};
}

QByteArray get(const QByteArray &headers) { return "GET / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n"; }

} // namespace

void TestHttpHead::acceptsRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("smallest") << get({});
    QTest::newRow("any method") << QByteArray("M-SEARCH /x HTTP/1.1\r\nHost: a\r\n\r\n");
    QTest::newRow("no space around the value") << get("A:b\r\n");
    QTest::newRow("much space around the value") << get("A: \t b \t \r\n");
    QTest::newRow("empty value") << get("A:\r\n");
    QTest::newRow("obs-text") << get("A: \xE4\xFF\x80\r\n");
    QTest::newRow("tab in the value") << get("A: b\tc\r\n");
    QTest::newRow("lists may stand twice") << get("Upgrade: a\r\nUpgrade: b\r\nConnection: c\r\nConnection: "
                                                  "d\r\nSec-WebSocket-Protocol: x\r\nSec-WebSocket-Protocol: y\r\n");
    QTest::newRow("length") << get("Content-Length: 0\r\n");
    QTest::newRow("longest length") << get("Content-Length: 999999999999999999\r\n");
    QTest::newRow("chunked") << get("Transfer-Encoding: chunked\r\n");
    QTest::newRow("every target byte") << QByteArray("GET /AZaz09-._~!$&'()*+,;=:@/?%2F?/ HTTP/1.1\r\nHost: a\r\n\r\n");
    QTest::newRow("UTF-8 in path and query")
        << QByteArray("GET /\xc3\xa4?\xf0\x9f\x98\x80 HTTP/1.1\r\nHost: a\r\n\r\n");
    QTest::newRow("empty line first") << QByteArray("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    QTest::newRow("target of 8 KiB") << "GET /" + QByteArray(8191, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

void TestHttpHead::acceptsRequests()
{
    QFETCH(QByteArray, bytes);
    const bool isLong = bytes.size() > 1000;
    const Parsed parsed = isLong ? parse(bytes, {1, 700, 8190}) : parseAnyhow(bytes);
    QCOMPARE(parsed.error, HttpError::None);
    QCOMPARE(parsed.status, Status::Done);
    QCOMPARE(parsed.raw, bytes);
}

void TestHttpHead::refusesRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("error");
    const auto row = [](const char *name, const QByteArray &bytes, HttpError error) {
        QTest::newRow(name) << bytes << int(error);
    };
    const auto line = [](const QByteArray &text) { return QByteArray(text + "\r\nHost: a\r\n\r\n"); };
    row("TLS", QByteArray::fromHex("160301020001"), HttpError::TlsOnPlainPort);
    row("almost TLS", QByteArray::fromHex("160401"), HttpError::NotHttp);
    row("NUL", QByteArray("\0GET", 4), HttpError::NotHttp);
    row("two empty lines first", "\r\n\r\n" + get({}), HttpError::NotHttp);
    row("half an empty line first", "\r" + get({}), HttpError::NotHttp);
    row("leading LF", "\n" + get({}), HttpError::NotHttp);
    row("leading space", " " + get({}), HttpError::NotHttp);
    row("high byte", "\xE4", HttpError::NotHttp);
    row("LF only", "GET / HTTP/1.1\nHost: a\n\n", HttpError::BareLineFeed);
    row("LF after a header", "GET / HTTP/1.1\r\nHost: a\n\r\n", HttpError::BareLineFeed);
    row("LF at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n", HttpError::BareLineFeed);
    row("CR in a value", get("A: b\rc\r\n"), HttpError::BareLineFeed);
    row("CR CR LF", get("A: b\r\r\n"), HttpError::BareLineFeed);
    row("CR in the target", line("GET /\r HTTP/1.1"), HttpError::BareLineFeed);
    row("one word", line("GET"), HttpError::BadRequestLine);
    row("two words", line("GET /"), HttpError::BadRequestLine);
    row("four words", line("GET / x HTTP/1.1"), HttpError::BadRequestLine);
    row("two spaces", line("GET  / HTTP/1.1"), HttpError::BadRequestLine);
    row("empty target", line("GET  HTTP/1.1"), HttpError::BadRequestLine);
    row("space at the end", line("GET / HTTP/1.1 "), HttpError::BadRequestLine);
    row("tab", line("GET\t/ HTTP/1.1"), HttpError::BadRequestLine);
    row("XXXX/1.1", line("GET / XXXX/1.1"), HttpError::BadRequestLine);
    row("http/1.1", line("GET / http/1.1"), HttpError::BadRequestLine);
    row("HTTP/1.10", line("GET / HTTP/1.10"), HttpError::BadRequestLine);
    row("SSH", "SSH-2.0-OpenSSH_9.2\r\n", HttpError::BadRequestLine);
    row("HTTP/1.2", line("GET / HTTP/1.2"), HttpError::BadVersion);
    row("HTTP/0.9", line("GET / HTTP/0.9"), HttpError::BadVersion);
    row("HTTP/9.9", line("GET / HTTP/9.9"), HttpError::BadVersion);
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", HttpError::BadVersion);
    row("method with colon", line("GE:T / HTTP/1.1"), HttpError::BadMethod);
    row("method with high byte", line("GE\xE4T / HTTP/1.1"), HttpError::BadMethod);
    row("another scheme", line("GET ftp://a/ HTTP/1.1"), HttpError::BadTarget);
    row("absolute form of no host", line("GET http:///a HTTP/1.1"), HttpError::BadTarget);
    row("absolute form with a user", line("GET http://u:p@a/ HTTP/1.1"), HttpError::BadTarget);
    row("absolute form of a bad port", line("GET http://a:x/ HTTP/1.1"), HttpError::BadTarget);
    row("absolute form with a fragment", line("GET http://a/#x HTTP/1.1"), HttpError::BadTarget);
    row("absolute form without Host", "GET http://a/ HTTP/1.1\r\n\r\n", HttpError::MissingHost);
    row("authority form", line("CONNECT a:80 HTTP/1.1"), HttpError::BadTarget);
    row("asterisk form of another method", line("GET * HTTP/1.1"), HttpError::BadTarget);
    row("more than an asterisk", line("OPTIONS *x HTTP/1.1"), HttpError::BadTarget);
    row("fragment", line("GET /#x HTTP/1.1"), HttpError::BadTarget);
    row("header without colon", get("A\r\n"), HttpError::BadHeaderName);
    row("header without name", get(": b\r\n"), HttpError::BadHeaderName);
    row("space before the colon", get("A : b\r\n"), HttpError::BadHeaderName);
    row("name with a high byte", get("\xE4: b\r\n"), HttpError::BadHeaderName);
    row("NUL in a value", get(QByteArray("A: b\0c\r\n", 8)), HttpError::BadHeaderValue);
    row("DEL in a value", get("A: b\x7F\r\n"), HttpError::BadHeaderValue);
    row("fold", get("A: b\r\n c\r\n"), HttpError::FoldedHeader);
    row("fold with a tab", get("A: b\r\n\tc\r\n"), HttpError::FoldedHeader);
    row("fold first", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", HttpError::FoldedHeader);
    for (const char *name : {"Host", "hOST", "Origin", "Content-Type", "Authorization", "Sec-WebSocket-Key",
                             "Sec-WebSocket-Version", "Sec-WebSocket-Accept"})
        row(name, get(QByteArray(name) + ": x\r\n" + QByteArray(name).toUpper() + ": x\r\n"),
            HttpError::DuplicateHeader);
    row("Content-Length twice", get("Content-Length: 1\r\ncontent-length: 1\r\n"), HttpError::DuplicateHeader);
    row("empty Origin twice", get("Origin:\r\nOrigin:\r\n"), HttpError::DuplicateHeader);
    row("no host", "GET / HTTP/1.1\r\nA: b\r\n\r\n", HttpError::MissingHost);
    row("no header at all", "GET / HTTP/1.1\r\n\r\n", HttpError::MissingHost);
    row("empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", HttpError::BadHost);
    for (const char *length : {"", "-1", "+1", "1,1", "0x1", "1 1", "1000000000000000000", "a"})
        row(qPrintable(QString::fromLatin1(length) + QStringLiteral(" as length")),
            get(QByteArray("Content-Length: ") + length + "\r\n"), HttpError::BadContentLength);
    row("chunked over HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", HttpError::CodingOverHttp10);
    row("empty host over HTTP/1.0", "GET / HTTP/1.0\r\nHost:\r\n\r\n", HttpError::BadHost);
    row("length and chunked", get("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"), HttpError::AmbiguousBody);
    row("chunked and length", get("Transfer-Encoding: identity\r\nContent-Length: 0\r\n"), HttpError::AmbiguousBody);
}

void TestHttpHead::refusesRequests()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, error);
    const Parsed parsed = parseAnyhow(bytes);
    QCOMPARE(int(parsed.error), error);
    QCOMPARE(parsed.status, Status::Failed);
    QVERIFY(bytes.startsWith(parsed.raw));
}

// The URL Standard's percent-encode sets, and nothing else: no space, no control character, no byte above ASCII that is no UTF-8.
void TestHttpHead::takesInATargetWhatBrowsersSend_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("allowed");
    const QByteArray inPath = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?[]|^%";
    QTest::newRow("path") << QByteArray("/a") << inPath;
    QTest::newRow("query") << QByteArray("/a?") << inPath + "`{}\\";
    QTest::newRow("behind a second question mark") << QByteArray("/a?b?") << inPath + "`{}\\";
    QTest::newRow("query of an absolute form") << QByteArray("http://a?") << inPath + "`{}\\";
}

void TestHttpHead::takesInATargetWhatBrowsersSend()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, allowed);
    for (int c = 0; c < 256; ++c) {
        if (c == '\n')
            continue;
        const QByteArray target = before + char(c);
        const Parsed parsed = parse("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n", {});
        QVERIFY2((parsed.status == Status::Done) == allowed.contains(char(c)), qPrintable(QString::number(c)));
    }
}

void TestHttpHead::takesHttp10()
{
    const HttpHead bare = headOf("OPTIONS / HTTP/1.0\r\n\r\n");
    QVERIFY(bare.http10);
    QCOMPARE(bare.target, "/");
    QVERIFY(bare.value("Host").isNull());
    const HttpHead named = headOf("GET /a HTTP/1.0\r\nHost: a:80\r\n\r\n");
    QVERIFY(named.http10);
    QCOMPARE(named.value("Host"), QByteArrayView("a:80"));
    QVERIFY(!headOf(get({})).http10);
    QCOMPARE(parseAnyhow("GET / HTTP/1.0\r\nA: b\r\n\r\n").status, Status::Done);
}

void TestHttpHead::readsAbsoluteForms_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("host");
    const auto row = [](const char *line, const char *target, const char *host) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(target) << QByteArray(host);
    };
    row("GET http://b/x?y=1 HTTP/1.1", "/x?y=1", "b");
    row("GET HTTP://b:8080/x HTTP/1.1", "/x", "b:8080");
    row("GET https://b HTTP/1.1", "/", "b");
    row("GET http://b?y HTTP/1.1", "/?y", "b");
    row("GET ws://[::1]:80/ws/a HTTP/1.1", "/ws/a", "[::1]:80");
    row("GET wss://b/ HTTP/1.1", "/", "b");
    row("OPTIONS http://b HTTP/1.1", "*", "b");
    row("OPTIONS http://b/ HTTP/1.1", "/", "b");
    row("OPTIONS * HTTP/1.1", "*", "a");
    row("GET /http://b/ HTTP/1.1", "/http://b/", "a");
}

// Its host counts, whatever Host says (RFC 9112, section 3.2.2).
void TestHttpHead::readsAbsoluteForms()
{
    QFETCH(QByteArray, line);
    const QByteArray bytes = line + "\r\nHost: a\r\nX: y\r\n\r\n";
    QCOMPARE(parseAnyhow(bytes).status, Status::Done);
    const HttpHead head = headOf(bytes);
    QTEST(head.target, "target");
    QTEST(head.value("Host").toByteArray(), "host");
    QCOMPARE(head.headers.size(), 2);
    QCOMPARE(headOf("GET http://b/ HTTP/1.0\r\n\r\n").value("Host"), QByteArrayView("b"));
}

void TestHttpHead::knowsWhoWantsToStay_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("stays");
    const auto row = [](const char *name, const QByteArray &version, const QByteArray &headers, bool stays) {
        QTest::newRow(name) << "GET / HTTP/" + version + "\r\nHost: a\r\n" + headers + "\r\n" << stays;
    };
    row("1.1", "1.1", {}, true);
    row("1.1, close", "1.1", "Connection: close\r\n", false);
    row("1.1, both", "1.1", "Connection: keep-alive, Close\r\n", false);
    row("1.0", "1.0", {}, false);
    row("1.0, keep-alive", "1.0", "Connection: Keep-Alive\r\n", true);
    row("1.0, both", "1.0", "Connection: keep-alive\r\nConnection: close\r\n", false);
}

void TestHttpHead::knowsWhoWantsToStay()
{
    QFETCH(QByteArray, bytes);
    QTEST(headOf(bytes).asksToPersist(), "stays");
}

void TestHttpHead::knowsTheOneCoding_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n") << true;
    QTest::newRow("in capitals") << QByteArray("TRANSFER-ENCODING: Chunked\r\n") << true;
    QTest::newRow("none") << QByteArray() << false;
    for (const char *coding : {"", "xchunked", "chunked,", ",chunked", "gzip, chunked", "chunked, identity",
                               "chunked, chunked", "chunked;a=b", "\"chunked\""})
        QTest::newRow(coding[0] != 0 ? coding : "(empty)")
            << QByteArray(QByteArray("Transfer-Encoding: ") + coding + "\r\n") << false;
    QTest::newRow("twice") << QByteArray("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") << false;
    QTest::newRow("and an empty one") << QByteArray("Transfer-Encoding: chunked\r\nTransfer-Encoding:\r\n") << false;
}

void TestHttpHead::knowsTheOneCoding()
{
    QFETCH(QByteArray, headers);
    QTEST(headOf(get(headers)).isChunkedOnly(), "isOne");
}

void TestHttpHead::refusesControlCharactersInValues()
{
    for (int c = 0; c < 256; ++c) {
        const bool control = (c < 0x20 && c != '\t') || c == 0x7F;
        const Parsed parsed = parse(get(QByteArray("A: b") + char(c) + "c\r\n"), {});
        QVERIFY2((parsed.status == Status::Failed) == control, qPrintable(QString::number(c)));
    }
}

void TestHttpHead::judgesHosts_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("good");
    for (const char *host :
         {"a", "example.org", "example.org:80", "127.0.0.1:65535", "[::1]", "[::1]:8080", "[fe80::1:2]",
          "a:", "[::1]:", "[::ffff:1.2.3.4]", "a_b", "xn--bcher-kva.example", "a%41", "a:0", "a.:1"})
        QTest::newRow(host) << QByteArray(host) << true;
    for (const char *host :
         {"",    ":80",    ":",  "a:65536", "a:123456", "a:x",    "a:-1", "a b",  "a/b", "a@b", "a,b:1,2",  "[::1",
          "::1", "[::1]x", "[]", "[x::1]",  "[1]",      "a[::1]", "a%4",  "a\\b", "a?b", "a#b", "\xC3\xA4", "<a>"})
        QTest::newRow(host[0] != 0 ? host : "(empty)") << QByteArray(host) << false;
}

void TestHttpHead::judgesHosts()
{
    QFETCH(QByteArray, host);
    QFETCH(bool, good);
    const Parsed parsed = parse("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", {});
    QCOMPARE(parsed.error, good ? HttpError::None : HttpError::BadHost);
}

void TestHttpHead::acceptsResponses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("101") << QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n") << 101
                         << QByteArray("Switching Protocols");
    QTest::newRow("1.0 of a proxy") << QByteArray("HTTP/1.0 502 Bad Gateway\r\n\r\n") << 502
                                    << QByteArray("Bad Gateway");
    QTest::newRow("empty reason") << QByteArray("HTTP/1.1 404 \r\n\r\n") << 404 << QByteArray();
    QTest::newRow("no space") << QByteArray("HTTP/1.1 404\r\n\r\n") << 404 << QByteArray();
    QTest::newRow("foreign reason") << QByteArray("HTTP/1.1 404 Pas trouv\xE9\r\n\r\n") << 404
                                    << QByteArray("Pas trouv\xE9");
}

void TestHttpHead::acceptsResponses()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(parseAnyhow(bytes, Kind::Response).status, Status::Done);
    const HttpHead head = headOf(bytes, Kind::Response);
    QTEST(head.status, "status");
    QTEST(head.reason, "reason");
}

void TestHttpHead::refusesResponses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("error");
    const auto row = [](const char *name, const QByteArray &bytes, HttpError error) {
        QTest::newRow(name) << bytes << int(error);
    };
    row("other protocol", "SSH-2.0-x\r\n", HttpError::BadStatusLine);
    row("short", "HTTP\r\n", HttpError::BadStatusLine);
    row("no status", "HTTP/1.1\r\n\r\n", HttpError::BadStatusLine);
    row("two digits", "HTTP/1.1 20\r\n\r\n", HttpError::BadStatusLine);
    row("four digits", "HTTP/1.1 2000 OK\r\n\r\n", HttpError::BadStatusLine);
    row("below 100", "HTTP/1.1 099 x\r\n\r\n", HttpError::BadStatusLine);
    row("letters", "HTTP/1.1 2x0 OK\r\n\r\n", HttpError::BadStatusLine);
    row("NUL in the reason", QByteArray("HTTP/1.1 200 O\0K\r\n\r\n", 20), HttpError::BadStatusLine);
    row("version", "HTTP/2.0 200 OK\r\n\r\n", HttpError::BadVersion);
    row("TLS alert", QByteArray::fromHex("15030100020246"), HttpError::TlsOnPlainPort);
    row("framing", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        HttpError::AmbiguousBody);
    row("bare LF", "HTTP/1.1 200 OK\n\n", HttpError::BareLineFeed);
}

void TestHttpHead::refusesResponses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, error);
    QCOMPARE(int(parseAnyhow(bytes, Kind::Response).error), error);
}

void TestHttpHead::appliesLimitsWhileBytesArrive()
{
    const HttpLimits limits{100, 100};
    const QByteArray begin = "GET / HTTP/1.1\r\nHost: a\r\nA: ";
    const QByteArray exact = begin + QByteArray(100 - begin.size() - 4, 'x') + "\r\n\r\n";
    QCOMPARE(parseAnyhow(exact, Kind::Request, limits).status, Status::Done);
    const Parsed over = parseAnyhow(begin + QByteArray(200, 'x'), Kind::Request, limits);
    QCOMPARE(over.error, HttpError::TooLarge);
    QCOMPARE(over.raw.size(), 100);
    const Parsed line = parse("GET /" + QByteArray(9000, 'x'), {4000, 8000});
    QCOMPARE(line.error, HttpError::TargetTooLong);
    QVERIFY(line.raw.size() < 8400);
    QCOMPARE(parse("GET /" + QByteArray(8192, 'x') + " HTTP/1.1\r\n", {}).error, HttpError::TargetTooLong);
    QCOMPARE(parse(get("A: " + QByteArray(40000, 'x') + "\r\n"), {}, Kind::Request, {0, 0}).status, Status::Done);
}

void TestHttpHead::countsHeaders()
{
    QByteArray headers;
    for (int i = 0; i < 99; ++i)
        headers += "A: b\r\n";
    QCOMPARE(parse(get(headers), {}).status, Status::Done);
    QCOMPARE(parse(get(headers + "A: b\r\n"), {}).error, HttpError::TooManyHeaders);
    QCOMPARE(parse(get(headers + "A: b\r\n"), {}, Kind::Request, {0, 0}).status, Status::Done);
}

void TestHttpHead::leavesWhatIsBehindTheHead()
{
    const QByteArray head = get({});
    const Parsed parsed = parse(head + "body\r\n\r\n", {});
    QCOMPARE(parsed.status, Status::Done);
    QCOMPARE(parsed.consumed, head.size());
}

void TestHttpHead::takesNothingOnceItHasEnded()
{
    HttpHeadParser parser;
    qsizetype consumed = 0;
    QCOMPARE(parser.feed(get({}), consumed), Status::Done);
    QCOMPARE(parser.feed("more", consumed), Status::Done);
    QCOMPARE(consumed, 0);
    HttpHeadParser broken;
    QCOMPARE(broken.feed("\r\n\r\n", consumed), Status::Failed);
    QCOMPARE(broken.feed(get({}), consumed), Status::Failed);
    QCOMPARE(consumed, 0);
    HttpHeadParser empty;
    QCOMPARE(empty.feed({}, consumed), Status::NeedMore);
}

void TestHttpHead::neverRescans()
{
    HttpHeadParser parser(Kind::Request, {0, 0});
    qsizetype consumed = 0;
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(parser.feed("GET / HTTP/1.1\r\nA: ", consumed), Status::NeedMore);
    for (int i = 0; i < 1'000'000; ++i)
        (void)parser.feed("x", consumed);
    QCOMPARE(parser.raw().size(), 1'000'000 + 19);
    QVERIFY(timer.elapsed() < 20'000); // a rescan would take minutes
}

void TestHttpHead::splitsTheTarget()
{
    const HttpHead with = headOf("GET /a/b?c=d?e HTTP/1.1\r\nHost: a\r\n\r\n");
    QCOMPARE(with.path(), QByteArrayView("/a/b"));
    QCOMPARE(with.query(), QByteArrayView("c=d?e"));
    const HttpHead without = headOf(get("Empty:\r\nContent-Length: 7\r\n"));
    QCOMPARE(without.path(), QByteArrayView("/"));
    QVERIFY(without.query().isEmpty());
    QCOMPARE(without.contentLength, 7);
    QVERIFY(without.value("Absent").isNull());
    QVERIFY(!without.value("empty").isNull());
}

void TestHttpHead::findsQueryValues_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("value"); // null: absent
    QTest::newRow("absent") << QByteArray("b=1") << QByteArray();
    QTest::newRow("plain") << QByteArray("b=1&a=2") << QByteArray("2");
    QTest::newRow("the first") << QByteArray("a=1&a=2") << QByteArray("1");
    QTest::newRow("decoded") << QByteArray("a=x%20y+z%2B") << QByteArray("x y z+");
    QTest::newRow("name decoded") << QByteArray("%61=1") << QByteArray("1");
    QTest::newRow("without equals") << QByteArray("a") << QByteArray("");
    QTest::newRow("empty") << QByteArray("a=&b") << QByteArray("");
    QTest::newRow("equals in the value") << QByteArray("a=b=c") << QByteArray("b=c");
    QTest::newRow("longer name") << QByteArray("aa=1") << QByteArray();
    QTest::newRow("NUL") << QByteArray("a=%00") << QByteArray();
    QTest::newRow("a clan tag") << QByteArray("a=[100%]{x}|^`\\") << QByteArray("[100%]{x}|^`\\");
    QTest::newRow("a lone percent in a name") << QByteArray("%=1&a=2") << QByteArray("2");
    QTest::newRow("empty pairs") << QByteArray("&&a=1&") << QByteArray("1");
}

void TestHttpHead::findsQueryValues()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, value);
    const auto found = headOf("GET /?" + query + " HTTP/1.1\r\nHost: a\r\n\r\n").queryValue("a");
    QCOMPARE(found.has_value(), !value.isNull());
    QCOMPARE(found.value_or(QByteArray()), value);
}

void TestHttpHead::listsElements()
{
    const HttpHead head = headOf(get("L: a, b ,,c\r\nl:\td\r\nM: x\r\n"));
    QCOMPARE(head.list("L"), (QList<QByteArray>{"a", "b", "c", "d"}));
    QVERIFY(head.listHas("l", "D"));
    QVERIFY(!head.listHas("l", "x"));
    QVERIFY(!head.listHas("l", ""));
    QVERIFY(head.list("N").isEmpty());
}

void TestHttpHead::decodesPercents_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("decoded"); // null: refused
    QTest::newRow("plain") << QByteArray("abc+") << QByteArray("abc+");
    QTest::newRow("both cases") << QByteArray("%2f%2F%e2%82%AC") << QByteArray("//\xE2\x82\xAC");
    QTest::newRow("once only") << QByteArray("%2541") << QByteArray("%41");
    QTest::newRow("cut") << QByteArray("a%4") << QByteArray("a%4");
    QTest::newRow("end") << QByteArray("a%") << QByteArray("a%");
    QTest::newRow("no hex") << QByteArray("%zz") << QByteArray("%zz");
    QTest::newRow("sign") << QByteArray("%+1") << QByteArray("%+1");
    QTest::newRow("behind a lone one") << QByteArray("%%41%") << QByteArray("%A%");
    QTest::newRow("NUL") << QByteArray("%00") << QByteArray();
}

void TestHttpHead::decodesPercents()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, decoded);
    QCOMPARE(percentDecoded(text).has_value(), !decoded.isNull());
    QCOMPARE(percentDecoded(text).value_or(QByteArray()), decoded);
}

void TestHttpHead::everyErrorHasAStatusAndASentence()
{
    QCOMPARE(httpStatusFor(HttpError::TooLarge), 431);
    QCOMPARE(httpStatusFor(HttpError::TooManyHeaders), 431);
    QCOMPARE(httpStatusFor(HttpError::TargetTooLong), 414);
    QCOMPARE(httpStatusFor(HttpError::BadVersion), 505);
    for (int i = 1; i <= int(HttpError::BadStatusLine); ++i) {
        QVERIFY(httpStatusFor(HttpError(i)) >= 400);
        QVERIFY(httpReason(httpStatusFor(HttpError(i))) != QByteArrayView("Unknown"));
        QVERIFY(!describe(HttpError(i)).isEmpty());
    }
    QVERIFY(!httpReason(999).isEmpty());
}

QTEST_GUILESS_MAIN(TestHttpHead)
#include "tst_httphead.moc"
