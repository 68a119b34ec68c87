// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/capturefilter.h"
#include "server/capture/query/rowset.h"
#include "server/capture/searchablerows.h"
#include "ui/messages/background.h"

namespace glasshouse {

/// Finds the nearest row that a filter lets pass, before or behind another one, on a thread of the application's pool. One at a
/// time. Lives on the GUI thread.
class NeighbourSearch final : public QObject
{
    Q_OBJECT
public:
    enum class Way : quint8 { Forwards, Backwards };

    struct Question
    {
        CaptureFilter filter;
        quint64 from = 0; ///< is none itself
        Way way = Way::Forwards;
        RowSet among; ///< only these
    };

    using QObject::QObject;

    /// The one before is broken off.
    void find(std::shared_ptr<const SearchableRows> rows, const Question &question);
    void stop() { m_work.stop(); }

    /// The same, here and now.
    [[nodiscard]] static std::optional<quint64> nearest(const SearchableRows &rows, const Question &question,
                                                        const std::atomic<bool> &stop);

signals:
    void found(quint64 number);
    void nothingFound();

private:
    Background<std::optional<quint64>> m_work;
};

} // namespace glasshouse
