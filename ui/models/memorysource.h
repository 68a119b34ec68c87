// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/messagesource.h"

#include <QElapsedTimer>
#include <QTimer>
#include <deque>

namespace glasshouse {

/// Rows of a test client's log, in memory and bounded: the oldest go first and are counted. Lives on the GUI thread; a filter
/// works in slices of a few milliseconds.
class MemorySource final : public MessageSource
{
    Q_OBJECT
public:
    explicit MemorySource(QObject *parent = nullptr);

    /// Rows beyond either bound are discarded at once.
    void setBounds(int maxRows, qint64 maxBytes);
    /// Can be read at once; changed() follows within 33 ms, once for all that came until then. `storedLength` is set here.
    void append(FrameRecord record, QByteArray payload);
    /// Forgets everything; row numbers go on rising.
    void clear();

    [[nodiscard]] quint64 firstRow() const override { return m_first; }
    [[nodiscard]] quint64 endRow() const override { return m_first + m_rows.size(); }
    [[nodiscard]] quint64 discarded() const override { return m_discarded; }
    [[nodiscard]] std::optional<CapturedRow> row(quint64 number) const override;
    [[nodiscard]] QList<CapturedRow> read(quint64 first, int count) const override;
    void setFilter(const CaptureFilter &filter) override;

private:
    std::deque<CapturedRow> m_rows;
    quint64 m_first = 0;
    quint64 m_discarded = 0;
    qint64 m_bytes = 0;
    int m_maxRows = 100'000;
    qint64 m_maxBytes = 64LL * 1024 * 1024;
    QTimer m_publishTimer;
    QTimer m_scanTimer;
    std::optional<CaptureFilter> m_filter; ///< none: no search
    std::vector<quint64> m_found;          ///< not handed out yet
    quint64 m_scanned = 0;
    quint64 m_reported = 0;
    QElapsedTimer m_sinceReport;

    void discardOverBounds();
    void publish();
    void scanSlice();
    void report();
};

} // namespace glasshouse
