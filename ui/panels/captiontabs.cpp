// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/captiontabs.h"

#include "ui/base/partsline.h"

#include <QTabBar>

namespace glasshouse {

CaptionTabs::CaptionTabs(const QString &about, QWidget *parent) : QTabWidget(parent), m_caption(new PartsLine(about))
{
    setDocumentMode(true);
    m_caption->setContentsMargins(8, 0, 8, 5);
    setCornerWidget(m_caption);
}

/// Three lines of text: what is on the pages scrolls.
QSize CaptionTabs::minimumSizeHint() const
{
    return {QTabWidget::minimumSizeHint().width(), tabBar()->sizeHint().height() + 3 * fontMetrics().height()};
}

void CaptionTabs::setCaption(const QStringList &parts) { m_caption->setParts(parts); }

/// The tabs come first: a corner takes what it likes.
void CaptionTabs::fitCaption() { m_caption->setMaximumWidth(std::max(0, width() - tabBar()->sizeHint().width())); }

void CaptionTabs::resizeEvent(QResizeEvent *event)
{
    fitCaption();
    QTabWidget::resizeEvent(event);
}

void CaptionTabs::tabInserted(int index)
{
    QTabWidget::tabInserted(index);
    fitCaption();
}

} // namespace glasshouse
