// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/tlscontext.h"
#include "net/tls/tlsfailure.h"
#include "net/tls/tlsjudge.h"
#include "net/tls/tlswire.h"
#include "net/transport/transport.h"

#include <QObject>
#include <optional>

namespace glasshouse {

/// Is this the first byte of a TLS stream? (A handshake record, RFC 8446 section 5.1; no HTTP and no PROXY header begins so.)
[[nodiscard]] constexpr bool isTlsHello(char firstByte) { return firstByte == 0x16; }

/// What was agreed. A value.
struct TlsSession
{
    QByteArray version; ///< "TLSv1.3"
    QByteArray cipher;  ///< "TLS_AES_256_GCM_SHA384"
    QByteArray alpn;    ///< "http/1.1"; "" if the client offered none, or the server took none
    QByteArray server;  ///< the name that the client asked for (SNI); "" if none. A server does not check it.
    bool resumed = false;
};

/// Gets what only a TLS stream has to tell. It may call abort() inside, but not destroy the TlsTransport.
class TlsSink
{
public:
    virtual ~TlsSink() = default;
    /// Once, before the first bytesArrived().
    virtual void handshakeDone(const TlsSession &session) = 0;
    /// At most once, during the handshake or after it (a client may refuse the certificate late, a record may be broken). The
    /// alert for the peer is on its way. `words`: of the library. If the sink does not abort(), streamEnded() follows.
    virtual void tlsFailed(TlsFailure kind, const QByteArray &words) = 0;
};

/// TLS over another Transport, for either side. Works on both pumps and keeps the contract of Transport: what is sent
/// waits as shared chunks, is encrypted at the end of the turn and only as fast as the system takes it; so queuedBytes() counts
/// everything, and dropQueue() drops nearly everything. Small chunks of a turn share a record.
///
/// How streams end: close_notify is EndOfStream without a text; a TCP end without it is EndOfStream with a text that says
/// so; an end during the handshake is told by streamEnded() too, with a text; a failure of TLS is Error, "TLS: …" behind
/// TlsSink::tlsFailed(), and a flood of records without data is Flood. Resets and time-outs are told as they are.
///
/// What is sent before the handshake is done waits for it. No deadline in here: the owner aborts who takes too long.
class TlsTransport final : public Transport, private TransportSink
{
public:
    /// A server's side. Reading is paused, whatever `inner` did; as in every Transport.
    TlsTransport(std::unique_ptr<Transport> inner, const TlsContext &context);
    /// A client's side, with a client's context. Its hello is queued at once; `inner` need not be connected yet.
    TlsTransport(std::unique_ptr<Transport> inner, const TlsContext &context, const TlsTarget &target);
    ~TlsTransport() override;
    Q_DISABLE_COPY_MOVE(TlsTransport)

    /// Null: nobody wants to know (any more).
    void setTlsSink(TlsSink *sink) { m_tlsSink = sink; }
    /// The first bytes, if the owner read them already. Call it behind setSink(), setTlsSink() and setReading(true); it may
    /// call the sinks at once, and may be called inside of bytesArrived() of `inner`.
    void feed(QByteArrayView early) { take(early); }

    [[nodiscard]] bool isHandshaking() const { return m_state == State::Handshaking; }
    [[nodiscard]] const std::optional<TlsSession> &session() const { return m_session; }
    [[nodiscard]] const std::optional<TlsFailure> &failure() const { return m_failure; }
    /// A client's view of the server's certificate; null for a server.
    [[nodiscard]] const TlsJudge *judge() const { return m_judge.get(); }

    void flush() override;
    void retryFlush() override;
    [[nodiscard]] qint64 queuedBytes() const override;
    [[nodiscard]] qint64 bytesNotTaken() const override { return m_inner->bytesNotTaken(); }
    [[nodiscard]] qint64 lostBytes() const override { return m_lost + m_inner->lostBytes(); }
    void abort(Abort how = Abort::Quietly) override;
    void setReading(bool on) override;
    [[nodiscard]] bool peerEnded() const override { return m_end.has_value() || m_inner->peerEnded(); }
    [[nodiscard]] QHostAddress peerAddress() const override { return m_inner->peerAddress(); }
    [[nodiscard]] quint16 peerPort() const override { return m_inner->peerPort(); }

protected:
    void wantFlush() override { m_inner->requestFlush(); }

private:
    enum class State : quint8 { Handshaking, Open, Failed, Aborted };
    struct End
    {
        StreamEnd how;
        QByteArray text;
    };
    struct SessionDeleter
    {
        void operator()(ssl_st *ssl) const;
    };

    std::unique_ptr<Transport> m_inner;
    TlsContext m_context;
    TlsWire m_wire;
    std::unique_ptr<TlsJudge> m_judge;             ///< a client has one
    std::unique_ptr<ssl_st, SessionDeleter> m_ssl; ///< null: out of memory
    TlsSink *m_tlsSink = nullptr;
    QByteArray m_held; ///< came in while paused, or from within: no more than what one read of the pump brings
    std::unique_ptr<QObject> m_later;
    std::optional<TlsSession> m_session;
    std::optional<TlsFailure> m_failure;
    QByteArray m_failureWords;
    std::optional<End> m_innerEnd; ///< of the TCP stream; what came before it may not be read yet
    std::optional<End> m_end;      ///< of the peer's side, for the sink
    State m_state = State::Handshaking;
    bool m_endTold = false;
    bool m_reading = false;
    bool m_taking = false;
    bool m_flushing = false;
    bool m_dead = false;  ///< nothing can be sent any more
    bool m_ended = false; ///< our side
    qint64 m_unasked = 0; ///< bytes that the library answered by itself
    qint64 m_idle = 0;    ///< bytes of records since the last that brought data
    qint64 m_empty = 0;   ///< records without data; each with data takes one off

    TlsTransport(std::unique_ptr<Transport> inner, const TlsContext &context, std::unique_ptr<TlsJudge> judge);

    // TransportSink: from the inner one
    void connected() override { m_sink->connected(); }
    void bytesArrived(char *data, qsizetype size) override { take({data, size}); }
    void streamEnded(StreamEnd how, const QByteArray &text) override;
    void sendingFailed() override;
    void allSent() override;
    void readyToSend() override;

    void take(QByteArrayView bytes);
    void takeWhileReading(QByteArrayView bytes);
    void takeLater();
    void shakeHands();
    void handshakeDone();
    void readRecords();
    [[nodiscard]] bool isFlooded() const;
    [[nodiscard]] int readRecord(char *plain);
    void readFailed(int result);
    void failAsTheLibrarySays();
    void fail(TlsFailure kind, const QByteArray &words);
    [[nodiscard]] bool hasShownItself() const;
    [[nodiscard]] End translated(const End &end) const;
    void tellEnd();
    void encrypt();
    [[nodiscard]] bool writeRecord();
    [[nodiscard]] QByteArrayView nextPiece(char *buffer) const;
    void handOver();
    void endOurSide();
};

} // namespace glasshouse
