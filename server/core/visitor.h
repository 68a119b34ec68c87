// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/tlstransport.h"
#include "server/core/frontdoor.h"
#include "server/gate/proxyheader.h"

namespace glasshouse {

/// A connection whose request head is arriving or being answered. Owned by the FrontDoor.
class Visitor final : private TransportSink, private TlsSink, private DeadlineTarget
{
public:
    Visitor(FrontDoor &door, std::unique_ptr<Transport> transport);

    void begin(EndingCause refusal);
    /// Sends the answer, then ends: the peer has two seconds to take it. The pages that may read the API may read this, too.
    void answer(HttpAnswer answer, EndingCause cause, QByteArray detail = {});
    /// The same for an answer of the HttpResponder, which says itself who may read it.
    void serve(const HttpAnswer &answer);
    [[nodiscard]] const HttpHead &head() const { return m_head; }
    [[nodiscard]] const QByteArray &body() const { return m_body; }
    /// Of the client, as far as it is known: behind trusted proxies it is found out on the way.
    [[nodiscard]] QHostAddress address() const { return m_address; }
    /// What TLS was agreed on, empty without it.
    [[nodiscard]] const QByteArray &tls() const { return m_tlsText; }
    [[nodiscard]] QHostAddress peer() const { return m_transport->peerAddress(); }
    [[nodiscard]] bool isAnswered() const { return m_stage == Stage::Answering || m_stage == Stage::Gone; }
    /// For an upgrade: the visitor is empty after it.
    [[nodiscard]] Upgrading takeUpgrading();
    void abort(EndingCause cause);

private:
    friend class FrontDoor;

    enum class Stage : quint8 { ProxyHeader, Head, Body, Answering, Gone };

    FrontDoor &m_door;
    ConnectionId m_id;
    std::unique_ptr<Transport> m_transport;
    TlsTransport *m_tls = nullptr; ///< m_transport, if it is one
    QByteArray m_tlsText;
    AddressSource m_addressSource = AddressSource::Peer;
    AddressDoubt m_addressDoubt = AddressDoubt::None;
    QHostAddress m_address;
    ProxyHeaderParser m_proxyHeader;
    HttpHeadParser m_parser;
    HttpHead m_head;
    QByteArray m_rest; ///< behind the head
    QByteArray m_body;
    Ending m_ending;
    Stage m_stage = Stage::Head;
    bool m_countsAsHead = false;
    bool m_anyByte = false;
    bool m_refusedAlready = false;                ///< before it said a word
    EndingCause m_refusal = EndingCause::Unknown; ///< to be told when it is known whether it speaks TLS
    qint64 m_answerBytes = 0;                     ///< of the answer under way
    qint64 m_acceptedMs;

    void bytesArrived(char *data, qsizetype size) override;
    void streamEnded(StreamEnd how, const QByteArray &text) override;
    void allSent() override { }
    void handshakeDone(const TlsSession &session) override;
    void tlsFailed(TlsFailure kind, const QByteArray &words) override;
    void deadlinePassed(qint64 nowMs) override;

    void refuse(EndingCause refusal);
    void send(const HttpAnswer &answer, EndingCause cause, QByteArray detail);
    void feedStream(QByteArrayView bytes);
    void startTls(QByteArrayView early);
    void feedProxyHeader(QByteArrayView bytes);
    void feedHead(QByteArrayView bytes);
    void feedBody(QByteArrayView bytes);
    void headDone();
    [[nodiscard]] bool isArriving() const { return m_stage < Stage::Answering; }
    void finish();
    [[nodiscard]] ConnectionInfo info() const;
};

} // namespace glasshouse
