// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/wire/wire.h"

#include <QElapsedTimer>
#include <QObject>

namespace glasshouse {

/// A frame of the server's, as far as it is kept.
struct TalkFrame
{
    FrameHeader header;
    QByteArray payload; ///< at most 8 KiB; of a compressed message what it means
    qint64 us = 0;      ///< since the talk began
};

/// What a server said on an open connection, within bounds. A value.
struct TalkRecord
{
    QList<TalkFrame> frames; ///< the first 32
    qint64 taken = 0;        ///< frames of any kind
    qint64 messages = 0;
    qint64 bytes = 0; ///< of payloads
    qint64 pings = 0;
    qint64 lastFrameUs = 0; ///< of any but a close
    qint64 firstPingUs = -1;
    qint64 lastPingUs = -1;
    FrameViolation violation = FrameViolation::None; ///< the first
    FrameHeader brokenHeader;
    std::optional<std::pair<quint16, QByteArray>> close; ///< code (1005: none) and reason
    qint64 closedUs = -1;
    std::optional<StreamEnd> end;
    qint64 endedUs = -1;
    bool flooded = false; ///< we ended it, because more came than is taken

    /// It closed, ended, broke a rule, or was too much.
    [[nodiscard]] bool isOver() const { return close || end || flooded || violation != FrameViolation::None; }
    /// How, in a few English words: "1008 slow down", "reset".
    [[nodiscard]] QByteArray ending() const;
};

/// Talks over a stream that was upgraded, as a client, and writes down what the server does. Answers pings and closes. Bounded,
/// whatever comes. Lives on the transport's thread. Not to be deleted inside of its signals.
class DoctorTalk final : public QObject, private WireSink, private WireObserver
{
    Q_OBJECT
public:
    /// `deflate`: permessage-deflate, as it was agreed.
    DoctorTalk(std::unique_ptr<Transport> transport, const std::optional<DeflateParameters> &deflate, QObject *parent);

    /// Begins to read.
    void open(QByteArray early);
    void send(Opcode opcode, QByteArrayView payload);
    void close(quint16 code);
    /// No signal comes after it.
    void abort();
    [[nodiscard]] bool isOpen() const { return !m_record.isOver() && !m_closeSent; }
    [[nodiscard]] const TalkRecord &record() const { return m_record; }
    [[nodiscard]] qint64 sinceUs() const { return m_since.nsecsElapsed() / 1'000; }

signals:
    void messageCame();
    void pongCame(const QByteArray &payload);
    /// The record is over: by a close, an end, or a broken rule. Once.
    void over();
    /// Behind a close.
    void streamOver();

private:
    TurnClock m_clock;
    TalkRecord m_record;
    QElapsedTimer m_since;
    bool m_closeSent = false;
    bool m_mute = false;
    Wire m_wire;

    // WireSink
    bool bytesSeen(QByteArrayView) override { return !m_mute; }
    void midwaySeen(bool) override { }
    bool messageSeen(MessageKind kind, QByteArrayView payload) override;
    bool controlSeen(Opcode opcode, QByteArrayView payload) override;
    void violationSeen(FrameViolation violation, const FrameHeader &header) override;
    void wireEnded(StreamEnd how, const QByteArray &text) override;
    // WireObserver
    void frameIn(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) override;
    void frameOut(const FrameHeader &, QByteArrayView) override { }

    void takePing(QByteArrayView payload);
    void takeClose(QByteArrayView payload);
    void tellOver();
};

} // namespace glasshouse
