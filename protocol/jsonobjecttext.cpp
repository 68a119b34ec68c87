// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonobjecttext.h"

#include "protocol/json.h"
#include "protocol/utf8check.h"

#include <QString>
#include <array>
#include <charconv>

namespace glasshouse {

namespace {

constexpr qsizetype usualSize = 600;

} // namespace

JsonObjectText::JsonObjectText()
{
    m_out.reserve(usualSize);
    m_out.append('{');
}

void JsonObjectText::begin(QByteArrayView key)
{
    if (m_out.size() > 1)
        m_out.append(',');
    m_out.append('"').append(key).append("\":");
}

JsonObjectText &JsonObjectText::text(QByteArrayView key, QByteArrayView value)
{
    if (!Utf8Check::isValid(value))
        return text(key, QString::fromUtf8(value));
    begin(key);
    appendJsonQuoted(m_out, value);
    return *this;
}

JsonObjectText &JsonObjectText::text(QByteArrayView key, QStringView value)
{
    begin(key);
    appendJsonQuoted(m_out, value.toUtf8());
    return *this;
}

JsonObjectText &JsonObjectText::number(QByteArrayView key, qint64 value)
{
    std::array<char, 20> digits; // as long as the lowest one
    const auto end = std::to_chars(digits.begin(), digits.end(), value).ptr;
    return json(key, QByteArrayView(digits.begin(), end));
}

JsonObjectText &JsonObjectText::flag(QByteArrayView key, bool value) { return json(key, value ? "true" : "false"); }

JsonObjectText &JsonObjectText::json(QByteArrayView key, QByteArrayView value)
{
    begin(key);
    m_out.append(value);
    return *this;
}

QByteArray JsonObjectText::take() { return std::move(m_out.append('}')); }

} // namespace glasshouse
