// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/upgrade.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTest>
#include <algorithm>
#include <limits>

using namespace glasshouse;

class TestUpgrade : public QObject
{
    Q_OBJECT
private slots:
    void answersTheKeyOfTheRfc();
    void judgesRequests_data();
    void judgesRequests();
    void thousandsOfSubprotocolsAreCheap();
    void buildsARequestThatItAccepts();
    void extraHeadersReplaceOurs();
    void refusesUncleanRequests_data();
    void refusesUncleanRequests();
    void judgesResponses_data();
    void judgesResponses();
    void extraHeadersCountAsOffered();
    void everyErrorHasAStatusAndASentence();
};

namespace {

const QByteArray sampleKey = "dGhlIHNhbXBsZSBub25jZQ==";
const QByteArray sampleAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

HttpHead parse(const QByteArray &bytes, HttpHeadParser::Kind kind = HttpHeadParser::Kind::Request)
{
    HttpHeadParser parser(kind);
    qsizetype consumed = 0;
    if (parser.feed(bytes, consumed) != HttpHeadParser::Status::Done)
        qFatal("the head of the test is broken");
    return parser.takeHead();
}

UpgradeRequest sampleRequest()
{
    return {"example.org:8080", "/ws/main?name=x", sampleKey, "http://example.org", {"chat", "bearer.abc"}, {}};
}

} // namespace

void TestUpgrade::answersTheKeyOfTheRfc() { QCOMPARE(acceptFor(sampleKey), sampleAccept); }

void TestUpgrade::judgesRequests_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("error");
    const auto row = [](const char *name, const QByteArray &head, UpgradeError error) {
        QTest::newRow(name) << head << int(error);
    };
    const QByteArray good = "GET /ws/a HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    const auto with = [&good](const char *from, const QByteArray &to) {
        QByteArray copy = good;
        return copy.replace(from, to);
    };
    const auto key = [&with](const QByteArray &text) { return with("dGhlIHNhbXBsZSBub25jZQ==", text); };
    const auto added = [&good](const QByteArray &header) { return QByteArray(good.chopped(2) + header + "\r\n\r\n"); };
    row("good", good, UpgradeError::None);
    row("any case", with("websocket", "WebSocket"), UpgradeError::None);
    row("lists", with("Connection: Upgrade", "Connection: keep-alive, UPGRADE"), UpgradeError::None);
    row("split lists", with("Connection: Upgrade", "Connection: keep-alive\r\nConnection: upgrade"),
        UpgradeError::None);
    row("subprotocols", added("Sec-WebSocket-Protocol: a, b\r\nSec-WebSocket-Protocol: A"), UpgradeError::None);
    row("empty body", added("Content-Length: 0"), UpgradeError::None);
    row("extensions are not our matter", added("Sec-WebSocket-Extensions: permessage-deflate; a=\"b\""),
        UpgradeError::None);
    row("plain", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", UpgradeError::NotRequested);
    row("plain over HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", UpgradeError::NotRequested);
    row("dropped", with("Upgrade: websocket\r\n", {}), UpgradeError::Dropped);
    row("nothing but a key", "GET / HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: a\r\n\r\n", UpgradeError::NotRequested);
    row("other upgrade", with("websocket", "h2c"), UpgradeError::NotRequested);
    row("part of a word", with("websocket", "websocket2"), UpgradeError::NotRequested);
    row("POST", with("GET", "POST"), UpgradeError::NotGet);
    row("lower case", with("GET", "get"), UpgradeError::NotGet);
    row("no Connection", with("Connection: Upgrade\r\n", {}), UpgradeError::NoConnectionUpgrade);
    row("proxy", with("Connection: Upgrade", "Connection: close"), UpgradeError::NoConnectionUpgrade);
    row("no version", with("Sec-WebSocket-Version: 13\r\n", {}), UpgradeError::BadVersion);
    for (const char *version : {"8", "14", "013", "13, 8", ""})
        row(qPrintable(QString::fromLatin1(version) + QStringLiteral(" as version")), with("13", version),
            UpgradeError::BadVersion);
    row("no key", with("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", {}), UpgradeError::MissingKey);
    row("empty key", key(""), UpgradeError::BadKey);
    row("short key", key("dGhlIHNhbXBsZSBub25jZQ="), UpgradeError::BadKey);
    row("15 bytes", key("dGhlIHNhbXBsZSBub25j"), UpgradeError::BadKey);
    row("17 bytes", key("dGhlIHNhbXBsZSBub25jZXg="), UpgradeError::BadKey);
    row("18 bytes in 24 characters", key("dGhlIHNhbXBsZSBub25jZXh4"), UpgradeError::BadKey);
    row("not canonical", key("dGhlIHNhbXBsZSBub25jZR=="), UpgradeError::None);
    row("the example of the RFC, section 4.1", key("AQIDBAUGBwgJCgsMDQ4PEC=="), UpgradeError::None);
    row("one padding", key("dGhlIHNhbXBsZSBub25jZZ="), UpgradeError::BadKey);
    row("no padding", key("dGhlIHNhbXBsZSBub25jZQ"), UpgradeError::BadKey);
    row("padding inside", key("dGhlIHNhbXBsZSBub2==ZQ=="), UpgradeError::BadKey);
    row("over HTTP/1.0", with("HTTP/1.1", "HTTP/1.0"), UpgradeError::OverHttp10);
    row("over HTTP/1.0, and dropped", with("HTTP/1.1", "HTTP/1.0").replace("Upgrade: websocket\r\n", ""),
        UpgradeError::OverHttp10);
    row("URL alphabet", key("dGhlIHNhbXBsZSBub25j-Q=="), UpgradeError::BadKey);
    row("no base64", key("dGhlIHNhbXBsZSBub25j*Q=="), UpgradeError::BadKey);
    row("space inside", key("dGhlIHNhbXBsZSBub25 ZQ=="), UpgradeError::BadKey);
    row("length", added("Content-Length: 1"), UpgradeError::HasBody);
    row("chunked", added("Transfer-Encoding: chunked"), UpgradeError::HasBody);
    row("subprotocol twice", added("Sec-WebSocket-Protocol: a, b, a"), UpgradeError::BadSubprotocol);
    row("subprotocol twice in two headers", added("Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: a"),
        UpgradeError::BadSubprotocol);
    row("subprotocol no token", added("Sec-WebSocket-Protocol: a b"), UpgradeError::BadSubprotocol);
    row("subprotocol high byte", added("Sec-WebSocket-Protocol: \xC3\xA4"), UpgradeError::BadSubprotocol);
    row("subprotocols empty", added("Sec-WebSocket-Protocol:"), UpgradeError::BadSubprotocol);
    row("subprotocols only commas", added("Sec-WebSocket-Protocol: ,,"), UpgradeError::BadSubprotocol);
}

void TestUpgrade::judgesRequests()
{
    QFETCH(QByteArray, head);
    QTEST(int(checkUpgrade(parse(head))), "error");
}

// As fast as a set of them is made; comparing all pairs would take a hundred times as long.
void TestUpgrade::thousandsOfSubprotocolsAreCheap()
{
    const auto request = buildUpgradeRequest(sampleRequest());
    QVERIFY(request);
    HttpHead head = parse(*request);
    QByteArray many;
    for (int i = 0; i < 16'000; ++i)
        many += QByteArray::number(i) + ',';
    head.headers.append({"Sec-WebSocket-Protocol", many});
    const auto nanoseconds = [](const auto &work) {
        qint64 best = std::numeric_limits<qint64>::max();
        for (int run = 0; run < 10; ++run) {
            QElapsedTimer timer;
            timer.start();
            if (!work())
                return qint64(-1);
            best = std::min(best, timer.nsecsElapsed());
        }
        return best;
    };
    const qint64 checked = nanoseconds([&] { return checkUpgrade(head) == UpgradeError::None; });
    const qint64 made = nanoseconds([&] {
        const QByteArrayList names = many.split(',');
        return QSet<QByteArray>(names.cbegin(), names.cend()).size() == 16'001;
    });
    QVERIFY(checked > 0 && made > 0);
    QVERIFY2(checked < 25 * made, qPrintable(QString::number(double(checked) / double(made))));
}

void TestUpgrade::buildsARequestThatItAccepts()
{
    const auto request = buildUpgradeRequest(sampleRequest());
    QVERIFY(request);
    const HttpHead head = parse(*request);
    QCOMPARE(checkUpgrade(head), UpgradeError::None);
    QCOMPARE(head.target, QByteArray("/ws/main?name=x"));
    QCOMPARE(head.value("Host"), QByteArrayView("example.org:8080"));
    QCOMPARE(head.value("Origin"), QByteArrayView("http://example.org"));
    QCOMPARE(head.list("Sec-WebSocket-Protocol"), (QList<QByteArray>{"chat", "bearer.abc"}));
    UpgradeRequest bare = sampleRequest();
    bare.origin.clear();
    bare.subprotocols.clear();
    const HttpHead bareHead = parse(buildUpgradeRequest(bare).value_or(QByteArray()));
    QVERIFY(bareHead.value("Origin").isNull());
    QVERIFY(bareHead.value("Sec-WebSocket-Protocol").isNull());
}

void TestUpgrade::extraHeadersReplaceOurs()
{
    UpgradeRequest request = sampleRequest();
    request.extra = {{"host", "other"}, {"X-Mine", "1"}};
    const HttpHead head = parse(buildUpgradeRequest(request).value_or(QByteArray()));
    QCOMPARE(head.list("Host"), QList<QByteArray>{"other"});
    QCOMPARE(head.value("X-Mine"), QByteArrayView("1"));
}

void TestUpgrade::refusesUncleanRequests_data()
{
    QTest::addColumn<QByteArray>("dirt");
    QTest::newRow("CR") << QByteArray("a\rb");
    QTest::newRow("LF") << QByteArray("a\nb");
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
}

void TestUpgrade::refusesUncleanRequests()
{
    QFETCH(QByteArray, dirt);
    const auto refuses = [](auto change) {
        UpgradeRequest request = sampleRequest();
        change(request);
        return !buildUpgradeRequest(request);
    };
    QVERIFY(refuses([&](UpgradeRequest &r) { r.host = dirt; }));
    QVERIFY(refuses([&](UpgradeRequest &r) { r.target = "/" + dirt; }));
    QVERIFY(refuses([&](UpgradeRequest &r) { r.key = dirt; }));
    QVERIFY(refuses([&](UpgradeRequest &r) { r.origin = dirt; }));
    QVERIFY(refuses([&](UpgradeRequest &r) { r.subprotocols.append(dirt); }));
    QVERIFY(refuses([&](UpgradeRequest &r) { r.extra.append(HttpHeader{dirt, "x"}); }));
    QVERIFY(refuses([&](UpgradeRequest &r) { r.extra.append(HttpHeader{"X", dirt}); }));
    QVERIFY(refuses([](UpgradeRequest &r) { r.extra.append(HttpHeader{"X: y", "x"}); }));
    QVERIFY(refuses([](UpgradeRequest &r) { r.target = "ws"; }));
    QVERIFY(refuses([](UpgradeRequest &r) { r.target = "/a b"; }));
}

void TestUpgrade::judgesResponses_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("error");
    const auto row = [](const char *name, const QByteArray &head, UpgradeError error) {
        QTest::newRow(name) << head << int(error);
    };
    const QByteArray good = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    const auto with = [&good](const char *from, const QByteArray &to) {
        QByteArray copy = good;
        return copy.replace(from, to);
    };
    const auto added = [&good](const QByteArray &header) { return QByteArray(good.chopped(2) + header + "\r\n\r\n"); };
    row("good", good, UpgradeError::None);
    row("chosen", added("Sec-WebSocket-Protocol: chat"), UpgradeError::None);
    row("200", with("101", "200"), UpgradeError::BadResponse);
    row("404", with("101", "404"), UpgradeError::BadResponse);
    row("no Upgrade", with("Upgrade: WebSocket\r\n", {}), UpgradeError::BadResponse);
    row("no Connection", with("Connection: Upgrade\r\n", {}), UpgradeError::NoConnectionUpgrade);
    row("no Accept", with("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", {}), UpgradeError::BadAccept);
    row("wrong Accept", with("s3pP", "S3pP"), UpgradeError::BadAccept);
    row("not offered", added("Sec-WebSocket-Protocol: other"), UpgradeError::UnofferedSubprotocol);
    row("other case", added("Sec-WebSocket-Protocol: Chat"), UpgradeError::UnofferedSubprotocol);
    row("two chosen", added("Sec-WebSocket-Protocol: chat, bearer.abc"), UpgradeError::UnofferedSubprotocol);
    row("extension", added("Sec-WebSocket-Extensions: permessage-deflate"), UpgradeError::UnofferedExtension);
}

void TestUpgrade::judgesResponses()
{
    QFETCH(QByteArray, head);
    QTEST(int(checkUpgradeResponse(parse(head, HttpHeadParser::Kind::Response), sampleRequest())), "error");
}

void TestUpgrade::extraHeadersCountAsOffered()
{
    UpgradeRequest request = sampleRequest();
    request.key = "not sent";
    request.extra = {{"Sec-WebSocket-Key", sampleKey},
                     {"sec-websocket-protocol", "mine"},
                     {"Sec-WebSocket-Extensions", "permessage-deflate; x=1"}};
    HttpHead response;
    response.status = 101;
    response.headers = {{"Upgrade", "websocket"},
                        {"Connection", "upgrade"},
                        {"Sec-WebSocket-Accept", sampleAccept},
                        {"Sec-WebSocket-Protocol", "mine"},
                        {"Sec-WebSocket-Extensions", "permessage-deflate"}};
    QCOMPARE(checkUpgradeResponse(response, request), UpgradeError::None);
}

void TestUpgrade::everyErrorHasAStatusAndASentence()
{
    QCOMPARE(httpStatusFor(UpgradeError::None), 101);
    QCOMPARE(httpStatusFor(UpgradeError::NotRequested), 426);
    QCOMPARE(httpStatusFor(UpgradeError::BadVersion), 426);
    QCOMPARE(httpStatusFor(UpgradeError::NotGet), 405);
    for (int i = 1; i <= int(UpgradeError::UnofferedExtension); ++i) {
        QVERIFY(httpStatusFor(UpgradeError(i)) >= 400);
        QVERIFY(!describe(UpgradeError(i)).isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestUpgrade)
#include "tst_upgrade.moc"
