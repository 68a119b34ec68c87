// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/picture.h"

#include <QBuffer>
#include <QImageWriter>
#include <QTest>
#include <QtEndian>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray written(const char *format, QSize size = {3, 2})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::red);
    QBuffer buffer;
    QImageWriter writer(&buffer, format);
    writer.write(image);
    return buffer.data();
}

/// Says that it is so large, with a checksum that fits.
QByteArray claiming(quint32 width, quint32 height)
{
    QByteArray png = written("png");
    constexpr int widthAt = 16;
    qToBigEndian(width, png.data() + widthAt);
    qToBigEndian(height, png.data() + widthAt + 4);
    quint32 crc = 0xFFFFFFFF;
    for (int i = 12; i < 29; ++i) {
        crc ^= quint8(png[i]);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
    }
    qToBigEndian(~crc, png.data() + 29);
    return png;
}

} // namespace

class TestPicture final : public QObject
{
    Q_OBJECT
private slots:
    void readsWhatItKnows_data()
    {
        QTest::addColumn<QByteArray>("format");
        for (const char *format : {"png", "jpeg", "bmp"})
            QTest::newRow(format) << QByteArray(format);
    }
    void readsWhatItKnows()
    {
        QFETCH(QByteArray, format);
        const QByteArray bytes = written(format.constData());
        QCOMPARE(pictureFormat(bytes), format);
        const Picture picture = readPicture(bytes);
        QCOMPARE(picture.image.size(), QSize(3, 2));
        QCOMPARE(picture.size, QSize(3, 2));
    }

    void leavesAloneWhatIsNone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a text") << "BM is no picture, however long the text behind it may be"_ba;
        QTest::newRow("SVG") << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"_ba;
        QTest::newRow("a head alone") << written("png").left(8);
        QTest::newRow("cut off") << written("png").left(40);
        QTest::newRow("another kind behind the head") << written("png").left(8) + written("jpeg");
        QTest::newRow("too wide") << claiming(Picture::mostPixelsAside + 1, 1);
        QTest::newRow("too high") << claiming(1, 1'000'000);
        QTest::newRow("too wide, and whole") << written("png", {Picture::mostPixelsAside + 1, 1});
        QTest::newRow("too many, and whole") << written("png", {2100, 2100});
        QTest::newRow("too many") << claiming(4096, 4096);
        QTest::newRow("of gigabytes") << claiming(0x7FFFFFFF, 0x7FFFFFFF);
        QTest::newRow("less than none") << claiming(0xFFFFFFFF, 0xFFFFFFFF);
    }
    void leavesAloneWhatIsNone()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(readPicture(bytes).image.isNull());
    }

    void aJpegHasSoManyScans()
    {
        const QByteArray jpeg = written("jpeg");
        const qsizetype scan = jpeg.indexOf("\xff\xda");
        QVERIFY(scan > 0 && jpeg.endsWith("\xff\xd9"));
        const QByteArray scans = jpeg.sliced(scan, jpeg.size() - scan - 2);
        const auto repeated = [&](int count) {
            return readPicture(jpeg.first(scan) + scans.repeated(count) + "\xff\xd9");
        };
        QVERIFY(!repeated(1).image.isNull());
        QVERIFY(!repeated(Picture::mostScans).hasTooManyScans);
        const Picture many = repeated(Picture::mostScans + 1);
        QVERIFY(many.hasTooManyScans && many.image.isNull());
    }

    void claimsAreWhatTheyClaim()
    {
        QCOMPARE(readPicture(claiming(3, 2)).image.size(), QSize(3, 2)); // the checksum fits
        QCOMPARE(readPicture(claiming(4096, 4096)).size, QSize(4096, 4096));
        QVERIFY(!readPicture(written("png", {2000, 2000})).image.isNull());
    }
};

QTEST_GUILESS_MAIN(TestPicture)
#include "tst_picture.moc"
