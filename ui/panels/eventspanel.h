// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/eventrows.h"

#include <QWidget>

class QAction;
class QActionGroup;
class QLineEdit;

namespace glasshouse {

class TableView;

/// What happened, folded; the newest line last and in sight until somebody scrolls up. The model must outlive it.
class EventsPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit EventsPanel(EventsModel *model, QWidget *parent = nullptr);

    [[nodiscard]] const EventsModel &model() const { return *m_model; }
    [[nodiscard]] QList<QAction *> menuActions() const;
    /// Shows only those that are so severe while it is on; for a button as well.
    [[nodiscard]] QAction *onlyAction(EventSeverity severity) const;
    /// What the words of the events have to hold: stands elsewhere, in the line below.
    [[nodiscard]] QLineEdit *field() const { return m_text; }
    /// Asks for selectFault(); for other places where people look for it.
    [[nodiscard]] QAction *faultAction() const { return m_fault; }
    /// While it is on, faults are worth a notification.
    [[nodiscard]] QAction *tellAction() const { return m_tell; }
    /// Goes to the newest fault of this run, from a fault to the one before it, and takes the keys there. False: there is none.
    bool selectFault();

signals:
    /// Somebody wants to see its row in the log; `run` counts as EventsModel does.
    void rowWanted(const glasshouse::ServerEvent &event, int run);
    /// The same, of an event that is about a connection: to see that, too.
    void connectionWanted(glasshouse::ConnectionId connection, int run);
    /// The one that somebody steps to among the faults; 0: it is about none.
    void faultChosen(glasshouse::ConnectionId connection, int run);
    /// The server is to answer to this name from now on.
    void hostAllowed(const QString &host);

private:
    EventsModel *m_model;
    EventRows *m_rows;
    TableView *m_view;
    QLineEdit *m_text;
    QActionGroup *m_only = nullptr; ///< warnings and errors; neither: all
    QAction *m_copy = nullptr;
    QAction *m_open = nullptr;
    QAction *m_fault = nullptr;
    QAction *m_tell = nullptr;
    QAction *m_allowHost = nullptr;
    QAction *m_clear = nullptr;

    void buildActions();
    void buildFilter();
    void applyFilter();
    void clearFilter();
    [[nodiscard]] int rowAt(const QModelIndex &index) const;
    [[nodiscard]] int currentRow() const;
    void followNewest();
    void copyEvents();
    void open(const QModelIndex &index);
    [[nodiscard]] int lastFault(int from) const;
    [[nodiscard]] QString refusedHost() const;
    void updateActions();
};

} // namespace glasshouse
