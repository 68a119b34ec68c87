// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/icons.h"

#include "ui/base/tints.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <functional>

namespace glasshouse {

namespace {

using Draw = std::function<void(QPainterPath &path)>;

void polyline(QPainterPath &path, std::initializer_list<QPointF> points)
{
    path.moveTo(*points.begin());
    for (const QPointF &point : points)
        path.lineTo(point);
}

void cross(QPainterPath &path, qreal from, qreal to)
{
    polyline(path, {{from, from}, {to, to}});
    polyline(path, {{to, from}, {from, to}});
}

void arc(QPainterPath &path, QPointF centre, qreal radius, qreal from, qreal span)
{
    const QRectF box(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
    path.arcMoveTo(box, from);
    path.arcTo(box, from, span);
}

void exclamation(QPainterPath &path, qreal top)
{
    polyline(path, {{8, top}, {8, top + 3.6}});
    path.addEllipse(QPointF(8, top + 5.9), 0.35, 0.35);
}

void gear(QPainterPath &path)
{
    // three sliders: a setting, without the teeth that blur at 16 pixels
    for (const qreal y : {4.0, 8.0, 12.0}) {
        const qreal knob = y == 8 ? 5.5 : 10.5;
        polyline(path, {{2, y}, {knob - 1.7, y}});
        polyline(path, {{knob + 1.7, y}, {14, y}});
        path.addEllipse(QPointF(knob, y), 1.7, 1.7);
    }
}

/// On a grid of 16 by 16.
QPainterPath pathOf(Icon name)
{
    QPainterPath path;
    switch (name) {
    case Icon::Start:
        polyline(path, {{5, 3}, {12.5, 8}, {5, 13}, {5, 3}});
        break;
    case Icon::Stop:
        path.addRoundedRect(4, 4, 8, 8, 1, 1);
        break;
    case Icon::Room:
        path.addRoundedRect(2.5, 3.5, 8, 9, 1, 1);
        polyline(path, {{13, 5.5}, {13, 10.5}});
        polyline(path, {{10.8, 8}, {15.2, 8}});
        break;
    case Icon::TestClient:
        path.addRoundedRect(2, 3, 12, 8, 1, 1);
        polyline(path, {{5, 13.5}, {11, 13.5}});
        polyline(path, {{5, 5.5}, {7, 7}, {5, 8.5}});
        break;
    case Icon::Copy:
        path.addRoundedRect(5.5, 5.5, 8, 8, 1, 1);
        polyline(path, {{3, 10.5}, {2.5, 10}, {2.5, 2.5}, {10, 2.5}, {10.5, 3}});
        break;
    case Icon::Pause:
        polyline(path, {{5.5, 3.5}, {5.5, 12.5}});
        polyline(path, {{10.5, 3.5}, {10.5, 12.5}});
        break;
    case Icon::Follow:
        polyline(path, {{8, 2.5}, {8, 10}});
        polyline(path, {{4.5, 6.7}, {8, 10.2}, {11.5, 6.7}});
        polyline(path, {{3, 13}, {13, 13}});
        break;
    case Icon::Clear:
        arc(path, {8, 8}, 5.5, 0, 360);
        polyline(path, {{4.2, 11.8}, {11.8, 4.2}});
        break;
    case Icon::Bell:
        polyline(path, {{2.5, 12}, {4.5, 9.5}, {4.5, 6.5}});
        arc(path, {8, 6.5}, 3.5, 0, 180);
        polyline(path, {{11.5, 6.5}, {11.5, 9.5}, {13.5, 12}, {2.5, 12}});
        polyline(path, {{7, 14.2}, {9, 14.2}});
        break;
    case Icon::Doctor:
        path.addRoundedRect(2.5, 2.5, 11, 11, 2, 2);
        polyline(path, {{8, 5.3}, {8, 10.7}});
        polyline(path, {{5.3, 8}, {10.7, 8}});
        break;
    case Icon::Search:
        path.addEllipse(QPointF(7, 7), 4.2, 4.2);
        polyline(path, {{10.2, 10.2}, {13.7, 13.7}});
        break;
    case Icon::Send:
        polyline(path, {{2.5, 3}, {14, 8}, {2.5, 13}, {4.5, 8}, {2.5, 3}});
        break;
    case Icon::Ping:
        polyline(path, {{1.5, 8}, {4.5, 8}, {6.5, 3.5}, {9.5, 12.5}, {11.5, 8}, {14.5, 8}});
        break;
    case Icon::Kick:
        path.addEllipse(QPointF(6.5, 5), 2.5, 2.5);
        polyline(path, {{2, 13.5}, {2, 11.5}, {3.5, 10}, {8, 10}});
        polyline(path, {{10.5, 9.5}, {14.5, 13.5}});
        polyline(path, {{14.5, 9.5}, {10.5, 13.5}});
        break;
    case Icon::Broadcast:
        path.addEllipse(QPointF(8, 8), 1.2, 1.2);
        for (const qreal radius : {3.6, 6.2}) {
            arc(path, {8, 8}, radius, -45, 90);
            arc(path, {8, 8}, radius, 135, 90);
        }
        break;
    case Icon::Close:
        cross(path, 4, 12);
        break;
    case Icon::Settings:
        gear(path);
        break;
    case Icon::Info:
        arc(path, {8, 8}, 5.8, 0, 360);
        polyline(path, {{8, 7.5}, {8, 11.2}});
        path.addEllipse(QPointF(8, 5.1), 0.35, 0.35);
        break;
    case Icon::Warning:
        polyline(path, {{8, 2.2}, {14.3, 13.3}, {1.7, 13.3}, {8, 2.2}});
        exclamation(path, 6);
        break;
    case Icon::Error:
        arc(path, {8, 8}, 5.8, 0, 360);
        exclamation(path, 4.6);
        break;
    case Icon::Share:
        for (const QPointF &corner : {QPointF(2.5, 2.5), QPointF(9.5, 2.5), QPointF(2.5, 9.5)})
            path.addRect(QRectF(corner, QSizeF(4, 4)));
        polyline(path, {{9.5, 9.5}, {11, 9.5}});
        polyline(path, {{13.5, 9.5}, {13.5, 11}});
        polyline(path, {{9.5, 12}, {9.5, 13.5}, {11, 13.5}});
        polyline(path, {{13.5, 13.5}, {13.3, 13.5}});
        break;
    case Icon::Results:
        polyline(
            path,
            {{1.5, 13.5}, {1.5, 9.5}, {5.8, 9.5}, {5.8, 5.5}, {10.2, 5.5}, {10.2, 7.8}, {14.5, 7.8}, {14.5, 13.5}});
        polyline(path, {{1.5, 13.5}, {14.5, 13.5}});
        polyline(path, {{8, 2}, {8, 3}});
        break;
    case Icon::Down:
        polyline(path, {{4.5, 6.5}, {8, 10}, {11.5, 6.5}});
        break;
    case Icon::Finish:
        polyline(path, {{3.5, 14}, {3.5, 2.5}, {12.5, 2.5}, {10.5, 5.7}, {12.5, 9}, {3.5, 9}});
        break;
    case Icon::Link:
        polyline(path, {{6, 4}, {3, 4}, {3, 13}, {12, 13}, {12, 10}});
        polyline(path, {{8.5, 2.5}, {13.5, 2.5}, {13.5, 7.5}});
        polyline(path, {{13.3, 2.7}, {7.5, 8.5}});
        break;
    }
    return path;
}

QColor colourOf(Icon name, QIcon::Mode mode)
{
    if (mode == QIcon::Normal || mode == QIcon::Active) {
        if (name == Icon::Warning)
            return tint(Tint::Warning);
        if (name == Icon::Error || name == Icon::Kick)
            return tint(Tint::Bad);
    }
    const QPalette palette = QGuiApplication::palette();
    if (mode == QIcon::Selected)
        return palette.color(QPalette::HighlightedText);
    return palette.color(mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active, QPalette::ButtonText);
}

void paintHouse(QPainter &p)
{
    const QColor glass(0x3a, 0x86, 0xd8);
    QPainterPath house;
    polyline(house, {{8, 1.5}, {14.5, 7}, {14.5, 14.5}, {1.5, 14.5}, {1.5, 7}, {8, 1.5}});
    QLinearGradient light(0, 0, 16, 16);
    light.setColorAt(0, QColor(0xd9, 0xee, 0xff));
    light.setColorAt(1, QColor(0x8c, 0xc2, 0xf5));
    p.setPen(QPen(glass.darker(125), 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.setBrush(light);
    p.drawPath(house);
    p.setPen(QPen(glass.darker(125), 0.8));
    p.drawLines(QList<QLineF>{{8, 1.5, 8, 14.5}, {1.5, 7, 14.5, 7}, {1.5, 10.8, 14.5, 10.8}});
}

/// Draws when asked, so that it is sharp at every scale and follows the palette.
class LineIconEngine final : public QIconEngine
{
public:
    explicit LineIconEngine(std::optional<Icon> name) : m_name(name) { }

    void paint(QPainter *p, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        p->save();
        p->setRenderHint(QPainter::Antialiasing);
        p->translate(rect.topLeft());
        p->scale(rect.width() / 16.0, rect.height() / 16.0);
        if (m_name) {
            p->setPen(QPen(colourOf(*m_name, mode), 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            p->drawPath(pathOf(*m_name));
        } else {
            paintHouse(*p);
        }
        p->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter p(&pixmap);
        paint(&p, QRect({}, size), mode, state);
        return pixmap;
    }

    [[nodiscard]] QIconEngine *clone() const override { return new LineIconEngine(*this); }

private:
    std::optional<Icon> m_name; ///< none: the program's own
};

} // namespace

QIcon icon(Icon name) { return QIcon(new LineIconEngine(name)); }
QIcon programIcon() { return QIcon(new LineIconEngine(std::nullopt)); }

} // namespace glasshouse
