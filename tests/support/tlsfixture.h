// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/selfsigned.h"
#include "net/tls/tlstransport.h"
#include "tests/support/pumpchoice.h"
#include "tests/support/tlspeer.h"

#include <QTemporaryDir>

namespace glasshouse {

/// Everything that a TLS stream tells.
struct TlsRecorder final : TransportSink, TlsSink
{
    QByteArray bytes;
    QList<StreamEnd> ends;
    QByteArray endText;
    QList<TlsFailure> failures;
    QByteArray words;
    QList<TlsSession> sessions;
    int allSents = 0;
    int unheard = 0; ///< what was sent
    int pieces = 0;
    std::function<void()> onBytes, onDone, onFailed;

    void bytesArrived(char *data, qsizetype size) override
    {
        bytes.append(data, size);
        ++pieces;
        std::fill_n(data, size, 'X'); // they may be changed in place
        if (onBytes)
            onBytes();
    }
    void streamEnded(StreamEnd how, const QByteArray &text) override
    {
        ends += how;
        endText = text;
    }
    void sendingFailed() override { ++unheard; }
    void allSent() override { ++allSents; }
    void handshakeDone(const TlsSession &session) override
    {
        sessions += session;
        if (onDone)
            onDone();
    }
    void tlsFailed(TlsFailure kind, const QByteArray &text) override
    {
        failures += kind;
        words = text;
        if (onFailed)
            onFailed();
    }
};

/// A TlsTransport over a pump, and its peer, which begin with open().
class TlsFixture : protected PumpChoice
{
protected:
    QTemporaryDir m_folder;
    QByteArray m_certFile;
    std::optional<TlsContext> m_context;
    std::unique_ptr<LoopPair> m_pair;
    std::unique_ptr<TlsPeer> m_peer;
    std::unique_ptr<TlsTransport> m_transport;
    TlsRecorder m_sink;

    void makeCertificate();
    void closeAll();
    void open(const TlsPeer::Options &options = {}, int buffer = 0);
    void openAndShakeHands(const TlsPeer::Options &options = {}, int buffer = 0);
    /// Turns and steps of the peer until the fact is there.
    template <typename Fact>
    [[nodiscard]] bool turnUntil(Fact fact)
    {
        return PumpChoice::turnUntil(fact, [this] { m_peer->step(); });
    }
};

inline void TlsFixture::makeCertificate()
{
    using namespace Qt::StringLiterals;
    QVERIFY(m_folder.isValid());
    const SelfSignedRequest request{.names = {u"localhost"_s, u"127.0.0.1"_s},
                                    .certFile = m_folder.filePath(u"cert.pem"_s),
                                    .keyFile = m_folder.filePath(u"key.pem"_s)};
    const auto made = makeSelfSigned(request);
    QVERIFY2(made.ok(), made ? "" : made.error().text.constData());
    const auto context = TlsContext::load(request.certFile, request.keyFile);
    QVERIFY2(context.ok(), context ? "" : context.error().text.constData());
    m_context = context.value();
    m_certFile = request.certFile.toUtf8();
}

inline void TlsFixture::closeAll()
{
    m_transport.reset();
    m_peer.reset();
    m_pair.reset();
    m_pump.reset();
    m_sink = {};
}

inline void TlsFixture::open(const TlsPeer::Options &options, int buffer)
{
    m_transport.reset();
    m_peer.reset();
    m_sink = {};
    m_pair = std::make_unique<LoopPair>(buffer);
    m_peer = std::make_unique<TlsPeer>(*m_pair, options);
    auto inner = m_pump->adopt(m_pair->takeEnd());
    QVERIFY(inner);
    m_transport = std::make_unique<TlsTransport>(std::move(inner), *m_context);
    m_transport->setSink(&m_sink);
    m_transport->setTlsSink(&m_sink);
    m_transport->setReading(true);
}

inline void TlsFixture::openAndShakeHands(const TlsPeer::Options &options, int buffer)
{
    open(options, buffer);
    QVERIFY(turnUntil([this] { return m_sink.sessions.size() == 1 && m_peer->isOpen(); }));
}

} // namespace glasshouse
