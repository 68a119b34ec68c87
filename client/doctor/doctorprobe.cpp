// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorprobe.h"

#include "client/testclienttarget.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr int bodyMs = 1'000; // the verdict is known from the head

QByteArray plainGet(const UpgradeRequest &request)
{
    return "GET " + request.target + " HTTP/1.1\r\nHost: " + request.host
        + "\r\nAccept: */*\r\nConnection: close\r\n\r\n";
}

} // namespace

QByteArray wordsFor(StreamEnd end)
{
    static constexpr std::pair<StreamEnd, const char *> words[] = {
        {StreamEnd::EndOfStream, "ended"},       {StreamEnd::Reset, "reset"},     {StreamEnd::TimedOut, "timed out"},
        {StreamEnd::Unreachable, "unreachable"}, {StreamEnd::Refused, "refused"}, {StreamEnd::Flood, "flooded"},
    };
    const auto *known = std::ranges::find(words, end, &std::pair<StreamEnd, const char *>::first);
    return known == std::end(words) ? "failed" : known->second;
}

QByteArray ProbeResult::outcome() const
{
    if (answer.isHttp())
        return answer.statusLine();
    if (!answer.raw.isEmpty())
        return answer.raw.startsWith("HTTP/") ? "half an answer" : "no HTTP";
    if (tlsFailure)
        return "TLS: " + tlsWords;
    if (end)
        return wordsFor(*end);
    return reach == Reach::Nowhere ? "no connection" : "no answer";
}

DoctorProbe::DoctorProbe(Pump &pump, const TlsContext *tls, ProbeOrder order, QObject *parent)
    : QObject(parent),
      m_pump(pump),
      m_tlsContext(tls),
      m_order(std::move(order))
{
    m_deadline.setSingleShot(true);
    m_deadline.callOnTimeout(&m_deadline, [this] {
        m_result.timedOut = !m_result.answer.headIsWhole();
        finish();
    });
}

DoctorProbe::~DoctorProbe() { abort(); }

void DoctorProbe::start()
{
    beginStage(m_order.stageMs);
    auto attempt = m_pump.connectTo(m_order.address, m_order.port);
    if (!attempt) {
        m_result.end = attempt.error().code;
        m_result.endText = attempt.error().text;
        return finish();
    }
    m_transport = std::move(attempt.value());
    m_transport->setSink(this);
    m_transport->setReading(true); // or it would not say how it ended
}

void DoctorProbe::abort()
{
    m_over = true;
    m_deadline.stop();
    if (m_transport)
        m_transport->abort();
}

void DoctorProbe::beginStage(int ms)
{
    m_clock.start();
    m_deadline.start(ms);
}

void DoctorProbe::connected()
{
    m_result.connectUs = m_clock.nsecsElapsed() / 1'000;
    m_result.reach = ProbeResult::Reach::Connected;
    if (m_order.aim == ProbeOrder::Aim::Connect)
        return finish();
    if (m_order.options.url.scheme() != QLatin1String("wss"))
        return ask();
    secure();
}

void DoctorProbe::secure()
{
    beginStage(m_order.stageMs);
    const TestClientOptions &options = m_order.options;
    const TlsTarget whom{options.url.host(QUrl::FullyEncoded), options.trustedFingerprint, options.ignoreTlsErrors,
                         m_order.namesHttp};
    auto tls = std::make_unique<TlsTransport>(std::move(m_transport), *m_tlsContext, whom);
    m_tls = tls.get();
    m_transport = std::move(tls);
    m_tls->setSink(this);
    m_tls->setTlsSink(this);
    m_tls->setReading(true);
}

void DoctorProbe::keepJudge()
{
    if (m_tls != nullptr && m_tls->judge() != nullptr)
        m_result.judge = *m_tls->judge();
}

void DoctorProbe::handshakeDone(const TlsSession &session)
{
    m_result.secureUs = m_clock.nsecsElapsed() / 1'000;
    m_result.reach = ProbeResult::Reach::Secured;
    m_result.session = session;
    keepJudge();
    emit secured();
    if (!m_over)
        ask();
}

void DoctorProbe::tlsFailed(TlsFailure kind, const QByteArray &words)
{
    m_result.tlsFailure = kind;
    m_result.tlsWords = words;
    finish();
}

void DoctorProbe::ask()
{
    beginStage(m_order.answerMs);
    const auto target = makeTarget(m_order.options);
    if (!target)
        return finish();
    m_result.request = target.value().request;
    m_result.requestHead = m_order.aim == ProbeOrder::Aim::Get ? plainGet(m_result.request) : target.value().head;
    m_transport->send(m_result.requestHead);
}

void DoctorProbe::bytesArrived(char *data, qsizetype size)
{
    if (m_over)
        return;
    const bool hadHead = m_reader.answer().headIsWhole();
    qsizetype consumed = 0;
    const ProbeAnswerReader::Status status = m_reader.feed({data, size}, consumed);
    m_result.answer = m_reader.answer();
    if (!hadHead)
        m_result.answerUs = m_clock.nsecsElapsed() / 1'000;
    if (status == ProbeAnswerReader::Status::NeedMore)
        return;
    m_result.reach = ProbeResult::Reach::Answered;
    if (status == ProbeAnswerReader::Status::Body)
        return hadHead ? void() : m_deadline.start(bodyMs);
    if (status == ProbeAnswerReader::Status::Switch) {
        m_early = QByteArray(data + consumed, size - consumed);
        answerSwitches();
    }
    finish();
}

void DoctorProbe::answerSwitches()
{
    if (m_order.aim != ProbeOrder::Aim::Upgrade)
        return;
    m_result.upgrade = checkUpgradeResponse(m_result.answer.head, m_result.request);
    if (m_result.upgrade == UpgradeError::None || m_result.upgrade == UpgradeError::UnofferedSubprotocol)
        m_result.reach = ProbeResult::Reach::Open;
}

void DoctorProbe::streamEnded(StreamEnd how, const QByteArray &text)
{
    if (m_over)
        return;
    m_result.end = how;
    m_result.endText = text;
    finish();
}

void DoctorProbe::finish()
{
    if (m_over)
        return;
    m_over = true;
    m_deadline.stop();
    if (m_result.connectUs < 0)
        m_result.connectUs = m_clock.nsecsElapsed() / 1'000;
    keepJudge();
    if (m_tls != nullptr)
        m_tls->setTlsSink(nullptr);
    if (m_transport && m_result.isOpen())
        m_transport->setReading(false);
    else if (m_transport)
        m_transport->abort();
    QMetaObject::invokeMethod(this, &DoctorProbe::ended, Qt::QueuedConnection);
}

std::unique_ptr<Transport> DoctorProbe::takeTransport()
{
    m_tls = nullptr;
    return std::move(m_transport);
}

} // namespace glasshouse
