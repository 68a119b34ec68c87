// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nearestname.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace glasshouse {

namespace {

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
