// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/eventsmodel.h"

#include <QWidget>

class QAction;

namespace glasshouse {

class TableView;

/// What happened, folded; the newest line last and in sight until somebody scrolls up. The model must outlive it.
class EventsPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit EventsPanel(EventsModel *model, QWidget *parent = nullptr);

    [[nodiscard]] QList<QAction *> menuActions() const;
    /// Asks for selectFault(); for other places where people look for it.
    [[nodiscard]] QAction *faultAction() const { return m_fault; }
    /// Goes to the newest fault of this run, from a fault to the one before it, and takes the keys there. False: there is none.
    bool selectFault();

signals:
    /// Somebody wants to see what the event is about; `run` counts as EventsModel does.
    void connectionWanted(glasshouse::ConnectionId connection, int run);
    /// The server is to answer to this name from now on.
    void hostAllowed(const QString &host);

private:
    EventsModel *m_model;
    TableView *m_view;
    QAction *m_copy = nullptr;
    QAction *m_open = nullptr;
    QAction *m_fault = nullptr;
    QAction *m_allowHost = nullptr;
    QAction *m_clear = nullptr;

    void buildActions();
    void followNewest();
    void copyEvent();
    void openConnection(const QModelIndex &index);
    [[nodiscard]] int lastFault(int from) const;
    [[nodiscard]] QString refusedHost() const;
    void updateActions();
};

} // namespace glasshouse
