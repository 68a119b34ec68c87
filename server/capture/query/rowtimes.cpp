// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/query/rowtimes.h"

namespace glasshouse {

std::optional<qint64> RowTimes::Rows::timeOf(quint64 number) const
{
    const bool isHere = number >= first && number - first < quint64(records.size());
    return isHere ? std::optional(records[qsizetype(number - first)].timeUs) : std::nullopt;
}

void RowTimes::pass(const RowStretch &stretch)
{
    m_passed.push_back({stretch.block()->firstRow, stretch.block()->rows});
    if (m_passed.size() > mostKept)
        m_passed.pop_front();
}

std::optional<qint64> RowTimes::timeOf(quint64 number) const
{
    for (auto rows = m_passed.rbegin(); rows != m_passed.rend(); ++rows) {
        if (const auto time = rows->timeOf(number))
            return time;
    }
    if (const auto time = m_read.timeOf(number))
        return time;
    m_rows.scan(number, number + 1, SearchableRows::Read::Rows, [this](RowStretch &stretch) {
        m_read = {stretch.block()->firstRow, stretch.block()->rows};
        return false;
    });
    return m_read.timeOf(number);
}

} // namespace glasshouse
