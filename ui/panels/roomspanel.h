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
    void clearSelection();
    [[nodiscard]] QList<QAction *> menuActions() const;
    [[nodiscard]] QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

signals:
    void selectionChanged(const QString &room);
    void broadcastWanted(const QString &room, const QByteArray &envelope);
    void startWanted(const QString &room);
    void closeWanted(const QString &room, const QString &reason);

private:
    RoomsModel *m_model;
    TableView *m_view;
    QAction *m_broadcast = nullptr;
    QAction *m_start = nullptr;
    QAction *m_close = nullptr;
    QAction *m_all = nullptr;

    void buildView();
    void buildActions();
    void updateActions();
    void broadcast();
    void closeRoom();
};

} // namespace glasshouse
