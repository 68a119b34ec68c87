// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/streams/standardinputsource.h"

#include <QSocketNotifier>
#include <cerrno>
#include <unistd.h>

namespace glasshouse {

namespace {

constexpr qsizetype pieceSize = 64 * 1024;

/// Empty at the end, and where it can not be read; nothing: not yet.
std::optional<QByteArray> readPiece(int descriptor)
{
    QByteArray piece(pieceSize, Qt::Uninitialized);
    const ssize_t size = ::read(descriptor, piece.data(), size_t(piece.size()));
    if (size < 0 && (errno == EINTR || errno == EAGAIN))
        return std::nullopt;
    piece.truncate(qMax(ssize_t(0), size));
    return piece;
}

} // namespace

struct StandardInput::Source::System
{
    QSocketNotifier notifier;

    explicit System(int descriptor) : notifier(descriptor, QSocketNotifier::Read) { notifier.setEnabled(false); }
};

StandardInput::Source::Source(int descriptor, Taker taker) : m_system(std::make_unique<System>(descriptor))
{
    QSocketNotifier *notifier = &m_system->notifier;
    QObject::connect(notifier, &QSocketNotifier::activated, notifier, [descriptor, taker = std::move(taker)] {
        if (const auto piece = readPiece(descriptor))
            taker(*piece);
    });
}

StandardInput::Source::~Source() = default;

void StandardInput::Source::setReading(bool on) { m_system->notifier.setEnabled(on); }

bool StandardInput::isTerminal(int descriptor) { return ::isatty(descriptor) == 1; }

} // namespace glasshouse
