// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/neighboursearch.h"

#include "server/capture/query/stretchsearch.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr quint64 firstStep = 1024; // the nearest one is near for the most part
constexpr quint64 longestStep = 65'536;

/// The first or the last in [first, end).
std::optional<quint64> findIn(const SearchableRows &rows, const NeighbourSearch::Question &question, quint64 first,
                              quint64 end, const std::atomic<bool> &stop)
{
    const bool isFirstEnough = question.way == NeighbourSearch::Way::Forwards;
    std::optional<quint64> found;
    rows.scan(first, end, StretchSearch::reads(question.filter), [&](RowStretch &stretch) {
        StretchSearch search(question.filter, stretch);
        for (quint64 number = stretch.firstRow(); number < stretch.endRow() && !stop; ++number) {
            if (!question.among.contains(number) || search.find(number, stop) != Found::Yes)
                continue;
            found = number;
            if (isFirstEnough)
                return false;
        }
        return !stop;
    });
    return found;
}

} // namespace

std::optional<quint64> NeighbourSearch::nearest(const SearchableRows &rows, const Question &question,
                                                const std::atomic<bool> &stop)
{
    if (question.way == Way::Forwards)
        return findIn(rows, question, question.from + 1, std::min(rows.endRow(), question.among.next()), stop);
    const quint64 lowest = question.among.isEmpty() ? question.from : question.among.at(0);
    quint64 step = firstStep;
    for (quint64 end = question.from; end > lowest && !stop; step = std::min(2 * step, longestStep)) {
        const quint64 first = std::max(lowest, end - std::min(end, step));
        if (const auto found = findIn(rows, question, first, end, stop))
            return found;
        end = first;
    }
    return {};
}

void NeighbourSearch::find(std::shared_ptr<const SearchableRows> rows, const Question &question)
{
    m_work.run(
        this,
        [rows = std::move(rows), question](const std::atomic<bool> &stop) { return nearest(*rows, question, stop); },
        [this](std::optional<quint64> number) { number ? emit found(*number) : emit nothingFound(); });
}

} // namespace glasshouse
