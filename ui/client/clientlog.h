// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/wire/wire.h"
#include "server/capture/framerecord.h"
#include "ui/client/clientanswers.h"

namespace glasshouse {

class MemorySource;

/// Writes what happens on a client's connections into its log. It sees them as a server does: In is what the client sent. On the GUI
/// thread.
class ClientLog
{
public:
    /// It outlives this.
    explicit ClientLog(MemorySource &source) : m_source(source) { }

    /// The frames to come belong to another attempt.
    void beginAttempt() { ++m_attempts; }
    /// `flags`: of a FrameRecord.
    void frame(const FrameHeader &header, const QByteArray &payload, qint64 timeUs, quint8 flags,
               FrameViolation violation = FrameViolation::None);
    void event(EventKind kind, const QByteArray &json);

private:
    MemorySource &m_source;
    quint32 m_attempts = 0;
    ClientAnswers m_answers;
};

} // namespace glasshouse
