// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/livelabel.h"

#include <QAccessible>

namespace glasshouse {

namespace {

constexpr int calmMs = 1'000;

} // namespace

LiveLabel::LiveLabel(const QString &about, QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setAccessibleDescription(about);
    m_calm.setSingleShot(true);
    m_calm.setInterval(calmMs);
    connect(&m_calm, &QTimer::timeout, this, &LiveLabel::tell);
}

void LiveLabel::setText(const QString &text, const QString &whole)
{
    m_whole = whole;
    if (accessibleName().isEmpty())
        setAccessibleName(whole); // with a name of its own, a label keeps quiet
    if (text != QLabel::text())
        QLabel::setText(text);
    if (!m_calm.isActive())
        tell();
}

void LiveLabel::tell()
{
    if (accessibleName() == m_whole)
        return;
    setAccessibleName(m_whole);
    m_calm.start();
}

void announce(QWidget *about, const QString &text)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(about, text);
    QAccessible::updateAccessibility(&event);
#else // there is no such event; a label tells that its text has changed
    Q_UNUSED(about)
    Q_UNUSED(text)
#endif
}

} // namespace glasshouse
