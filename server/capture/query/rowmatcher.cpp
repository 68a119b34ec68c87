// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/query/rowmatcher.h"

#include <QtEndian>
#include <algorithm>
#include <cstring>

namespace glasshouse {

namespace {

// PCRE ends a match that goes back and forth too often by its own limit (10 million steps); the length keeps what an honest
// expression costs small.
constexpr qsizetype expressionBytes = 64 * 1024;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; }

bool isAscii(QStringView text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.unicode() < 0x80; });
}

const char *findByte(const char *from, const char *end, char c)
{
    const void *found = std::memchr(from, c, static_cast<size_t>(end - from));
    return found ? static_cast<const char *>(found) : end;
}

/// Figures for those who draw them: nobody looks for them among messages.
bool isSample(const FrameRecord &record) { return record.firstByte == static_cast<quint8>(EventKind::Sample); }

/// An empty close says nothing bad: browsers send it for close() without arguments.
bool isBadClose(QByteArrayView payload)
{
    if (payload.size() < 2)
        return payload.size() == 1;
    const quint16 code = qFromBigEndian<quint16>(payload.data());
    return code != 1000 && code != 1001;
}

bool isError(const RowView &row)
{
    if (isEvent(row.record)) {
        const auto kind = static_cast<EventKind>(row.record.firstByte);
        return kind == EventKind::RequestRefused || kind == EventKind::LimitHit;
    }
    const auto opcode = static_cast<Opcode>(row.record.firstByte & 0xF);
    return (row.record.flags & RecordBroken) != 0 || (opcode == Opcode::Close && isBadClose(row.payload))
        || row.type() == "error";
}

} // namespace

bool containsIgnoringCase(QByteArrayView bytes, QByteArrayView lowerNeedle)
{
    if (bytes.size() < lowerNeedle.size())
        return false;
    const char small = lowerNeedle.front();
    const char capital = upper(small);
    const char *const end = bytes.end() - lowerNeedle.size() + 1;
    const char *nextSmall = findByte(bytes.begin(), end, small);
    const char *nextCapital = capital == small ? end : findByte(bytes.begin(), end, capital);
    while (nextSmall != end || nextCapital != end) {
        const char *&next = nextSmall < nextCapital ? nextSmall : nextCapital;
        if (std::equal(lowerNeedle.begin() + 1, lowerNeedle.end(), next + 1,
                       [](char a, char b) { return a == lower(b); }))
            return true;
        next = findByte(next + 1, end, *next);
    }
    return false;
}

RowMatcher::RowMatcher(const CaptureFilter &filter) : m_filter(filter)
{
    if (isAscii(filter.text))
        m_needle = filter.text.toLatin1().toLower();
}

bool RowMatcher::matches(const RowView &row) const
{
    return kindMatches(row.record) && typeMatches(row) && (!m_filter.errorsOnly || isError(row))
        && textMatches(row.payload);
}

/// What the row alone can tell.
bool RowMatcher::kindMatches(const FrameRecord &record) const
{
    const bool event = isEvent(record);
    if (event && (!m_filter.events || m_filter.direction || isSample(record)))
        return false;
    const bool broken = (record.flags & RecordBroken) != 0;
    if (!event && !m_filter.controlFrames && isControl(record.firstByte & 0xF) && !broken)
        return false;
    const Direction direction = (record.flags & RecordOut) != 0 ? Direction::Out : Direction::In;
    if (m_filter.direction && *m_filter.direction != direction)
        return false;
    return m_filter.connections.isEmpty() || m_filter.connections.contains(ConnectionId{record.connection});
}

bool RowMatcher::typeMatches(const RowView &row) const
{
    if (m_filter.types.isEmpty())
        return true;
    const QByteArrayView type = row.type();
    return !type.isEmpty()
        && std::ranges::any_of(m_filter.types, [type](const QByteArray &wanted) { return wanted == type; });
}

bool RowMatcher::textMatches(QByteArrayView payload) const
{
    if (m_filter.expression)
        return m_filter.expression->match(QString::fromUtf8(payload.first(std::min(payload.size(), expressionBytes))))
            .hasMatch();
    if (m_filter.text.isEmpty())
        return true;
    if (!m_needle.isEmpty())
        return containsIgnoringCase(payload, m_needle);
    return QString::fromUtf8(payload).contains(m_filter.text, Qt::CaseInsensitive);
}

bool CaptureFilter::isEmpty() const
{
    return text.isEmpty() && !expression && !direction && types.isEmpty() && connections.isEmpty() && !errorsOnly
        && controlFrames;
}

bool CaptureFilter::matches(const RowView &row) const { return RowMatcher(*this).matches(row); }

} // namespace glasshouse
