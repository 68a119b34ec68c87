// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/json.h"
#include "protocol/jsonscan.h"
#include "protocol/utf8check.h"

#include <QByteArray>
#include <algorithm>
#include <array>

namespace glasshouse {

namespace {

using namespace jsonscan;

/// Scans one value without recursion; a bit a level remembers what is open.
class Checker
{
public:
    Checker(QByteArrayView text, int maxDepth)
        : m_at(text.data()),
          m_end(text.data() + text.size()),
          m_maxDepth(std::min(maxDepth, levels))
    { }

    [[nodiscard]] bool run()
    {
        while (m_next != Next::Nothing) {
            m_at = skipSpace(m_at, m_end);
            if (m_at == m_end || !step())
                return false;
        }
        return true;
    }
    [[nodiscard]] const char *at() const { return m_at; }
    /// Why run() has failed.
    [[nodiscard]] JsonError error() const { return m_error; }

private:
    enum class Next : quint8 { Value, ValueOrEnd, Key, KeyOrEnd, CommaOrEnd, Nothing };
    static constexpr int levels = 512;

    const char *m_at;
    const char *m_end;
    int m_maxDepth;
    int m_depth = 0;
    Next m_next = Next::Value;
    JsonError m_error = JsonError::Syntax;
    std::array<quint64, levels / 64> m_objects{};

    [[nodiscard]] bool inObject() const { return (m_objects[(m_depth - 1) / 64] >> ((m_depth - 1) % 64) & 1) != 0; }

    bool step()
    {
        switch (m_next) {
        case Next::ValueOrEnd:
            return *m_at == ']' ? close() : value();
        case Next::Value:
            return value();
        case Next::KeyOrEnd:
            return *m_at == '}' ? close() : key();
        case Next::Key:
            return key();
        case Next::CommaOrEnd:
            return commaOrEnd();
        case Next::Nothing:
            break;
        }
        return false;
    }

    bool value()
    {
        if (*m_at == '{' || *m_at == '[')
            return open(*m_at == '{');
        m_next = m_depth == 0 ? Next::Nothing : Next::CommaOrEnd;
        switch (*m_at) {
        case '"':
            return string();
        case 't':
            return literal("true");
        case 'f':
            return literal("false");
        case 'n':
            return literal("null");
        default:
            return number();
        }
    }

    bool open(bool object)
    {
        if (m_depth >= m_maxDepth) {
            m_error = JsonError::TooDeep;
            return false;
        }
        const quint64 bit = quint64(1) << (m_depth % 64);
        quint64 &word = m_objects[m_depth / 64];
        word = object ? word | bit : word & ~bit;
        ++m_depth;
        ++m_at;
        m_next = object ? Next::KeyOrEnd : Next::ValueOrEnd;
        return true;
    }

    bool close()
    {
        ++m_at;
        --m_depth;
        m_next = m_depth == 0 ? Next::Nothing : Next::CommaOrEnd;
        return true;
    }

    bool commaOrEnd()
    {
        if (*m_at == (inObject() ? '}' : ']'))
            return close();
        if (*m_at != ',')
            return false;
        ++m_at;
        m_next = inObject() ? Next::Key : Next::Value;
        return true;
    }

    bool key()
    {
        if (*m_at != '"' || !string())
            return false;
        m_at = skipSpace(m_at, m_end);
        m_next = Next::Value;
        return take(':');
    }

    bool take(char c)
    {
        if (m_at == m_end || *m_at != c)
            return false;
        ++m_at;
        return true;
    }

    bool literal(QByteArrayView word)
    {
        if (!QByteArrayView(m_at, m_end).startsWith(word))
            return false;
        m_at += word.size();
        return true;
    }

    bool digits()
    {
        const char *begin = m_at;
        while (m_at < m_end && isDigit(*m_at))
            ++m_at;
        return m_at != begin;
    }

    bool number()
    {
        take('-');
        if (!take('0') && !digits())
            return false;
        if (take('.') && !digits())
            return false;
        if (!take('e') && !take('E'))
            return true;
        if (!take('+'))
            take('-');
        return digits();
    }

    bool string()
    {
        for (++m_at;;) {
            m_at = skipPlain(m_at, m_end);
            if (m_at == m_end)
                return false;
            const char c = *m_at++;
            if (c == '"')
                return true;
            if (c != '\\' || !escape())
                return false;
        }
    }

    bool escape()
    {
        if (m_at == m_end)
            return false;
        const char c = *m_at++;
        if (c != 'u')
            return QByteArrayView("\"\\/bfnrt").contains(c);
        const int unit = codeUnit();
        if (unit < 0 || !isSurrogate(unit))
            return unit >= 0;
        // RFC 8259 leaves half a pair to chance: some readers refuse it, some fail at what they take. So nobody gets one.
        const bool isPair = unit < firstLow && take('\\') && take('u') && isLow(codeUnit());
        if (!isPair)
            m_error = JsonError::LoneSurrogate;
        return isPair;
    }

    static constexpr int firstHigh = 0xD800;
    static constexpr int firstLow = 0xDC00;
    static constexpr int lastLow = 0xDFFF;
    static bool isSurrogate(int unit) { return unit >= firstHigh && unit <= lastLow; }
    static bool isLow(int unit) { return unit >= firstLow && unit <= lastLow; }

    /// Four hexadecimal digits; −1: something else.
    int codeUnit()
    {
        int unit = 0;
        for (int i = 0; i < 4; ++i, ++m_at) {
            const int digit = m_at == m_end ? -1 : hexValue(*m_at);
            if (digit < 0)
                return -1;
            unit = unit * 16 + digit;
        }
        return unit;
    }
};

constexpr QByteArrayView byteOrderMark = "\xEF\xBB\xBF";

Error<JsonError> refusal(QByteArrayView text, JsonError error)
{
    switch (error) {
    case JsonError::TooDeep:
        return {error, QByteArrayLiteral("The JSON is nested too deep")};
    case JsonError::LoneSurrogate:
        return {error, QByteArrayLiteral("An escape in the JSON is half a surrogate pair, which is no character")};
    case JsonError::Syntax:
    case JsonError::InvalidUtf8: // is said by notUtf8()
        break;
    }
    if (text.startsWith(byteOrderMark))
        return {JsonError::Syntax, QByteArrayLiteral("The text begins with a byte order mark: JSON has none")};
    return {JsonError::Syntax, QByteArrayLiteral("The text is not JSON")};
}

Error<JsonError> notUtf8(QByteArrayView text)
{
    const bool isUtf16 = text.startsWith("\xFF\xFE") || text.startsWith("\xFE\xFF");
    return {JsonError::InvalidUtf8,
            isUtf16 ? QByteArrayLiteral("The text is UTF-16: JSON is UTF-8")
                    : QByteArrayLiteral("The text is not valid UTF-8")};
}

} // namespace

QByteArrayView withoutByteOrderMark(QByteArrayView text)
{
    return text.startsWith(byteOrderMark) ? text.sliced(byteOrderMark.size()) : text;
}

Result<QByteArrayView, JsonError> checkJson(QByteArrayView text, int maxDepth)
{
    if (!Utf8Check::isValid(text))
        return notUtf8(text);
    const char *const end = text.data() + text.size();
    const char *const begin = skipSpace(text.data(), end);
    Checker checker(QByteArrayView(begin, end), maxDepth);
    if (!checker.run() || skipSpace(checker.at(), end) != end)
        return refusal(text, checker.error());
    return QByteArrayView(begin, checker.at());
}

} // namespace glasshouse
