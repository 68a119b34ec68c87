// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/messages/messagerows.h"
#include "ui/messages/messagesaver.h"

#include <functional>

class QAction;
class QMenu;

namespace glasshouse {

class LogCursor;
class MessageSource;
class SeatNames;
class TableView;

/// Takes the selected messages of a log elsewhere: to the clipboard, within bounds, or into a file, in any of messageFormats().
class MessageCopier final : public QObject
{
    Q_OBJECT
public:
    /// All must outlive it.
    MessageCopier(MessageSource *source, LogCursor *cursor, TableView *view, QObject *parent = nullptr);

    void setViewpoint(Viewpoint viewpoint) { m_viewpoint = viewpoint; }
    /// Asked for formats that open connections again.
    void setOrigins(std::function<MessageContext()> origins) { m_origins = std::move(origins); }
    /// Asked each time: values that are taken out wherever they stand.
    void setSecrets(std::function<QByteArrayList()> secrets) { m_secrets = std::move(secrets); }
    /// Who sits behind the connections of the source.
    void setPlayers(const SeatNames *players) { m_players = players; }
    /// Select all, copy, copy as …, save the selection, save all: for menus.
    [[nodiscard]] QList<QAction *> actions() const;

    /// In a moment: they may lie far apart.
    void copy(const MessageFormat &format);
    void saveTo(const QString &fileName, const MessageFormat &format);

    /// Of a file that is called so: that which its suffix names, or `chosen`.
    [[nodiscard]] static const MessageFormat &formatOf(const QString &fileName, const MessageFormat &chosen);

signals:
    /// What was copied or saved, or how far it is; for the line below the log.
    void told(const QString &note);

private:
    MessageSource *m_source;
    const SeatNames *m_players = nullptr;
    LogCursor *m_cursor;
    TableView *m_view;
    Background<CopiedMessages> m_copying;
    MessageSaver m_saver;
    QAction *m_selectAll;
    QAction *m_copy;
    QMenu *m_formats;
    QAction *m_save;
    QAction *m_saveAll;
    Viewpoint m_viewpoint = Viewpoint::Server;
    std::function<MessageContext()> m_origins;
    std::function<QByteArrayList()> m_secrets;

    struct Choice
    {
        std::shared_ptr<const SearchableRows> rows; ///< null: there are none
        RowSet numbers;
        quint64 messages = 0;
        std::shared_ptr<SeatHistory> players; ///< of the session of these rows; null: nobody is known

        [[nodiscard]] bool isEmpty() const { return !rows || messages == 0; }
    };

    [[nodiscard]] MessageWriter writerOf(const MessageFormat &format, const Choice &choice) const;
    /// The selected ones, or the current one.
    [[nodiscard]] Choice chosen() const;
    /// All that there is, whatever a filter hides.
    [[nodiscard]] Choice everything() const;
    void save(const QString &fileName, const MessageFormat &format, const Choice &choice);
    void buildActions();
    void fillFormats();
    void takeCopied(const CopiedMessages &copied);
    void ask(const Choice &choice, const QString &title);
    /// The same action and key break off what is being saved.
    void showSaving(bool isSaving);
    void tellSaved(const QString &fileName, quint64 messages, const QString &fault);
};

} // namespace glasshouse
