// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/prettyjson.h"

#include "protocol/json.h"

#include <algorithm>

namespace glasshouse {

QByteArray JsonIndenter::next(qsizetype about)
{
    m_out.clear();
    m_out.reserve(std::min(about, 2 * m_json.size()));
    while (m_at < m_json.size() && m_out.size() < about)
        step();
    return std::exchange(m_out, {});
}

void JsonIndenter::step()
{
    const char c = m_json[m_at];
    if (c == '"')
        return string();
    ++m_at;
    switch (c) {
    case '{':
    case '[':
        m_out += c;
        return open();
    case '}':
    case ']':
        --m_depth;
        breakLine();
        m_out += c;
        return;
    case ',':
        m_out += c;
        return breakLine();
    case ':':
        m_out += ": ";
        return;
    case ' ':
    case '\t':
    case '\r':
    case '\n':
        return;
    default:
        --m_at;
        return word();
    }
}

/// A number, or true, false, null.
void JsonIndenter::word()
{
    const qsizetype begin = m_at++;
    while (m_at < m_json.size() && !QByteArrayView(",]} \t\r\n").contains(m_json[m_at]))
        ++m_at;
    const qsizetype length = std::min(m_at - begin, m_longest);
    m_out.append(m_json.constData() + begin, length);
    if (length < m_at - begin) {
        m_hasCut = true;
        m_out += "…";
    }
}

void JsonIndenter::string()
{
    const qsizetype begin = m_at++;
    qsizetype cut = 0; // where one that is too long may end: between two characters, and not inside of an escape
    while (m_at < m_json.size() && m_json[m_at] != '"') {
        const bool isFirstByte = (m_json[m_at] & 0xC0) != 0x80;
        if (isFirstByte && m_at - begin <= m_longest)
            cut = m_at;
        m_at += m_json[m_at] == '\\' ? 2 : 1;
    }
    m_at = std::min(m_at + 1, m_json.size());
    if (m_at - begin - 2 <= m_longest || cut == 0) {
        m_out.append(m_json.constData() + begin, m_at - begin);
        return;
    }
    m_hasCut = true;
    m_out.append(m_json.constData() + begin, cut - begin);
    m_out += "…\"";
}

void JsonIndenter::open()
{
    const char closing = m_json[m_at - 1] == '{' ? '}' : ']';
    qsizetype next = m_at;
    while (next < m_json.size() && QByteArrayView(" \t\r\n").contains(m_json[next]))
        ++next;
    if (next < m_json.size() && m_json[next] == closing) {
        m_out += closing; // stays on its line
        m_at = next + 1;
        return;
    }
    ++m_depth;
    breakLine();
}

void JsonIndenter::breakLine()
{
    m_out += '\n';
    m_out.append(qsizetype(2) * m_depth, ' ');
}

std::optional<QString> prettyJson(QByteArrayView text)
{
    constexpr int deepest = 256;
    const auto checked = checkJson(text, deepest);
    if (!checked)
        return {};
    return QString::fromUtf8(JsonIndenter(checked.value().toByteArray()).next(std::numeric_limits<qsizetype>::max()));
}

} // namespace glasshouse
