// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/requestreader.h"

#include <QTest>

using namespace glasshouse;
using Status = RequestReader::Status;

class TestRequestReader final : public QObject
{
    Q_OBJECT

private slots:
    void readsRequests_data();
    void readsRequests();
    void leavesTheNextOne();
    void refuses_data();
    void refuses();
    void knowsWhereTheNextOneBegins_data();
    void knowsWhereTheNextOneBegins();
    void asksForABodyOnce();
    void saysWhatItHolds_data();
    void saysWhatItHolds();

private:
    const RequestReader::Limits m_limits{{1'000, 10}, 20};
};

namespace {

QByteArray request(const QByteArray &line, const QByteArray &headers = {}, const QByteArray &body = {})
{
    return line + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + body;
}

} // namespace

void TestRequestReader::readsRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("GET") << request("GET /") << QByteArray();
    QTest::newRow("POST") << request("POST /", "Content-Length: 5\r\n", "hello") << QByteArray("hello");
    QTest::newRow("POST of nothing") << request("POST /", "Content-Length: 0\r\n") << QByteArray();
    QTest::newRow("POST without a length") << request("POST /") << QByteArray();
    QTest::newRow("POST over HTTP/1.0") << QByteArray(
        "POST / HTTP/1.0\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello")
                                        << QByteArray("hello");
    QTest::newRow("chunks") << request("POST /", "Transfer-Encoding: chunked\r\n",
                                       "3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nX: y\r\n\r\n")
                            << QByteArray("hello");
    QTest::newRow("chunks of nothing") << request("POST /", "Transfer-Encoding: Chunked\r\n", "0\r\n\r\n")
                                       << QByteArray();
    QTest::newRow("as much as may be") << request("POST /", "Content-Length: 20\r\n", QByteArray(20, 'x'))
                                       << QByteArray(20, 'x');
}

void TestRequestReader::readsRequests()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, body);
    for (const qsizetype piece : {qsizetype(1), qsizetype(7), bytes.size()}) {
        RequestReader reader(m_limits);
        QVERIFY(reader.isFresh());
        Status status = Status::NeedMore;
        for (qsizetype at = 0; at < bytes.size(); at += piece) {
            QCOMPARE(status, Status::NeedMore);
            qsizetype consumed = 0;
            status = reader.feed(QByteArrayView(bytes).sliced(at, qMin(piece, bytes.size() - at)), consumed);
            QCOMPARE(consumed, qMin(piece, bytes.size() - at));
        }
        QCOMPARE(status, Status::Done);
        QCOMPARE(reader.takeBody(), body);
        QVERIFY(reader.isFramed() && !reader.fault());
        QCOMPARE(reader.head().value("Host"), QByteArrayView("localhost"));
    }
}

void TestRequestReader::leavesTheNextOne()
{
    for (const QByteArray &first : {request("POST /", "Content-Length: 5\r\n", "hello"),
                                    request("POST /", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n")}) {
        RequestReader reader(m_limits);
        qsizetype consumed = 0;
        QCOMPARE(reader.feed(QByteArray(first + request("GET /")), consumed), Status::Done);
        QCOMPARE(consumed, first.size());
    }
}

void TestRequestReader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<EndingCause>("cause");
    QTest::newRow("no HTTP") << QByteArray("nonsense\r\n") << 400 << EndingCause::BadHead;
    QTest::newRow("too large") << request("GET /", "X: " + QByteArray(1'000, 'x') + "\r\n") << 431
                               << EndingCause::BadHead;
    QTest::newRow("TLS") << QByteArray("\x16\x03") << 400 << EndingCause::TlsToPlainPort;
    QTest::newRow("a read with chunks") << request("GET /", "Transfer-Encoding: chunked\r\n") << 400
                                        << EndingCause::BadHead;
    QTest::newRow("another coding") << request("POST /", "Transfer-Encoding: gzip, chunked\r\n") << 400
                                    << EndingCause::BadHead;
    QTest::newRow("chunks and a length") << request("POST /", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")
                                         << 400 << EndingCause::BadHead;
    QTest::newRow("chunks over HTTP/1.0")
        << QByteArray("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") << 400 << EndingCause::BadHead;
    QTest::newRow("a broken chunk") << request("POST /", "Transfer-Encoding: chunked\r\n", "x\r\n") << 400
                                    << EndingCause::BadHead;
    QTest::newRow("a large chunk") << request("POST /", "Transfer-Encoding: chunked\r\n", "15\r\n") << 413
                                   << EndingCause::HttpServed;
    QTest::newRow("large body") << request("POST /", "Content-Length: 21\r\n") << 413 << EndingCause::HttpServed;
}

void TestRequestReader::refuses()
{
    QFETCH(QByteArray, bytes);
    RequestReader reader(m_limits);
    qsizetype consumed = 0;
    QCOMPARE(reader.feed(bytes, consumed), Status::Failed);
    QVERIFY(reader.fault());
    QTEST(reader.fault()->answer.status, "status");
    QTEST(reader.fault()->cause, "cause");
    QVERIFY(!reader.isFramed());
}

void TestRequestReader::knowsWhereTheNextOneBegins_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("framed");
    QTest::newRow("GET") << request("GET /") << true;
    QTest::newRow("GET of nothing") << request("GET /", "Content-Length: 0\r\n") << true;
    QTest::newRow("GET with a body") << request("GET /", "Content-Length: 5\r\n") << false;
    QTest::newRow("PUT with a body") << request("PUT /", "Content-Length: 5\r\n") << false;
    QTest::newRow("POST with chunks") << request("POST /", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n") << true;
    QTest::newRow("PUT with chunks") << request("PUT /", "Transfer-Encoding: chunked\r\n") << false;
    QTest::newRow("DELETE") << request("DELETE /") << true;
}

void TestRequestReader::knowsWhereTheNextOneBegins()
{
    QFETCH(QByteArray, bytes);
    RequestReader reader(m_limits);
    qsizetype consumed = 0;
    QCOMPARE(reader.feed(bytes, consumed), Status::Done);
    QTEST(reader.isFramed(), "framed");
}

void TestRequestReader::asksForABodyOnce()
{
    RequestReader reader(m_limits);
    qsizetype consumed = 0;
    const QByteArray head = request("POST /", "Expect: 100-continue\r\nContent-Length: 2\r\n");
    QCOMPARE(reader.feed(head, consumed), Status::NeedMore);
    QVERIFY(reader.takeContinue());
    QVERIFY(!reader.takeContinue());
    RequestReader hasty(m_limits);
    QCOMPARE(hasty.feed(QByteArray(head + 'x'), consumed), Status::NeedMore);
    QVERIFY(!hasty.takeContinue()); // it did not wait
    RequestReader old(m_limits);
    QCOMPARE(old.feed(QByteArray(head).replace("HTTP/1.1", "HTTP/1.0"), consumed), Status::NeedMore);
    QVERIFY(!old.takeContinue()); // HTTP/1.0 knows no such answer
}

void TestRequestReader::saysWhatItHolds_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a body with a length") << request("POST /", "Content-Length: 20\r\n") << QByteArray(15, 'x');
    QTest::newRow("chunks") << request("POST /", "Transfer-Encoding: chunked\r\n") << "14\r\n" + QByteArray(15, 'x');
    QTest::newRow("a long line between chunks")
        << request("POST /", "Transfer-Encoding: chunked\r\n") << "14;" + QByteArray(15, 'x');
}

void TestRequestReader::saysWhatItHolds()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    RequestReader reader(m_limits);
    qsizetype consumed = 0;
    QCOMPARE(reader.feed(QByteArray(head + body), consumed), Status::NeedMore);
    QVERIFY(reader.hasHead());
    QVERIFY(reader.heldBytes() >= head.size() + 15);
}

QTEST_GUILESS_MAIN(TestRequestReader)
#include "tst_requestreader.moc"
