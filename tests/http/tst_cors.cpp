// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/cors.h"
#include "tests/support/requests.h"

#include <QTest>

using namespace glasshouse;

namespace {

QByteArray valueOf(const HttpHeaders &headers, QByteArrayView name)
{
    for (const HttpHeader &header : headers) {
        if (name == QByteArrayView(header.name))
            return header.value;
    }
    return {};
}

HttpHead request(const QByteArray &method, const QByteArray &origin, const QByteArray &extra = {})
{
    return requestHead(method, "/api/v1/rooms",
                       "Host: play.example:8080\r\n" + (origin.isNull() ? QByteArray() : "Origin: " + origin + "\r\n")
                           + extra);
}

} // namespace

class TestCors final : public QObject
{
    Q_OBJECT

private slots:
    void sharesWithAllowedOrigins_data();
    void sharesWithAllowedOrigins();
    void answersPreflights();
};

void TestCors::sharesWithAllowedOrigins_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QList<QByteArray>>("allowed");
    QTest::addColumn<bool>("shared");
    using List = QList<QByteArray>;
    const QByteArray listed = "https://www.example.org";
    QTest::newRow("none") << QByteArray() << List{"*"} << false;
    QTest::newRow("the same host") << QByteArray("http://play.example:8080") << List{} << true;
    QTest::newRow("another port") << QByteArray("http://play.example:8081") << List{} << false;
    QTest::newRow("listed") << listed << List{"https://a.example", listed} << true;
    QTest::newRow("listed with another scheme") << QByteArray("http://www.example.org") << List{listed} << false;
    QTest::newRow("below a listed one") << QByteArray("https://www.example.org.evil.example") << List{listed} << false;
    QTest::newRow("not listed") << QByteArray("https://evil.example") << List{listed} << false;
    QTest::newRow("everybody") << QByteArray("https://evil.example") << List{"*"} << true;
    QTest::newRow("null") << QByteArray("null") << List{listed} << false;
    QTest::newRow("null among everybody") << QByteArray("null") << List{"*"} << false;
    QTest::newRow("null, listed") << QByteArray("null") << List{"null"} << true;
}

void TestCors::sharesWithAllowedOrigins()
{
    QFETCH(QByteArray, origin);
    QFETCH(QList<QByteArray>, allowed);
    QFETCH(bool, shared);
    const HttpHeaders headers = corsHeaders(request("GET", origin), allowed);
    QCOMPARE(valueOf(headers, "Access-Control-Allow-Origin"), shared ? origin : QByteArray());
    QCOMPARE(valueOf(headers, "Vary"), QByteArray("Origin")); // also where a cache keeps what may not be read
    QCOMPARE(headers.size() > 1, shared);
    const HttpAnswer answer = preflightAnswer(request("OPTIONS", origin), allowed);
    QCOMPARE(answer.status, shared ? 204 : 403);
    QCOMPARE(valueOf(answer.headers, "Access-Control-Allow-Origin"), shared ? origin : QByteArray());
    QVERIFY(!toBytes(answer).contains("Credentials"));
}

void TestCors::answersPreflights()
{
    const QByteArray asks = "Access-Control-Request-Method: POST\r\n";
    const HttpHead preflight = request("OPTIONS", "http://play.example:8080", asks);
    QVERIFY(isPreflight(preflight));
    QVERIFY(!isPreflight(request("OPTIONS", "http://play.example:8080")));
    QVERIFY(!isPreflight(request("OPTIONS", {}, asks)));
    QVERIFY(!isPreflight(request("GET", "http://play.example:8080", asks)));
    const HttpAnswer answer = preflightAnswer(preflight, {});
    QVERIFY(valueOf(answer.headers, "Access-Control-Allow-Methods").contains("POST"));
    QCOMPARE(valueOf(answer.headers, "Access-Control-Allow-Headers"), "Content-Type, Authorization");
    QVERIFY(valueOf(answer.headers, "Access-Control-Max-Age").toInt() > 0);
    QVERIFY(!toBytes(answer).contains("Content-Length")); // RFC 9110, 8.6
}

QTEST_GUILESS_MAIN(TestCors)
#include "tst_cors.moc"
