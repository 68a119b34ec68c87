// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/patience.h"
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray get(QByteArrayView target, QByteArrayView headers = {})
{
    return "GET " + target.toByteArray() + " HTTP/1.1\r\nHost: localhost\r\n" + headers.toByteArray() + "\r\n";
}

QByteArray bytesOf(qsizetype size)
{
    QByteArray bytes(size, 'x');
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 7 % 253);
    return bytes;
}

} // namespace

/// Several requests over one connection, files in pieces, and clients that say no more and still want to hear.
class TestWireKeepAlive : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    const QByteArray m_large = bytesOf(15 * 1024 * 1024);
    ServerProcess m_server{manyConnections() + QStringList{u"--web-root"_s, m_folder.path()}};

    [[nodiscard]] double metric(QByteArrayView name) const;

private slots:
    void initTestCase();
    void cleanupTestCase() { QVERIFY2(m_server.stop() == 0, m_server.output().constData()); }

    void staysForTheNextRequest();
    void closesWhenAskedTo();
    void answersPipelinedRequestsInOrder();
    void upgradesBehindRequests_data();
    void upgradesBehindRequests();
    void endsAnIdleConnection();
    void countsConnectionsAndRequests();
    void answersWhoSaysNoMore_data();
    void answersWhoSaysNoMore();
    void givesUpOnWhoIsGoneBehindItsEnd();
    void servesPartsAndWhatIsKnown_data();
    void servesPartsAndWhatIsKnown();
    void servesOthersWhileALargeFileIsRead();
};

void TestWireKeepAlive::initTestCase()
{
    QFile file(m_folder.filePath(u"large.bin"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_large) == m_large.size());
    file.close();
    QVERIFY2(m_server.start(), m_server.output().constData());
}

double TestWireKeepAlive::metric(QByteArrayView name) const
{
    RawClient client(m_server.port());
    if (!client.request(get("/metrics")))
        return -1;
    const QList<QByteArray> lines = client.body().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(name.toByteArray() + ' '))
            return line.sliced(name.size() + 1).toDouble();
    }
    return -1;
}

void TestWireKeepAlive::staysForTheNextRequest()
{
    RawClient client(m_server.port());
    for (int i = 0; i < 10; ++i) {
        QVERIFY(client.request(get(i % 2 == 0 ? "/health" : "/nowhere")));
        QCOMPARE(client.response().status, i % 2 == 0 ? 200 : 404);
        QVERIFY(client.answerIsFramed() && !client.ended());
        QVERIFY(client.response().listHas("Connection", "keep-alive"));
        client.forgetAnswer();
    }
}

void TestWireKeepAlive::closesWhenAskedTo()
{
    RawClient client(m_server.port());
    QVERIFY(client.request(get("/health")));
    client.forgetAnswer();
    QVERIFY(client.request(get("/health", "Connection: close\r\n")));
    QVERIFY(client.answerIsFramed() && client.ended());
}

void TestWireKeepAlive::answersPipelinedRequestsInOrder()
{
    RawClient client(m_server.port());
    client.send(get("/large.bin") + get("/nowhere") + get("/large.bin", "Range: bytes=-3\r\n") + get("/health")
                + get("/ws/blue") + get("/health"));
    const QList<QPair<int, qint64>> expected{{200, m_large.size()}, {404, -1}, {206, 3}, {200, -1}, {426, -1}};
    for (const auto &[status, size] : expected) {
        QVERIFY(client.waitForResponse() && client.waitForBody(20'000));
        QCOMPARE(client.response().status, status);
        QVERIFY(size < 0 || client.body().size() == size);
        if (size > 3)
            QVERIFY(client.body() == m_large);
        if (status != 426)
            client.forgetAnswer();
    }
    QVERIFY(client.waitForEnd()); // behind the refused one nothing is looked at
    QVERIFY(client.answerIsFramed());
}

void TestWireKeepAlive::upgradesBehindRequests_data()
{
    QTest::addColumn<bool>("pipelined");
    QTest::newRow("when the answer is there") << false;
    QTest::newRow("at once") << true;
}

void TestWireKeepAlive::upgradesBehindRequests()
{
    QFETCH(bool, pipelined);
    RawClient client(m_server.port());
    if (pipelined) {
        client.send(get("/health") + RawClient::upgradeHead("/ws/kept?name=Ada"));
        QVERIFY(client.waitForResponse() && client.waitForBody());
    } else {
        QVERIFY(client.request(get("/health")));
    }
    QCOMPARE(client.response().status, 200);
    client.forgetAnswer();
    if (!pipelined)
        QVERIFY(client.upgrade("/ws/kept?name=Ada"));
    QVERIFY(client.waitForResponse());
    QCOMPARE(client.response().status, 101);
    const QJsonObject connected = client.waitForType(u"connected"_s);
    QCOMPARE(connected[u"data"_s][u"name"_s].toString(), u"Ada"_s);
    client.sendClose(1000);
    QVERIFY(client.waitForEnd());
}

void TestWireKeepAlive::endsAnIdleConnection()
{
    RawClient client(m_server.port());
    QVERIFY(client.request(get("/health")));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(client.waitForEnd(15'000));
    QVERIFY2(timer.elapsed() > 8'000, qPrintable(QString::number(timer.elapsed())));
    for (const QJsonObject &ending : m_server.endings()) { // no fault, nothing to tell
        const QString cause = ending[u"cause"_s].toString();
        QVERIFY2(cause != u"head_timeout"_s && cause != u"head_abandoned"_s && cause != u"no_data"_s,
                 qPrintable(cause));
    }
}

void TestWireKeepAlive::countsConnectionsAndRequests()
{
    const double connections = metric("glasshouse_connections_accepted_total");
    const double requests = metric("glasshouse_http_requests_total");
    RawClient client(m_server.port());
    for (int i = 0; i < 5; ++i) {
        QVERIFY(client.request(get("/health")));
        client.forgetAnswer();
    }
    QCOMPARE(metric("glasshouse_connections_accepted_total"), connections + 3); // two asked for this
    QCOMPARE(metric("glasshouse_http_requests_total"), requests + 5 + 2); // not this one, which is not answered yet
}

void TestWireKeepAlive::answersWhoSaysNoMore_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<qint64>("size"); // −1: any
    QTest::newRow("a large file") << get("/large.bin") << 200 << qint64(m_large.size());
    QTest::newRow("a large file, and the end")
        << get("/large.bin", "Connection: close\r\n") << 200 << qint64(m_large.size());
    QTest::newRow("a page") << get("/style.css") << 200 << qint64(-1);
    QTest::newRow("nothing there") << get("/nowhere") << 404 << qint64(-1);
    QTest::newRow("a head that is broken") << QByteArray("nonsense\r\n\r\n") << 400 << qint64(-1);
}

void TestWireKeepAlive::answersWhoSaysNoMore()
{
    QFETCH(QByteArray, bytes);
    QFETCH(qint64, size);
    RawClient client(m_server.port());
    client.send(bytes);
    client.endSending();
    QVERIFY(client.waitForEnd(20'000));
    QTEST(client.response().status, "status");
    QCOMPARE(client.body().size(), client.response().contentLength);
    QVERIFY(size < 0 || client.body().size() == size);
}

// A browser that closes its page while a file is on its way: long before the file would be too slow for it.
void TestWireKeepAlive::givesUpOnWhoIsGoneBehindItsEnd()
{
    const auto abandoned = [&] { return qMax(0.0, metric(R"(glasshouse_endings_total{cause="answer_abandoned"})")); };
    const double before = abandoned();
    RawClient client(m_server.port());
    client.send(get("/large.bin"));
    QVERIFY(client.waitForResponse());
    client.endSending();
    QCOMPARE(abandoned(), before); // the end was heard by then
    client.resetStream();
    QTRY_COMPARE(abandoned(), before + 1);
}

void TestWireKeepAlive::servesPartsAndWhatIsKnown_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("of a file") << QByteArray("/large.bin");
    QTest::newRow("of a page inside the program") << QByteArray("/style.css");
}

void TestWireKeepAlive::servesPartsAndWhatIsKnown()
{
    QFETCH(QByteArray, target);
    RawClient client(m_server.port());
    QVERIFY(client.request(get(target)));
    const QByteArray whole = client.body();
    const QByteArray tag = client.response().value("ETag").toByteArray();
    QVERIFY(!tag.isEmpty() && client.response().listHas("Accept-Ranges", "bytes"));
    const auto again = [&](const QByteArray &headers) {
        client.forgetAnswer();
        return client.request(get(target, headers)) && !client.ended() ? client.response().status : 0;
    };
    QCOMPARE(again("If-None-Match: " + tag + "\r\n"), 304);
    QVERIFY(client.body().isEmpty());
    QCOMPARE(again("If-None-Match: \"other\"\r\n"), 200);
    QCOMPARE(again("Range: bytes=10-19\r\n"), 206);
    QCOMPARE(client.body(), whole.mid(10, 10));
    QCOMPARE(again("Range: bytes=-7\r\nIf-Range: " + tag + "\r\n"), 206);
    QCOMPARE(client.body(), whole.last(7));
    QCOMPARE(again("Range: bytes=-7\r\nIf-Range: \"other\"\r\n"), 200);
    QCOMPARE(client.body().size(), whole.size());
    QCOMPARE(again("Range: bytes=99999999-\r\n"), 416);
    QVERIFY(client.response().value("Content-Range").startsWith("bytes */"));
}

void TestWireKeepAlive::servesOthersWhileALargeFileIsRead()
{
    const qint64 before = m_server.residentBytes();
    std::vector<std::unique_ptr<RawClient>> readers;
    for (int i = 0; i < 16; ++i) {
        readers.push_back(std::make_unique<RawClient>(m_server.port()));
        readers.back()->send(get("/large.bin"));
    }
    RawClient other(m_server.port());
    for (int i = 0; i < 20; ++i) {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(other.request(get("/health")));
        QVERIFY2(timer.elapsed() < patience * 1000, qPrintable(QString::number(timer.elapsed())));
        other.forgetAnswer();
    }
    for (const auto &reader : readers) {
        QVERIFY(reader->waitForResponse() && reader->waitForBody(60'000));
        QVERIFY(reader->body() == m_large);
    }
    QVERIFY(m_server.residentBytes() - before < 24 * 1024 * 1024);
}

QTEST_GUILESS_MAIN(TestWireKeepAlive)
#include "tst_wire_keepalive.moc"
