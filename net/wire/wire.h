// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/turnclock.h"
#include "net/transport/transport.h"
#include "net/wire/lastframes.h"
#include "net/wire/sequencedtext.h"
#include "protocol/deflate/deflateoffer.h"
#include "protocol/framereader.h"

class QRandomGenerator;

namespace glasshouse {

/// Gets what a Wire finds. A call that ends the connection returns false; the Wire is never destroyed inside of one.
class WireSink
{
public:
    virtual ~WireSink() = default;
    /// Before the bytes are looked at, as they came. False: they are not.
    [[nodiscard]] virtual bool bytesSeen(QByteArrayView bytes) = 0;
    /// Behind such bytes where a message is not complete, or was not before them.
    virtual void midwaySeen(bool midway) = 0;
    [[nodiscard]] virtual bool messageSeen(MessageKind kind, QByteArrayView payload) = 0;
    [[nodiscard]] virtual bool controlSeen(Opcode opcode, QByteArrayView payload) = 0;
    /// The frame that broke a rule. Nothing more is looked at, unless the Wire is tolerant and its reader not finished.
    virtual void violationSeen(FrameViolation violation, const FrameHeader &header) = 0;
    virtual void wireEnded(StreamEnd how, const QByteArray &text) = 0;
};

/// Gets every frame of a Wire in its order, before what it means is done. Payloads are not masked; views are valid until the
/// call returns. May call stop() of the Wire, but not send. wireBytes() makes the bytes again as they came, but for the frames of
/// compressed messages: their payload is told as what it means, while the header has the length and the bits of the wire.
class WireObserver
{
public:
    virtual ~WireObserver() = default;
    /// A broken one with what FrameSink::frameBroken() gets of it.
    virtual void frameIn(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) = 0;
    virtual void frameOut(const FrameHeader &header, QByteArrayView payload) = 0;
    /// A text that is shared with other recipients up to its number. Who does not care gets it as frameOut().
    virtual void sequencedOut(const SequencedFrame &frame);
};

struct WireCounters
{
    quint64 messagesIn = 0;
    quint64 messagesOut = 0;
    quint64 bytesIn = 0; ///< after the upgrade, as on the wire
    quint64 bytesOut = 0;
};

struct WireOptions
{
    ReaderRole role = ReaderRole::Server;
    FrameLimits limits = {};
    ReaderRigor rigor = ReaderRigor::Strict;
    WireObserver *observer = nullptr;              ///< outlives the Wire
    QRandomGenerator *maskKeys = nullptr;          ///< a good one; a client needs it
    std::optional<DeflateParameters> deflate = {}; ///< permessage-deflate, as it was agreed
};

/// WebSocket frames over a Transport, for either side, from the first byte behind the handshake: the one place where every
/// byte in and out is checked, counted and shown. What the frames mean is the sink's matter: pings and closes too.
/// Lives on its Transport's thread.
class Wire final : private TransportSink, private FrameSink
{
public:
    Wire(std::unique_ptr<Transport> transport, WireSink &sink, TurnClock &clock, WireOptions options);
    /// Aborts the Transport.
    ~Wire() override;
    Q_DISABLE_COPY_MOVE(Wire)

    /// Begins to read; `early` came in right behind the head.
    void open(QByteArray early = {});
    /// Bytes that came in right behind the head, if open() was not given them.
    void takeEarly(QByteArray early);
    /// Looks at nothing more that comes in, as behind a false of the sink.
    void stop() { m_reader.stop(); }
    void setLimits(FrameLimits limits) { m_reader.setLimits(limits); }

    /// A whole message or a control frame; masked if this is a client.
    void send(Opcode opcode, QByteArrayView payload);
    /// A frame of a message that is sent in pieces; those behind the first are continuations, and no other message may begin before
    /// one has had `fin`.
    void sendPiece(Opcode opcode, QByteArrayView piece, bool fin);
    /// An empty close frame for code 0. The caller sends one only.
    void sendClose(quint16 code, QByteArrayView reason = {});
    /// A whole data frame that may be shared with other recipients; not masked.
    void sendFrame(const QByteArray &frame, int headerSize);
    void sendText(SequencedText &text, quint64 sequence);
    /// A frame of somebody else, byte for byte as it came.
    void passOn(const FrameHeader &header, QByteArrayView payload);

    /// Forgets what waits to be sent, and does not count it as sent.
    void dropQueue();
    /// What will never leave was not sent.
    void discountUnsent()
    {
        const qint64 unsent = m_transport->queuedBytes() + m_transport->lostBytes();
        m_counters.bytesOut -= qMin(m_counters.bytesOut, quint64(unsent));
    }

    [[nodiscard]] Transport &transport() { return *m_transport; }
    [[nodiscard]] const Transport &transport() const { return *m_transport; }
    [[nodiscard]] const WireCounters &counters() const { return m_counters; }
    /// The last frames as of now, the newest last: evidence for an Ending.
    [[nodiscard]] QList<LastFrame> lastFrames() const { return m_lastFrames.asOf(m_clock.nowUs()); }
    /// Payload bytes of the largest message that came in whole.
    [[nodiscard]] quint32 biggestMessage() const { return m_biggestMessage; }
    [[nodiscard]] const FrameReader &reader() const { return m_reader; }

private:
    std::unique_ptr<Transport> m_transport;
    FrameReader m_reader;
    WireSink &m_sink;
    TurnClock &m_clock;
    WireObserver *m_observer;
    QRandomGenerator *m_maskKeys;
    struct Deflate;
    std::unique_ptr<Deflate> m_deflate; ///< null: not agreed
    WireCounters m_counters;
    LastFrames m_lastFrames;
    quint32 m_biggestMessage = 0;

    void bytesArrived(char *data, qsizetype size) override;
    void streamEnded(StreamEnd how, const QByteArray &text) override;
    void allSent() override { }
    bool frameReceived(const FrameHeader &header, QByteArrayView payload) override;
    bool messageReceived(MessageKind kind, QByteArrayView payload) override;
    bool controlReceived(Opcode opcode, QByteArrayView payload) override;
    void frameBroken(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) override;
    [[nodiscard]] MessageInflater *inflater() override;

    void note(Direction direction, quint8 opcode, quint64 size, bool broken = false)
    {
        m_lastFrames.add(m_clock.nowUs(), direction, opcode, size, broken);
    }
    void noteFrame(const FrameHeader &header, QByteArrayView payload);
    [[nodiscard]] std::optional<quint32> maskKey();
    void sendCompressed(Opcode opcode, QByteArrayView piece, bool fin);
    void queue(OutChunk &&chunk);
};

} // namespace glasshouse
