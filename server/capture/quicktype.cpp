// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/quicktype.h"

#include <algorithm>

namespace glasshouse {

namespace {

/// Steps over JSON without checking it. All steps end at the end of the text at the latest.
class JsonScan
{
public:
    explicit JsonScan(QByteArrayView text) : m_text(text) { }

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    void skipSpace();
    bool take(char c);
    /// Text between the quotes, as written; a null view: no string, or no end in sight.
    [[nodiscard]] QByteArrayView string();
    /// Up to the ',' or '}' behind a value.
    void skipValue();

private:
    QByteArrayView m_text;
    qsizetype m_at = 0;
};

void JsonScan::skipSpace()
{
    while (!atEnd() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
        ++m_at;
}

bool JsonScan::take(char c)
{
    skipSpace();
    if (atEnd() || m_text[m_at] != c)
        return false;
    ++m_at;
    return true;
}

QByteArrayView JsonScan::string()
{
    if (!take('"'))
        return {};
    const qsizetype begin = m_at;
    for (; !atEnd() && m_text[m_at] != '"'; ++m_at) {
        if (m_text[m_at] == '\\')
            ++m_at;
    }
    if (atEnd())
        return {};
    return m_text.sliced(begin, m_at++ - begin);
}

void JsonScan::skipValue()
{
    for (int depth = 0; !atEnd(); ++m_at) {
        const char c = m_text[m_at];
        if (c == '"') {
            if (string().isNull())
                return;
            --m_at;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (depth == 0 && (c == ',' || c == '}')) {
            return;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
}

} // namespace

QByteArrayView quickType(QByteArrayView payload, qsizetype limit)
{
    JsonScan scan(payload.first(std::min(payload.size(), limit)));
    if (!scan.take('{'))
        return {};
    do {
        const QByteArrayView key = scan.string();
        if (key.isNull() || !scan.take(':'))
            return {};
        scan.skipSpace();
        if (key == "type")
            return scan.string();
        scan.skipValue();
    } while (scan.take(','));
    return {};
}

} // namespace glasshouse
