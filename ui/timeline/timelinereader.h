// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/messages/background.h"
#include "ui/models/messagesource.h"
#include "ui/timeline/connectiontimeline.h"

#include <QTimer>
#include <memory>

namespace glasshouse {

/// Reads the timeline of a connection from the rows of a source, which must outlive it, in pieces on a thread of the application's
/// pool, and goes on while rows come. GUI thread.
class TimelineReader final : public QObject
{
    Q_OBJECT
public:
    explicit TimelineReader(const MessageSource *source, QObject *parent = nullptr);

    /// Begins anew; nullopt: with nothing. `sinceMs`: when it was opened, 0: not known.
    void read(std::optional<ConnectionId> connection, qint64 sinceMs);
    /// Off while nobody can see it: what was read stays.
    void setReading(bool on);
    /// From one time to another, as far as it lives, in finer buckets; what was looked at closer before is forgotten.
    void lookCloser(qint64 fromUs, qint64 toUs);
    void lookFromAfar();

    [[nodiscard]] const ConnectionTimeline &whole() const { return *m_whole.now; }
    /// Null: nothing is looked at closer, or it is not read yet.
    [[nodiscard]] const ConnectionTimeline *closer() const;
    /// Every row that is there was looked at.
    [[nodiscard]] bool isUpToDate() const { return m_whole.now->isUpToDate(); }
    [[nodiscard]] bool hasRows() const { return m_source->rows() != nullptr; }

signals:
    void changed();

private:
    using Timeline = std::shared_ptr<const ConnectionTimeline>;
    struct Job
    {
        Timeline now; ///< null: nothing to do
        Background<Timeline> work{};
    };
    const MessageSource *m_source;
    Job m_whole;
    Job m_closer;
    QTimer m_again; ///< until it looks for new rows
    bool m_isReading = false;

    void goOn(Job &job);
    void take(Job &job, const Timeline &timeline);
};

} // namespace glasshouse
