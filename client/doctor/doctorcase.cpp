// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorcase.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr qsizetype mostEvidence = 64; // of a stage

/// What answers, where a cause gives it away.
struct Library
{
    DoctorCause cause;
    const char *name;
};
constexpr Library libraries[] = {
    {DoctorCause::SocketIo, "Socket.IO"},
    {DoctorCause::SpeaksSocketIo, "Socket.IO"},
    {DoctorCause::SockJs, "SockJS"},
    {DoctorCause::SpeaksSockJs, "SockJS"},
    {DoctorCause::SignalR, "SignalR"},
    {DoctorCause::SpeaksSignalR, "SignalR"},
    {DoctorCause::SpeaksGraphQl, "GraphQL over WebSocket"},
    {DoctorCause::SpeaksMqtt, "MQTT over WebSocket"},
    {DoctorCause::Http2Only, "HTTP/2"},
};

/// As the client would send it: see DoctorOrder::token.
DoctorOrder withToken(DoctorOrder order)
{
    const QByteArray &token = order.token;
    TestClientOptions &client = order.client;
    const auto hasIt = [&token](const auto &thing) { return thing.contains(token); };
    const bool isSent = token.isEmpty() || client.url.toEncoded().contains(token)
        || std::ranges::any_of(client.subprotocols, hasIt)
        || std::ranges::any_of(client.headers, [&](const HttpHeader &header) { return hasIt(header.value); })
        || std::ranges::any_of(client.first, [&](const TestClientMessage &message) { return hasIt(message.bytes); });
    if (!isSent)
        client.headers.append({"Authorization", "Bearer " + token});
    return order;
}

} // namespace

DoctorCase::DoctorCase(const DoctorOrder &order, DoctorTools tools, Pump &pump,
                       std::function<void(DoctorStage)> changed)
    : m_order(withToken(order)),
      m_tools(std::move(tools)),
      m_pump(pump),
      m_changed(std::move(changed)),
      m_secrets(m_order)
{
    QUrl url = m_secrets.hidden(order.client.url);
    if (url.hasFragment())
        url.setFragment(u"…"_s);                                            // of a page, that may be a token
    m_diagnosis.url = QUrl::fromEncoded(m_secrets.hidden(url.toEncoded())); // the path may hold one as well
    m_diagnosis.began = now().toUTC();
    m_clock.start();
}

ProbeOrder DoctorCase::probeOrder() const
{
    ProbeOrder order;
    order.options = m_order.client;
    order.options.proxy = {};
    order.address = address;
    order.port = port;
    order.stageMs = m_order.client.openingMs;
    order.answerMs = m_order.client.openingMs;
    return order;
}

const TlsContext *DoctorCase::tls()
{
    if (m_tls || !m_tlsError.isEmpty())
        return m_tls ? &*m_tls : nullptr;
    auto context = TlsContext::client(m_order.client.trust);
    if (context)
        m_tls = std::move(context.value());
    else
        m_tlsError = context.error().text;
    return m_tls ? &*m_tls : nullptr;
}

void DoctorCase::begin(DoctorStage stage)
{
    DoctorStageResult &result = m_diagnosis.at(stage);
    result.verdict = DoctorVerdict::Running;
    result.beganMs = m_clock.elapsed();
    m_changed(stage);
}

void DoctorCase::see(DoctorStage stage, DoctorEvidence evidence)
{
    QList<DoctorEvidence> &all = m_diagnosis.at(stage).evidence;
    if (all.size() == mostEvidence)
        return;
    evidence.arguments = m_secrets.hidden(evidence.arguments);
    evidence.bytes = m_secrets.hidden(evidence.bytes);
    all.append(std::move(evidence));
    m_changed(stage);
}

void DoctorCase::see(DoctorStage stage, DoctorFact fact, QByteArrayList arguments, QByteArrayView bytes, qint64 us)
{
    see(stage, DoctorEvidence{fact, std::move(arguments), bytes.toByteArray(), us});
}

void DoctorCase::find(DoctorStage stage, const QList<DoctorFinding> &findings)
{
    for (const DoctorFinding &finding : findings) {
        m_diagnosis.at(stage).findings.append({finding.cause, m_secrets.hidden(finding.arguments)});
        const auto *library = std::ranges::find(libraries, finding.cause, &Library::cause);
        if (library != std::end(libraries))
            nameBehind({library->name});
    }
}

void DoctorCase::end(DoctorStage stage)
{
    DoctorStageResult &result = m_diagnosis.at(stage);
    result.verdict = DoctorVerdict::Good;
    for (const DoctorFinding &finding : std::as_const(result.findings))
        result.verdict =
            std::max(result.verdict, rowOf(finding.cause).isIllness ? DoctorVerdict::Ill : DoctorVerdict::Noted);
    result.tookMs = m_clock.elapsed() - result.beganMs;
    m_changed(stage);
}

void DoctorCase::skip(DoctorStage stage)
{
    DoctorStageResult &result = m_diagnosis.at(stage);
    if (result.verdict == DoctorVerdict::Skipped)
        return;
    result.verdict = DoctorVerdict::Skipped;
    if (result.beganMs >= 0)
        result.tookMs = m_clock.elapsed() - result.beganMs;
    m_changed(stage);
}

void DoctorCase::nameBehind(const QByteArrayList &names)
{
    constexpr qsizetype most = 8;
    for (const QByteArray &name : m_secrets.hidden(names)) {
        if (!m_diagnosis.behind.contains(name) && m_diagnosis.behind.size() < most)
            m_diagnosis.behind.append(name);
    }
}

void DoctorCase::finish(bool stopped)
{
    for (int i = 0; i < doctorStageCount; ++i) {
        const auto stage = DoctorStage(i);
        const DoctorStageResult &result = m_diagnosis.at(stage);
        if (result.verdict == DoctorVerdict::Running && !result.findings.isEmpty())
            end(stage);
        else if (result.verdict <= DoctorVerdict::Running)
            skip(stage);
    }
    m_diagnosis.over = true;
    m_diagnosis.stopped = stopped;
}

} // namespace glasshouse
