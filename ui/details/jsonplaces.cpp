// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/jsonplaces.h"

#include "protocol/jsonscan.h"

#include <algorithm>

namespace glasshouse {

namespace {

bool opens(char c) { return c == '{' || c == '['; }
bool closes(char c) { return c == '}' || c == ']'; }

} // namespace

JsonPlaces::JsonPlaces(QByteArrayView checked) : m_text(checked)
{
    std::vector<size_t> open;
    for (qint32 at = 0; at < m_text.size();) {
        const char c = m_text[at];
        if (c == '"') {
            at = behindString(at);
            continue;
        }
        if (opens(c)) {
            open.push_back(m_long.size());
            m_long.push_back({.begin = at});
        }
        ++at;
        if (!closes(c) || open.empty())
            continue;
        m_long[open.back()].end = at;
        if (at - m_long[open.back()].begin < longValue)
            m_long.pop_back(); // what is inside of it is shorter, and gone already
        open.pop_back();
    }
}

qint32 JsonPlaces::behindSpace(qint32 at) const
{
    const char *const text = m_text.data();
    return qint32(jsonscan::skipSpace(text + at, text + m_text.size()) - text);
}

qint32 JsonPlaces::behindString(qint32 at) const
{
    const char *const end = m_text.data() + m_text.size();
    for (const char *next = m_text.data() + at + 1; next < end; ++next) {
        next = jsonscan::skipPlain(next, end);
        if (next < end && *next == '"')
            return qint32(next + 1 - m_text.data());
        if (next < end && *next == '\\')
            ++next;
    }
    return qint32(m_text.size());
}

qint32 JsonPlaces::behindValue(qint32 at, qsizetype &walked) const
{
    const char first = m_text[at];
    if (opens(first)) {
        const auto known = std::ranges::lower_bound(m_long, at, {}, &Span::begin);
        if (known != m_long.end() && known->begin == at)
            return known->end;
    }
    qint32 next = at;
    int depth = 0;
    do {
        const char c = m_text[next];
        depth += int(opens(c)) - int(closes(c));
        next = c == '"' ? behindString(next) : next + 1;
    } while (next < m_text.size()
             && (depth > 0
                 || (!opens(first) && first != '"' && !closes(m_text[next]) && m_text[next] != ','
                     && !jsonscan::isSpace(m_text[next]))));
    walked += next - at;
    return next;
}

qint32 JsonPlaces::firstInside(qint32 begin) const
{
    if (!opens(m_text[begin]))
        return -1;
    const qint32 first = behindSpace(begin + 1);
    return closes(m_text[first]) ? -1 : first;
}

qsizetype JsonPlaces::forEach(qint32 entry, bool isObject, const std::function<bool(const Entry &entry)> &visit) const
{
    qsizetype walked = 0;
    for (qint32 at = entry; at < m_text.size();) {
        Entry found{.begin = at};
        if (isObject) {
            found.key = at;
            found.keyLength = behindString(at) - at;
            found.begin = behindSpace(behindSpace(at + found.keyLength) + 1); // behind the colon
        }
        const qint32 end = behindValue(found.begin, walked);
        found.length = end - found.begin;
        const qint32 sign = behindSpace(end);
        walked += found.begin - at + sign - end + 1;
        if (!visit(found) || sign >= m_text.size() || m_text[sign] != ',')
            break;
        at = behindSpace(sign + 1);
    }
    return walked;
}

} // namespace glasshouse
