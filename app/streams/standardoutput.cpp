// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/streams/standardoutput.h"

#include <QSocketNotifier>

namespace glasshouse {

StandardOutput::~StandardOutput() = default;

void StandardOutput::write(const QByteArray &bytes)
{
    if (m_failed)
        return;
    m_waiting += bytes; // empty unless it is full
    if (!m_wasFull)
        flush();
}

void StandardOutput::flush()
{
    while (isFull() && writePiece()) { }
    if (!isFull()) {
        m_waiting.clear();
        m_written = 0;
    }
    if (m_notifier)
        m_notifier->setEnabled(isFull());
    if (std::exchange(m_wasFull, isFull()) != isFull())
        emit fullChanged(m_wasFull);
}

void StandardOutput::fail(const QString &why)
{
    m_failed = true;
    m_waiting.clear();
    m_written = 0;
    emit failed(why);
}

} // namespace glasshouse
