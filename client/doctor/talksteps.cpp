// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/talksteps.h"

#include "net/transport/devicetimeouts.h"

namespace glasshouse {

namespace {

constexpr int firstFramesMs = 1'500;
constexpr int pongMs = 5'000;
constexpr int pings = 3;

QByteArray seconds(qint64 us) { return QByteArray::number(double(us) / 1e6, 'f', us < 10'000'000 ? 1 : 0); }

QByteArray kindOf(const FrameHeader &header)
{
    switch (Opcode(header.opcode())) {
    case Opcode::Text:
        return "text";
    case Opcode::Binary:
        return "binary";
    case Opcode::Continuation:
        return "continuation";
    case Opcode::Close:
        return "close";
    case Opcode::Ping:
        return "ping";
    case Opcode::Pong:
        return "pong";
    }
    return "opcode " + QByteArray::number(header.opcode());
}

} // namespace

void FirstFramesStep::start()
{
    m_case.begin(DoctorStage::FirstFrames);
    if (m_case.talk->record().isOver())
        return look();
    connect(m_case.talk, &DoctorTalk::over, this, &FirstFramesStep::look);
    const qint64 passed = m_case.talk->sinceUs() / 1'000;
    after(qMax(qint64(0), qMin(firstFramesMs, m_case.options().openingMs) - passed), [this] { look(); });
}

void FirstFramesStep::look()
{
    constexpr qsizetype mostShown = 8;
    if (isOver())
        return;
    stopWaiting();
    m_record = m_case.talk->record();
    for (const TalkFrame &frame : m_record.frames.first(qMin(mostShown, m_record.frames.size())))
        m_case.see(DoctorStage::FirstFrames, DoctorFact::Frame,
                   {kindOf(frame.header), QByteArray::number(frame.header.payloadLength)}, frame.payload, frame.us);
    if (m_record.frames.isEmpty() && !m_record.end)
        m_case.see(DoctorStage::FirstFrames, DoctorFact::Silence, {QByteArray::number(m_case.talk->sinceUs() / 1'000)});
    if (m_record.violation != FrameViolation::None)
        m_case.see(DoctorStage::FirstFrames, DoctorFact::BrokenRule, {m_record.ending()});
    if (m_record.close)
        m_case.see(DoctorStage::FirstFrames, DoctorFact::ServerClosed, {m_record.ending()}, {}, m_record.closedUs);
    else if (m_record.end)
        m_case.see(DoctorStage::FirstFrames, DoctorFact::StreamEnded, {m_record.ending()}, {}, m_record.endedUs);
    const bool isRefusal = m_record.close && refusesClient(m_record.close->first);
    if (!isRefusal || m_case.unauthorized)
        return judge(m_case.unauthorized);
    m_toTry = variationsForRefused({m_case.options(), m_case.order().token});
    tryNext();
}

void FirstFramesStep::tryNext()
{
    if (m_toTry.isEmpty())
        return judge(judgeRefusal(m_record, m_case.order(), std::nullopt));
    const ProbeVariation variation = m_toTry.takeFirst();
    dropTalk();
    probe(varied(m_case.probeOrder(), variation, m_case.order().token), [this, variation](DoctorProbe &attempt) {
        if (!attempt.result().isOpen())
            return tryNext();
        DoctorTalk *talk = talkOver(attempt);
        connect(talk, &DoctorTalk::over, this, [this, variation] { tried(variation); });
        after(firstFramesMs, [this, variation] { tried(variation); });
    });
}

void FirstFramesStep::tried(const ProbeVariation &variation)
{
    if (isOver())
        return;
    stopWaiting();
    const TalkRecord &record = m_case.talk->record();
    const bool isTaken = !record.isOver();
    m_case.see(DoctorStage::FirstFrames, evidenceOf(variation, isTaken ? "the connection stays" : record.ending()));
    const auto finding = judgeRefusal(m_record, m_case.order(), variation);
    dropTalk();
    isTaken ? repeat(finding) : tryNext();
}

/// What was other matters only if the same as at first is closed as ever.
void FirstFramesStep::repeat(const std::optional<DoctorFinding> &finding)
{
    withNewTalk([this, finding](DoctorTalk *talk, const ProbeResult &) {
        if (talk == nullptr)
            return judge(finding);
        connect(talk, &DoctorTalk::over, this, [this, finding] { repeated(finding); });
        after(qMin(firstFramesMs, m_case.options().openingMs), [this, finding] { repeated(finding); });
    });
}

void FirstFramesStep::repeated(const std::optional<DoctorFinding> &finding)
{
    if (isOver())
        return;
    stopWaiting();
    if (m_case.talk->record().isOver())
        return judge(finding);
    m_case.find(DoctorStage::FirstFrames, {{DoctorCause::PassingFailure, {m_record.ending()}}});
    m_record = m_case.talk->record();
    judge(std::nullopt);
}

void FirstFramesStep::judge(const std::optional<DoctorFinding> &unauthorized)
{
    m_case.find(DoctorStage::FirstFrames, judgeFirstFrames(m_record, m_case.opening.answer, unauthorized));
    m_case.end(DoctorStage::FirstFrames);
    m_case.isBlocked = m_case.diagnosis().at(DoctorStage::FirstFrames).verdict == DoctorVerdict::Ill;
    finish();
}

void RoundTripStep::start()
{
    m_case.begin(DoctorStage::RoundTrip);
    withTalk([this](DoctorTalk *talk, const ProbeResult &) {
        if (talk == nullptr) {
            m_case.skip(DoctorStage::RoundTrip);
            return finish();
        }
        connect(talk, &DoctorTalk::pongCame, this, &RoundTripStep::pong);
        connect(talk, &DoctorTalk::over, this, &RoundTripStep::lost);
        ping();
    });
}

void RoundTripStep::ping()
{
    m_payload = "doctor-" + QByteArray::number(++m_sent);
    m_sentUs = m_case.talk->sinceUs();
    m_case.talk->send(Opcode::Ping, m_payload);
    after(qMin(pongMs, m_case.options().openingMs), [this] {
        m_case.see(DoctorStage::RoundTrip, DoctorFact::PongMissing, {QByteArray::number(m_sent)});
        if (m_quickestUs >= 0) // one that is lost, after others
            return judge({});
        judge({{m_wrong > 0 ? DoctorCause::PongWrong : DoctorCause::PongMissing, {}}});
    });
}

void RoundTripStep::pong(const QByteArray &payload)
{
    if (isOver())
        return;
    if (payload != m_payload) {
        ++m_wrong; // or one that nobody asked for
        return;
    }
    const qint64 us = m_case.talk->sinceUs() - m_sentUs;
    m_quickestUs = m_quickestUs < 0 ? us : qMin(m_quickestUs, us);
    m_case.see(DoctorStage::RoundTrip, DoctorFact::Pong, {}, {}, us);
    if (m_sent < pings)
        return ping();
    constexpr qint64 slowUs = 1'000'000;
    if (m_quickestUs > slowUs)
        return judge({{DoctorCause::RoundTripSlow, {QByteArray::number(m_quickestUs / 1'000)}}});
    judge({});
}

/// The server ended it meanwhile: no word on pings, but perhaps on the rules.
void RoundTripStep::lost()
{
    if (isOver())
        return;
    const TalkRecord &record = m_case.talk->record();
    m_case.see(DoctorStage::RoundTrip, DoctorFact::StreamEnded, {record.ending()});
    const QList<DoctorFinding> broken = judgeRules(record);
    if (!broken.isEmpty() || m_quickestUs >= 0)
        return judge(broken);
    if (record.end && !record.close) // at a ping
        return judge({{DoctorCause::PongMissing, {}}});
    m_case.skip(DoctorStage::RoundTrip);
    finish();
}

void RoundTripStep::judge(const QList<DoctorFinding> &findings)
{
    m_case.find(DoctorStage::RoundTrip, findings);
    m_case.end(DoctorStage::RoundTrip);
    m_case.isBlocked = m_case.diagnosis().at(DoctorStage::RoundTrip).verdict == DoctorVerdict::Ill;
    finish();
}

void CloseStep::start()
{
    m_case.begin(DoctorStage::Close);
    withTalk([this](DoctorTalk *talk, const ProbeResult &) {
        if (talk != nullptr)
            return close(talk);
        m_case.skip(DoctorStage::Close);
        finish();
    });
}

void CloseStep::close(DoctorTalk *talk)
{
    connect(talk, &DoctorTalk::over, this, &CloseStep::answered);
    connect(talk, &DoctorTalk::streamOver, this, [this] {
        if (isOver())
            return;
        m_case.see(DoctorStage::Close, DoctorFact::StreamClosed, {}, {}, m_case.talk->sinceUs() - m_closedUs);
        if (m_case.talk->record().close)
            judge({});
    });
    m_closedUs = talk->sinceUs();
    talk->close(1000);
    after(m_case.options().closingMs, [this] {
        judge({{DoctorCause::CloseNotAnswered, {QByteArray::number(m_case.options().closingMs / 1000.0, 'f', 1)}}});
    });
}

void CloseStep::answered()
{
    if (isOver())
        return;
    const TalkRecord &record = m_case.talk->record();
    if (!record.close)
        return judge(record.end ? QList<DoctorFinding>{{DoctorCause::CloseCutShort, {}}} : judgeRules(record));
    const quint16 code = record.close->first;
    m_case.see(DoctorStage::Close, DoctorFact::CloseAnswered, {record.ending()}, {}, record.closedUs - m_closedUs);
    if (code != 1000)
        m_case.find(DoctorStage::Close, {{DoctorCause::CloseCodeChanged, {QByteArray::number(code)}}});
    after(m_case.options().closingMs, [this] { judge({{DoctorCause::StreamLeftOpen, {}}}); });
}

void CloseStep::judge(const QList<DoctorFinding> &findings)
{
    m_case.find(DoctorStage::Close, findings);
    m_case.end(DoctorStage::Close);
    finish();
}

void IdleStep::start()
{
    if (m_case.order().idleMs <= 0) {
        m_case.skip(DoctorStage::Idle);
        return finish();
    }
    m_case.begin(DoctorStage::Idle);
    withNewTalk([this](DoctorTalk *talk, const ProbeResult &) {
        if (talk != nullptr)
            return watch();
        m_case.skip(DoctorStage::Idle);
        finish();
    });
}

void IdleStep::watch()
{
    connect(m_case.talk, &DoctorTalk::over, this, &IdleStep::ended);
    after(m_case.order().idleMs, [this] { stillLives(); });
}

void IdleStep::cutShort()
{
    if (isOver() || m_case.talk == nullptr || !m_case.talk->isOpen())
        return;
    m_case.see(DoctorStage::Idle, DoctorFact::StillLives, {seconds(m_case.talk->sinceUs())});
    m_case.end(DoctorStage::Idle);
}

void IdleStep::ended()
{
    if (isOver())
        return;
    const TalkRecord &record = m_case.talk->record();
    const qint64 endUs = record.close ? record.closedUs : m_case.talk->sinceUs();
    const qint64 silentMs = (endUs - record.lastFrameUs) / 1'000;
    m_case.see(DoctorStage::Idle, DoctorFact::Lived, {seconds(endUs)}, {}, endUs);
    const QByteArray devices = devicesThatCutAfter(silentMs, endUs / 1'000);
    if (!devices.isEmpty())
        m_case.see(DoctorStage::Idle, DoctorFact::KnownTimeout, {devices});
    if (record.violation != FrameViolation::None)
        return judge(judgeRules(record));
    judge(record.flooded ? QList<DoctorFinding>()
                         : judgeSilence(record, m_case.opening.answer, silentMs, endUs / 1'000));
}

void IdleStep::stillLives()
{
    const QByteArray payload("doctor-still-there");
    connect(m_case.talk, &DoctorTalk::pongCame, this, [this, payload](const QByteArray &came) {
        if (isOver() || came != payload)
            return;
        m_case.see(DoctorStage::Idle, DoctorFact::StillLives, {seconds(m_case.talk->sinceUs())});
        judge({});
    });
    const qint64 silentUs = m_case.talk->sinceUs() - m_case.talk->record().lastFrameUs;
    m_case.talk->send(Opcode::Ping, payload);
    after(qMin(pongMs, m_case.options().openingMs), [this, silentUs] {
        judge({{DoctorCause::HalfOpen, {seconds(silentUs)}}});
    });
}

void IdleStep::judge(const QList<DoctorFinding> &findings)
{
    const TalkRecord &record = m_case.talk->record();
    if (record.pings > 1)
        m_case.see(DoctorStage::Idle, DoctorFact::ServerPings,
                   {seconds((record.lastPingUs - record.firstPingUs) / (record.pings - 1))});
    if (record.messages > 0)
        m_case.see(DoctorStage::Idle, DoctorFact::ServerTalks, {QByteArray::number(record.messages)});
    m_case.find(DoctorStage::Idle, findings);
    m_case.end(DoctorStage::Idle);
    finish();
}

} // namespace glasshouse
