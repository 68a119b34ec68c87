// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/capturestore.h"
#include "ui/models/messagesource.h"

#include <QTimer>
#include <memory>

namespace glasshouse {

/// The server's capture as a MessageSource. Looks for news 30 times a second while it is told to; filters on the query's
/// thread. Lives on the GUI thread.
class CaptureSource final : public MessageSource
{
    Q_OBJECT
public:
    explicit CaptureSource(QObject *parent = nullptr);
    ~CaptureSource() override;

    /// Null: nothing is captured. Everything is read anew.
    void setStore(std::shared_ptr<const CaptureStore> store);
    /// Where the rows lie; empty: there are none.
    [[nodiscard]] QString directory() const { return m_store ? m_store->directory() : QString(); }
    /// Off while nobody can see it.
    void setPolling(bool on);
    /// Looks for news now.
    void poll();

    [[nodiscard]] quint64 firstRow() const override { return m_stats.firstRow; }
    [[nodiscard]] quint64 endRow() const override { return m_stats.endRow; }
    [[nodiscard]] quint64 discarded() const override { return m_stats.rowsDiscarded + m_stats.rowsLost; }
    [[nodiscard]] std::optional<CapturedRow> row(quint64 number) const override;
    [[nodiscard]] QList<CapturedRow> read(quint64 first, int count) const override;
    [[nodiscard]] std::vector<quint64> samples(quint64 first, quint64 end) const override;
    [[nodiscard]] std::shared_ptr<const SearchableRows> rows() const override { return m_store; }
    void setFilter(const CaptureFilter &filter) override;

private:
    std::shared_ptr<const CaptureStore> m_store;
    std::unique_ptr<CaptureQuery> m_query;
    CaptureStats m_stats;
    QTimer m_timer;
};

} // namespace glasshouse
