// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/rowset.h"
#include "server/capture/searchablerows.h"
#include "ui/messages/background.h"
#include "ui/messages/messagewriter.h"

#include <QObject>
#include <QTimer>
#include <memory>

namespace glasshouse {

/// Writes messages into a file on a thread that all savers share, one file at a time; whoever destroys it breaks that off. A file
/// that could not be written to its end is as it was before. Lives on the GUI thread.
class MessageSaver final : public QObject
{
    Q_OBJECT
public:
    explicit MessageSaver(QObject *parent = nullptr);

    /// The one before is broken off. `messages`: how many there are among the row numbers, which may be counters as well.
    void save(const QString &fileName, std::shared_ptr<const SearchableRows> rows, RowSet numbers, quint64 messages,
              MessageWriter writer);
    void stop();
    [[nodiscard]] bool isSaving() const { return m_work.isRunning(); }
    [[nodiscard]] quint64 done() const { return m_done ? m_done->load() : 0; }
    [[nodiscard]] quint64 all() const { return m_all; }

signals:
    /// Some times a second while it writes.
    void progressed();
    /// `fault`: why not, for people; empty: `messages` of them are in the file.
    void finished(const QString &fileName, quint64 messages, const QString &fault);

private:
    Background<QString> m_work; ///< why it failed
    std::shared_ptr<std::atomic<quint64>> m_done;
    quint64 m_all = 0;
    QTimer m_timer;
};

} // namespace glasshouse
