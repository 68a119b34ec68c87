// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/eventrows.h"

namespace glasshouse {

EventRows::EventRows(EventsModel *model, QObject *parent) : QSortFilterProxyModel(parent), m_model(model)
{
    setSourceModel(model);
}

void EventRows::setSeverity(std::optional<EventSeverity> severity)
{
    m_severity = severity;
    invalidateFilter();
}

void EventRows::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

bool EventRows::filterAcceptsRow(int row, const QModelIndex &) const
{
    if (m_severity && severityOf(m_model->at(row)) != *m_severity)
        return false;
    return m_text.isEmpty()
        || m_model->index(row, EventsModel::Text).data().toString().contains(m_text, Qt::CaseInsensitive);
}

} // namespace glasshouse
