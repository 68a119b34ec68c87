// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/eventsmodel.h"

#include <QSortFilterProxyModel>
#include <optional>

namespace glasshouse {

/// The lines of an EventsModel that somebody wants to see, in its order.
class EventRows final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit EventRows(EventsModel *model, QObject *parent = nullptr);

    /// Only those that are just so severe; nullopt: all of them.
    void setSeverity(std::optional<EventSeverity> severity);
    /// Only those whose words hold it, whatever the case.
    void setText(const QString &text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    EventsModel *m_model;
    std::optional<EventSeverity> m_severity;
    QString m_text;
};

} // namespace glasshouse
