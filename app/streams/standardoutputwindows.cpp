// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/streams/standardoutput.h"

#include <QSocketNotifier>
#include <cerrno>
#include <fcntl.h>
#include <io.h>

namespace glasshouse {

namespace {

constexpr qsizetype pieceSize = 32 * 1024; // larger ones fail on a console

} // namespace

StandardOutput::StandardOutput(int descriptor, QObject *parent) : QObject(parent), m_descriptor(descriptor)
{
    ::_setmode(descriptor, _O_BINARY); // a line break is one byte
}

bool StandardOutput::writePiece()
{
    const auto size = unsigned(qMin(pieceSize, m_waiting.size() - m_written));
    const int written = ::_write(m_descriptor, m_waiting.constData() + m_written, size);
    if (written < 0)
        fail(qt_error_string(errno));
    else
        m_written += written;
    return written >= 0;
}

} // namespace glasshouse
