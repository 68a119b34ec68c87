// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/messages/messagewriter.h"

#include <QObject>
#include <functional>

class QAction;
class QWidget;

namespace glasshouse {

class LogCursor;
class MarkActions;
class MessageCopier;
class MessageSource;
class MessagesModel;
class NeighbourActions;
class TableView;
class TypesWindow;

/// All that is done with the selected messages of a log: puts together who copies, marks, leads to others and compares.
class SelectionActions final : public QObject
{
    Q_OBJECT
public:
    /// All must outlive it; windows belong to `panel`.
    SelectionActions(MessageSource *source, MessagesModel *model, LogCursor *cursor, TableView *view, QWidget *panel);

    /// For menus; their keys work in the panel's window, and some in its view alone.
    [[nodiscard]] QList<QAction *> actions() const;
    void setViewpoint(Viewpoint viewpoint);
    /// How connections are opened again: asked when somebody copies lines that do it.
    void setOrigins(std::function<MessageContext()> origins);
    /// Values that no message may leave with: asked when somebody copies or saves.
    void setSecrets(std::function<QByteArrayList()> secrets);
    /// What there is to say of the selection, and of what was done with it last.
    [[nodiscard]] QStringList notes() const;

signals:
    void notesChanged();
    /// Somebody wants to write a message like this one, which has lost its secrets, in a test client.
    void resendWanted(const glasshouse::CapturedRow &row);

private:
    MessageSource *m_source;
    LogCursor *m_cursor;
    QWidget *m_panel;
    MessageCopier *m_copier;
    MarkActions *m_marks;
    NeighbourActions *m_neighbours;
    QAction *m_resend;
    QAction *m_compare;
    QAction *m_types;
    TypesWindow *m_typesWindow = nullptr; ///< when it was asked for
    Viewpoint m_viewpoint = Viewpoint::Server;
    QString m_told; ///< what was done last

    QAction *make(const QString &text, const QString &keys, const QString &tip, void (SelectionActions::*act)());
    void say(const QString &note);
    void resend();
    void compare();
    void showTypes();
};

} // namespace glasshouse
