// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/shellquoting.h"

#include "base/visibletext.h"
#include "protocol/utf8check.h"

#include <QList>
#include <QString>
#include <algorithm>

namespace glasshouse {

namespace {

bool isHarmless(const QByteArray &bytes)
{
    if (!Utf8Check::isValid(bytes))
        return false;
    const auto characters = QString::fromUtf8(bytes).toUcs4();
    return std::ranges::none_of(characters, [](char32_t c) { return isUnseen(c) || c == '\t'; });
}

/// For printf's format, between apostrophes between quotation marks. What is not plain ASCII is harmless as well, but nobody knows
/// where it ends among bytes that are not.
QByteArray octal(const QByteArray &bytes)
{
    // A shell looks for "!" between quotation marks, printf for "%" and "\", and "-" would begin an option.
    constexpr QByteArrayView special = "!%\\'-";
    QByteArray out;
    for (const char c : bytes) {
        if (c >= 0x20 && c < 0x7F && !special.contains(c))
            out += c;
        else
            out += '\\' + QByteArray::number(uchar(c), 8).rightJustified(3, '0');
    }
    return out;
}

} // namespace

std::optional<QByteArray> shellWord(const QByteArray &bytes)
{
    if (bytes.contains('\0'))
        return {};
    if (isHarmless(bytes))
        return '\'' + QByteArray(bytes).replace('\'', "'\\''") + '\'';
    return "\"$(printf '" + octal(bytes) + "')\"";
}

} // namespace glasshouse
