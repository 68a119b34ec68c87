// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/rowset.h"

#include <QItemSelection>
#include <QObject>

namespace glasshouse {

class MessagesModel;
class MessageSource;
class TableView;

/// Which messages of a log are selected, as ranges: a million of them cost what one costs. What a filter hides is selected again
/// when it comes back, if somebody has not selected something else meanwhile; only what is discarded is lost.
class LogSelection final : public QObject
{
    Q_OBJECT
public:
    /// What lies in more pieces than about these, as all rows that a filter has left do, does not come back.
    static constexpr int mostPieces = 1000;

    /// The view has its model. Both must outlive it.
    LogSelection(MessagesModel *model, TableView *view, QObject *parent = nullptr);

    /// Those that are shown.
    [[nodiscard]] quint64 count() const;
    /// Their row numbers, and those of the server's counters between them; at no cost for each.
    [[nodiscard]] RowSet numbers() const;
    /// One by one, without counters: for few.
    [[nodiscard]] QList<quint64> list() const;
    /// Numbers of the first and the last of them; nullopt: there is none.
    [[nodiscard]] std::optional<std::pair<quint64, quint64>> ends() const;
    void clear();
    /// What a filter hides does not come back.
    void forgetHidden() { m_kept.clear(); }
    /// Makes a row the current one again; without others it is selected as well.
    void putBackCurrent(const QModelIndex &index);

signals:
    /// Also because rows are no more.
    void changed();
    /// Somebody did it.
    void chosen();
    /// The view is filled anew, and the selection lay in too many pieces.
    void lost();

private:
    MessagesModel *m_model;
    TableView *m_view;
    RowSet m_kept;           ///< what was selected before the view was filled anew
    bool m_byItself = false; ///< the selection changes, and nobody has changed it

    struct Piece
    {
        int first = 0;
        int last = 0;
    };
    [[nodiscard]] QList<Piece> pieces() const;
    void takeChange();
    void keep();
    void putBack(int first, int last);
};

/// "3 selected, 1.2 s from the first to the last"; empty for fewer than two.
[[nodiscard]] QString selectionWords(const LogSelection &selection, const MessageSource &source);

} // namespace glasshouse
