// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/linediff.h"

#include <algorithm>
#include <vector>

namespace glasshouse {

namespace {

using Kind = DiffLine::Kind;
constexpr qsizetype mostSteps = 4'000'000;
constexpr qsizetype mostLines = 65'535; // what a cell of the table can count

/// Lengths of what is common to both from each pair of lines on.
class CommonLengths
{
public:
    CommonLengths(const QStringList &a, const QStringList &b) : m_columns(size_t(b.size()) + 1)
    {
        m_cells.resize((size_t(a.size()) + 1) * m_columns);
        for (qsizetype i = a.size() - 1; i >= 0; --i) {
            for (qsizetype j = b.size() - 1; j >= 0; --j)
                at(i, j) = a[i] == b[j] ? quint16(at(i + 1, j + 1) + 1) : std::max(at(i + 1, j), at(i, j + 1));
        }
    }

    [[nodiscard]] quint16 &at(qsizetype i, qsizetype j) { return m_cells[size_t(i) * m_columns + size_t(j)]; }

private:
    size_t m_columns;
    std::vector<quint16> m_cells;
};

void append(QList<DiffLine> &lines, Kind kind, const QStringList &texts)
{
    for (const QString &text : texts)
        lines.append({kind, text});
}

void appendFine(QList<DiffLine> &lines, const QStringList &a, const QStringList &b)
{
    CommonLengths common(a, b);
    qsizetype i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (a[i] == b[j]) {
            lines.append({Kind::Same, a[i++]});
            ++j;
        } else if (common.at(i + 1, j) >= common.at(i, j + 1)) {
            lines.append({Kind::Removed, a[i++]});
        } else {
            lines.append({Kind::Added, b[j++]});
        }
    }
    append(lines, Kind::Removed, a.sliced(i));
    append(lines, Kind::Added, b.sliced(j));
}

} // namespace

LineDiff diffLines(const QStringList &before, const QStringList &after)
{
    const auto [endA, endB] = std::ranges::mismatch(before, after);
    const qsizetype head = endA - before.begin();
    const auto [tailA, tailB] = std::mismatch(before.rbegin(), std::make_reverse_iterator(endA), after.rbegin(),
                                              std::make_reverse_iterator(endB));
    const qsizetype tail = tailA - before.rbegin();
    const QStringList a = before.sliced(head, before.size() - head - tail);
    const QStringList b = after.sliced(head, after.size() - head - tail);
    LineDiff diff;
    diff.isFine = a.size() <= mostLines && b.size() <= mostLines && a.size() * b.size() <= mostSteps;
    append(diff.lines, Kind::Same, before.first(head));
    if (diff.isFine) {
        appendFine(diff.lines, a, b);
    } else {
        append(diff.lines, Kind::Removed, a);
        append(diff.lines, Kind::Added, b);
    }
    append(diff.lines, Kind::Same, before.last(tail));
    return diff;
}

} // namespace glasshouse
