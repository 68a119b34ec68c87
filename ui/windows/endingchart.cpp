// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windows/endingchart.h"

#include "ui/base/formats.h"
#include "ui/base/tints.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int margin = 8;

QString timeOfDay(qint64 ms) { return QDateTime::fromMSecsSinceEpoch(ms).toString(u"HH:mm"_s); }

} // namespace

EndingChart::EndingChart(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setAccessibleName(tr("Endings over time"));
}

QSize EndingChart::sizeHint() const { return {420, fontMetrics().height() * 7}; }
QSize EndingChart::minimumSizeHint() const { return {160, fontMetrics().height() * 4}; }

void EndingChart::show(const QList<quint32> &counts, qint64 slotMs, qint64 endMs, bool fault)
{
    m_counts = counts;
    m_slotMs = slotMs;
    m_endMs = endMs;
    m_fault = fault;
    update();
}

void EndingChart::setEmptyText(const QString &text)
{
    m_emptyText = text;
    update();
}

quint32 EndingChart::highest() const
{
    return m_counts.isEmpty() ? 0 : *std::max_element(m_counts.begin(), m_counts.end());
}

QRectF EndingChart::plot() const
{
    const int line = fontMetrics().height();
    return QRectF(rect()).adjusted(margin, margin + line + 2, -margin, -(margin + line + 2));
}

void EndingChart::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const QRectF place = plot();
    if (highest() == 0 || place.height() < 8) {
        painter.setPen(tint(Tint::Muted));
        painter.drawText(rect().adjusted(12, 4, -12, -4), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    paintBars(painter, place);
    paintScale(painter, place);
}

// Bars begin and end on whole pixels of the screen, so that all gaps are the same.
void EndingChart::paintBars(QPainter &painter, const QRectF &place) const
{
    const qreal step = place.width() / qreal(m_counts.size());
    const qreal scale = devicePixelRatioF();
    const auto snapped = [scale](qreal x) { return std::round(x * scale) / scale; };
    const QColor colour = tint(m_fault ? Tint::Bad : Tint::Incoming);
    for (qsizetype i = 0; i < m_counts.size(); ++i) {
        if (m_counts[i] == 0)
            continue;
        const qreal left = snapped(place.left() + step * qreal(i));
        const qreal right = snapped(place.left() + step * qreal(i + 1)) - (step > 3 ? 1 : 0);
        const qreal height = qMax(2.0, place.height() * m_counts[i] / highest());
        painter.fillRect(QRectF(left, snapped(place.bottom() - height), qMax(1 / scale, right - left), snapped(height)),
                         colour);
    }
}

void EndingChart::paintScale(QPainter &painter, const QRectF &place) const
{
    const int line = fontMetrics().height();
    QColor axis = palette().color(QPalette::Text);
    axis.setAlphaF(0.25F);
    painter.setPen(axis);
    painter.drawLine(place.bottomLeft(), place.bottomRight());
    painter.setPen(tint(Tint::Muted));
    const QRectF above(place.left(), margin, place.width(), line);
    painter.drawText(above, Qt::AlignLeft | Qt::AlignVCenter, tr("at most %1").arg(formatNumber(highest())));
    const QRectF below(place.left(), place.bottom() + 3, place.width(), line);
    const qint64 whole = m_slotMs * m_counts.size();
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, timeOfDay(m_endMs - whole));
    painter.drawText(below, Qt::AlignHCenter | Qt::AlignVCenter, timeOfDay(m_endMs - whole / 2));
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, timeOfDay(m_endMs));
}

QString EndingChart::tipAt(const QPoint &position) const
{
    const QRectF place = plot();
    if (m_counts.isEmpty() || position.x() < place.left() || position.x() >= place.right())
        return {};
    const auto slot = qsizetype((position.x() - place.left()) / place.width() * qreal(m_counts.size()));
    const qint64 from = m_endMs - m_slotMs * (m_counts.size() - slot);
    return tr("%1 between %2 and %3").arg(formatNumber(m_counts[slot]), timeOfDay(from), timeOfDay(from + m_slotMs));
}

bool EndingChart::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), tipAt(help->pos()), this);
    return true;
}

} // namespace glasshouse
