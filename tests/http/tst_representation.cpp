// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/representation.h"
#include "tests/support/requests.h"

#include <QTest>

using namespace glasshouse;

namespace {

const Representation page{"text/plain", "\"tag\"", {{"Cache-Control", "no-cache"}}, "0123456789"};

QByteArray valueOf(const HttpAnswer &answer, QByteArrayView name)
{
    for (const HttpHeader &header : answer.headers) {
        if (name == QByteArrayView(header.name))
            return header.value;
    }
    return {};
}

HttpAnswer ask(const QByteArray &headers, const QByteArray &method = "GET")
{
    return answerFrom(page, requestHead(method, "/", "Host: localhost\r\n" + headers));
}

} // namespace

class TestRepresentation final : public QObject
{
    Q_OBJECT

private slots:
    void answersRanges_data();
    void answersRanges();
    void judgesConditions_data();
    void judgesConditions();
    void cutsFiles();
};

void TestRepresentation::answersRanges_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("contentRange");
    const auto part = [](const char *range, const char *body, const char *contentRange) {
        QTest::newRow(range) << QByteArray(range) << 206 << QByteArray(body) << QByteArray(contentRange);
    };
    part("bytes=0-0", "0", "bytes 0-0/10");
    part("bytes=2-4", "234", "bytes 2-4/10");
    part("bytes=7-", "789", "bytes 7-9/10");
    part("bytes=0-", "0123456789", "bytes 0-9/10");
    part("bytes=8-99", "89", "bytes 8-9/10");
    part("bytes=8-99999999999999999999999", "89", "bytes 8-9/10");
    part("bytes=-3", "789", "bytes 7-9/10");
    part("bytes=-99", "0123456789", "bytes 0-9/10");
    part("Bytes=1-1", "1", "bytes 1-1/10");
    for (const char *range : {"bytes=10-", "bytes=10-12", "bytes=99999999999999999999999-", "bytes=-0"})
        QTest::newRow(range) << QByteArray(range) << 416 << QByteArray() << QByteArray("bytes */10");
    for (const char *range : {"bytes=0-1,4-5", "bytes=0-1, 4-5", "lines=0-1", "bytes=", "bytes=-", "bytes=a-b",
                              "bytes= 2 - 4", "bytes=4-2", "bytes=+1-2", "bytes=1--2", "bytes", "", "0-1", "bytes=1"})
        QTest::addRow("whole: %s", range) << QByteArray(range) << 200 << QByteArray("0123456789") << QByteArray();
}

void TestRepresentation::answersRanges()
{
    QFETCH(QByteArray, range);
    const HttpAnswer answer = ask("Range: " + range + "\r\n");
    QTEST(answer.status, "status");
    QTEST(valueOf(answer, "Content-Range"), "contentRange");
    if (answer.status != 416)
        QTEST(answer.body, "body");
    QCOMPARE(ask("Range: " + range + "\r\n", "HEAD").status, 200); // RFC 9110, 14.2
}

void TestRepresentation::judgesConditions_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::newRow("none") << QByteArray() << 200;
    QTest::newRow("known") << QByteArray("If-None-Match: \"tag\"\r\n") << 304;
    QTest::newRow("known, weak") << QByteArray("If-None-Match: W/\"tag\"\r\n") << 304;
    QTest::newRow("known, among others") << QByteArray("If-None-Match: \"a\", \"tag\"\r\n") << 304;
    QTest::newRow("anything") << QByteArray("If-None-Match: *\r\n") << 304;
    QTest::newRow("another") << QByteArray("If-None-Match: \"other\"\r\n") << 200;
    QTest::newRow("known, and a range") << QByteArray("If-None-Match: \"tag\"\r\nRange: bytes=0-1\r\n") << 304;
    QTest::newRow("another, and a range") << QByteArray("If-None-Match: \"other\"\r\nRange: bytes=0-1\r\n") << 206;
    QTest::newRow("range of this one") << QByteArray("If-Range: \"tag\"\r\nRange: bytes=0-1\r\n") << 206;
    QTest::newRow("range of another") << QByteArray("If-Range: \"other\"\r\nRange: bytes=0-1\r\n") << 200;
    QTest::newRow("range of a weak tag") << QByteArray("If-Range: W/\"tag\"\r\nRange: bytes=0-1\r\n") << 200;
    QTest::newRow("range of a date") << QByteArray("If-Range: Wed, 21 Oct 2015 07:28:00 GMT\r\nRange: bytes=0-1\r\n")
                                     << 200;
    QTest::newRow("two ranges in two lines") << QByteArray("Range: bytes=0-1\r\nRange: bytes=3-4\r\n") << 200;
}

void TestRepresentation::judgesConditions()
{
    QFETCH(QByteArray, headers);
    const HttpAnswer answer = ask(headers);
    QTEST(answer.status, "status");
    QCOMPARE(valueOf(answer, "ETag"), "\"tag\"");
    QCOMPARE(valueOf(answer, "Cache-Control"), "no-cache");
    QCOMPARE(answer.body.isEmpty(), answer.status == 304);
}

void TestRepresentation::cutsFiles()
{
    const Representation large{"text/plain", "\"tag\"", {}, {}, FilePart{nullptr, 0, 1'000}};
    const HttpAnswer answer = answerFrom(large, requestHead("GET", "/", "Host: a\r\nRange: bytes=100-199\r\n"));
    QCOMPARE(answer.status, 206);
    QCOMPARE(answer.file->offset, 100);
    QCOMPARE(answer.file->size, 100);
    QCOMPARE(valueOf(answer, "Content-Range"), "bytes 100-199/1000");
}

QTEST_GUILESS_MAIN(TestRepresentation)
#include "tst_representation.moc"
