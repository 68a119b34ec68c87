// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/fieldnames.h"

#include <QString>
#include <algorithm>

namespace glasshouse {

namespace {

constexpr int maxNesting = 3; // JSON in a string of JSON in a string of JSON

bool isAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool isWordByte(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_'; }

/// What may stand between a name and its ':' or '='.
bool isBetween(char c) { return static_cast<unsigned char>(c) <= ' ' || QByteArrayView("\"'\\[]").contains(c); }

QByteArray folded(QByteArrayView name)
{
    if (std::all_of(name.begin(), name.end(), isAscii))
        return name.toByteArray().trimmed().toLower();
    return QString::fromUtf8(name).trimmed().toCaseFolded().toUtf8();
}

} // namespace

FieldNames::FieldNames(const QList<QByteArray> &names)
{
    for (const QByteArray &name : names) {
        const QByteArray plain = folded(name);
        if (plain.isEmpty())
            continue;
        m_names.append(plain);
        m_longest = std::max({m_longest, name.size(), plain.size()});
        m_begins[static_cast<unsigned char>(plain.front())] = true;
        m_begins[static_cast<unsigned char>(QByteArray(1, plain.front()).toUpper().front())] = true;
        m_beyondAscii = m_beyondAscii || !std::all_of(plain.begin(), plain.end(), isAscii);
        // These have short escapes: \" \\ \/ \b \f \n \r \t.
        const bool hasEscapes = std::any_of(plain.begin(), plain.end(), [](char c) {
            return static_cast<unsigned char>(c) < ' ' || c == '"' || c == '\\' || c == '/';
        });
        m_begins['\\'] = m_begins['\\'] || hasEscapes;
    }
    if (m_beyondAscii)
        std::fill(m_begins.begin() + 0x80, m_begins.end(), true);
}

bool FieldNames::contains(QByteArrayView name) const { return !isEmpty() && m_names.contains(folded(name)); }

/// Of the name that `text` begins with; 0: none.
qsizetype FieldNames::lengthAt(QByteArrayView text) const
{
    for (const QByteArray &name : m_names) {
        if (text.size() >= name.size() && text.first(name.size()).compare(name, Qt::CaseInsensitive) == 0)
            return name.size();
    }
    return 0;
}

bool FieldNames::mayOccur(QByteArrayView text) const
{
    if (isEmpty())
        return false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        // Cases beyond ASCII are not told apart here, nor are escapes.
        if (m_begins[static_cast<unsigned char>(text[at])]
            && (!isAscii(text[at]) || text[at] == '\\' || lengthAt(text.sliced(at)) > 0))
            return true;
    }
    return false;
}

bool FieldNames::occurs(QByteArrayView text) const
{
    if (isEmpty())
        return false;
    QByteArray plain = text.toByteArray();
    for (int i = 0; i < maxNesting && plain.contains('\\'); ++i) {
        if (mayOccur(plain) || (m_beyondAscii && plain.contains("\\u")))
            return true;
        plain = withoutEscapes(plain);
    }
    return mayOccur(plain);
}

qsizetype FieldNames::assigned(QByteArrayView text, qsizetype from) const
{
    for (qsizetype at = from; at < text.size() && !isEmpty(); ++at) {
        const bool inWord = at > 0 && isWordByte(text[at - 1]) && (at == 1 || text[at - 2] != '\\');
        const qsizetype length = inWord ? 0 : lengthAt(text.sliced(at));
        if (length == 0)
            continue;
        const auto behind = std::find_if_not(text.begin() + at + length, text.end(), isBetween);
        if (behind != text.end() && (*behind == ':' || *behind == '='))
            return behind - text.begin() + 1;
    }
    return -1;
}

bool FieldNames::isAssigned(QByteArrayView text) const
{
    if (isEmpty())
        return false;
    QByteArray plain = m_beyondAscii ? folded(text) : text.toByteArray();
    for (int i = 0; i < maxNesting && plain.contains('\\'); ++i) {
        if (assigned(plain) >= 0)
            return true;
        plain = withoutEscapes(plain);
    }
    return assigned(plain) >= 0;
}

QByteArray withoutEscapes(QByteArrayView text)
{
    QByteArray out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size())
            ++i;
        bool ok = false;
        const bool hex = i > 0 && text[i - 1] == '\\' && text[i] == 'u' && text.size() - i > 4;
        const uint code = hex ? text.sliced(i + 1, 4).toByteArray().toUInt(&ok, 16) : 0;
        out.append(ok && code < 0x80 ? static_cast<char>(code) : text[i]);
        i += ok ? 4 : 0;
    }
    return out;
}

} // namespace glasshouse
