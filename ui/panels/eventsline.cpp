// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/eventsline.h"

#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/partsline.h"
#include "ui/base/tints.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int pictureSide = 16;

} // namespace

EventsLine::EventsLine(const EventsModel *model, QAction *list, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_list(list),
      m_toggle(new QToolButton),
      m_picture(new QLabel),
      m_newest(new PartsLine(tr("The newest event"))),
      m_warnings{new QLabel, new QLabel},
      m_errors{new QLabel, new QLabel}
{
    m_newest->setObjectName(u"newestEvent"_s);
    m_warnings.number->setObjectName(u"warnings"_s);
    m_errors.number->setObjectName(u"errors"_s);
    m_toggle->setText(tr("Events"));
    m_toggle->setAutoRaise(true);
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_toggle, &QToolButton::clicked, m_list, &QAction::toggle);
    connect(m_list, &QAction::toggled, this, &EventsLine::showOpen);
    layOut();
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, changed, this, &EventsLine::refresh);
    connect(m_model, &QAbstractItemModel::rowsMoved, this, &EventsLine::refresh);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &EventsLine::refresh);
    connect(m_model, &QAbstractItemModel::modelReset, this, &EventsLine::refresh);
    showOpen();
    refresh();
}

void EventsLine::layOut()
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 1, 8, 1);
    layout->setSpacing(4);
    layout->addWidget(m_toggle);
    layout->addWidget(m_picture);
    m_newest->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addWidget(m_newest, 1);
    for (const Total &total : {m_warnings, m_errors}) {
        layout->addSpacing(8);
        layout->addWidget(total.number);
        layout->addWidget(total.picture);
    }
}

void EventsLine::showOpen()
{
    const bool isOpen = m_list->isChecked();
    m_toggle->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    const QString keys = m_list->shortcut().toString(QKeySequence::NativeText);
    m_toggle->setToolTip((isOpen ? tr("Close the list of events (%1)") : tr("Open the list of events (%1)")).arg(keys));
}

void EventsLine::refresh()
{
    showNewest();
    showTotal(m_warnings, EventSeverity::Warning);
    showTotal(m_errors, EventSeverity::Error);
}

void EventsLine::showNewest()
{
    const int row = m_model->rowCount() - 1;
    const bool isNews = row >= 0 && m_model->isOfThisRunAt(row);
    QPalette colours = palette();
    if (!isNews)
        colours.setColor(QPalette::WindowText, tint(Tint::Muted));
    m_newest->setPalette(colours);
    m_picture->setVisible(isNews);
    if (row < 0)
        return m_newest->setParts({tr("Nothing has happened yet.")});
    const QModelIndex index = m_model->index(row, EventsModel::Text);
    m_picture->setPixmap(index.data(Qt::DecorationRole).value<QIcon>().pixmap(pictureSide));
    m_newest->setParts(
        {index.siblingAtColumn(EventsModel::Time).data().toString() + u"  "_s + index.data().toString()});
}

void EventsLine::showTotal(const Total &total, EventSeverity severity)
{
    const quint64 count = m_model->total(severity);
    const bool isError = severity == EventSeverity::Error;
    total.number->setText(formatCount(count));
    total.picture->setPixmap(icon(isError ? Icon::Error : Icon::Warning).pixmap(pictureSide));
    const QString words = isError ? tr("Errors since the server started: %1").arg(formatCount(count))
                                  : tr("Warnings since the server started: %1").arg(formatCount(count));
    total.picture->setAccessibleName(words);
    for (QLabel *label : {total.number, total.picture}) {
        label->setToolTip(words);
        label->setVisible(count > 0);
    }
}

void EventsLine::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        m_list->toggle();
}

void EventsLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

} // namespace glasshouse
