// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timeline/timelinemarks.h"
#include "ui/timeline/timelinescale.h"

#include <QFontMetrics>
#include <QPalette>
#include <QRect>

class QPainter;

namespace glasshouse {

/// Lanes, their marks and the time below them. It paints what it is given, and knows where things stand. A value.
class TimelinePicture
{
public:
    static constexpr int stepPixels = 3; ///< what is nearer is one mark

    TimelineScale scale;
    bool hasEndedBadly = false;
    qint64 openedUs = 0;
    qint64 endedUs = 0; ///< or until when it is known

    /// Puts lanes and scale into this room.
    void layOut(const QRect &room, const QFontMetrics &metrics);
    /// Lane by lane.
    void setMarks(std::vector<TimelineMark> marks);
    [[nodiscard]] const std::vector<TimelineMark> &marks() const { return m_marks; }
    [[nodiscard]] static int leastHeight(const QFontMetrics &metrics);
    [[nodiscard]] QRect laneRect(TimelineLane lane) const { return m_lanes[size_t(lane)]; }
    [[nodiscard]] QRect rectOf(const TimelineMark &mark) const;
    /// The nearest within a few pixels; null: there is none.
    [[nodiscard]] const TimelineMark *markAt(const QPoint &at) const;
    void paint(QPainter &painter, const QPalette &palette) const;

private:
    std::array<QRect, timelineLaneCount> m_lanes{}; ///< without their names
    std::vector<TimelineMark> m_marks;
    double m_mostFrames = 0; ///< as valueOf() them
    double m_longestPing = 0;
    QRect m_room;
    QRect m_axis;

    [[nodiscard]] double shareOf(const TimelineMark &mark) const;
    void paintLanes(QPainter &painter, const QPalette &palette) const;
    void paintMark(QPainter &painter, const QPalette &palette, const TimelineMark &mark) const;
    void paintAxis(QPainter &painter, const QPalette &palette) const;
};

} // namespace glasshouse
