// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/errorpage.h"
#include "tests/support/requests.h"

#include <QTest>

using namespace glasshouse;

namespace {

const QByteArray browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

QByteArray valueOf(const HttpAnswer &answer, QByteArrayView name)
{
    for (const HttpHeader &header : answer.headers) {
        if (name == QByteArrayView(header.name))
            return header.value;
    }
    return {};
}

HttpHead request(const QByteArray &accepted)
{
    return requestHead("GET", "/", "Host: a\r\n" + (accepted.isNull() ? QByteArray() : "Accept: " + accepted + "\r\n"));
}

} // namespace

class TestErrorPage final : public QObject
{
    Q_OBJECT

private slots:
    void isForWhoLooksAtIt_data();
    void isForWhoLooksAtIt();
    void loadsItselfAgain();
    void leavesOtherAnswersAlone();
    void makesNothingOfMarks();
};

void TestErrorPage::isForWhoLooksAtIt_data()
{
    QTest::addColumn<QByteArray>("accepted");
    QTest::addColumn<bool>("isPage");
    QTest::newRow("a browser that opens it") << browser << true;
    QTest::newRow("in capitals") << QByteArray("TEXT/HTML") << true;
    QTest::newRow("a script") << QByteArray("*/*") << false;
    QTest::newRow("a picture") << QByteArray("image/avif,image/webp,*/*;q=0.8") << false;
    QTest::newRow("a stylesheet") << QByteArray("text/css,*/*;q=0.1") << false;
    QTest::newRow("a program") << QByteArray("application/json") << false;
    QTest::newRow("who does not want it") << QByteArray("text/html;q=0, */*") << false;
    QTest::newRow("who says nothing") << QByteArray() << false;
}

void TestErrorPage::isForWhoLooksAtIt()
{
    QFETCH(QByteArray, accepted);
    QFETCH(bool, isPage);
    const HttpAnswer answer = readable(errorAnswer(429, "too many", {{"Retry-After", "7"}}), request(accepted));
    QCOMPARE(answer.status, 429);
    QCOMPARE(valueOf(answer, "Retry-After"), "7");
    QCOMPARE(answer.contentType, isPage ? "text/html; charset=utf-8" : "application/json");
    QCOMPARE(answer.body.startsWith("<!doctype html>"), isPage);
    QVERIFY(answer.body.contains("too many"));
    QCOMPARE(valueOf(answer, "Vary"), isPage ? "Accept" : "");
}

void TestErrorPage::loadsItselfAgain()
{
    const HttpAnswer busy = readable(errorAnswer(503, "full", {{"Retry-After", "5"}}), request(browser));
    QVERIFY(busy.body.contains("<meta http-equiv=\"refresh\" content=\"5\">"));
    const HttpAnswer missing = readable(nothingHere(), request(browser));
    QVERIFY(missing.body.contains("there is nothing here"));
    QVERIFY(!missing.body.contains("refresh")); // it will not be there later
}

void TestErrorPage::leavesOtherAnswersAlone()
{
    const HttpAnswer health{503, "application/json", "{\"status\":\"draining\"}", {}};
    QCOMPARE(readable(health, request(browser)).body, health.body);
    const HttpAnswer page{200, "text/plain", "page", {}};
    QCOMPARE(readable(page, request(browser)).contentType, "text/plain");
}

void TestErrorPage::makesNothingOfMarks()
{
    const HttpAnswer answer = readable(errorAnswer(400, "<script>\"&"), request(browser));
    QVERIFY(answer.body.contains("&lt;script&gt;&quot;&amp;"));
    QVERIFY(!answer.body.contains("<script>"));
}

QTEST_GUILESS_MAIN(TestErrorPage)
#include "tst_errorpage.moc"
