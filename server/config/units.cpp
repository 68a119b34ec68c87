// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/units.h"

#include <algorithm>
#include <limits>

namespace glasshouse {

namespace {

struct Unit
{
    char16_t letter;
    qint64 factor;
};
constexpr Unit sizes[] = {{u'k', 1024},
                          {u'K', 1024},
                          {u'm', 1024 * 1024},
                          {u'M', 1024 * 1024},
                          {u'g', 1024LL * 1024 * 1024},
                          {u'G', 1024LL * 1024 * 1024}};
constexpr Unit times[] = {{u's', 1}, {u'm', 60}, {u'h', 3600}};

// Qt takes signs and white space for part of a number.
bool isDigits(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

template <size_t count>
std::optional<qint64> parseWithUnit(QStringView text, const Unit (&units)[count])
{
    qint64 factor = 1;
    const auto unit = std::find_if(std::begin(units), std::end(units),
                                   [&](const Unit &candidate) { return text.endsWith(QChar(candidate.letter)); });
    if (unit != std::end(units)) {
        factor = unit->factor;
        text.chop(1);
    }
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    if (!ok || !isDigits(text) || number > std::numeric_limits<qint64>::max() / factor)
        return std::nullopt;
    return number * factor;
}

} // namespace

std::optional<qint64> parseSize(QStringView text) { return parseWithUnit(text, sizes); }

QString sizeText(qint64 bytes)
{
    constexpr char16_t letters[] = u"kMG";
    QString unit;
    for (int i = 0; i < 3 && bytes != 0 && bytes % 1024 == 0; ++i) {
        bytes /= 1024;
        unit = QChar(letters[i]);
    }
    return QString::number(bytes) + unit;
}

std::optional<int> parseSeconds(QStringView text)
{
    const auto seconds = parseWithUnit(text, times);
    if (!seconds || *seconds > maxSeconds)
        return std::nullopt;
    return int(*seconds);
}

std::optional<qint64> parseRate(QStringView text)
{
    if (text.endsWith(u"/s"))
        text.chop(2);
    return parseSize(text);
}

std::optional<int> parseNumber(QStringView text, int least, int most)
{
    bool ok = false;
    const int number = text.toInt(&ok);
    if (!ok || !isDigits(text) || number < least || number > most)
        return std::nullopt;
    return number;
}

} // namespace glasshouse
