// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/prettyjson.h"

#include "protocol/json.h"

namespace glasshouse {

namespace {

constexpr int deepest = 256;

/// Writes checked JSON with line breaks. Keeps the bytes of strings and numbers.
class Indenter
{
public:
    explicit Indenter(QByteArrayView json) : m_json(json) { m_out.reserve(json.size() * 2); }

    QByteArray run()
    {
        for (m_at = 0; m_at < m_json.size(); ++m_at)
            step(m_json[m_at]);
        return std::move(m_out);
    }

private:
    QByteArrayView m_json;
    QByteArray m_out;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_inString = false;

    void step(char c)
    {
        if (m_inString || c == '"')
            return inString(c);
        switch (c) {
        case '{':
        case '[':
            return open(c);
        case '}':
        case ']':
            --m_depth;
            breakLine();
            break;
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
            break;
        }
        m_out += c;
    }

    void inString(char c)
    {
        m_out += c;
        if (c == '\\' && m_at + 1 < m_json.size())
            m_out += m_json[++m_at];
        else if (c == '"')
            m_inString = !m_inString;
    }

    void open(char c)
    {
        m_out += c;
        const char closing = c == '{' ? '}' : ']';
        qsizetype next = m_at + 1;
        while (next < m_json.size() && QByteArrayView(" \t\r\n").contains(m_json[next]))
            ++next;
        if (next < m_json.size() && m_json[next] == closing) {
            m_out += closing; // stays on its line
            m_at = next;
            return;
        }
        ++m_depth;
        breakLine();
    }

    void breakLine()
    {
        m_out += '\n';
        m_out.append(2 * m_depth, ' ');
    }
};

} // namespace

std::optional<QString> prettyJson(QByteArrayView text)
{
    const auto checked = checkJson(text, deepest);
    if (!checked)
        return {};
    return QString::fromUtf8(Indenter(checked.value()).run());
}

} // namespace glasshouse
