// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/messagesource.h"

#include <QWidget>
#include <optional>

class QSplitter;
class QTableView;
class QToolButton;

namespace glasshouse {

class LiveLabel;
class MessageDetails;
class MessageFilterBar;
class MessagesModel;
class TableView;

/// The message log: filter bar, table and details, over any MessageSource, which must outlive it. Follows the newest row until
/// somebody scrolls up or selects one; never takes the selection away.
class MessageLogPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit MessageLogPanel(MessageSource *source, QWidget *parent = nullptr);
    ~MessageLogPanel() override;

    /// Narrows the log to some connections; an empty list lifts it. `label` names them: "#7 Ada", "room main". A selected message
    /// of another connection is selected no more.
    void setConnectionFilter(QList<ConnectionId> connections);
    void setConnectionFilter(QList<ConnectionId> connections, const QString &label);
    /// A log of one connection needs neither the column nor the button.
    void setConnectionsShown(bool shown);
    /// In the words of a client: what it sent and received, instead of what came in and went out.
    void setSeenFromClient(bool client);
    /// What stands there while there are no messages at all.
    void setEmptyText(const QString &text);
    /// The source is about to hold another run: the log says that the messages it has now are in the folder of their session, and
    /// counts them with those of the runs before that lie beside it.
    void leaveRun(const QString &sessionFolder);
    /// A further pane to the right of the message's details.
    void addDetailsPane(QWidget *pane);
    void setDetailsVisible(bool visible);

    [[nodiscard]] QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

    /// Of the selected message.
    [[nodiscard]] std::optional<ConnectionId> selectedConnection() const { return m_currentConnection; }
    /// Find, pause, follow, clear view, copy: for a menu. Their shortcuts work in the panel's window.
    [[nodiscard]] QList<QAction *> menuActions() const;
    [[nodiscard]] bool isFollowing() const { return m_following; }
    [[nodiscard]] QTableView *view() const;
    [[nodiscard]] MessagesModel *model() const { return m_model; }

signals:
    /// Another message was selected, or none is any more. See selectedConnection().
    void messageSelected();
    /// Somebody lifted or set the narrowing in the panel itself.
    void connectionFilterChanged(const QList<glasshouse::ConnectionId> &connections);

private:
    MessageSource *m_source;
    MessagesModel *m_model;
    MessageFilterBar *m_bar;
    TableView *m_view;
    QSplitter *m_splitter;
    QSplitter *m_bottom;
    MessageDetails *m_details;
    LiveLabel *m_footer;
    QToolButton *m_jump;
    QToolButton *m_showEarlier;
    QToolButton *m_openFolder;
    QString m_sessionsFolder;    ///< of the run before this one
    quint64 m_ofEarlierRuns = 0; ///< messages of the runs in that folder
    QAction *m_copy = nullptr;
    QList<ConnectionId> m_connections;
    QString m_emptyText;
    std::optional<quint64> m_current; ///< row number of the selected message, also while a filter hides it
    std::optional<ConnectionId> m_currentConnection; ///< whose it is, also when the capture has discarded it
    bool m_following = true;
    bool m_restoring = false; ///< the selection is being put back, not made

    void buildView();
    void buildFooter();
    void buildActions();
    void connectModel();
    void connectBar();
    void applyFilter();
    void narrowToSelected(bool on);
    void takeSelection(const QModelIndex &index);
    void dropSelection();
    void keepSelection(bool intoView);
    void dropSelectionIn(int first, int last);
    void setFollowing(bool following);
    void holdPosition(int removedRows);
    void updateFooter();
    void copyMessage();
};

} // namespace glasshouse
