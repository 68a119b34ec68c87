// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/picture.h"

#include <QBuffer>
#include <QImageReader>
#include <QPixelFormat>

namespace glasshouse {

namespace {

/// What a reader may allocate by itself, whatever the head of the file says.
void limitReaders()
{
    static const bool isLimited = [] {
        constexpr int bytesAMebibyte = 1024 * 1024;
        QImageReader::setAllocationLimit(int(2 * Picture::mostBytes / bytesAMebibyte)); // what is unpacked on the way
        return true;
    }();
    Q_UNUSED(isLimited)
}

bool isSmall(QSize size, QImage::Format format)
{
    const int bits = format == QImage::Format_Invalid ? 64 : QImage::toPixelFormat(format).bitsPerPixel();
    return size.isValid() && size.width() <= Picture::mostPixelsAside && size.height() <= Picture::mostPixelsAside
        && qint64(size.width()) * size.height() * std::max(bits, 32) / 8 <= Picture::mostBytes;
}

/// By the markers: in what is packed there are none, and by chance there are few in what is not.
bool hasTooManyScans(const QByteArray &jpeg)
{
    qsizetype at = 0;
    for (int scans = 0; scans <= Picture::mostScans; ++scans, at += 2) {
        at = jpeg.indexOf("\xff\xda", at);
        if (at < 0)
            return false;
    }
    return true;
}

} // namespace

QByteArray pictureFormat(QByteArrayView bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return "png";
    if (bytes.startsWith("\xff\xd8\xff"))
        return "jpeg";
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return "gif";
    constexpr qsizetype headOfBmp = 26;
    if (bytes.startsWith("BM") && bytes.size() > headOfBmp && bytes.sliced(6, 4) == QByteArrayView("\0\0\0\0", 4))
        return "bmp"; // two letters alone say little; what follows the size is reserved
    if (bytes.startsWith("RIFF") && bytes.size() > 12 && bytes.sliced(8, 4) == QByteArrayView("WEBP"))
        return "webp";
    return {};
}

Picture readPicture(const QByteArray &bytes)
{
    limitReaders();
    Picture picture;
    picture.format = pictureFormat(bytes);
    if (picture.format.isEmpty())
        return picture;
    picture.hasTooManyScans = picture.format == "jpeg" && hasTooManyScans(bytes);
    if (picture.hasTooManyScans)
        return picture;
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, picture.format);
    reader.setAutoDetectImageFormat(false); // no other reader gets these bytes
    picture.size = reader.size();
    if (isSmall(picture.size, reader.imageFormat()))
        picture.image = reader.read();
    return picture;
}

} // namespace glasshouse
