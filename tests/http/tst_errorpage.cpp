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

QByteArray pageFor(const HttpAnswer &answer, const QByteArray &languages, const QByteArray &target = "/")
{
    return readable(answer, requestHead("GET", target, "Host: a\r\nAccept: " + browser + "\r\n" + languages)).body;
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
    void speaksTheLanguage_data();
    void speaksTheLanguage();
    void saysEveryStatusInEveryLanguage();
    void leadsHome_data();
    void leadsHome();
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
    QCOMPARE(valueOf(answer, "Vary"), isPage ? "Accept, Accept-Language" : "");
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

void TestErrorPage::speaksTheLanguage_data()
{
    QTest::addColumn<QByteArray>("languages");
    QTest::addColumn<QByteArray>("language");
    QTest::newRow("nothing") << QByteArray() << QByteArray("en");
    QTest::newRow("German") << QByteArray("de") << QByteArray("de");
    QTest::newRow("of Austria") << QByteArray("de-AT,de;q=0.9,en;q=0.8") << QByteArray("de");
    QTest::newRow("in capitals") << QByteArray("DE-ch") << QByteArray("de");
    QTest::newRow("rather English") << QByteArray("de;q=0.5, en-GB") << QByteArray("en");
    QTest::newRow("rather German") << QByteArray("en;q=0.5, de") << QByteArray("de");
    QTest::newRow("both alike") << QByteArray("en, de") << QByteArray("en");
    QTest::newRow("neither") << QByteArray("fr, den") << QByteArray("en");
    QTest::newRow("everything but German") << QByteArray("*, de;q=0") << QByteArray("en");
    QTest::newRow("nonsense") << QByteArray(";;,-;q=7") << QByteArray("en");
}

void TestErrorPage::speaksTheLanguage()
{
    QFETCH(QByteArray, languages);
    QFETCH(QByteArray, language);
    const QByteArray page = pageFor(nothingHere(), "Accept-Language: " + languages + "\r\n");
    QVERIFY2(page.contains("<html lang=\"" + language + "\">"), page.constData());
    QCOMPARE(page.contains("Diese Seite gibt es auf diesem Server nicht."), language == "de");
    QVERIFY(page.contains("<p lang=\"en\"><small>404 Not Found: there is nothing here"));
}

void TestErrorPage::saysEveryStatusInEveryLanguage()
{
    for (const int status : {400, 401, 403, 404, 405, 408, 413, 421, 426, 429, 431, 500, 503}) {
        const HttpAnswer answer = errorAnswer(status, "why", {{"Retry-After", "5"}});
        const QList<QByteArray> english = pageFor(answer, {}).split('\n');
        for (const QByteArray &line : pageFor(answer, "Accept-Language: de\r\n").split('\n')) {
            const bool isText = line.startsWith("<title>") || line.startsWith("<h1>") || line.startsWith("<p>");
            QVERIFY2(!isText || !english.contains(line), line.constData());
        }
    }
}

void TestErrorPage::leadsHome_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("home");
    QTest::newRow("beside it") << QByteArray("/nothing") << QByteArray("./");
    QTest::newRow("below it") << QByteArray("/ws/main") << QByteArray("../");
    QTest::newRow("far below it") << QByteArray("/a/b/c?d=/e/") << QByteArray("../../");
}

void TestErrorPage::leadsHome()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, home);
    QVERIFY(pageFor(nothingHere(), {}, target).contains("<a href=\"" + home + "\">"));
    QVERIFY(!pageFor(errorAnswer(503, "full"), {}, target).contains("<a ")); // there is nothing yet
}

QTEST_GUILESS_MAIN(TestErrorPage)
#include "tst_errorpage.moc"
