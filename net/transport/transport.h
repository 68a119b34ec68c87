// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <array>
#include <memory>
#include <vector>

namespace glasshouse {

/// How a byte stream ended.
enum class StreamEnd : quint8 {
    EndOfStream,
    Reset,
    TimedOut,
    Unreachable,
    // of a stream that was to be made
    Refused, ///< nobody listens there
    ProxyNotReached,
    ProxyWantsPassword, ///< or does not take the one that it got
    ProxyFailed,        ///< it speaks otherwise, or gave up without saying why
    // of any
    Error,
    Flood ///< we ended it, because what came was work and no data
};

/// How abort() closes.
enum class Abort : quint8 {
    Quietly, ///< with FIN; with RST if something is unsent, because the system must not go on holding what nobody reads
    WithReset ///< with RST, whatever there is, so that the peer does not take it for an end in order
};

/// An IPv4 address that a dual-stack socket shows as ::ffff:a.b.c.d as itself; any other as it is.
[[nodiscard]] QHostAddress unmapped(const QHostAddress &address);

/// Gets what a Transport has. The owner destroys the Transport never inside of these calls, but calls abort(). Who runs a loop
/// of its own inside of one holds everything up that has the same pump.
class TransportSink
{
public:
    virtual ~TransportSink() = default;
    /// The stream of Pump::connectTo() stands. Where it never does, streamEnded() comes alone.
    virtual void connected() { }
    /// The bytes may be changed in place; valid until the call returns.
    virtual void bytesArrived(char *data, qsizetype size) = 0;
    /// EndOfStream: the peer sends no more, our side still can. Everything else: the stream is dead. Comes once.
    virtual void streamEnded(StreamEnd how, const QByteArray &text) = 0;
    /// Nothing that is sent arrives any more, where streamEnded() does not say so: it said EndOfStream before, or waits until
    /// reading goes on. May come more than once. For who sends to a peer that says nothing.
    virtual void sendingFailed() { }
    /// closeWhenSent() was asked for and everything has been handed to the system.
    virtual void allSent() = 0;
    /// The system can take bytes: at the end of a turn in which something was queued or requestFlush() was called, before the
    /// queue is handed over; and when a system that was full has room again. For who makes its bytes at the last moment.
    virtual void readyToSend() { }
};

/// A piece of the outgoing queue: bytes shared with other recipients, and a short end of its own.
struct OutChunk
{
    QByteArray shared;
    quint8 tailSize = 0;
    std::array<char, 21> tail{};
    quint16 frames = 1; ///< that are in it

    [[nodiscard]] qsizetype size() const { return shared.size() + tailSize; }
};

/// One byte stream. What is sent is queued and leaves in one write at the end of the turn of the event loop.
/// Lives on its Pump's thread; must not outlive it.
class Transport
{
public:
    virtual ~Transport() = default;
    void setSink(TransportSink *sink) { m_sink = sink; }

    void send(OutChunk chunk);
    void send(const QByteArray &bytes) { send(OutChunk{bytes}); }
    /// For a small frame of this stream alone: those that wait together share one buffer.
    void sendTogether(QByteArrayView head, QByteArrayView body);
    /// For a large one: where nothing waits in front of it and the system takes it now, it is not copied, and leaves before the
    /// turn ends.
    virtual void sendNow(QByteArrayView head, QByteArrayView body) { send(joined(head, body)); }
    /// Hands to the system what it takes now.
    virtual void flush() = 0;
    /// The same where the system said that it is full: it may take a little long before it says that there is room.
    virtual void retryFlush() { flush(); }
    /// A flush() at the end of this turn, and readyToSend() before it.
    void requestFlush() { wantFlush(); }
    /// Not handed to the system yet.
    [[nodiscard]] virtual qint64 queuedBytes() const { return m_queued; }
    /// Were handed over, and the peer's system has not taken them; 0 where ours does not say.
    [[nodiscard]] virtual qint64 bytesNotTaken() const { return 0; }
    /// Were sent here and will never leave: the stream ended before.
    [[nodiscard]] virtual qint64 lostBytes() const { return m_lost; }
    /// Forgets what is queued, except the rest of a chunk that is half sent (so that the stream stays in frame).
    /// Returns how many frames are gone.
    size_t dropQueue();
    /// Ends our side of the stream once the queue is empty.
    void closeWhenSent();
    /// Closes at once. No call comes to the sink after it.
    virtual void abort(Abort how = Abort::Quietly) = 0;
    /// Reading begins paused. Unread bytes stay in the system, and TCP slows the peer down. While it is paused no end is told,
    /// however the stream ended: what the peer said before is the truth about it, and comes first when reading goes on.
    virtual void setReading(bool on) = 0;
    /// Has the peer ended its side, or is the stream dead? Asks the system, which knows it before streamEnded() comes.
    [[nodiscard]] virtual bool peerEnded() const = 0;

    [[nodiscard]] virtual QHostAddress peerAddress() const = 0;
    [[nodiscard]] virtual quint16 peerPort() const = 0;

protected:
    TransportSink *m_sink = nullptr;
    std::vector<OutChunk> m_queue;
    size_t m_first = 0;     ///< first chunk that is not wholly sent
    qsizetype m_offset = 0; ///< bytes of it that are
    qint64 m_queued = 0;
    qint64 m_lost = 0;
    bool m_closeWhenSent = false;

    [[nodiscard]] static QByteArray joined(QByteArrayView head, QByteArrayView body);
    virtual void wantFlush() = 0; ///< flush() at the end of this turn
    void consumed(qint64 bytes);  ///< takes sent bytes off the queue
    void discardQueue();          ///< even what is half sent: the stream is dead
    [[nodiscard]] bool queueEmpty() const { return m_first == m_queue.size(); }
};

} // namespace glasshouse
