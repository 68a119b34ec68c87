// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/cornertabs.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QTabBar>

namespace glasshouse {

/// Wants all the room there is, and needs as much as its content.
class CornerTabs::Corner final : public QWidget
{
public:
    explicit Corner(QWidget *content) : m_content(content)
    {
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins({});
        layout->addWidget(content);
    }
    void setRoom(int width)
    {
        if (width != std::exchange(m_room, width))
            updateGeometry();
    }
    [[nodiscard]] QSize sizeHint() const override { return {m_room, m_content->sizeHint().height()}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return m_content->minimumSizeHint(); }

private:
    QWidget *m_content;
    int m_room = 0;
};

CornerTabs::CornerTabs(QWidget *corner, QWidget *parent) : QTabWidget(parent), m_corner(new Corner(corner))
{
    setDocumentMode(true);
    setCornerWidget(m_corner);
}

void CornerTabs::fitCorner() { m_corner->setRoom(std::max(0, width() - tabBar()->sizeHint().width())); }

bool CornerTabs::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest) // a tab says something else, perhaps
        fitCorner();
    return QTabWidget::event(event);
}

void CornerTabs::resizeEvent(QResizeEvent *event)
{
    fitCorner();
    QTabWidget::resizeEvent(event);
}

void CornerTabs::tabInserted(int index)
{
    QTabWidget::tabInserted(index);
    fitCorner();
}

} // namespace glasshouse
