// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/framerecord.h"

#include <functional>

namespace glasshouse {

/// Rows that somebody reads one after the other, wherever they lie. Calls from any thread, while others are added.
class SearchableRows
{
public:
    virtual ~SearchableRows() = default;

    /// One behind the newest.
    [[nodiscard]] virtual quint64 endRow() const = 0;
    /// Calls `visit` for each row in [first, end) that is still there; stops when it returns false. The view is valid for the
    /// call.
    virtual void scan(quint64 first, quint64 end,
                      const std::function<bool(quint64 number, const RowView &row)> &visit) const = 0;
};

} // namespace glasshouse
