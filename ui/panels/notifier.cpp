// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/notifier.h"

#include "ui/base/icons.h"

#include <QApplication>
#include <QEvent>
#include <QSystemTrayIcon>
#include <QWidget>

namespace glasshouse {

namespace {

constexpr int pauseMs = 5'000;

} // namespace

Notifier::Notifier(QWidget *window) : QObject(window), m_window(window)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (!m_waiting.isEmpty())
            tell(std::exchange(m_waiting, {}));
    });
    window->installEventFilter(this);
}

Notifier::~Notifier() = default;

void Notifier::tell(const QString &words)
{
    if (m_window->isActiveWindow())
        return;
    if (m_pause.isActive())
        m_waiting = words;
    else
        tellNow(words);
}

void Notifier::tellNow(const QString &words)
{
    m_pause.start();
    QApplication::alert(m_window);
    if (!m_tray && QSystemTrayIcon::supportsMessages()) {
        m_tray = std::make_unique<QSystemTrayIcon>(programIcon());
        m_tray->setToolTip(QApplication::applicationDisplayName());
        connect(m_tray.get(), &QSystemTrayIcon::messageClicked, this, &Notifier::bringUp);
        connect(m_tray.get(), &QSystemTrayIcon::activated, this, &Notifier::bringUp);
        m_tray->show();
    }
    if (m_tray)
        m_tray->showMessage(QApplication::applicationDisplayName(), words);
    emit told(words);
}

void Notifier::bringUp()
{
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

bool Notifier::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_window && event->type() == QEvent::WindowActivate) { // it was seen
        m_waiting.clear();
        if (m_tray)
            m_tray.release()->deleteLater(); // its own signal may have brought us here
    }
    return QObject::eventFilter(object, event);
}

} // namespace glasshouse
