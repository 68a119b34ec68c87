// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/wire/wire.h"
#include "server/capture/pingtrace.h"
#include "server/capture/recorder.h"
#include "server/capture/secrethider.h"

namespace glasshouse {

/// Writes the frames of one connection into the capture, without the secrets in them. On its worker's thread.
class WireRecorder final : public WireObserver
{
public:
    WireRecorder(Recorder &recorder, ConnectionId id) : m_recorder(recorder), m_hider(recorder.redactor()), m_id(id) { }

    /// Hides what comes in as a whole: somebody's token is expected.
    void setExpectsSecret(bool expects) { m_hider.setExpectsSecret(expects); }

    void frameIn(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) override;
    void frameOut(const FrameHeader &header, QByteArrayView payload) override;
    void sequencedOut(const SequencedFrame &frame) override;

private:
    Recorder &m_recorder;
    SecretHider m_hider;
    PingTrace m_pings;
    ConnectionId m_id;

    [[nodiscard]] bool passesOver(const FrameHeader &header, QByteArrayView payload) const;
    [[nodiscard]] quint32 answersOf(const FrameHeader &header, Direction direction, QByteArrayView payload);
    void recordRedacted(const SequencedFrame &frame);
};

} // namespace glasshouse
