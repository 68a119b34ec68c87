// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/messagesource.h"
#include "ui/timeline/timelinepicture.h"

#include <QTimer>
#include <QWidget>

class QAction;

namespace glasshouse {

class TimelineReader;

/// The lanes of a timeline over its time, to look at closer and to go through. GUI thread; both arguments outlive it.
class TimelineView final : public QWidget
{
    Q_OBJECT
public:
    TimelineView(const MessageSource *source, TimelineReader *reader, QWidget *parent = nullptr);

    /// Another connection: all of its life, and nothing is chosen.
    void beginAgain();
    /// For people who can not see it. Told when they come to it: the life goes on many times a second.
    void setDescription(const QString &words) { m_description = words; }
    /// As the window shows its end.
    void setEndedBadly(bool bad);
    /// What somebody chose with the keys or by a click, and its time; empty: nothing.
    [[nodiscard]] QStringList currentParts() const;
    /// Where that stands; empty: nowhere.
    [[nodiscard]] QRect currentPlace() const { return m_current ? m_picture.rectOf(*m_current) : QRect(); }
    /// As fine as what is shown now.
    [[nodiscard]] const TimelineScale &scale() const { return m_picture.scale; }
    [[nodiscard]] const std::vector<TimelineMark> &marks() const { return m_picture.marks(); }
    [[nodiscard]] QPoint placeOf(const TimelineMark &mark) const { return m_picture.rectOf(mark).center(); }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// Somebody wants to see it in the log.
    void rowWanted(quint64 number);
    void currentChanged();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    const MessageSource *m_source;
    TimelineReader *m_reader;
    TimelinePicture m_picture;
    std::optional<TimelineMark> m_current;
    std::optional<CapturedRow> m_currentRow; ///< read once; none: it is not there any more
    QAction *m_goTo = nullptr;
    QTimer m_settled; ///< then it is worth reading finer buckets
    QString m_description;
    bool m_isWhole = true;
    std::optional<QPoint> m_pressedAt;
    bool m_drags = false;

    void buildActions();
    void refresh();
    void refill();
    [[nodiscard]] const ConnectionTimeline &timelineFor(TimelineLane lane) const;
    void zoom(double factor, qint64 aroundUs);
    void pan(qint64 byUs);
    void showWhole();
    void readCloser();
    void setCurrent(const TimelineMark &mark);
    void choose(const TimelineMark &mark);
    void step(int by);
    void stepLane(int by);
    void goToCurrent();
    void showTip(const QPoint &at, const QPoint &global);
    [[nodiscard]] std::vector<TimelineMark> stops() const;
};

} // namespace glasshouse
