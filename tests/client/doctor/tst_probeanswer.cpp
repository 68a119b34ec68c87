// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/answerhints.h"
#include "client/doctor/doctorjudges.h"
#include "client/doctor/probeanswer.h"

#include <QTest>

using namespace glasshouse;

using Status = ProbeAnswerReader::Status;
Q_DECLARE_METATYPE(Status)

// Answers of all kinds, read as generously as it can be.

namespace {

constexpr auto head101 = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

ProbeAnswer answerOf(const QByteArray &bytes)
{
    ProbeAnswerReader reader;
    qsizetype consumed = 0;
    reader.feed(bytes, consumed);
    return reader.answer();
}

ProbeAnswer pageOf(const QByteArray &status, const QByteArray &body, const QByteArray &headers = {})
{
    return answerOf("HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers
                    + "\r\n" + body);
}

} // namespace

class TestProbeAnswer final : public QObject
{
    Q_OBJECT
private slots:
    void readsAnswers_data();
    void readsAnswers();
    void readsThemByteByByte_data() { readsAnswers_data(); }
    void readsThemByteByByte();
    void leavesFramesBehindTheHead();
    void joinsChunks();
    void holdsNoMoreThanItsBound_data();
    void holdsNoMoreThanItsBound();
    void saysWhatAStrictClientHasAgainstIt();
    void knowsWhoIsNoHttp_data();
    void knowsWhoIsNoHttp();
    void findsThePathThatTheServerWasAskedFor_data();
    void findsThePathThatTheServerWasAskedFor();
    void knowsCaches_data();
    void knowsCaches();
    void namesWhoAnswers();
};

void TestProbeAnswer::readsAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Status>("status");
    QTest::addColumn<int>("code");
    QTest::newRow("nothing") << QByteArray() << Status::NeedMore << 0;
    QTest::newRow("half a head") << QByteArray("HTTP/1.1 20") << Status::NeedMore << 0;
    QTest::newRow("101") << QByteArray(head101) << Status::Switch << 101;
    QTest::newRow("no body") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << Status::Done << 204;
    QTest::newRow("a body") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno") << Status::Done
                            << 404;
    QTest::newRow("half a body") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno") << Status::Body
                                 << 404;
    QTest::newRow("a body without an end") << QByteArray("HTTP/1.0 500 Oh\r\n\r\nno") << Status::Body << 500;
    QTest::newRow("bare line feeds") << QByteArray("HTTP/1.1 403 No\nContent-Length: 0\n\n") << Status::Done << 403;
    QTest::newRow("no reason") << QByteArray("HTTP/1.1 403\r\nContent-Length: 0\r\n\r\n") << Status::Done << 403;
    QTest::newRow("a status that is none") << QByteArray("HTTP/1.1 abc\r\n\r\n") << Status::Done << 0;
    QTest::newRow("SSH") << QByteArray("SSH-2.0-x\r\n") << Status::Done << 0;
    QTest::newRow("TLS") << QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7) << Status::Done << 0;
}

void TestProbeAnswer::readsAnswers()
{
    QFETCH(QByteArray, bytes);
    ProbeAnswerReader reader;
    qsizetype consumed = 0;
    QTEST(reader.feed(bytes, consumed), "status");
    QTEST(reader.answer().head.status, "code");
}

void TestProbeAnswer::readsThemByteByByte()
{
    QFETCH(QByteArray, bytes);
    ProbeAnswerReader reader;
    qsizetype consumed = 0;
    Status status = Status::NeedMore;
    for (qsizetype i = 0; i < bytes.size() && (status == Status::NeedMore || status == Status::Body); ++i)
        status = reader.feed(QByteArrayView(bytes).sliced(i, 1), consumed);
    QTEST(status, "status");
    QTEST(reader.answer().head.status, "code");
}

void TestProbeAnswer::leavesFramesBehindTheHead()
{
    ProbeAnswerReader reader;
    qsizetype consumed = 0;
    const QByteArray head(head101);
    QCOMPARE(reader.feed(head.first(20), consumed), Status::NeedMore);
    QCOMPARE(reader.feed(head.sliced(20) + "\x81\x01x", consumed), Status::Switch);
    QCOMPARE(consumed, head.size() - 20);
    QCOMPARE(reader.answer().raw, head);
}

void TestProbeAnswer::joinsChunks()
{
    const ProbeAnswer answer =
        answerOf("HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    QCOMPARE(answer.body, "abcde");
    QVERIFY(answer.bodyIsWhole);
}

void TestProbeAnswer::holdsNoMoreThanItsBound_data()
{
    QTest::addColumn<QByteArray>("beginning");
    QTest::newRow("a head without an end") << QByteArray("HTTP/1.1 200 OK\r\nX: ");
    QTest::newRow("a body without an end") << QByteArray("HTTP/1.1 200 OK\r\n\r\n");
    QTest::newRow("a chunk without an end")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n");
    QTest::newRow("a length that is a lie") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
}

void TestProbeAnswer::holdsNoMoreThanItsBound()
{
    QFETCH(QByteArray, beginning);
    ProbeAnswerReader reader;
    qsizetype consumed = 0;
    Status status = reader.feed(beginning, consumed);
    for (int i = 0; i < 200 && status != Status::Done; ++i)
        status = reader.feed(QByteArray(1'000, 'x'), consumed);
    QCOMPARE(status, Status::Done);
    QVERIFY(reader.answer().raw.size() <= ProbeAnswerReader::maxBytes);
}

void TestProbeAnswer::saysWhatAStrictClientHasAgainstIt()
{
    QCOMPARE(answerOf(head101).error, HttpError::None);
    QCOMPARE(answerOf(QByteArray(head101).replace("\r\n", "\n")).error, HttpError::BareLineFeed);
    QVERIFY(answerOf("HTTP/1.1 101 x\r\nBad name: 1\r\n\r\n").error != HttpError::None);
}

void TestProbeAnswer::knowsWhoIsNoHttp_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH\r\n") << QByteArray("SSH");
    QTest::newRow("SMTP") << QByteArray("220 mail.test ESMTP\r\n") << QByteArray("FTP or SMTP");
    QTest::newRow("Redis") << QByteArray("-ERR unknown command\r\n") << QByteArray("Redis");
    QTest::newRow("text") << QByteArray("hello\r\n") << QByteArray("\"hello\"");
    QTest::newRow("bytes") << QByteArray("\x01\x02", 2) << QByteArray("01 02");
}

void TestProbeAnswer::knowsWhoIsNoHttp()
{
    QFETCH(QByteArray, bytes);
    QTEST(answerhints::nameOfForeign(bytes), "name");
}

void TestProbeAnswer::findsThePathThatTheServerWasAskedFor_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("Express") << QByteArray("<pre>Cannot GET /app/ws</pre>") << QByteArray("/app/ws");
    QTest::newRow("Apache") << QByteArray("The requested URL /ws was not found on this server.") << QByteArray("/ws");
    QTest::newRow("Spring") << QByteArray(R"({"status":404,"path":"/ws"})") << QByteArray("/ws");
    QTest::newRow("Fastify") << QByteArray(R"({"message":"Route GET:/a not found"})") << QByteArray("/a");
    QTest::newRow("advice is none") << QByteArray("Not found. Use /ws/ROOM.") << QByteArray();
    QTest::newRow("a page") << QByteArray("<a href=\"/home\">home</a>") << QByteArray();
}

void TestProbeAnswer::findsThePathThatTheServerWasAskedFor()
{
    QFETCH(QByteArray, body);
    QTEST(answerhints::pathIn(pageOf("404 Not Found", body)), "path");
}

void TestProbeAnswer::knowsCaches_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("isCache");
    QTest::newRow("Age") << QByteArray("Age: 12") << true;
    QTest::newRow("Age of nothing") << QByteArray("Age: 0") << false;
    QTest::newRow("a hit") << QByteArray("X-Cache: Hit from cloudfront") << true;
    QTest::newRow("a miss") << QByteArray("X-Cache: Miss from cloudfront") << false;
    QTest::newRow("Cloudflare's hit") << QByteArray("CF-Cache-Status: HIT") << true;
    QTest::newRow("Cloudflare passes it on") << QByteArray("CF-Cache-Status: DYNAMIC") << false;
}

void TestProbeAnswer::knowsCaches()
{
    QFETCH(QByteArray, header);
    QTEST(!answerhints::cacheIn(pageOf("200 OK", "x", header + "\r\n")).isEmpty(), "isCache");
}

void TestProbeAnswer::namesWhoAnswers()
{
    QCOMPARE(namesBehind(pageOf("502 Bad Gateway", "<hr><center>nginx</center>", "Server: nginx/1.22.1\r\n")),
             QByteArrayList{"nginx 1.22.1"});
    QCOMPARE(namesBehind(pageOf("503 x", "No server is available to handle this request.")), QByteArrayList{"HAProxy"});
    QCOMPARE(namesBehind(pageOf("503 x", "", "Via: 1.1 vegur\r\nCF-Ray: 1\r\n")),
             (QByteArrayList{"Cloudflare", "Heroku"}));
    QVERIFY(namesBehind(pageOf("200 OK", "", "Server: " + QByteArray(10'000, 'x') + "\r\n")).first().size() <= 80);
}

QTEST_GUILESS_MAIN(TestProbeAnswer)
#include "tst_probeanswer.moc"
