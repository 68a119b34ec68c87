// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/matchedmessage.h"
#include "server/capture/searchablerows.h"

#include <deque>
#include <optional>

namespace glasshouse {

/// When rows came, for who goes through all of them and asks for some that lie behind him. Most answers follow soon, so the rows
/// of the blocks that were passed last are kept; of others the packed rows are read again. Not thread-safe.
class RowTimes final : public MatchedTimes
{
public:
    /// `rows` has to live as long as it does.
    explicit RowTimes(const SearchableRows &rows) : m_rows(rows) { }

    void pass(const RowStretch &stretch);
    [[nodiscard]] std::optional<qint64> timeOf(quint64 number) const override;

private:
    static constexpr size_t mostKept = 8;
    /// Of a block, whose payloads may go.
    struct Rows
    {
        quint64 first = 0;
        QList<FrameRecord> records{};
        [[nodiscard]] std::optional<qint64> timeOf(quint64 number) const;
    };

    const SearchableRows &m_rows;
    std::deque<Rows> m_passed; ///< the newest last
    mutable Rows m_read;       ///< the last one of the others
};

} // namespace glasshouse
