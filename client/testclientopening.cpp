// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclientopening.h"

#include "client/testclientproxy.h"

namespace glasshouse {

TestClientOpening::TestClientOpening(const TestClientOptions &options, TestClientTarget target, Pump &pump,
                                     const TlsContext *tls, TestClientOpeningSink &sink)
    : m_options(options),
      m_target(std::move(target)),
      m_tlsContext(tls),
      m_sink(sink),
      m_handshake(m_target.request),
      m_pump(pump)
{
    m_deadline.setSingleShot(true);
    m_deadline.callOnTimeout(&m_deadline, [this] { deadlinePassed(); });
    QObject::connect(&m_systemProxy, &QFutureWatcherBase::finished, &m_systemProxy, [this] { systemSaid(); });
}

void TestClientOpening::start()
{
    m_deadline.start(m_options.openingMs);
    if (!reach(TestClientState::Resolving))
        return;
    if (m_options.proxy.kind == TestClientProxy::Kind::System)
        m_systemProxy.setFuture(systemProxyFor(m_options.url));
    else
        dial(m_options.proxy);
}

void TestClientOpening::systemSaid()
{
    if (m_over)
        return;
    const TestClientProxy proxy = m_systemProxy.result();
    TestClientProxy shown = proxy;
    shown.password.clear();
    m_sink.proxyTold(shown);
    if (!m_over)
        dial(proxy);
}

void TestClientOpening::dial(const TestClientProxy &proxy)
{
    if (proxy.kind != TestClientProxy::Kind::None) {
        m_proxyPump = std::make_unique<SocketPump>();
        m_proxyPump->setProxy(qtProxy(proxy));
    }
    DialSink &sink = *this;
    m_dialer.emplace(m_proxyPump ? *m_proxyPump : m_pump, sink);
    m_dialer->dial(m_target.host, m_target.port);
}

/// Behind a proxy it is the proxy that was not let in.
TestClientFault TestClientOpening::faultOf(StreamEnd how) const
{
    const TestClientFault fault = faultFor(how);
    return m_proxyPump && !isProxyFault(fault) ? TestClientFault::ProxyCanNotReach : fault;
}

/// False: the sink had enough.
bool TestClientOpening::reach(TestClientState stage)
{
    m_stage = stage;
    m_sink.stageReached(stage);
    return !m_over;
}

void TestClientOpening::dialed(std::unique_ptr<Transport> transport)
{
    m_transport = std::move(transport);
    m_target.secure ? secure() : ask();
}

void TestClientOpening::secure()
{
    if (!reach(TestClientState::Securing))
        return;
    const TlsTarget whom{m_target.host, m_options.trustedFingerprint, m_options.ignoreTlsErrors};
    auto tls = std::make_unique<TlsTransport>(std::move(m_transport), *m_tlsContext, whom);
    m_tls = tls.get();
    m_transport = std::move(tls);
    m_tls->setSink(this);
    m_tls->setTlsSink(this);
    m_tls->setReading(true);
}

void TestClientOpening::handshakeDone(const TlsSession &session)
{
    m_certificates = m_tls->judge()->chain;
    m_sink.streamSecured(session, m_certificates);
    if (!m_over && m_tls->judge()->byFingerprint)
        m_sink.certificateTaken();
    if (!m_over)
        ask();
}

void TestClientOpening::ask()
{
    if (!reach(TestClientState::Upgrading))
        return;
    m_asked = true;
    m_transport->setSink(this);
    m_transport->setReading(true);
    m_transport->send(m_target.head);
    m_sink.asked(m_target.head);
}

void TestClientOpening::bytesArrived(char *data, qsizetype size)
{
    qsizetype consumed = 0;
    switch (m_handshake.feed({data, size}, consumed)) {
    case TestClientHandshake::Status::Open:
        end();
        if (m_tls != nullptr)
            m_tls->setTlsSink(nullptr);
        return m_sink.upgraded(std::move(m_transport), QByteArray(data + consumed, size - consumed));
    case TestClientHandshake::Status::Refused:
        return refused();
    case TestClientHandshake::Status::Body: // the verdict is known: do not wait long
        return m_deadline.start(qMin(m_deadline.remainingTime(), m_options.closingMs));
    case TestClientHandshake::Status::NeedMore:
        return;
    }
}

void TestClientOpening::streamEnded(StreamEnd how, const QByteArray &text)
{
    if (m_stage == TestClientState::Securing)
        return fail(TestClientFault::TlsFailed, how == StreamEnd::EndOfStream ? "the server ended the stream" : text,
                    withOtherSecurity(m_options.url));
    if (how != StreamEnd::EndOfStream && how != StreamEnd::Reset)
        return fail(faultFor(how), text);
    std::ignore = m_handshake.finish();
    refused();
}

void TestClientOpening::tlsFailed(TlsFailure kind, const QByteArray &words)
{
    m_certificates = m_tls->judge()->chain;
    if (kind == TlsFailure::Untrusted)
        return fail(TestClientFault::TlsCertificate, words);
    fail(isNotTls(words) ? TestClientFault::TlsToPlainPort : TestClientFault::TlsFailed, words,
         withOtherSecurity(m_options.url));
}

void TestClientOpening::deadlinePassed()
{
    if (m_handshake.isJudged()) { // the verdict is known, only its body was late
        std::ignore = m_handshake.finish();
        return refused();
    }
    fail(timeoutIn(m_stage), {}, m_stage >= TestClientState::Securing ? withOtherSecurity(m_options.url) : QUrl());
}

void TestClientOpening::describe(TestClientEnding &ending) const
{
    ending.requestHead = m_target.head;
    ending.wasAsked = m_asked;
    ending.certificates = m_certificates;
    m_handshake.copyAnswer(ending);
}

void TestClientOpening::fail(TestClientFault fault, const QByteArray &detail, const QUrl &suggestion)
{
    end();
    m_sink.openingFailed(fault, detail, suggestion);
}

void TestClientOpening::refused()
{
    TestClientEnding verdict;
    m_handshake.judge(verdict, m_options.url);
    end();
    m_sink.openingFailed(verdict.fault, verdict.detail, verdict.suggestion);
}

void TestClientOpening::end()
{
    m_over = true;
    m_deadline.stop();
}

void TestClientOpening::abort()
{
    end();
    if (m_dialer)
        m_dialer->abort();
    if (m_transport)
        m_transport->abort();
}

} // namespace glasshouse
