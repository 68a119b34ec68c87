// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httpanswer.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestHttpAnswer final : public QObject
{
    Q_OBJECT

private slots:
    void framesItsAnswers();
    void saysWhetherTheConnectionStays();
    void saysNoLengthWhereThereIsNoBody_data();
    void saysNoLengthWhereThereIsNoBody();
    void writesErrorsAsJson();
};

void TestHttpAnswer::framesItsAnswers()
{
    const HttpAnswer answer{404, "text/plain", "body\r\n\r\n", {{"X-Extra", "1"}}};
    for (const bool withoutBody : {false, true}) {
        const QByteArray bytes = toBytes(answer, withoutBody);
        HttpHeadParser parser(HttpHeadParser::Kind::Response);
        qsizetype consumed = 0;
        QCOMPARE(parser.feed(bytes, consumed), HttpHeadParser::Status::Done);
        QCOMPARE(parser.head().status, 404);
        QCOMPARE(parser.head().reason, "Not Found");
        QCOMPARE(parser.head().contentLength, answer.body.size());
        QCOMPARE(parser.head().value("X-Extra"), QByteArrayView("1"));
        QCOMPARE(parser.head().value("X-Content-Type-Options"), QByteArrayView("nosniff"));
        QVERIFY(parser.head().listHas("Connection", "close"));
        const QRegularExpression date(
            u"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT$"_s);
        QVERIFY(date.match(QString::fromLatin1(parser.head().value("Date"))).hasMatch());
        QCOMPARE(bytes.sliced(consumed), withoutBody ? QByteArray() : answer.body);
    }
}

void TestHttpAnswer::saysWhetherTheConnectionStays()
{
    const HttpAnswer answer{200, "text/plain", "body", {}};
    const QByteArray stays = toBytes(answer, false, Persistence::KeepAlive);
    QVERIFY(stays.contains("\r\nConnection: keep-alive\r\n"));
    QVERIFY(stays.contains("\r\nKeep-Alive: timeout="));
    QVERIFY(!stays.contains("close"));
    QVERIFY(toBytes(answer).contains("\r\nConnection: close\r\n"));
    QVERIFY(!toBytes(answer).contains("Keep-Alive"));
}

void TestHttpAnswer::saysNoLengthWhereThereIsNoBody_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("204") << 204;
    QTest::newRow("304") << 304;
}

void TestHttpAnswer::saysNoLengthWhereThereIsNoBody()
{
    QFETCH(int, status);
    const QByteArray bytes = toBytes({status, {}, {}, {{"ETag", "\"a\""}}});
    QVERIFY(!bytes.contains("Content-Length") && !bytes.contains("Content-Type: ")); // RFC 9110, 8.6
    QVERIFY(bytes.endsWith("ETag: \"a\"\r\n\r\n"));
}

void TestHttpAnswer::writesErrorsAsJson()
{
    const HttpAnswer answer = errorAnswer(418, "a \"quoted\"\nmessage", {{"Retry-After", "1"}});
    QCOMPARE(answer.status, 418);
    QCOMPARE(answer.body.count('\n'), 1);
    QVERIFY(answer.body.endsWith('\n'));
    const QJsonObject json = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(json.value("message"_L1), u"a \"quoted\"\nmessage"_s);
    QVERIFY(!json.value("error"_L1).toString().isEmpty());
    QCOMPARE(answer.headers.value(0).name, "Retry-After");
    QCOMPARE(answer.headers.value(0).value, "1");
}

QTEST_GUILESS_MAIN(TestHttpAnswer)
#include "tst_httpanswer.moc"
