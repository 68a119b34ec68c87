// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/levelbar.h"

#include "ui/base/tints.h"

#include <QPainter>

namespace glasshouse {

namespace {

constexpr qreal thickness = 8;

} // namespace

LevelBar::LevelBar(QWidget *parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); }

QSize LevelBar::sizeHint() const { return {120, int(thickness) + 4}; }
QSize LevelBar::minimumSizeHint() const { return {40, int(thickness) + 4}; }

void LevelBar::setShare(double share, bool warns)
{
    if (share == m_share && warns == m_warns)
        return;
    m_share = share;
    m_warns = warns;
    update();
}

QColor LevelBar::colour() const
{
    if (m_warns && m_share >= 1)
        return tint(Tint::Bad);
    return tint(m_warns && m_share >= nearShare ? Tint::Warning : Tint::Muted);
}

void LevelBar::paintEvent(QPaintEvent * /*event*/)
{
    if (m_share < 0)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF track(0, (height() - thickness) / 2, width(), thickness);
    QColor ground = tint(Tint::Muted);
    ground.setAlphaF(0.2F);
    painter.setBrush(ground);
    painter.drawRoundedRect(track, thickness / 2, thickness / 2);
    if (m_share <= 0)
        return;
    // Something is never nothing: a rounded end shows from the first one on.
    const qreal filled = qMax(thickness / 2, track.width() * qMin(1.0, m_share));
    painter.setClipRect(QRectF(track.topLeft(), QSizeF(filled, thickness)));
    painter.setBrush(colour());
    painter.drawRoundedRect(track, thickness / 2, thickness / 2);
}

} // namespace glasshouse
