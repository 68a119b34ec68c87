// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/eventsline.h"

#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/partsline.h"
#include "ui/base/tints.h"
#include "ui/panels/eventspanel.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int pictureSide = 16;
constexpr int fieldDigits = 24;

} // namespace

EventsLine::EventsLine(const EventsPanel &panel, QAction *list, QWidget *parent)
    : QWidget(parent),
      m_model(panel.model()),
      m_list(list),
      m_toggle(new QToolButton),
      m_picture(new QLabel),
      m_newest(new PartsLine(tr("The newest event"))),
      m_field(panel.field()),
      m_warnings(only(panel.onlyAction(EventSeverity::Warning))),
      m_errors(only(panel.onlyAction(EventSeverity::Error)))
{
    m_newest->setObjectName(u"newestEvent"_s);
    m_warnings->setObjectName(u"warnings"_s);
    m_errors->setObjectName(u"errors"_s);
    m_toggle->setText(tr("Events"));
    m_toggle->setAutoRaise(true);
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_toggle, &QToolButton::clicked, m_list, &QAction::toggle);
    connect(m_list, &QAction::toggled, this, &EventsLine::showOpen);
    layOut();
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_model, changed, this, &EventsLine::refresh);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &EventsLine::refresh);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &EventsLine::refresh);
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
    m_field->setFixedWidth(fieldDigits * fontMetrics().horizontalAdvance(u'0'));
    setMinimumHeight(m_field->sizeHint().height() + 2); // it stays where it is when the field comes
    layout->addWidget(m_field);
    layout->addWidget(m_warnings);
    layout->addWidget(m_errors);
}

void EventsLine::showOpen()
{
    const bool isOpen = m_list->isChecked();
    m_field->setVisible(isOpen);
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
    const int row = m_model.rowCount() - 1;
    const bool isNews = row >= 0 && m_model.isOfThisRunAt(row);
    QPalette colours = palette();
    if (!isNews)
        colours.setColor(QPalette::WindowText, tint(Tint::Muted));
    m_newest->setPalette(colours);
    m_picture->setVisible(isNews);
    if (row < 0)
        return m_newest->setParts({tr("Nothing has happened yet.")});
    const QModelIndex index = m_model.index(row, EventsModel::Text);
    m_picture->setPixmap(index.data(Qt::DecorationRole).value<QIcon>().pixmap(pictureSide));
    m_newest->setParts(
        {index.siblingAtColumn(EventsModel::Time).data().toString() + u"  "_s + index.data().toString()});
}

/// A number that narrows the list to what it counts.
QToolButton *EventsLine::only(QAction *action)
{
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(action, &QAction::toggled, this, [this](bool on) {
        if (on)
            m_list->setChecked(true);
    });
    return button;
}

void EventsLine::showTotal(QToolButton *button, EventSeverity severity)
{
    const quint64 count = m_model.total(severity);
    QAction *action = button->defaultAction();
    action->setIconText(formatCount(count));
    const QString words = severity == EventSeverity::Error
        ? tr("Errors since the server started: %1. Show only them").arg(formatCount(count))
        : tr("Warnings since the server started: %1. Show only them").arg(formatCount(count));
    button->setToolTip(words);
    button->setAccessibleName(words);
    button->setVisible(count > 0 || action->isChecked());
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
