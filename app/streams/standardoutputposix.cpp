// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/streams/standardoutput.h"

#include <QSocketNotifier>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <unistd.h>

namespace glasshouse {

namespace {

// What a pipe takes whole once it says that it has room. O_NONBLOCK would hold for everybody who has the same terminal.
constexpr qsizetype pieceSize = PIPE_BUF;

} // namespace

StandardOutput::StandardOutput(int descriptor, QObject *parent)
    : QObject(parent),
      m_descriptor(descriptor),
      m_notifier(std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Write))
{
    m_notifier->setEnabled(false);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &StandardOutput::flush);
}

bool StandardOutput::writePiece()
{
    pollfd state{m_descriptor, POLLOUT, 0};
    if (const int ready = ::poll(&state, 1, 0); ready <= 0)
        return ready < 0 && errno == EINTR;
    const qsizetype size = qMin(pieceSize, m_waiting.size() - m_written);
    const ssize_t written = ::write(m_descriptor, m_waiting.constData() + m_written, size_t(size));
    if (written >= 0) {
        m_written += written;
        return true;
    }
    if (errno == EINTR)
        return true;
    if (errno != EAGAIN)
        fail(qt_error_string(errno));
    return false;
}

} // namespace glasshouse
