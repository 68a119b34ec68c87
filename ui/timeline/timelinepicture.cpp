// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinepicture.h"

#include "ui/base/tints.h"
#include "ui/timeline/timelinewords.h"

#include <QDateTime>
#include <QPainter>
#include <cmath>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int gap = 8;          // around the names
constexpr int highestLane = 72; // however much room there is
constexpr int reach = 5;        // pixels beside a mark that mean it
constexpr int thinnest = 2;     // of a mark
constexpr int leastBar = 3;     // one frame among thousands shows

constexpr std::array allLanes{TimelineLane::In,     TimelineLane::Out,  TimelineLane::Pings, TimelineLane::Quiet,
                              TimelineLane::Faults, TimelineLane::Seat, TimelineLane::Life};

/// Its height says something, so it takes what room there is.
bool isScaled(TimelineLane lane) { return lane <= TimelineLane::Pings; }

/// Close together: the page should show all lanes where there is little room.
int lineHeight(const QFontMetrics &metrics) { return metrics.ascent() + 3; }

bool holdsSeat(const TimelineMark &mark)
{
    return mark.cell.lastKind == EventKind::SeatTaken || mark.cell.lastKind == EventKind::SeatResumed;
}

/// By the logarithm: one frame shows beside thousands.
double valueOf(const TimelineMark &mark)
{
    return mark.lane == TimelineLane::Pings ? std::log1p(double(std::max<qint64>(mark.cell.roundTripUs, 0)) / 1000)
                                            : std::log1p(double(mark.cell.count));
}

QColor faint(QColor colour, float share = 0.25F)
{
    colour.setAlphaF(share);
    return colour;
}

QColor colourOf(const TimelineMark &mark, bool hasEndedBadly)
{
    switch (mark.lane) {
    case TimelineLane::In:
        return tint(Tint::Incoming);
    case TimelineLane::Out:
        return tint(Tint::Outgoing);
    case TimelineLane::Pings:
        return tint(mark.cell.unanswered > 0 ? Tint::Warning : Tint::Key);
    case TimelineLane::Quiet:
        return tint(Tint::Muted);
    case TimelineLane::Faults:
        return tint(Tint::Bad);
    case TimelineLane::Seat:
        return tint(holdsSeat(mark)                                    ? Tint::Good
                        : mark.cell.lastKind == EventKind::SeatDropped ? Tint::Warning
                                                                       : Tint::Muted);
    case TimelineLane::Life:
        break;
    }
    const bool isEnd =
        mark.cell.lastKind == EventKind::ConnectionEnded || mark.cell.lastKind == EventKind::RequestRefused;
    return tint(isEnd && hasEndedBadly ? Tint::Bad : Tint::Muted);
}

QString tickText(qint64 timeUs, qint64 stepUs)
{
    constexpr qint64 second = 1'000'000, minute = 60 * second, day = 24 * 60 * minute;
    const QString form = stepUs < second ? u"HH:mm:ss.zzz"_s
        : stepUs < minute                ? u"HH:mm:ss"_s
        : stepUs < day                   ? u"HH:mm"_s
                                         : u"yyyy-MM-dd"_s;
    return QDateTime::fromMSecsSinceEpoch(timeUs / 1000).toString(form);
}

} // namespace

int TimelinePicture::leastHeight(const QFontMetrics &metrics)
{
    return (timelineLaneCount + 1) * lineHeight(metrics) + gap / 2;
}

void TimelinePicture::layOut(const QRect &room, const QFontMetrics &metrics)
{
    int names = 0, scaled = 0;
    for (const TimelineLane lane : allLanes) {
        names = std::max(names, metrics.horizontalAdvance(laneName(lane)));
        scaled += isScaled(lane) ? 1 : 0;
    }
    m_room = room;
    const int line = lineHeight(metrics);
    const int spare = std::max(room.height() - leastHeight(metrics), 0);
    const int high = std::min(line + spare / scaled, highestLane);
    scale.left = room.left() + names + 2 * gap;
    scale.width = std::max(room.right() - gap - scale.left, 1);
    int top = room.top() + 1;
    for (const TimelineLane lane : allLanes) {
        m_lanes[size_t(lane)] = QRect(scale.left, top, scale.width, isScaled(lane) ? high : line);
        top += m_lanes[size_t(lane)].height();
    }
    m_axis = QRect(scale.left, top, scale.width, line + 2);
}

void TimelinePicture::setMarks(std::vector<TimelineMark> marks)
{
    m_marks = std::move(marks);
    m_mostFrames = m_longestPing = 0;
    for (const TimelineMark &mark : m_marks) {
        if (isScaled(mark.lane)) {
            double &most = mark.lane == TimelineLane::Pings ? m_longestPing : m_mostFrames;
            most = std::max(most, valueOf(mark));
        }
    }
}

/// How high it is, 0 to 1.
double TimelinePicture::shareOf(const TimelineMark &mark) const
{
    const double most = mark.lane == TimelineLane::Pings ? m_longestPing : m_mostFrames;
    return isScaled(mark.lane) ? valueOf(mark) / std::max(most, 1e-9) : 1;
}

QRect TimelinePicture::rectOf(const TimelineMark &mark) const
{
    const QRect lane = laneRect(mark.lane).adjusted(0, 2, 0, -2);
    const auto pixel = [this, &lane](qint64 timeUs) { // far outside it would not be an int any more
        return int(std::lround(std::clamp(scale.x(timeUs), double(lane.left() - 1), double(lane.right() + 1))));
    };
    const int left = pixel(mark.fromUs);
    const int width = std::max(pixel(mark.toUs) - left, thinnest);
    const int height = std::max(int(std::lround(lane.height() * shareOf(mark))), leastBar);
    return QRect(left, lane.bottom() + 1 - height, width, height) & lane.adjusted(-1, 0, 1, 0);
}

const TimelineMark *TimelinePicture::markAt(const QPoint &at) const
{
    const TimelineMark *nearest = nullptr;
    double least = reach;
    for (const TimelineMark &mark : m_marks) {
        const QRect lane = laneRect(mark.lane);
        if (at.y() < lane.top() || at.y() > lane.bottom())
            continue;
        const double left = scale.x(mark.fromUs), right = std::max(scale.x(mark.toUs), left + thinnest);
        const double away = std::max({left - at.x(), at.x() - right, 0.0});
        if (away <= least) { // the later one where both are as near: it is on top
            nearest = &mark;
            least = away;
        }
    }
    return nearest;
}

void TimelinePicture::paint(QPainter &painter, const QPalette &palette) const
{
    paintLanes(painter, palette);
    painter.save();
    painter.setClipRect(QRect(scale.left - 1, m_room.top(), scale.width + 2, m_room.height()));
    for (const TimelineMark &mark : m_marks)
        paintMark(painter, palette, mark);
    painter.restore();
    paintAxis(painter, palette);
}

void TimelinePicture::paintLanes(QPainter &painter, const QPalette &palette) const
{
    for (const TimelineLane lane : allLanes) {
        const QRect place = laneRect(lane);
        painter.setPen(palette.color(QPalette::Text));
        painter.drawText(QRect(m_room.left() + gap, place.top(), scale.left - gap, place.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, laneName(lane));
        painter.setPen(faint(tint(Tint::Muted)));
        painter.drawLine(place.bottomLeft(), place.bottomRight());
    }
    const QRect life = laneRect(TimelineLane::Life);
    const auto bound = [this](qint64 timeUs) {
        return int(std::clamp(scale.x(timeUs), double(scale.left), double(scale.left + scale.width)));
    };
    const int left = bound(openedUs), right = bound(endedUs);
    painter.fillRect(QRect(left, life.center().y() - 1, std::max(right - left, 1), 3), faint(tint(Tint::Muted), 0.4F));
}

void TimelinePicture::paintMark(QPainter &painter, const QPalette &palette, const TimelineMark &mark) const
{
    const QColor colour = colourOf(mark, hasEndedBadly);
    const QRect rect = rectOf(mark);
    const bool isStretch = mark.lane == TimelineLane::Quiet || (mark.lane == TimelineLane::Seat && holdsSeat(mark));
    if (!isStretch) {
        painter.fillRect(rect, colour);
        return;
    }
    painter.fillRect(rect, faint(colour, 0.35F));
    if (mark.fromUs >= scale.fromUs) // else it began before what is in sight
        painter.fillRect(QRect(rect.topLeft(), QSize(thinnest, rect.height())), colour);
    const QString words = markWords(mark, {});
    if (mark.lane == TimelineLane::Quiet && painter.fontMetrics().horizontalAdvance(words) + 2 * gap < rect.width()) {
        painter.setPen(palette.color(QPalette::Text));
        painter.drawText(rect, Qt::AlignCenter, words);
    }
}

void TimelinePicture::paintAxis(QPainter &painter, const QPalette &palette) const
{
    const QFontMetrics metrics = painter.fontMetrics();
    qint64 stepUs = 0;
    const auto ticks = scale.ticks(metrics.horizontalAdvance(u"00:00:00.000"_s) + 2 * gap, &stepUs);
    for (const qint64 tick : ticks) {
        const int x = int(std::lround(scale.x(tick)));
        painter.setPen(faint(tint(Tint::Muted)));
        painter.drawLine(x, m_room.top(), x, m_axis.top() + 3);
        const QString text = tickText(tick, stepUs);
        const int width = metrics.horizontalAdvance(text);
        if (x - width / 2 < m_room.left() || x + width / 2 > m_room.right())
            continue;
        painter.setPen(palette.color(QPalette::Text));
        painter.drawText(QRect(x - width / 2, m_axis.top() + 2, width + 1, m_axis.height()), Qt::AlignCenter, text);
    }
}

} // namespace glasshouse
