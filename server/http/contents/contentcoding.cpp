// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/contentcoding.h"

#include "protocol/quality.h"

#include <zlib.h>

namespace glasshouse {

namespace {

/// What is not named goes by "*".
int qualityFor(ContentCoding coding, const QList<QByteArray> &accepted)
{
    const auto quality = qualityOf(coding == ContentCoding::Identity ? "identity" : nameOf(coding), accepted);
    return quality ? *quality : qualityOf("*", accepted).value_or(0);
}

} // namespace

QByteArrayView nameOf(ContentCoding coding)
{
    switch (coding) {
    case ContentCoding::Identity:
        break;
    case ContentCoding::Gzip:
        return "gzip";
    case ContentCoding::Brotli:
        return "br";
    }
    return "";
}

ContentCoding preferredCoding(const HttpHead &request, const QList<ContentCoding> &there)
{
    const QList<QByteArray> accepted = request.list("Accept-Encoding");
    ContentCoding best = ContentCoding::Identity;
    int bestQuality = qMax(1, qualityFor(ContentCoding::Identity, accepted)); // what nobody refuses needs no word
    for (const ContentCoding coding : there) {
        const int quality = qualityFor(coding, accepted);
        if (quality > bestQuality || (quality == bestQuality && best == ContentCoding::Identity)) {
            best = coding;
            bestQuality = quality;
        }
    }
    return best;
}

QByteArray gzipped(const QByteArray &contents)
{
    constexpr int gzipWindow = 15 + 16; // the largest window, in gzip's format
    constexpr int memoryLevel = 9;
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzipWindow, memoryLevel, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray coded(qsizetype(deflateBound(&stream, uLong(contents.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(contents.data()));
    stream.avail_in = uInt(contents.size());
    stream.next_out = reinterpret_cast<Bytef *>(coded.data());
    stream.avail_out = uInt(coded.size());
    const bool isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    coded.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return isWhole ? coded : QByteArray();
}

} // namespace glasshouse
