// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/messages/neighboursearch.h"

class QMenu;

namespace glasshouse {

class LogCursor;
class MessageSource;
class MessagesModel;
class TableView;

/// Leads from a message of a log to the one before or behind it that is of the same type, or of the same connection, among those
/// that the log shows.
class NeighbourActions final : public QObject
{
    Q_OBJECT
public:
    /// All must outlive it.
    NeighbourActions(MessageSource *source, MessagesModel *model, LogCursor *cursor, TableView *view,
                     QObject *parent = nullptr);

    [[nodiscard]] QMenu *menu() const { return m_menu; }

signals:
    void told(const QString &note);

private:
    using Like = std::optional<CaptureFilter> (*)(const CapturedRow &row);

    MessageSource *m_source;
    MessagesModel *m_model;
    LogCursor *m_cursor;
    QMenu *m_menu;
    NeighbourSearch m_search;

    void add(const QString &text, const QKeySequence &keys, const QString &tip, Like like, NeighbourSearch::Way way);
    void look(Like like, NeighbourSearch::Way way);
};

} // namespace glasshouse
