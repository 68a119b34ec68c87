// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/capturefilter.h"
#include "server/capture/query/rowset.h"
#include "server/capture/searchablerows.h"

#include <QObject>
#include <QThreadPool>
#include <memory>

namespace glasshouse {

/// Learns from the event rows of a capture, in their order, who sits where, and tells what a condition asks.
class CapturePlayers : public MatchedPlayers
{
public:
    /// Does add() look at the payload of such an event?
    [[nodiscard]] virtual bool needsPayload(EventKind kind) const = 0;
    /// `event` has its payload if it is needed and there.
    virtual void add(const RowView &event) = 0;
};

/// Finds the rows that match, on a thread of a pool. Lives on the caller's thread; results come by signal, at
/// most 30 batches a second, and the first one as soon as there is a screenful. The oldest rows are looked at first, also where
/// somebody looks at the newest: a million rows take a fraction of a second, and so results only grow at their end, where nothing
/// that is shown moves.
class CaptureQuery final : public QObject
{
    Q_OBJECT
public:
    /// `players` is asked on the pool's thread; without them nobody sits anywhere. `pool` must outlive what runs on it.
    CaptureQuery(std::shared_ptr<const SearchableRows> rows, CaptureFilter filter,
                 std::unique_ptr<CapturePlayers> players = nullptr, QObject *parent = nullptr,
                 QThreadPool *pool = QThreadPool::globalInstance());
    /// Breaks the search off and does not wait for it: the thread goes after the row that it looks at, and keeps the rows alive
    /// until then.
    ~CaptureQuery() override;

    [[nodiscard]] const CaptureFilter &filter() const;
    /// Looks at all rows that were not looked at. Whoever hears of new rows calls it again.
    void follow();

signals:
    /// Above those of the last batch. `scannedTo`: every row before it has been looked at. `notSearched`: so many more of them may
    /// match, but were not searched to their ends (Found::NotToTheEnd).
    void found(const glasshouse::RowSet &rows, quint64 scannedTo, quint64 notSearched);

private:
    class Search;
    std::shared_ptr<Search> m_search;
    QThreadPool *m_pool;
};

} // namespace glasshouse
