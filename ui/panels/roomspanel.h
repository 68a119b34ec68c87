// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/roomsmodel.h"

#include <QWidget>

class QAction;

namespace glasshouse {

class TableView;

/// The rooms with what can be done to one of them. The model must outlive it.
class RoomsPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit RoomsPanel(RoomsModel *model, QWidget *parent = nullptr);

    /// Empty: none.
    [[nodiscard]] QString selected() const;
    /// Now, or as soon as it is there.
    void select(const QString &room);
    void clearSelection();
    [[nodiscard]] QList<QAction *> menuActions() const;
    /// What can be done to the selected room's game, and to the room.
    [[nodiscard]] QList<QAction *> gameActions() const { return {m_start, m_pause, m_end}; }
    [[nodiscard]] QList<QAction *> roomActions() const { return {m_broadcast, m_close}; }

signals:
    void selectionChanged(const QString &room);
    void broadcastWanted(const QString &room, const QByteArray &envelope);
    void startWanted(const QString &room);
    void pauseWanted(const QString &room, bool paused);
    void endWanted(const QString &room);
    void closeWanted(const QString &room, const QString &reason);
    /// Somebody does not want to see one room only.
    void allWanted();

private:
    RoomsModel *m_model;
    TableView *m_view;
    QAction *m_broadcast = nullptr;
    QAction *m_start = nullptr;
    QAction *m_pause = nullptr;
    QAction *m_end = nullptr;
    QAction *m_close = nullptr;
    QAction *m_all = nullptr;
    QString m_awaited; ///< to be selected when it comes

    void buildView();
    void buildActions();
    void updateActions();
    void updatePause(const RoomInfo *room);
    void pause();
    void endGame();
    void broadcast();
    void closeRoom();
    [[nodiscard]] const RoomInfo *selectedRoom() const;
};

} // namespace glasshouse
