// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectionrows.h"

#include <algorithm>

namespace glasshouse {

namespace {

bool belongs(ConnectionState state, ConnectionRows::Shown shown)
{
    switch (shown) {
    case ConnectionRows::Shown::All:
        return true;
    case ConnectionRows::Shown::Open:
        return state < ConnectionState::Ended;
    case ConnectionRows::Shown::Ended:
        return state == ConnectionState::Ended;
    case ConnectionRows::Shown::Refused:
        return state == ConnectionState::Refused;
    }
    return true;
}

} // namespace

ConnectionRows::ConnectionRows(ConnectionsModel *model, QObject *parent) : NaturalSort(parent), m_model(model)
{
    setSourceModel(model);
    setSortRole(ConnectionsModel::SortRole);
    setDynamicSortFilter(false);
}

void ConnectionRows::setShown(Shown shown)
{
    m_shown = shown;
    invalidateFilter();
}

void ConnectionRows::setText(const QString &text)
{
    m_words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool ConnectionRows::filterAcceptsRow(int row, const QModelIndex &) const
{
    const ConnectionEntry &entry = m_model->at(row);
    if (std::ranges::binary_search(m_kept, std::pair(entry.run, entry.info.id)))
        return true;
    return belongs(entry.counters.state, m_shown)
        && std::ranges::all_of(m_words, [this, row](const QString &word) { return says(row, word); });
}

bool ConnectionRows::says(int row, const QString &word) const
{
    using Model = ConnectionsModel;
    if (word.size() > 1 && word.front() == u'#')
        return word.sliced(1) == QString::number(quint32(m_model->at(row).info.id));
    return std::ranges::any_of(
        std::array{Model::Player, Model::Room, Model::Address, Model::State, Model::Because},
        [&](int column) { return m_model->index(row, column).data().toString().contains(word, Qt::CaseInsensitive); });
}

} // namespace glasshouse
