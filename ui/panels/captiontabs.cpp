// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/captiontabs.h"

#include "ui/base/partsline.h"

#include <QTabBar>

namespace glasshouse {

CaptionTabs::CaptionTabs(const QString &about, QWidget *parent) : CaptionTabs(new PartsLine(about), parent) { }

CaptionTabs::CaptionTabs(PartsLine *caption, QWidget *parent) : CornerTabs(caption, parent), m_caption(caption)
{
    m_caption->setContentsMargins(8, 0, 8, 5);
    m_caption->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

/// Three lines of text: what is on the pages scrolls.
QSize CaptionTabs::minimumSizeHint() const
{
    return {QTabWidget::minimumSizeHint().width(), tabBar()->sizeHint().height() + 3 * fontMetrics().height()};
}

void CaptionTabs::setCaption(const QStringList &parts) { m_caption->setParts(parts); }

} // namespace glasshouse
