// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/capturefilter.h"
#include "server/capture/searchablerows.h"

#include <QObject>
#include <memory>
#include <vector>

namespace glasshouse {

/// Finds the rows that match, on a thread of the application's pool. Lives on the caller's thread; results come by signal in
/// the order of the rows, at most 30 batches a second.
class CaptureQuery final : public QObject
{
    Q_OBJECT
public:
    CaptureQuery(std::shared_ptr<const SearchableRows> rows, CaptureFilter filter, QObject *parent = nullptr);
    /// Breaks the search off and does not wait for it: the thread goes after the row that it looks at, and keeps the rows alive
    /// until then.
    ~CaptureQuery() override;

    [[nodiscard]] const CaptureFilter &filter() const;
    /// Looks at all rows that were not looked at. Whoever hears of new rows calls it again.
    void follow();

signals:
    /// Row numbers, rising. `scannedTo`: every row before it has been looked at. `notSearched`: so many more of them may
    /// match, but were not searched to their ends (Found::NotToTheEnd).
    void found(const std::vector<quint64> &rows, quint64 scannedTo, quint64 notSearched);

private:
    class Search;
    std::shared_ptr<Search> m_search;
};

} // namespace glasshouse

Q_DECLARE_METATYPE(std::vector<quint64>)
