// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/streams/standardinput.h"

#include "app/streams/standardinputsource.h"

namespace glasshouse {

StandardInput::StandardInput(int descriptor, QObject *parent)
    : LineInput(parent),
      m_source(std::make_unique<Source>(descriptor, [this](const QByteArray &bytes) { take(bytes); }))
{ }

StandardInput::~StandardInput() = default;

void StandardInput::setReading(bool on)
{
    if (std::exchange(m_reading, on) == on)
        return;
    m_source->setReading(on && !m_sourceEnded);
    if (on) // there may be lines from before
        QMetaObject::invokeMethod(this, &StandardInput::tell, Qt::QueuedConnection);
}

void StandardInput::take(const QByteArray &bytes)
{
    m_bytes += bytes;
    m_sourceEnded = m_sourceEnded || bytes.isEmpty();
    if (m_sourceEnded)
        m_source->setReading(false);
    tell();
}

void StandardInput::tell()
{
    tellLines();
    if (!m_reading || m_over)
        return;
    if (m_bytes.size() > maxLine) {
        m_over = true;
        m_source->setReading(false);
        return emit failed(tr("A line of the input is longer than %1 MiB.").arg(maxLine / 1024 / 1024));
    }
    if (!m_sourceEnded)
        return;
    if (!m_bytes.isEmpty())
        emit line(std::exchange(m_bytes, {}));
    if (!m_reading)
        return; // it is told when reading goes on
    m_over = true;
    emit ended();
}

void StandardInput::tellLines()
{
    qsizetype begin = 0;
    while (m_reading && !m_over) {
        const qsizetype end = m_bytes.indexOf('\n', qMax(begin, m_searched));
        if (end < 0) {
            m_searched = m_bytes.size();
            break;
        }
        const bool hasReturn = end > begin && m_bytes[end - 1] == '\r';
        const QByteArray text = m_bytes.mid(begin, end - begin - (hasReturn ? 1 : 0));
        begin = m_searched = end + 1;
        emit line(text);
    }
    m_bytes.remove(0, begin);
    m_searched = qMax(qsizetype(0), m_searched - begin);
}

} // namespace glasshouse
