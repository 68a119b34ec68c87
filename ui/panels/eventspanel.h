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
    [[nodiscard]] QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

signals:
    /// Somebody wants to see what the event is about; `run` counts as EventsModel does.
    void connectionWanted(glasshouse::ConnectionId connection, int run);
    /// The server is to answer to this name from now on.
    void hostAllowed(const QString &host);

private:
    EventsModel *m_model;
    TableView *m_view;
    QAction *m_copy = nullptr;
    QAction *m_allowHost = nullptr;
    QAction *m_clear = nullptr;

    void buildActions();
    void followNewest();
    void copyEvent();
    [[nodiscard]] QString refusedHost() const;
    void updateAllowHost();
};

} // namespace glasshouse
