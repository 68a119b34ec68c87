// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelineview.h"

#include "ui/base/focusring.h"
#include "ui/base/livelabel.h"
#include "ui/timeline/timelinereader.h"
#include "ui/timeline/timelinewords.h"

#include <QAction>
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr double stepFactor = 2; // of + and −
constexpr double wheelFactor = 1.25;
constexpr int settledMs = 120;
constexpr int wheelNotch = 120;

bool isOfFrames(TimelineLane lane) { return lane == TimelineLane::In || lane == TimelineLane::Out; }

} // namespace

TimelineView::TimelineView(const MessageSource *source, TimelineReader *reader, QWidget *parent)
    : QWidget(parent),
      m_source(source),
      m_reader(reader)
{
    buildActions();
    setAccessibleName(tr("Timeline"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_settled.setSingleShot(true);
    m_settled.setInterval(settledMs);
    connect(&m_settled, &QTimer::timeout, this, &TimelineView::readCloser);
    connect(m_reader, &TimelineReader::changed, this, &TimelineView::refresh);
}

void TimelineView::buildActions()
{
    const auto add = [this](const QString &text, const QList<QKeySequence> &keys, const QString &tip, auto what) {
        auto *action = new QAction(text, this);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        action->setToolTip(tip);
        connect(action, &QAction::triggered, this, what);
        addAction(action);
        return action;
    };
    m_goTo = add(tr("&Show in the log"), {Qt::Key_Return, Qt::Key_Enter},
                 tr("Select its row, or the first of its rows"), [this] { goToCurrent(); });
    add(tr("Look &closer"), {Qt::Key_Plus, Qt::Key_Equal},
        tr("Half as much time in the same room; the wheel does so, too"),
        [this] { zoom(1 / stepFactor, m_current ? m_current->fromUs : m_picture.scale.timeAt(width() / 2.0)); });
    add(tr("Look from &farther away"), {Qt::Key_Minus}, tr("Twice as much time in the same room"),
        [this] { zoom(stepFactor, m_current ? m_current->fromUs : m_picture.scale.timeAt(width() / 2.0)); });
    add(tr("The &whole life"), {Qt::Key_0}, tr("All of it, from the beginning to the end"), [this] { showWhole(); });
    setContextMenuPolicy(Qt::ActionsContextMenu);
}

QSize TimelineView::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 40, TimelinePicture::leastHeight(fontMetrics())};
}
QSize TimelineView::sizeHint() const { return minimumSizeHint(); } // it takes what there is

void TimelineView::beginAgain()
{
    m_isWhole = true;
    m_current.reset();
    m_reader->lookFromAfar();
    refresh();
    emit currentChanged();
}

void TimelineView::setEndedBadly(bool bad)
{
    m_picture.hasEndedBadly = bad;
    update();
}

QStringList TimelineView::currentParts() const
{
    return m_current ? QStringList{markWords(*m_current, m_currentRow), markTime(*m_current)} : QStringList();
}

void TimelineView::setCurrent(const TimelineMark &mark)
{
    if (!m_current || m_current->cell.firstRow != mark.cell.firstRow)
        m_currentRow = m_source->row(mark.cell.firstRow);
    m_current = mark;
}

/// Of a row that came, a size or a zoom that changed.
void TimelineView::refresh()
{
    const ConnectionTimeline &whole = m_reader->whole();
    m_picture.layOut(rect(), fontMetrics());
    TimelineScale &scale = m_picture.scale;
    if (m_isWhole) {
        scale.fromUs = whole.fromUs();
        scale.toUs = std::max(whole.toUs(), whole.fromUs() + TimelineScale::leastUs);
    }
    m_picture.openedUs = whole.fromUs();
    m_picture.endedUs = whole.toUs();
    refill();
    m_goTo->setEnabled(m_current.has_value());
    update();
}

/// The finest that is read of what shows. Seats, the life and what is quiet need what was before.
const ConnectionTimeline &TimelineView::timelineFor(TimelineLane lane) const
{
    const ConnectionTimeline &whole = m_reader->whole();
    const ConnectionTimeline *closer = m_reader->closer();
    const bool fits = closer != nullptr && closer->fromUs() <= m_picture.scale.fromUs
        && closer->toUs() >= std::min(m_picture.scale.toUs, whole.toUs());
    const bool isWorthIt = lane <= TimelineLane::Pings || lane == TimelineLane::Faults;
    return fits && isWorthIt ? *closer : whole;
}

void TimelineView::refill()
{
    const TimelineScale &scale = m_picture.scale;
    const qint64 stepUs = scale.pixelUs() * TimelinePicture::stepPixels;
    std::vector<TimelineMark> all;
    for (int lane = 0; lane < timelineLaneCount && !m_reader->whole().isEmpty(); ++lane) {
        const auto of = TimelineLane(lane);
        const auto marks = timelineMarks(timelineFor(of), of, scale.fromUs, scale.toUs, stepUs);
        all.insert(all.end(), marks.begin(), marks.end());
    }
    const auto now =
        std::ranges::find_if(all, [this](const TimelineMark &mark) { return m_current && mark.isSameAs(*m_current); });
    if (now != all.end()) // a seat may be held for longer by now
        setCurrent(*now);
    m_picture.setMarks(std::move(all));
}

void TimelineView::zoom(double factor, qint64 aroundUs)
{
    const ConnectionTimeline &whole = m_reader->whole();
    if (whole.isEmpty())
        return;
    m_picture.scale.stretch(factor, aroundUs, whole.fromUs(), whole.toUs());
    m_isWhole = m_picture.scale.spanUs() >= whole.toUs() - whole.fromUs();
    m_settled.start();
    refresh();
}

void TimelineView::pan(qint64 byUs)
{
    if (m_isWhole)
        return;
    m_picture.scale.move(byUs, m_reader->whole().fromUs(), m_reader->whole().toUs());
    m_settled.start();
    refresh();
}

void TimelineView::showWhole()
{
    m_isWhole = true;
    m_settled.stop();
    m_reader->lookFromAfar();
    refresh();
}

void TimelineView::readCloser()
{
    const TimelineScale &scale = m_picture.scale;
    if (m_isWhole || m_reader->whole().bucketUs() <= scale.pixelUs())
        return m_reader->lookFromAfar();
    const ConnectionTimeline *closer = m_reader->closer();
    if (closer != nullptr && closer->bucketUs() <= scale.pixelUs() * TimelinePicture::stepPixels
        && closer->fromUs() <= scale.fromUs && closer->toUs() >= scale.toUs)
        return;
    const qint64 beside = scale.spanUs() / 2; // for who goes on a little
    m_reader->lookCloser(scale.fromUs - beside, scale.toUs + beside);
}

void TimelineView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    m_picture.paint(painter, palette());
    const TimelineScale &scale = m_picture.scale;
    if (!m_current || m_current->toUs < scale.fromUs || m_current->fromUs > scale.toUs) {
        if (hasFocus())
            paintFocusRing(painter, rect(), palette());
        return;
    }
    const QRect place = m_picture.rectOf(*m_current), lane = m_picture.laneRect(m_current->lane);
    paintFocusRing(painter, QRect(place.left() - 4, lane.top(), place.width() + 8, lane.height()), palette());
}

void TimelineView::resizeEvent(QResizeEvent * /*event*/) { refresh(); }

void TimelineView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        refresh();
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    setAccessibleDescription(m_description);
    QWidget::focusInEvent(event);
}

/// Where the keys go: what happened one after the other, or the marks of a lane of frames.
std::vector<TimelineMark> TimelineView::stops() const
{
    const bool ofFrames = m_current && isOfFrames(m_current->lane);
    const TimelineScale &scale = m_picture.scale;
    std::vector<TimelineMark> all;
    std::ranges::copy_if(m_picture.marks(), std::back_inserter(all), [&](const TimelineMark &mark) {
        return ofFrames ? mark.lane == m_current->lane : !isOfFrames(mark.lane);
    });
    const ConnectionTimeline &whole = m_reader->whole();
    for (int lane = 0; lane < timelineLaneCount && !m_isWhole; ++lane) { // and what does not show just now
        const auto of = TimelineLane(lane);
        if (ofFrames ? of != m_current->lane : isOfFrames(of))
            continue;
        const qint64 stepUs = scale.pixelUs() * TimelinePicture::stepPixels;
        for (const TimelineMark &mark : timelineMarks(whole, of, whole.fromUs(), whole.toUs(), stepUs)) {
            if (mark.toUs < scale.fromUs || mark.fromUs > scale.toUs)
                all.push_back(mark);
        }
    }
    std::ranges::stable_sort(all, {},
                             [](const TimelineMark &mark) { return std::pair(mark.fromUs, mark.cell.firstRow); });
    return all;
}

void TimelineView::step(int by)
{
    const auto all = stops();
    if (all.empty())
        return;
    const auto at = m_current
        ? std::ranges::find_if(all, [this](const TimelineMark &mark) { return mark.isSameAs(*m_current); })
        : all.end();
    if (at != all.end()) {
        const auto next = std::clamp<qsizetype>(at - all.begin() + by, 0, qsizetype(all.size()) - 1);
        return choose(all[size_t(next)]);
    }
    // It was not there, or is one with others now: the next in time.
    const auto later = std::ranges::find_if(
        all, [this](const TimelineMark &mark) { return !m_current || mark.fromUs > m_current->fromUs; });
    const auto found = by > 0 ? later : later == all.begin() ? later : later - 1;
    choose(found == all.end() ? all.back() : *found);
}

void TimelineView::stepLane(int by)
{
    if (!m_current)
        return step(1);
    for (int lane = int(m_current->lane) + by; lane >= 0 && lane < timelineLaneCount; lane += by) {
        const TimelineMark *nearest = nullptr;
        for (const TimelineMark &mark : m_picture.marks()) {
            const auto away = [this](const TimelineMark &one) { return qAbs(one.fromUs - m_current->fromUs); };
            if (int(mark.lane) == lane && (nearest == nullptr || away(mark) < away(*nearest)))
                nearest = &mark;
        }
        if (nearest != nullptr)
            return choose(TimelineMark(*nearest));
    }
}

void TimelineView::choose(const TimelineMark &mark)
{
    setCurrent(mark);
    const TimelineScale &scale = m_picture.scale;
    if (mark.fromUs < scale.fromUs || mark.fromUs > scale.toUs)
        pan(mark.fromUs - scale.fromUs - scale.spanUs() / 2);
    refresh();
    announce(this, currentParts().join(u", "_s));
    emit currentChanged();
}

void TimelineView::goToCurrent()
{
    if (m_current)
        emit rowWanted(m_current->cell.firstRow);
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1);
    case Qt::Key_Right:
        return step(1);
    case Qt::Key_Home:
    case Qt::Key_End:
        if (const auto all = stops(); !all.empty())
            choose(event->key() == Qt::Key_Home ? all.front() : all.back());
        return;
    case Qt::Key_Up:
        return stepLane(-1);
    case Qt::Key_Down:
        return stepLane(1);
    default:
        QWidget::keyPressEvent(event);
    }
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_pressedAt = event->position().toPoint();
    m_drags = false;
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (!m_pressedAt) {
        setCursor(m_picture.markAt(at) != nullptr ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    if (!m_drags && qAbs(at.x() - m_pressedAt->x()) < QApplication::startDragDistance())
        return;
    m_drags = true;
    pan((m_pressedAt->x() - at.x()) * m_picture.scale.pixelUs());
    m_pressedAt = at;
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !std::exchange(m_pressedAt, std::nullopt) || m_drags)
        return;
    if (const TimelineMark *mark = m_picture.markAt(event->position().toPoint()); mark != nullptr) {
        choose(TimelineMark(*mark));
        goToCurrent();
    }
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    const bool sideways = turned.x() != 0 || event->modifiers().testFlag(Qt::ShiftModifier);
    if (sideways && !m_isWhole) {
        const int by = turned.x() != 0 ? turned.x() : turned.y();
        pan(-qint64(by) * m_picture.scale.spanUs() / (8LL * wheelNotch));
    } else if (turned.y() != 0 && !(m_isWhole && turned.y() < 0)) {
        const qint64 aroundUs = m_picture.scale.timeAt(event->position().x());
        zoom(std::pow(wheelFactor, -double(turned.y()) / wheelNotch), aroundUs);
    } else {
        return event->ignore(); // the page scrolls
    }
    event->accept();
}

bool TimelineView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    showTip(help->pos(), help->globalPos());
    return true;
}

void TimelineView::showTip(const QPoint &at, const QPoint &global)
{
    if (const TimelineMark *mark = m_picture.markAt(at); mark != nullptr) {
        const QString words = markWords(*mark, m_source->row(mark->cell.firstRow));
        return QToolTip::showText(global, words + u'\n' + markExactTime(*mark), this);
    }
    for (int lane = 0; lane < timelineLaneCount; ++lane) {
        const QRect place = m_picture.laneRect(TimelineLane(lane));
        if (at.y() >= place.top() && at.y() <= place.bottom())
            return QToolTip::showText(global, laneTip(TimelineLane(lane)), this);
    }
    QToolTip::hideText();
}

} // namespace glasshouse
