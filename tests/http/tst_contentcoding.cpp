// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/contentcoding.h"
#include "tests/support/requests.h"

#include <QTest>
#include <zlib.h>

using namespace glasshouse;

namespace {

QByteArray gunzipped(const QByteArray &coded, qsizetype size)
{
    z_stream stream{};
    QByteArray contents(size + 1, Qt::Uninitialized);
    inflateInit2(&stream, 15 + 16);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(coded.data()));
    stream.avail_in = uInt(coded.size());
    stream.next_out = reinterpret_cast<Bytef *>(contents.data());
    stream.avail_out = uInt(contents.size());
    const bool isWhole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
    contents.truncate(qsizetype(stream.total_out));
    inflateEnd(&stream);
    return isWhole ? contents : QByteArray();
}

} // namespace

class TestContentCoding final : public QObject
{
    Q_OBJECT

private slots:
    void takesWhatTheClientLikesBest_data();
    void takesWhatTheClientLikesBest();
    void compresses_data();
    void compresses();
};

void TestContentCoding::takesWhatTheClientLikesBest_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("ofGzip"); // where there is gzip
    QTest::addColumn<QByteArray>("ofBoth"); // where there are brotli and gzip
    const auto row = [](const char *accepted, const char *ofGzip, const char *ofBoth) {
        QTest::newRow(accepted) << "Accept-Encoding: " + QByteArray(accepted) + "\r\n"
                                << QByteArray(ofGzip) << QByteArray(ofBoth);
    };
    QTest::newRow("nothing said") << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("in two lines") << QByteArray("Accept-Encoding: br\r\nAccept-Encoding: gzip\r\n")
                                  << QByteArray("gzip") << QByteArray("br");
    row("", "", "");
    row("gzip, deflate", "gzip", "gzip"); // a browser without TLS
    row("gzip, deflate, br, zstd", "gzip", "br");
    row("br", "", "br");
    row("*", "gzip", "br");
    row("identity", "", "");
    row("*;q=0", "", "");
    row("gzip;q=0, *", "", "br");
    row("gzip;q=0", "", "");
    row("gzip;q=1.0, br;q=0.5", "gzip", "gzip");
    row("gzip;q=0.2, br;q=0.4", "gzip", "br");
    row("gzip;q=0.5, identity;q=0.8", "", "");
    row("gzip;q=0.5, identity;q=0.5", "gzip", "gzip");
    row("gzip, identity;q=0", "gzip", "gzip");
    row("deflate, identity;q=0", "", ""); // plain is better than nothing
    row("GZip", "gzip", "gzip");
    row("gzip;q=x", "", "");
}

void TestContentCoding::takesWhatTheClientLikesBest()
{
    QFETCH(QByteArray, headers);
    const HttpHead request = requestHead("GET", "/", "Host: a\r\n" + headers);
    QVERIFY(!request.method.isEmpty());
    QTEST(nameOf(preferredCoding(request, {ContentCoding::Gzip})).toByteArray(), "ofGzip");
    QTEST(nameOf(preferredCoding(request, {ContentCoding::Brotli, ContentCoding::Gzip})).toByteArray(), "ofBoth");
    QCOMPARE(preferredCoding(request, {}), ContentCoding::Identity);
}

void TestContentCoding::compresses_data()
{
    QTest::addColumn<QByteArray>("contents");
    QByteArray mixed;
    for (int i = 0; i < 100'000; ++i)
        mixed += char((i * 7919) >> 5);
    QTest::newRow("nothing") << QByteArray("");
    QTest::newRow("a letter") << QByteArray("a");
    QTest::newRow("the same again") << QByteArray(300'000, 'a');
    QTest::newRow("hardly the same") << mixed;
}

void TestContentCoding::compresses()
{
    QFETCH(QByteArray, contents);
    const QByteArray coded = gzipped(contents);
    QVERIFY(coded.startsWith("\x1f\x8b\x08"));
    QCOMPARE(gunzipped(coded, contents.size()), contents);
    QCOMPARE(gzipped(contents), coded); // no date in it: the tag of a page stays
    QVERIFY(contents.size() < 1'000 || coded.size() < contents.size());
}

QTEST_GUILESS_MAIN(TestContentCoding)
#include "tst_contentcoding.moc"
