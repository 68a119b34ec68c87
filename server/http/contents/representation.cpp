// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/representation.h"

#include "protocol/httpchars.h"

#include <algorithm>
#include <limits>

namespace glasshouse {

namespace {

struct ByteRange
{
    qint64 first = 0;
    qint64 last = -1; ///< inclusive
};

enum class RangeKind : quint8 { Whole, Part, None };

bool isKnown(const HttpHead &request, const QByteArray &tag)
{
    const QList<QByteArray> known = request.list("If-None-Match");
    return std::any_of(known.begin(), known.end(), [&](const QByteArray &entry) {
        return entry == "*" || (entry.startsWith("W/") ? entry.sliced(2) : entry) == tag;
    });
}

/// Digits only; −1: it is no number. What is beyond every file is just that.
qint64 number(QByteArrayView text)
{
    constexpr qsizetype mostDigits = 18;
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.isEmpty() || !std::all_of(text.begin(), text.end(), isDigit))
        return -1;
    return text.size() > mostDigits ? std::numeric_limits<qint64>::max() : text.toLongLong();
}

/// What does not follow the grammar is no range: the whole is the answer.
RangeKind parseRange(QByteArrayView text, qint64 size, ByteRange &range)
{
    constexpr QByteArrayView unit = "bytes=";
    const qsizetype dash = text.indexOf('-');
    if (text.size() < unit.size() || !httpchars::isSame(text.first(unit.size()), unit) || dash < unit.size())
        return RangeKind::Whole;
    const QByteArrayView before = text.first(dash).sliced(unit.size());
    const QByteArrayView behind = text.sliced(dash + 1);
    const qint64 first = number(before);
    const qint64 last = number(behind);
    if ((first < 0 && !before.isEmpty()) || (last < 0 && !behind.isEmpty()) || (first < 0 && last < 0)
        || (first >= 0 && last >= 0 && last < first))
        return RangeKind::Whole;
    range = first < 0 ? ByteRange{qMax<qint64>(0, size - last), size - 1}
                      : ByteRange{first, last < 0 ? size - 1 : qMin(last, size - 1)};
    return range.first < size && (first >= 0 || last > 0) ? RangeKind::Part : RangeKind::None;
}

RangeKind wantedRange(const HttpHead &request, const Representation &page, ByteRange &range)
{
    const QByteArrayView condition = request.value("If-Range");
    if (request.method != "GET" || (!condition.isNull() && condition != page.etag))
        return RangeKind::Whole;
    const QList<QByteArray> ranges = request.list("Range");
    return ranges.size() == 1 ? parseRange(ranges.constFirst(), page.size(), range) : RangeKind::Whole;
}

void cut(HttpAnswer &answer, const ByteRange &range)
{
    const qint64 size = range.last - range.first + 1;
    answer.status = 206;
    answer.headers.append({"Content-Range",
                           "bytes " + QByteArray::number(range.first) + '-' + QByteArray::number(range.last) + '/'
                               + QByteArray::number(answer.bodySize())});
    if (answer.file) {
        answer.file->offset += range.first;
        answer.file->size = size;
    } else {
        answer.body = answer.body.mid(range.first, size);
    }
}

// What a cache has to hear again; it keeps the others as they came with the contents (RFC 9110, section 15.4.5).
HttpAnswer notModified(const Representation &page)
{
    HttpHeaders headers{{"ETag", page.etag}};
    for (const HttpHeader &header : page.headers) {
        if (header.name == "Cache-Control" || header.name == "Vary")
            headers.append(header);
    }
    return {304, {}, {}, headers};
}

} // namespace

HttpAnswer answerFrom(const Representation &page, const HttpHead &request)
{
    if (isKnown(request, page.etag))
        return notModified(page);
    const HttpHeaders headers = HttpHeaders{{"ETag", page.etag}, {"Accept-Ranges", "bytes"}} + page.headers;
    HttpAnswer answer{200, page.contentType, page.body, headers, page.file};
    ByteRange range;
    switch (wantedRange(request, page, range)) {
    case RangeKind::Whole:
        break;
    case RangeKind::Part:
        cut(answer, range);
        break;
    case RangeKind::None:
        return errorAnswer(416, "there are no such bytes",
                           {{"Content-Range", "bytes */" + QByteArray::number(page.size())}});
    }
    return answer;
}

} // namespace glasshouse
