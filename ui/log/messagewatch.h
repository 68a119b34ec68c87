// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/capturequery.h"

#include <QObject>
#include <memory>

namespace glasshouse {

class MessageSource;

/// Waits for messages: those that come from now on and match are counted, whatever the log shows meanwhile. Goes on with the next
/// run of the source, unless it waits for single connections. GUI thread; the search has its own.
class MessageWatch final : public QObject
{
    Q_OBJECT
public:
    /// The source must outlive it. What the filter says of time is overruled.
    MessageWatch(MessageSource *source, const CaptureFilter &filter, QObject *parent = nullptr);

    [[nodiscard]] quint64 count() const { return m_count; }
    [[nodiscard]] qint64 sinceUs() const { return m_filter.timeUs.least.value_or(0); }
    /// Of the newest one; nullopt: none came in this run.
    [[nodiscard]] std::optional<quint64> newestRow() const { return m_newest; }

signals:
    /// It waited for connections of a run that is over.
    void ended();
    void seen();

private:
    MessageSource *m_source;
    CaptureFilter m_filter;
    std::unique_ptr<CaptureQuery> m_query;
    quint64 m_count = 0;
    std::optional<quint64> m_newest;

    void begin();
};

} // namespace glasshouse
