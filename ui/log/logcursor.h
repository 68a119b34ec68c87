// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/messagesource.h"

#include <QObject>
#include <optional>

class QModelIndex;

namespace glasshouse {

class LogSelection;
class MessagesModel;
class TableView;

/// Which message of a log is the current one, whose details show, and whether the log follows the newest one. Both change by what
/// somebody does: rows that come, rows that go and filters take no selection away, give none, and move nothing that is read.
class LogCursor final : public QObject
{
    Q_OBJECT
public:
    /// Gives the view its model, whose rows it has to know of before the view does. Both must outlive it.
    LogCursor(MessagesModel *model, TableView *view, QObject *parent = nullptr);
    ~LogCursor() override;

    /// Row number of the selected message, also while a filter hides it.
    [[nodiscard]] std::optional<quint64> current() const { return m_current; }
    /// Whose it is, also when the capture has discarded it.
    [[nodiscard]] std::optional<ConnectionId> connection() const { return m_connection; }
    /// All that are selected; the current one is among them for the most part.
    [[nodiscard]] LogSelection *selection() const { return m_selection; }
    /// Leads somebody there, if the view shows it.
    bool goTo(quint64 number);
    [[nodiscard]] bool isFollowing() const { return m_following; }
    void setFollowing(bool following);
    void drop();

signals:
    /// Somebody looks at this message.
    void shown(const glasshouse::CapturedRow &row);
    /// Nothing is selected any more.
    void dropped();
    /// Another message is selected, or none.
    void changed();
    void followingChanged(bool following);

private:
    MessagesModel *m_model;
    TableView *m_view;
    LogSelection *m_selection;
    std::optional<quint64> m_current;
    std::optional<ConnectionId> m_connection;
    bool m_following = true;
    bool m_comesBack = false; ///< the rows are new: it has to be in sight once it is among them
    bool m_restoring = false; ///< the selection is being put back, not made

    void connectModel();
    void connectView();
    void take(const QModelIndex &index);
    void clearView();
    void keep(bool intoView);
    void stayNear();
    void centre(int row);
    void dropIn(int first, int last);
    void holdPosition(int removedRows);
};

} // namespace glasshouse
