// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/eventsmodel.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QToolButton;

namespace glasshouse {

class EventsPanel;
class PartsLine;

/// The events in one line: the newest one, and how many warnings and errors this run had. It stays where it is while the list
/// above it opens and closes; then it has what narrows that list, too. The panel, which is that list, must outlive it.
class EventsLine final : public QWidget
{
    Q_OBJECT
public:
    /// `list`: a switch that shows the whole list.
    EventsLine(const EventsPanel &panel, QAction *list, QWidget *parent = nullptr);

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    const EventsModel &m_model;
    QAction *m_list;
    QToolButton *m_toggle;
    QLabel *m_picture;
    PartsLine *m_newest;
    QLineEdit *m_field;
    QToolButton *m_warnings;
    QToolButton *m_errors;

    void layOut();
    void refresh();
    void showNewest();
    [[nodiscard]] QToolButton *only(QAction *action);
    void showTotal(QToolButton *button, EventSeverity severity);
    void showOpen();
};

} // namespace glasshouse
