// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/messages/messagemarks.h"

#include <QObject>
#include <optional>

class QAction;
class QMenu;

namespace glasshouse {

class LogCursor;
class MessagesModel;
class RowSet;
class TableView;

/// Marks the selected messages of a log, leads from one mark to the next, and counts time from a message. Owns the marks.
class MarkActions final : public QObject
{
    Q_OBJECT
public:
    /// More are not marked at once.
    static constexpr quint64 mostAtOnce = 1'000;

    /// All must outlive it.
    MarkActions(MessagesModel *model, LogCursor *cursor, TableView *view, QObject *parent = nullptr);

    [[nodiscard]] MessageMarks *marks() { return &m_marks; }
    /// For menus.
    [[nodiscard]] QMenu *menu() const { return m_menu; }

signals:
    /// Why nothing happened, or what did; for the line below the log.
    void told(const QString &note);

private:
    MessagesModel *m_model;
    LogCursor *m_cursor;
    TableView *m_view;
    MessageMarks m_marks;
    QMenu *m_menu;
    MarkColour m_colour = MarkColour::Blue; ///< the last one

    void buildMenu();
    QAction *add(const QString &text, const QKeySequence &keys, const QString &tip, void (MarkActions::*act)());
    /// Row number of the current message; none while the filter hides it.
    [[nodiscard]] std::optional<quint64> current() const;
    /// Row numbers; empty with a word where there are none, or too many.
    [[nodiscard]] QList<quint64> chosen();
    void toggle();
    void paint(MarkColour colour);
    void askNote();
    void removeAll();
    void goNext() { go(true); }
    void goBack() { go(false); }
    void go(bool forwards);
    void toggleReference();
};

} // namespace glasshouse
