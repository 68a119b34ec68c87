// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/messagesource.h"

#include <QScrollArea>

class QLabel;

namespace glasshouse {

class LiveLabel;
class PartsLine;
class TimelineReader;
class TimelineView;

/// The life of one connection on an axis of time, with a line above it that says the same in words. Reads the source, which must
/// outlive it, while it can be seen.
class TimelinePage final : public QScrollArea
{
    Q_OBJECT
public:
    explicit TimelinePage(const MessageSource *source, QWidget *parent = nullptr);

    /// `sinceMs`: when it was opened; 0: not known.
    void show(ConnectionId connection, qint64 sinceMs);
    /// There is nothing to show, and why.
    void showNothing(const QString &why);
    [[nodiscard]] TimelineView *view() const { return m_view; }

signals:
    /// Somebody wants to see this row in the log.
    void rowWanted(quint64 number);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    const MessageSource *m_source;
    TimelineReader *m_reader;
    TimelineView *m_view;
    LiveLabel *m_words;
    PartsLine *m_current;
    QString m_nothing; ///< why; empty: there is a connection
    std::optional<quint64> m_endNumber;
    std::optional<CapturedRow> m_end; ///< its row, read once

    void readEnd();
    void refresh();
    void showWords();
};

} // namespace glasshouse
