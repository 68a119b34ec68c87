// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"
#include "ui/models/playersmodel.h"

#include <QWidget>

class QAction;
class QLabel;
class QSortFilterProxyModel;
class QSplitter;
class QStackedWidget;

namespace glasshouse {

class GamePane;
class PartsLine;
class TableView;

/// One room for its host: the game in words, the players and how they stand, what is played, and what can be done. What can
/// be done to its game and to the whole room comes from outside as actions.
class RoomPage final : public QWidget
{
    Q_OBJECT
public:
    RoomPage(const QList<QAction *> &gameActions, const QList<QAction *> &roomActions, QWidget *parent = nullptr);
    ~RoomPage() override;

    /// Empty: none. Its details come with the next snapshots.
    void setRoom(const QString &id);
    [[nodiscard]] const QString &room() const { return m_room; }
    void apply(const Snapshot &snapshot);
    void clear(); ///< the server has ended
    [[nodiscard]] QList<QAction *> menuActions() const { return {m_kick, m_open}; }
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state); ///< for the games that are shown from now on
    /// As at the first start, for all games; but for the columns, which are those of all tables.
    void resetLayout();

signals:
    /// The details of this room are on the screen (empty: of none), so the snapshots have to carry them.
    void watchWanted(const QString &room);
    void kickWanted(glasshouse::ConnectionId connection, const QString &reason);
    /// Somebody wants to see the player's connection.
    void connectionWanted(glasshouse::ConnectionId connection);
    void newRoomWanted();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    PlayersModel m_playersModel;
    QSortFilterProxyModel *m_sorted;
    QStackedWidget *m_pages;
    QLabel *m_idle;
    PartsLine *m_title;
    PartsLine *m_game;
    PartsLine *m_counts;
    QLabel *m_headline;
    TableView *m_players;
    GamePane *m_pane;
    QSplitter *m_splitter;
    QAction *m_kick;
    QAction *m_open; ///< the connection
    QString m_room;
    QString m_last;                              ///< the room before, whose end is worth a word
    QString m_kind;                              ///< of the room's game
    QHash<QString, QList<QByteArray>> m_layouts; ///< of the splitter and both tables, by kind of game
    qint64 m_sortedMs = 0;

    QWidget *buildIdle();
    QWidget *buildPage(const QList<QAction *> &gameActions, const QList<QAction *> &roomActions);
    QLayout *buildHead();
    void buildPlayers();
    void showInfo(const RoomInfo &info);
    void showKind(const QString &kind);
    void showColumns(const QList<GameColumn> &columns);
    [[nodiscard]] QList<QByteArray> layoutNow() const;
    void showLayout(const QList<QByteArray> &layout);
    void showHeadline(const RoomInfo &info, const GameView &view);
    void showIdle(const QList<RoomInfo> &rooms);
    void sortAgain(qint64 nowMs);
    void updateActions();
    void openConnection();
    [[nodiscard]] const PlayerRow *selected() const;
    void kick();
};

} // namespace glasshouse
