// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/openingstep.h"

#include "client/doctor/waysteps.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int closesWithinMs = 300;
constexpr auto foreignOrigin = "https://origin.invalid"; // nobody has it (RFC 2606)

QByteArray milliseconds(qint64 us) { return QByteArray::number(us / 1'000); }

bool isWell(const ProbeResult &result)
{
    return result.isOpen() && result.upgrade == UpgradeError::None && result.answer.error == HttpError::None;
}

} // namespace

void OpeningStep::start()
{
    m_isSecure = m_case.options().url.scheme() == "wss"_L1;
    m_case.begin(m_isSecure ? DoctorStage::Tls : DoctorStage::Upgrade);
    if (m_isSecure && m_case.tls() == nullptr) {
        m_case.find(DoctorStage::Tls, {{DoctorCause::TlsUnusable, {m_case.tlsError()}}});
        m_case.end(DoctorStage::Tls);
        m_case.isBlocked = true;
        return finish();
    }
    if (!m_isSecure)
        m_case.skip(DoctorStage::Tls);
    ProbeOrder order = m_case.probeOrder();
    order.answerMs *= 2; // a server that is only slow is to be known from one that is silent
    DoctorProbe *attempt = probe(order, [this](DoctorProbe &ended) { opened(ended); });
    connect(attempt, &DoctorProbe::secured, this, [this, attempt] { secured(attempt->result()); });
}

void OpeningStep::secured(const ProbeResult &soFar)
{
    m_case.opening = soFar;
    judgeTlsNow();
    m_case.begin(DoctorStage::Upgrade);
}

void OpeningStep::judgeTlsNow()
{
    m_tlsEnded = true;
    showTls(m_case.opening);
    for (const VariedProbe &varied : std::as_const(m_varied))
        m_case.see(DoctorStage::Tls, evidenceOf(varied));
    m_case.find(DoctorStage::Tls,
                whyOursIsSilent() + judgeTls({m_case.options(), m_case.opening, m_varied, m_case.now()}));
    m_case.end(DoctorStage::Tls);
}

void OpeningStep::opened(DoctorProbe &attempt)
{
    m_case.opening = attempt.result();
    const ProbeResult &first = m_case.opening;
    const bool agreed = judgeUpgrade(seen()).isEmpty() || first.isOpen();
    m_clock.start();
    if (m_isSecure && !m_tlsEnded && first.tlsFailure == TlsFailure::Untrusted)
        return judge();
    if (!agreed) {
        m_toTry = variationsFor(first, {m_case.options(), m_case.order().token});
        return tryNext();
    }
    if (isWell(first))
        std::ignore = talkOver(attempt);
    judge();
}

void OpeningStep::showTls(const ProbeResult &result)
{
    constexpr qsizetype mostShown = 10; // of a chain
    const auto see = [this](DoctorFact fact, const QByteArrayList &arguments, qint64 us = -1) {
        m_case.see(DoctorStage::Tls, fact, arguments, {}, us);
    };
    if (result.session)
        see(DoctorFact::TlsAgreed, {result.session->version, result.session->cipher}, result.secureUs);
    if (result.judge && result.judge->certificate) {
        const CertificateInfo &info = *result.judge->certificate;
        see(DoctorFact::Certificate, {info.subject.toUtf8(), info.issuer.toUtf8()});
        see(DoctorFact::CertificateNames, {info.names.join(u", "_s).toUtf8()});
        see(DoctorFact::CertificateTimes,
            {timeText(info.notBefore.toSecsSinceEpoch()), timeText(info.notAfter.toSecsSinceEpoch())});
        see(DoctorFact::CertificateFingerprint, {info.fingerprint});
        for (const CertificateInfo &above : result.judge->chain.mid(1, mostShown))
            see(DoctorFact::CertificateAbove, {above.subject.toUtf8(), above.issuer.toUtf8()});
        if (!result.judge->complaint.isEmpty())
            see(DoctorFact::CertificateComplaint, {result.judge->complaint});
    }
    if (result.tlsFailure)
        see(DoctorFact::TlsWords, {result.tlsWords});
    else if (result.end && !result.session)
        see(DoctorFact::StreamEnded, {result.endText.isEmpty() ? result.outcome() : result.endText});
    else if (result.timedOut && !result.session)
        see(DoctorFact::NothingCame, {QByteArray::number(m_case.options().openingMs)});
}

void OpeningStep::showAnswer(const ProbeResult &result)
{
    const ProbeAnswer &answer = result.answer;
    const auto see = [this](DoctorFact fact, const QByteArrayList &arguments, QByteArrayView bytes = {},
                            qint64 us = -1) { m_case.see(DoctorStage::Upgrade, fact, arguments, bytes, us); };
    if (!result.requestHead.isEmpty())
        see(DoctorFact::Request, {}, result.requestHead);
    if (answer.isHttp()) {
        see(DoctorFact::Answer, {answer.statusLine()}, QByteArrayView(answer.raw).first(answer.headSize),
            result.answerUs);
        see(DoctorFact::AnswerTime, {milliseconds(result.answerUs)}, {}, result.answerUs);
        if (!answer.body.isEmpty())
            see(DoctorFact::AnswerBody, {}, answer.body);
    } else if (!answer.raw.isEmpty()) {
        see(DoctorFact::FirstBytes, {}, answer.raw);
    } else if (result.timedOut) {
        see(DoctorFact::NothingCame, {QByteArray::number(2 * m_case.options().openingMs)});
    }
    const QByteArray extensions = answer.head.list("Sec-WebSocket-Extensions").join(", ");
    if (!extensions.isEmpty())
        see(DoctorFact::Extensions, {extensions});
    if (result.tlsFailure)
        see(DoctorFact::TlsWords, {result.tlsWords});
    if (result.end && !answer.isHttp())
        see(DoctorFact::StreamEnded, {result.endText.isEmpty() ? result.outcome() : result.endText});
    if (answer.isHttp())
        m_case.nameBehind(namesBehind(answer));
}

void OpeningStep::tryNext()
{
    const qint64 most = 4LL * m_case.options().openingMs; // for all that is varied
    if (m_toTry.isEmpty() || m_clock.elapsed() > most)
        return judge();
    const ProbeVariation variation = m_toTry.takeFirst();
    ProbeOrder order = varied(m_case.probeOrder(), variation, m_case.order().token);
    if (variation.factor == ProbeFactor::Scheme
        && m_case.holdsASecret(order.options.url.path(QUrl::FullyEncoded).toLatin1()))
        order.options.url.setPath(u"/"_s); // it may go in the clear
    probe(order, [this, variation](DoctorProbe &attempt) {
        m_varied.append({variation, attempt.result()});
        if (attempt.result().answer.isHttp())
            m_case.nameBehind(namesBehind(attempt.result().answer));
        const bool isFound = attempt.result().isOpen() && variation.factor != ProbeFactor::Scheme
            && variation.factor != ProbeFactor::Key;
        isFound ? repeat() : tryNext();
    });
}

/// What was other matters only if the same as at first fails as ever.
void OpeningStep::repeat()
{
    probe(m_case.probeOrder(), [this](DoctorProbe &attempt) { isWell(attempt.result()) ? passed(attempt) : judge(); });
}

void OpeningStep::passed(DoctorProbe &attempt)
{
    const DoctorFinding passing{DoctorCause::PassingFailure, {m_case.opening.outcome()}};
    const QList<VariedProbe> varied = std::exchange(m_varied, {});
    const ProbeResult before = std::exchange(m_case.opening, attempt.result());
    if (m_isSecure && !m_tlsEnded) {
        judgeTlsNow();
        m_case.begin(DoctorStage::Upgrade);
    }
    showAnswer(before);
    for (const VariedProbe &one : varied)
        m_case.see(DoctorStage::Upgrade, evidenceOf(one));
    m_case.find(DoctorStage::Upgrade, {passing});
    std::ignore = talkOver(attempt);
    judge();
}

UpgradeSeen OpeningStep::seen() const
{
    const qint64 ahead = serverAhead(m_case.opening.answer, m_case.now()).value_or(0);
    return {m_case.options(),
            m_case.opening,
            m_varied,
            tokensIn(m_case.order()),
            sendsACredential(m_case.order()),
            m_case.now().toSecsSinceEpoch(),
            ahead};
}

void OpeningStep::judge()
{
    if (!m_case.opening.timedOut || !isOurs(m_case.address))
        return conclude();
    withProgram([this](const PortProgram &program) {
        m_program = program;
        conclude();
    });
}

void OpeningStep::conclude()
{
    if (m_isSecure && !m_tlsEnded) {
        judgeTlsNow();
        m_case.isBlocked = true;
        return finish();
    }
    showAnswer(m_case.opening);
    for (const VariedProbe &varied : std::as_const(m_varied))
        m_case.see(DoctorStage::Upgrade, evidenceOf(varied));
    QList<DoctorFinding> findings;
    if (m_isSecure && m_case.opening.tlsFailure && !m_case.opening.answer.isHttp())
        findings = judgeTls({m_case.options(), m_case.opening, {}, m_case.now()});
    else
        findings = judgeUpgrade(seen());
    m_case.find(DoctorStage::Upgrade, whyOursIsSilent() + findings);
    m_case.end(DoctorStage::Upgrade);
    showTokens();
    m_case.isBlocked = m_case.talk == nullptr;
    if (m_case.opening.isOpen())
        judgeOpen();
    finish();
}

/// A program without a descriptor left takes no connection, but its system does.
QList<DoctorFinding> OpeningStep::whyOursIsSilent() const
{
    constexpr int spare = 1;
    const auto &use = m_program.descriptors;
    if (!use || use->open + spare < use->limit)
        return {};
    return {{DoctorCause::DescriptorsShort, {m_program.name.toUtf8(), QByteArray::number(use->limit)}}};
}

void OpeningStep::judgeOpen()
{
    const ProbeResult &first = m_case.opening;
    const QByteArray chosen = first.answer.head.list("Sec-WebSocket-Protocol").join(", ");
    const QByteArray offered = m_case.options().subprotocols.join(", ");
    if (offered.isEmpty() && chosen.isEmpty())
        return m_case.skip(DoctorStage::Subprotocol);
    m_case.begin(DoctorStage::Subprotocol);
    m_case.see(DoctorStage::Subprotocol, DoctorFact::Subprotocols,
               {offered.isEmpty() ? QByteArray("none") : offered, chosen.isEmpty() ? QByteArray("none") : chosen});
    m_case.find(DoctorStage::Subprotocol, judgeSubprotocol(m_case.options(), first));
    m_case.end(DoctorStage::Subprotocol);
}

void OpeningStep::showTokens()
{
    const UpgradeSeen all = seen();
    const auto ahead = serverAhead(m_case.opening.answer, m_case.now());
    if (all.tokens.isEmpty() && !ahead)
        return m_case.skip(DoctorStage::Token);
    m_case.begin(DoctorStage::Token);
    for (const SeenToken &token : all.tokens) {
        const auto see = [this](DoctorFact fact, const QByteArrayList &arguments) {
            m_case.see(DoctorStage::Token, fact, arguments);
        };
        see(token.isReadable ? DoctorFact::Token : DoctorFact::TokenUnreadable, {wordsFor(token.place)});
        if (token.expires)
            see(DoctorFact::TokenTime, {"exp", timeText(*token.expires)});
        if (token.notBefore)
            see(DoctorFact::TokenTime, {"nbf", timeText(*token.notBefore)});
        if (token.issued)
            see(DoctorFact::TokenTime, {"iat", timeText(*token.issued)});
        if (!token.algorithm.isEmpty())
            see(DoctorFact::TokenClaim, {"alg", token.algorithm});
        if (!token.issuer.isEmpty())
            see(DoctorFact::TokenClaim, {"iss", token.issuer});
        if (!token.audience.isEmpty())
            see(DoctorFact::TokenClaim, {"aud", token.audience});
        if (!m_case.unauthorized)
            m_case.unauthorized = judgeTimes(token, all.now, all.serverAhead);
    }
    if (ahead)
        m_case.see(DoctorStage::Token, DoctorFact::ServerClock, {QByteArray::number(*ahead)});
    if (m_case.opening.isOpen())
        m_case.find(DoctorStage::Token, judgeTokens(all));
    m_case.end(DoctorStage::Token);
}

void OriginStep::start()
{
    m_case.begin(DoctorStage::Origin);
    const QByteArray own = ownOriginOf(m_case.options().url);
    m_toTry = {foreignOrigin};
    if (m_case.options().origin != own)
        m_toTry += own;
    if (!m_case.options().origin.isEmpty())
        m_toTry += QByteArray();
    tryNext();
}

void OriginStep::tryNext()
{
    if (m_toTry.isEmpty())
        return judge();
    const ProbeVariation variation{ProbeFactor::Origin, m_toTry.takeFirst()};
    dropTalk();
    probe(varied(m_case.probeOrder(), variation, {}), [this, variation](DoctorProbe &attempt) {
        const ProbeResult result = attempt.result();
        if (!result.isOpen())
            return tried(variation, result);
        connect(talkOver(attempt), &DoctorTalk::over, this, [this, variation, result] { tried(variation, result); });
        after(closesWithinMs, [this, variation, result] { tried(variation, result); });
    });
}

void OriginStep::tried(const ProbeVariation &variation, const ProbeResult &result)
{
    if (isOver())
        return;
    stopWaiting();
    const TalkRecord record = m_case.talk == nullptr ? TalkRecord() : m_case.talk->record();
    const bool isClosed = record.close && refusesClient(record.close->first);
    m_case.see(DoctorStage::Origin,
               isClosed ? evidenceOf(variation, record.ending()) : evidenceOf({variation, result}));
    const bool mayConnect = result.isOpen() && !isClosed;
    if (variation.value == foreignOrigin)
        m_foreignMay = mayConnect;
    else if (variation.value == ownOriginOf(m_case.options().url))
        m_ownMay = mayConnect || (!isClosed && result.answer.head.status != 403);
    dropTalk();
    tryNext();
}

void OriginStep::judge()
{
    if (m_foreignMay)
        m_case.find(DoctorStage::Origin, {{DoctorCause::OriginAny, {}}});
    else if (!m_ownMay && m_case.options().origin.isEmpty())
        m_case.find(DoctorStage::Origin, {{DoctorCause::OriginNone, {}}});
    m_case.end(DoctorStage::Origin);
    finish();
}

} // namespace glasshouse
