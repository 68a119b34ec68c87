// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/memoryrows.h"
#include "ui/models/messagesource.h"

#include <QTimer>
#include <memory>

namespace glasshouse {

/// Rows of a test client's log, in memory and bounded: the oldest go first and are counted. Lives on the GUI thread; filters
/// on the query's thread.
class MemorySource final : public MessageSource
{
    Q_OBJECT
public:
    explicit MemorySource(QObject *parent = nullptr);
    ~MemorySource() override;

    /// Rows beyond either bound are discarded at once.
    void setBounds(int maxRows, qint64 maxBytes);
    /// Can be read at once; changed() follows within 33 ms, once for all that came until then. `storedLength` is set here.
    void append(const FrameRecord &record, QByteArray payload);
    /// Forgets everything; row numbers go on rising.
    void clear();

    [[nodiscard]] quint64 firstRow() const override { return m_rows->firstRow(); }
    [[nodiscard]] quint64 endRow() const override { return m_rows->endRow(); }
    [[nodiscard]] quint64 discarded() const override { return m_rows->discarded(); }
    [[nodiscard]] std::optional<CapturedRow> row(quint64 number) const override;
    [[nodiscard]] QList<CapturedRow> read(quint64 first, int count) const override;
    [[nodiscard]] std::shared_ptr<const SearchableRows> rows() const override { return m_rows; }
    void setFilter(const CaptureFilter &filter) override;

private:
    std::shared_ptr<MemoryRows> m_rows; ///< shared with a search
    std::unique_ptr<CaptureQuery> m_query;
    QTimer m_publishTimer;

    void publish();
};

} // namespace glasshouse
