// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/units.h"

#include <QStringList>
#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

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

// Letters to insert, remove or change (Levenshtein).
int distance(const QString &a, const QString &b)
{
    std::vector<int> row(size_t(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int diagonal = row[0]++;
        for (size_t j = 1; j < row.size(); ++j) {
            const int cost = diagonal + (a[i - 1] == b[qsizetype(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, cost});
        }
    }
    return row.back();
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
    if (!seconds || *seconds > 1'000'000)
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

QString nearestName(const QString &name, const QStringList &names)
{
    QString best;
    int least = int(std::max<qsizetype>(2, name.size() / 3)) + 1;
    for (const QString &candidate : names) {
        const int d = distance(name, candidate);
        if (d < least) {
            least = d;
            best = candidate;
        }
    }
    if (!best.isEmpty() || name.isEmpty())
        return best;
    const auto beginsWithIt = [&name](const QString &candidate) { return candidate.startsWith(name); };
    const auto first = std::find_if(names.begin(), names.end(), beginsWithIt);
    return std::count_if(names.begin(), names.end(), beginsWithIt) == 1 ? *first : QString();
}

} // namespace glasshouse
