// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/tokenfinder.h"
#include "tests/support/requests.h"

#include <QTest>

using namespace glasshouse;

Q_DECLARE_METATYPE(glasshouse::TokenSource)
Q_DECLARE_METATYPE(glasshouse::FindError)

class TestTokenFinder final : public QObject
{
    Q_OBJECT

private slots:
    void findsTokens_data();
    void findsTokens();
    void refusesRiddles_data();
    void refusesRiddles();
    void hasAReasonForEach();

private:
    static HttpHead request(const QByteArray &target, const QByteArray &headers);
};

HttpHead TestTokenFinder::request(const QByteArray &target, const QByteArray &headers)
{
    return requestHead("GET", target, "Host: localhost\r\n" + headers);
}

void TestTokenFinder::findsTokens_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<TokenSource>("source");
    QTest::addColumn<QByteArray>("token");
    const auto row = [](const char *name, const QByteArray &target, const QByteArray &headers, TokenSource source,
                        const QByteArray &token) { QTest::newRow(name) << target << headers << source << token; };
    using enum TokenSource;

    row("none", "/ws/a", "", Nowhere, {});
    row("header", "/ws/a", "Authorization: Bearer a.b.c\r\n", Authorization, "a.b.c");
    row("header, any case", "/ws/a", "AUTHORIZATION: bEARER a.b.c\r\n", Authorization, "a.b.c");
    row("header, more spaces", "/ws/a", "Authorization:   Bearer \t a.b.c  \r\n", Authorization, "a.b.c");
    row("header, not looked at", "/ws/a", "Authorization: Bearer a b, c\r\n", Authorization, "a b, c");
    row("header of another scheme", "/ws/a", "Authorization: Basic YTpi\r\n", Nowhere, {});
    row("scheme that begins alike", "/ws/a", "Authorization: Bearertoken a\r\n", Nowhere, {});
    row("header without scheme", "/ws/a", "Authorization: a.b.c\r\n", Nowhere, {});
    row("empty header", "/ws/a", "Authorization:\r\n", Nowhere, {});
    row("another header", "/ws/a", "X-Authorization: Bearer a.b.c\r\n", Nowhere, {});
    row("header of the proxy", "/ws/a", "Proxy-Authorization: Bearer a.b.c\r\n", Nowhere, {});
    row("subprotocol", "/ws/a", "Sec-WebSocket-Protocol: chat, bearer.a.b.c\r\n", Subprotocol, "a.b.c");
    row("subprotocol in front", "/ws/a", "Sec-WebSocket-Protocol: bearer.a.b.c,chat\r\n", Subprotocol, "a.b.c");
    row("subprotocol alone", "/ws/a", "Sec-WebSocket-Protocol: bearer.a.b.c\r\n", Subprotocol, "a.b.c");
    row("subprotocol in its own header", "/ws/a",
        "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: bearer.a.b.c\r\n", Subprotocol, "a.b.c");
    row("subprotocol in capitals", "/ws/a", "Sec-WebSocket-Protocol: BEARER.a.b.c\r\n", Nowhere, {});
    row("subprotocol that begins alike", "/ws/a", "Sec-WebSocket-Protocol: bearers\r\n", Nowhere, {});
    row("query", "/ws/a?token=a.b.c", "", Query, "a.b.c");
    row("query among others", "/ws/a?name=x&token=a.b.c&game=relay", "", Query, "a.b.c");
    row("query, encoded", "/ws/a?t%6Fken=a%2Eb%2Ec", "", Query, "a.b.c");
    row("query with an equals sign", "/ws/a?token=a.b.c%3D=", "", Query, "a.b.c==");
    row("query in capitals", "/ws/a?TOKEN=a.b.c", "", Nowhere, {});
    row("query that begins alike", "/ws/a?tokens=a&xtoken=b", "", Nowhere, {});
    row("broken encoding elsewhere", "/ws/a?name=%00&token=a.b.c", "", Query, "a.b.c");
    row("path", "/ws/token=a.b.c", "", Nowhere, {});
    row("path in place of a query", "/ws/a;token=a.b.c", "", Nowhere, {});
    row("cookie", "/ws/a", "Cookie: token=a.b.c; Authorization=Bearer a.b.c\r\n", Nowhere, {});
    row("cookie beside a query", "/ws/a?token=a.b.c", "Cookie: token=other\r\n", Query, "a.b.c");
    row("header before subprotocol", "/ws/a", "Sec-WebSocket-Protocol: bearer.same\r\nAuthorization: Bearer same\r\n",
        Authorization, "same");
    row("subprotocol before query", "/ws/a?token=same", "Sec-WebSocket-Protocol: bearer.same\r\n", Subprotocol, "same");
    row("header before query", "/ws/a?token=same", "Authorization: Bearer same\r\n", Authorization, "same");
    row("header against subprotocol", "/ws/a", "Authorization: Bearer a\r\nSec-WebSocket-Protocol: bearer.b\r\n",
        Authorization, "a");
    row("header against query", "/ws/a?token=b", "Authorization: Bearer a\r\n", Authorization, "a");
    row("header against a broken query", "/ws/a?token=%00", "Authorization: Bearer a\r\n", Authorization, "a");
    row("subprotocol against query", "/ws/a?token=b", "Sec-WebSocket-Protocol: bearer.a\r\n", Subprotocol, "a");
    row("other scheme beside a query", "/ws/a?token=a.b.c", "Authorization: Basic YTpi\r\n", Query, "a.b.c");
}

void TestTokenFinder::findsTokens()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    const HttpHead head = request(target, headers);
    QVERIFY(!head.target.isEmpty());
    const auto found = findToken(head);
    QVERIFY(found);
    QTEST(found.value().source, "source");
    QTEST(found.value().token, "token");
}

void TestTokenFinder::refusesRiddles_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<FindError>("error");
    const auto row = [](const char *name, const QByteArray &target, const QByteArray &headers, FindError error) {
        QTest::newRow(name) << target << headers << error;
    };
    using enum FindError;
    row("empty header", "/ws/a", "Authorization: Bearer\r\n", EmptyAuthorization);
    row("empty header and a query", "/ws/a?token=a", "Authorization: Bearer \r\n", EmptyAuthorization);
    row("empty subprotocol", "/ws/a", "Sec-WebSocket-Protocol: chat, bearer.\r\n", EmptySubprotocol);
    row("two subprotocols", "/ws/a", "Sec-WebSocket-Protocol: bearer.a, bearer.b\r\n", SeveralSubprotocols);
    row("the same subprotocol twice", "/ws/a", "Sec-WebSocket-Protocol: bearer.a, bearer.a\r\n", SeveralSubprotocols);
    row("empty query", "/ws/a?token=", "", EmptyQuery);
    row("query without a value", "/ws/a?token", "", EmptyQuery);
    row("two queries", "/ws/a?token=a&token=b", "", SeveralQueries);
    row("the same query twice", "/ws/a?token=a&token=a", "", SeveralQueries);
    row("two queries, one encoded", "/ws/a?token=a&%74oken=b", "", SeveralQueries);
    row("a query and an empty one", "/ws/a?token=a&token=", "", SeveralQueries);
    row("query that ends in NUL", "/ws/a?token=a%00", "", BadQuery);
}

void TestTokenFinder::refusesRiddles()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    const HttpHead head = request(target, headers);
    QVERIFY(!head.target.isEmpty());
    const auto found = findToken(head);
    QVERIFY(!found);
    QTEST(found.error().code, "error");
}

void TestTokenFinder::hasAReasonForEach()
{
    QList<QByteArray> texts;
    for (int code = 0; code <= int(FindError::BadQuery); ++code) {
        const QByteArray text = describe(FindError(code)).toByteArray();
        QVERIFY(text.size() > 10 && text.size() <= 123 && !texts.contains(text));
        texts += text;
    }
    // The parser refuses it before; a head that was made otherwise is judged here.
    HttpHead head;
    head.headers = {{"Authorization", "Bearer a"}, {"authorization", "Bearer a"}};
    QCOMPARE(findToken(head).error().code, FindError::SeveralAuthorizations);
}

QTEST_GUILESS_MAIN(TestTokenFinder)
#include "tst_tokenfinder.moc"
