// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientfaults.h"
#include "client/testclienthandshake.h"
#include "client/testclienttarget.h"
#include "net/tls/tlstransport.h"
#include "net/transport/dialer.h"
#include "net/transport/socketpump.h"

#include <QFutureWatcher>
#include <QTimer>

namespace glasshouse {

/// Gets what a TestClientOpening comes to. It may call abort() inside, but not destroy it.
class TestClientOpeningSink
{
public:
    virtual ~TestClientOpeningSink() = default;
    /// Up to Upgrading.
    virtual void stageReached(TestClientState stage) = 0;
    /// What the system says to go through, if it was to be asked.
    virtual void proxyTold(const TestClientProxy &proxy) = 0;
    virtual void streamSecured(const TlsSession &session, const QList<CertificateInfo> &chain) = 0;
    /// The certificate would have been refused, and is the one that the options trust.
    virtual void certificateTaken() = 0;
    /// The request goes out.
    virtual void asked(const QByteArray &head) = 0;
    /// The server agreed. What came behind its head are frames.
    virtual void upgraded(std::unique_ptr<Transport> transport, QByteArray early) = 0;
    virtual void openingFailed(TestClientFault fault, const QByteArray &detail, const QUrl &suggestion) = 0;
};

/// An attempt up to the upgrade: finds the host, connects, secures, asks, and reads the answer, all before one deadline.
/// upgraded() or openingFailed() ends it. Lives on its pump's thread.
class TestClientOpening final : private DialSink, private TransportSink, private TlsSink
{
public:
    /// `tls`: null if the target is not secure. All that is handed in outlives it.
    TestClientOpening(const TestClientOptions &options, TestClientTarget target, Pump &pump, const TlsContext *tls,
                      TestClientOpeningSink &sink);
    ~TestClientOpening() override { abort(); }
    Q_DISABLE_COPY_MOVE(TestClientOpening)

    void start();
    /// No call comes to the sink after it.
    void abort();
    [[nodiscard]] const HttpHead &response() const { return m_handshake.head(); }
    [[nodiscard]] const QByteArray &rawResponse() const { return m_handshake.rawHead(); }
    [[nodiscard]] std::optional<DeflateParameters> deflate() const { return m_handshake.deflate(); }
    /// What was said, or was to be said, and answered so far.
    void describe(TestClientEnding &ending) const;

private:
    const TestClientOptions &m_options;
    TestClientTarget m_target;
    const TlsContext *m_tlsContext;
    TestClientOpeningSink &m_sink;
    TestClientHandshake m_handshake;
    Pump &m_pump;
    QFutureWatcher<TestClientProxy> m_systemProxy;
    std::unique_ptr<SocketPump> m_proxyPump; ///< where it goes through a proxy
    std::optional<Dialer> m_dialer;          ///< since it is known through what it goes
    std::unique_ptr<Transport> m_transport;
    TlsTransport *m_tls = nullptr; ///< m_transport, if it is one
    QList<CertificateInfo> m_certificates;
    QTimer m_deadline;
    TestClientState m_stage = TestClientState::Idle;
    bool m_asked = false;
    bool m_over = false;

    // DialSink
    void hostFound() override { (void)reach(TestClientState::Connecting); }
    void dialed(std::unique_ptr<Transport> transport) override;
    void hostNotFound(const QByteArray &text) override { fail(TestClientFault::HostNotFound, text); }
    void notConnected(StreamEnd how, const QByteArray &text) override { fail(faultOf(how), text); }
    // TransportSink
    void bytesArrived(char *data, qsizetype size) override;
    void streamEnded(StreamEnd how, const QByteArray &text) override;
    void allSent() override { }
    // TlsSink
    void handshakeDone(const TlsSession &session) override;
    void tlsFailed(TlsFailure kind, const QByteArray &words) override;

    [[nodiscard]] bool reach(TestClientState stage);
    void systemSaid();
    void dial(const TestClientProxy &proxy);
    [[nodiscard]] TestClientFault faultOf(StreamEnd how) const;
    void secure();
    void ask();
    void deadlinePassed();
    void fail(TestClientFault fault, const QByteArray &detail = {}, const QUrl &suggestion = {});
    void refused();
    void end();
};

} // namespace glasshouse
