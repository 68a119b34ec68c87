// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/capturequery.h"

#include <QObject>

namespace glasshouse {

/// Where a message log gets its rows: the server's capture, or the log of a test client. Lives on the GUI thread.
class MessageSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Rows [firstRow, endRow) can be read.
    [[nodiscard]] virtual quint64 firstRow() const = 0;
    [[nodiscard]] virtual quint64 endRow() const = 0;
    /// Rows that are gone for good: to be shown, never hidden.
    [[nodiscard]] virtual quint64 discarded() const = 0;
    [[nodiscard]] virtual std::optional<CapturedRow> row(quint64 number) const = 0;
    [[nodiscard]] virtual QList<CapturedRow> read(quint64 first, int count) const = 0;
    /// The same rows for other threads; null: there are none.
    [[nodiscard]] virtual std::shared_ptr<const SearchableRows> rows() const = 0;
    /// Which of [first, end) are the server's counters, rising: no messages, and shown by nobody.
    [[nodiscard]] virtual std::vector<quint64> samples(quint64 first, quint64 end) const;
    /// Begins a search that follows new rows until the next call; filtered() follows from time to time. An empty filter
    /// ends it.
    virtual void setFilter(const CaptureFilter &filter) = 0;

signals:
    /// At most 30 times a second.
    void changed();
    /// As CaptureQuery::found().
    void filtered(const glasshouse::RowSet &rows, quint64 scannedTo, quint64 notSearched);
    /// Everything was replaced (a new session).
    void reset();

protected:
    /// The search for setFilter(), already at work; null for an empty filter. It has to be told when there are new rows.
    [[nodiscard]] std::unique_ptr<CaptureQuery> search(std::shared_ptr<const SearchableRows> rows,
                                                       const CaptureFilter &filter);
};

} // namespace glasshouse
