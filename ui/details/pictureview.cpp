// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/pictureview.h"

#include "ui/base/formats.h"

#include <QPainter>

namespace glasshouse {

PictureView::PictureView(QWidget *parent) : QWidget(parent) { }

void PictureView::setPicture(const Picture &picture)
{
    m_picture = picture;
    setAccessibleName(description());
    update();
}

QString PictureView::description() const
{
    if (m_picture.hasTooManyScans)
        return tr("A JPEG of more than %1 scans: it does not show, because it would take too long.")
            .arg(formatNumber(Picture::mostScans));
    return m_picture.image.isNull()
        ? QString()
        : tr("%1, %2 × %3")
              .arg(QString::fromLatin1(m_picture.format).toUpper(), formatNumber(m_picture.size.width()),
                   formatNumber(m_picture.size.height()));
}

void PictureView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Text));
    if (m_picture.image.isNull()) {
        painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, description());
        return;
    }
    const int line = fontMetrics().height() + 8;
    const QRect room = rect().adjusted(8, 8, -8, -line);
    QSize size = m_picture.image.size();
    if (size.width() > room.width() || size.height() > room.height())
        size.scale(room.size(), Qt::KeepAspectRatio);
    QRect place(QPoint(), size);
    place.moveCenter(room.center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(place, m_picture.image);
    painter.drawText(QRect(0, height() - line, width(), line), Qt::AlignCenter, description());
}

} // namespace glasshouse
