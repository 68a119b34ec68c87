// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/chunkedbody.h"

#include <QTest>

using namespace glasshouse;
using Status = ChunkedBody::Status;

class TestChunkedBody final : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void leavesWhatIsBehind();
    void waitsForItsEnd();
    void everyErrorHasASentence();
};

namespace {

constexpr qint64 most = 20;

Status feedAll(ChunkedBody &body, const QByteArray &bytes, qsizetype piece)
{
    Status status = Status::NeedMore;
    for (qsizetype at = 0; at < bytes.size() && status == Status::NeedMore; at += piece) {
        qsizetype consumed = 0;
        status = body.feed(QByteArrayView(bytes).sliced(at, qMin(piece, bytes.size() - at)), consumed);
    }
    return status;
}

} // namespace

void TestChunkedBody::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("nothing") << QByteArray("0\r\n\r\n") << QByteArray();
    QTest::newRow("one") << QByteArray("5\r\nhello\r\n0\r\n\r\n") << QByteArray("hello");
    QTest::newRow("two") << QByteArray("3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n") << QByteArray("hello");
    QTest::newRow("line ends in it") << QByteArray("4\r\n\r\n\r\n\r\n0\r\n\r\n") << QByteArray("\r\n\r\n");
    QTest::newRow("capitals and zeros") << QByteArray("00A\r\n0123456789\r\n000\r\n\r\n") << QByteArray("0123456789");
    QTest::newRow("extensions") << QByteArray("1;a\r\nx\r\n1 ; b=\"c;d\"\r\ny\r\n0;z\r\n\r\n") << QByteArray("xy");
    QTest::newRow("trailers") << QByteArray("1\r\nx\r\n0\r\nA: b\r\nContent-Length: 9\r\n\r\n") << QByteArray("x");
    QTest::newRow("as much as may be") << QByteArray("14\r\n" + QByteArray(20, 'x') + "\r\n0\r\n\r\n")
                                       << QByteArray(20, 'x');
}

void TestChunkedBody::reads()
{
    QFETCH(QByteArray, bytes);
    for (const qsizetype piece : {qsizetype(1), qsizetype(3), bytes.size()}) {
        ChunkedBody body(most);
        QCOMPARE(feedAll(body, bytes, piece), Status::Done);
        QTEST(body.takeData(), "data");
        QCOMPARE(body.error(), ChunkError::None);
    }
}

void TestChunkedBody::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ChunkError>("error");
    for (const char *size : {"", "g", "0x5", "-1", "+5", " 5", "5 ", "5 a", "5,5", "0000000000000001", ";a", "5;\x01"})
        QTest::newRow(size[0] != 0 ? size : "(empty)") << QByteArray(QByteArray(size) + "\r\n") << ChunkError::Broken;
    QTest::newRow("line feed alone") << QByteArray("5\nhello") << ChunkError::Broken;
    QTest::newRow("return inside") << QByteArray("5;\r\r\n") << ChunkError::Broken;
    QTest::newRow("data too long for its size") << QByteArray("2\r\nhello\r\n") << ChunkError::Broken;
    QTest::newRow("line feed behind the data") << QByteArray("5\r\nhello\n0\r\n\r\n") << ChunkError::Broken;
    QTest::newRow("trailer without a colon") << QByteArray("0\r\nx\r\n") << ChunkError::Broken;
    QTest::newRow("trailer without a name") << QByteArray("0\r\n: x\r\n") << ChunkError::Broken;
    QTest::newRow("trailer with a space in its name") << QByteArray("0\r\nA : x\r\n") << ChunkError::Broken;
    QTest::newRow("folded trailer") << QByteArray("0\r\nA: x\r\n y\r\n") << ChunkError::Broken;
    QTest::newRow("a large chunk") << QByteArray("15\r\n") << ChunkError::DataTooLong;
    QTest::newRow("the largest chunk") << QByteArray("7fffffffffffffff\r\n") << ChunkError::Broken;
    QTest::newRow("a very large chunk") << QByteArray("7ffffffffffffff\r\n") << ChunkError::DataTooLong;
    QTest::newRow("large together") << QByteArray("a\r\n0123456789\r\nb\r\n") << ChunkError::DataTooLong;
    QTest::newRow("a long extension") << QByteArray("1;" + QByteArray(20'000, 'a')) << ChunkError::TooMuch;
    QTest::newRow("many trailers") << QByteArray("0\r\n" + QByteArray("A: b\r\n").repeated(4'000))
                                   << ChunkError::TooMuch;
    QTest::newRow("many extensions") << QByteArray(QByteArray("1;" + QByteArray(2'000, 'a') + "\r\nx\r\n").repeated(9))
                                     << ChunkError::TooMuch;
}

void TestChunkedBody::refuses()
{
    QFETCH(QByteArray, bytes);
    for (const qsizetype piece : {qsizetype(1), qsizetype(7), bytes.size()}) {
        ChunkedBody body(most);
        QCOMPARE(feedAll(body, bytes, piece), Status::Failed);
        QTEST(body.error(), "error");
        qsizetype consumed = -1;
        QCOMPARE(body.feed("0\r\n\r\n", consumed), Status::Failed);
        QCOMPARE(consumed, 0);
    }
}

void TestChunkedBody::leavesWhatIsBehind()
{
    ChunkedBody body(0);
    qsizetype consumed = 0;
    QCOMPARE(body.feed("1\r\nx\r\n0\r\n\r\nGET /", consumed), Status::Done);
    QCOMPARE(consumed, 11);
}

void TestChunkedBody::waitsForItsEnd()
{
    ChunkedBody body(0);
    qsizetype consumed = 0;
    QCOMPARE(body.feed("5\r\nhello\r\n0\r\n\r", consumed), Status::NeedMore);
    QCOMPARE(body.feed({}, consumed), Status::NeedMore);
    QCOMPARE(body.feed("\n", consumed), Status::Done);
}

void TestChunkedBody::everyErrorHasASentence()
{
    for (int i = 0; i <= int(ChunkError::DataTooLong); ++i)
        QVERIFY(!describe(ChunkError(i)).isEmpty());
}

QTEST_GUILESS_MAIN(TestChunkedBody)
#include "tst_chunkedbody.moc"
