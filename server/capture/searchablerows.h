// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/rowstretch.h"

namespace glasshouse {

/// Rows that somebody reads one after the other, wherever they lie. Calls from any thread, while others are added.
class SearchableRows
{
public:
    /// What is read of all of them. Where it is rows, payloads can be had of stretches in which some row needs them.
    enum class Read : quint8 { Rows, RowsAndPayloads };

    virtual ~SearchableRows() = default;

    /// One behind the newest.
    [[nodiscard]] virtual quint64 endRow() const = 0;
    /// Calls `visit` for the rows in [first, end) that are still there; stops when it returns false. The stretch is valid for
    /// the call.
    virtual void scan(quint64 first, quint64 end, Read read,
                      const std::function<bool(RowStretch &stretch)> &visit) const = 0;
    /// The same, one row after the other.
    void scanRows(quint64 first, quint64 end,
                  const std::function<bool(quint64 number, const RowView &row)> &visit) const;
};

} // namespace glasshouse
