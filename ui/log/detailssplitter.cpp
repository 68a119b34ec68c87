// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/detailssplitter.h"

#include <QDataStream>
#include <QIODevice>

namespace glasshouse {

namespace {

// In digits: the log's columns with something of the payload, and a JSON text of some depth.
constexpr int widthForBoth = 124;
constexpr int leastDetails = 24;

} // namespace

DetailsSplitter::DetailsSplitter(QWidget *log, QWidget *parent)
    : QSplitter(Qt::Vertical, parent),
      m_panes(new QSplitter(Qt::Horizontal))
{
    addWidget(log);
    addWidget(m_panes);
    setChildrenCollapsible(false);
    for (const int pane : {0, 1})
        setStretchFactor(pane, 1); // both: the shares stay when the window grows
    m_panes->setChildrenCollapsible(false);
    stand(false);
}

void DetailsSplitter::addPane(QWidget *pane)
{
    pane->setMinimumWidth(leastDetails * fontMetrics().horizontalAdvance(u'0'));
    m_panes->addWidget(pane);
    m_panes->setStretchFactor(m_panes->count() - 1, 1);
    m_panes->setSizes(QList<int>(m_panes->count(), 1'000));
}

bool DetailsSplitter::belongsBeside() const
{
    if (m_place != DetailsPlace::AsThereIsRoom)
        return m_place == DetailsPlace::Beside;
    return width() >= widthForBoth * fontMetrics().horizontalAdvance(u'0');
}

void DetailsSplitter::setPlace(DetailsPlace place)
{
    m_place = place;
    arrange();
}

void DetailsSplitter::arrange()
{
    const bool now = belongsBeside();
    if (now == isBeside())
        return;
    m_sizes[size_t(isBeside())] = current();
    stand(now);
}

void DetailsSplitter::stand(bool besideTheLog)
{
    setOrientation(besideTheLog ? Qt::Horizontal : Qt::Vertical);
    m_panes->setOrientation(besideTheLog ? Qt::Vertical : Qt::Horizontal);
    const Sizes &stored = m_sizes[size_t(besideTheLog)];
    if (!restoreState(stored.outer))
        setSizes(besideTheLog ? QList{6'700, 3'300} : QList{8'000, 2'000});
    if (!m_panes->restoreState(stored.panes))
        m_panes->setSizes(QList<int>(m_panes->count(), 1'000));
}

QByteArray DetailsSplitter::saveLayout() const
{
    std::array<Sizes, 2> all = m_sizes;
    all[size_t(isBeside())] = current();
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << quint8(m_place);
    for (const Sizes &one : all)
        out << one.outer << one.panes;
    return state;
}

bool DetailsSplitter::restoreLayout(const QByteArray &state)
{
    QDataStream in(state);
    quint8 place = 0;
    std::array<Sizes, 2> all;
    in >> place;
    for (Sizes &one : all)
        in >> one.outer >> one.panes;
    if (in.status() != QDataStream::Ok || place > quint8(DetailsPlace::Below))
        return false;
    m_sizes = all;
    m_place = DetailsPlace(place);
    stand(belongsBeside());
    return true;
}

void DetailsSplitter::resetLayout()
{
    m_sizes = {};
    m_place = DetailsPlace::AsThereIsRoom;
    stand(belongsBeside());
}

} // namespace glasshouse
