// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/connections/connectionrows.h"

#include <QWidget>
#include <optional>

class QAction;

namespace glasshouse {

class ConnectionsFilter;
class TableView;

/// The table of connections with what can be done to one of them. The model must outlive it.
class ConnectionsPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionsPanel(ConnectionsModel *model, QWidget *parent = nullptr);

    /// Of this run of the server: an action must not hit another connection of the same number.
    [[nodiscard]] std::optional<ConnectionId> selected() const;
    /// All of this run that are selected.
    [[nodiscard]] QList<ConnectionId> allSelected() const;
    [[nodiscard]] bool hasSelection() const;
    /// The one that is selected, of any run; null: none is, or several are. Until the next snapshot.
    [[nodiscard]] const ConnectionEntry *selectedEntry() const;
    /// Of several selected ones that which the keys are at.
    [[nodiscard]] const ConnectionEntry *currentEntry() const;
    /// Ignored if it is not there (any more).
    void select(ConnectionId connection) { select(connection, m_model->run()); }
    void select(ConnectionId connection, int run);
    void clearSelection();
    [[nodiscard]] QList<QAction *> menuActions() const;
    /// Which of them show: stands elsewhere, beside the title of the page.
    [[nodiscard]] ConnectionsFilter *filter() const { return m_filter; }

signals:
    void selectionChanged();
    void sendWanted(glasshouse::ConnectionId connection, const QByteArray &text);
    void pingWanted(glasshouse::ConnectionId connection);
    void kickWanted(glasshouse::ConnectionId connection, const QString &reason);
    /// Somebody wants a test client that joins as this one did.
    void twinWanted(glasshouse::ConnectionId connection);
    /// Somebody wants to know why this server treats such a client as it does.
    void examineWanted(glasshouse::ConnectionId connection);

private:
    ConnectionsModel *m_model;
    ConnectionRows *m_rows;
    ConnectionsFilter *m_filter;
    TableView *m_view;
    QAction *m_copy = nullptr;
    QAction *m_copyRows = nullptr;
    QAction *m_send = nullptr;
    QAction *m_ping = nullptr;
    QAction *m_kick = nullptr;
    QAction *m_twin = nullptr;
    QAction *m_examine = nullptr;
    QAction *m_all = nullptr;
    QList<std::pair<int, ConnectionId>> m_reported; ///< what selectionChanged() told last, with their runs

    void buildView();
    void buildActions();
    void connectFilter();
    void sortAgain();
    void applyFilter();
    void showCounts();
    [[nodiscard]] QList<const ConnectionEntry *> entries() const;
    void report();
    void updateActions();
    [[nodiscard]] QString nameOf(ConnectionId connection) const;
    void copyDetails();
    void send();
    void kick();
};

/// Everything known of a connection as text, for a bug report.
[[nodiscard]] QString connectionReport(const ConnectionEntry &entry);

} // namespace glasshouse
