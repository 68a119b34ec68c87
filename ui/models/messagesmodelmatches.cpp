// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/messagesmodel.h"

namespace glasshouse {

// Which of the model's rows the filter means: rank and select in its RowSet, and no walk over the rows.

std::optional<quint64> MessagesModel::matchIndex(quint64 number) const
{
    return m_filtered && m_rows.contains(number) ? std::optional(m_dropped + m_rows.rank(number)) : std::nullopt;
}

std::optional<quint64> MessagesModel::matchFrom(quint64 number) const
{
    const quint64 before = m_rows.rank(listed() ? number : std::max(number, m_first));
    if (!m_filtered || before >= m_rows.size())
        return {};
    const quint64 match = m_rows.at(before);
    return listed() || match < m_end ? std::optional(match) : std::nullopt;
}

std::optional<quint64> MessagesModel::matchBefore(quint64 number) const
{
    const quint64 before = m_rows.rank(listed() ? number : std::min(number, m_end));
    if (!m_filtered || before == 0)
        return {};
    const quint64 match = m_rows.at(before - 1);
    return listed() || match >= m_first ? std::optional(match) : std::nullopt;
}

std::vector<bool> MessagesModel::matchesIn(int stretches) const
{
    std::vector<bool> found(size_t(std::max(stretches, 0)));
    const auto rows = quint64(rowCount());
    if (!m_filtered || rows == 0)
        return found;
    const auto numberOf = [&](quint64 row) { return row < rows ? numberAt(int(row)) : RowSet::noEnd; };
    for (quint64 i = 0; i < found.size(); ++i) {
        const quint64 first = i * rows / found.size(), end = (i + 1) * rows / found.size();
        // Where there are fewer rows than stretches, each row is in all that it spans.
        found[i] = m_rows.countIn(numberOf(first), numberOf(std::max(end, first + 1))) > 0;
    }
    return found;
}

} // namespace glasshouse
