// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/naturalsort.h"

#include "ui/models/cellroles.h"

namespace glasshouse {

namespace {

/// Of ASCII: numbers of other digits can not be compared by their length alone.
bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

/// The digits at `at`, without the zeros in front; moves behind them.
QStringView numberAt(QStringView text, qsizetype &at)
{
    while (at < text.size() && text[at] == u'0')
        ++at;
    const qsizetype first = at;
    while (at < text.size() && isDigit(text[at]))
        ++at;
    return text.sliced(first, at - first);
}

/// Below 0: `a` comes first. Not QCollator: where it has no ICU, it does not count.
int compare(QStringView a, QStringView b)
{
    qsizetype i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            const QStringView first = numberAt(a, i), second = numberAt(b, j);
            if (first.size() != second.size())
                return first.size() < second.size() ? -1 : 1;
            if (const int order = first.compare(second); order != 0)
                return order;
            continue;
        }
        const QChar first = a[i++].toCaseFolded(), second = b[j++].toCaseFolded();
        if (first != second)
            return first < second ? -1 : 1;
    }
    return int(i < a.size()) - int(j < b.size());
}

} // namespace

bool isBefore(QStringView a, QStringView b)
{
    const int order = compare(a, b);
    return order != 0 ? order < 0 : a < b;
}

void NaturalSort::gatherRuns()
{
    m_byRunOnly = true;
    sort(sortColumn(), sortOrder()); // is stable
    m_byRunOnly = false;
}

bool NaturalSort::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant leftRun = left.data(RunRole), rightRun = right.data(RunRole);
    if (leftRun != rightRun)
        return (leftRun.toInt() > rightRun.toInt()) == (sortOrder() == Qt::AscendingOrder);
    if (m_byRunOnly)
        return false;
    const QVariant a = left.data(sortRole()), b = right.data(sortRole());
    if (a.userType() == QMetaType::QString && b.userType() == QMetaType::QString)
        return compare(a.toString(), b.toString()) < 0;
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace glasshouse
