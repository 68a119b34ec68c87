// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/searchablerows.h"

#include <deque>
#include <mutex>

namespace glasshouse {

/// Rows in memory, within bounds: the oldest go first and are counted. Calls from any thread.
class MemoryRows final : public SearchableRows
{
public:
    /// Rows beyond either bound are discarded at once.
    void setBounds(int maxRows, qint64 maxBytes);
    void append(const FrameRecord &record, QByteArray payload);
    /// Forgets everything; row numbers go on rising.
    void clear();

    [[nodiscard]] quint64 firstRow() const;
    [[nodiscard]] quint64 endRow() const override;
    [[nodiscard]] quint64 discarded() const;
    /// Those of [first, first + count) that are there.
    [[nodiscard]] QList<CapturedRow> read(quint64 first, int count) const;
    void scan(quint64 first, quint64 end, Read read,
              const std::function<bool(RowStretch &stretch)> &visit) const override;

private:
    mutable std::mutex m_mutex;
    std::deque<CapturedRow> m_rows;
    quint64 m_first = 0;
    quint64 m_discarded = 0;
    qint64 m_bytes = 0;
    int m_maxRows = 100'000;
    qint64 m_maxBytes = 64LL * 1024 * 1024;

    [[nodiscard]] QList<CapturedRow> page(quint64 first, quint64 endOfPage) const;
    [[nodiscard]] quint64 end() const { return m_first + m_rows.size(); }
    void discardOverBounds();
};

} // namespace glasshouse
