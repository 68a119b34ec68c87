// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/query/rowtimes.h"

namespace glasshouse {

namespace {

std::optional<qint64> timeIn(const BlockPointer &block, quint64 number)
{
    if (!block || number < block->firstRow || number >= block->endRow())
        return std::nullopt;
    return block->rows[static_cast<qsizetype>(number - block->firstRow)].timeUs;
}

} // namespace

void RowTimes::pass(const RowStretch &stretch)
{
    m_passed.push_back(stretch.block());
    if (m_passed.size() > mostKept)
        m_passed.pop_front();
}

std::optional<qint64> RowTimes::timeOf(quint64 number) const
{
    for (auto block = m_passed.rbegin(); block != m_passed.rend(); ++block) {
        if (const auto time = timeIn(*block, number))
            return time;
    }
    if (const auto time = timeIn(m_read, number))
        return time;
    m_rows.scan(number, number + 1, SearchableRows::Read::Rows, [this](RowStretch &stretch) {
        m_read = stretch.block();
        return false;
    });
    return timeIn(m_read, number);
}

} // namespace glasshouse
