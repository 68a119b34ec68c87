// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/eventsmodel.h"

#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

namespace glasshouse {

class PartsLine;

/// The events in one line: the newest one, and how many warnings and errors this run had. It stays where it is while the list
/// above it opens and closes. The model must outlive it.
class EventsLine final : public QWidget
{
    Q_OBJECT
public:
    /// `list`: a switch that shows the whole list.
    EventsLine(const EventsModel *model, QAction *list, QWidget *parent = nullptr);

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Total
    {
        QLabel *picture;
        QLabel *number;
    };
    const EventsModel *m_model;
    QAction *m_list;
    QToolButton *m_toggle;
    QLabel *m_picture;
    PartsLine *m_newest;
    Total m_warnings;
    Total m_errors;

    void layOut();
    void refresh();
    void showNewest();
    void showTotal(const Total &total, EventSeverity severity);
    void showOpen();
};

} // namespace glasshouse
