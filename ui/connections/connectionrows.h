// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/connectionsmodel.h"
#include "ui/models/naturalsort.h"

#include <QStringList>

namespace glasshouse {

/// The rows of a ConnectionsModel that somebody wants to see, sorted. Neither the order nor the choice changes by itself: see
/// refresh(). The kept rows show whatever is asked for, so that nobody's selection is taken away.
class ConnectionRows final : public NaturalSort
{
    Q_OBJECT
public:
    enum class Shown : quint8 { All, Open, Ended, Refused }; ///< Open: and closing

    explicit ConnectionRows(ConnectionsModel *model, QObject *parent = nullptr);

    void setShown(Shown shown);
    [[nodiscard]] Shown shown() const { return m_shown; }
    /// Every word of it stands in what the table says of a connection, whatever the case; "#7" is its number as a whole.
    void setText(const QString &text);
    /// By run and number, sorted.
    void setKept(const QList<std::pair<int, ConnectionId>> &rows) { m_kept = rows; }
    /// Takes out what does not belong there any more.
    void refresh() { invalidateFilter(); }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    ConnectionsModel *m_model;
    Shown m_shown = Shown::All;
    QStringList m_words;
    QList<std::pair<int, ConnectionId>> m_kept;

    [[nodiscard]] bool says(int row, const QString &word) const;
};

} // namespace glasshouse
