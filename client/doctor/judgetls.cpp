// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorjudges.h"
#include "client/testclientfaults.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int soonDays = 14;

QByteArray dayOf(const QDateTime &time) { return time.toUTC().toString(u"yyyy-MM-dd HH:mm 'UTC'"_s).toLatin1(); }

/// Words of the TLS library, and what they mean. The first that fits counts.
struct Words
{
    QByteArrayView words;
    DoctorCause cause;
};
constexpr Words complaints[] = {
    {"has expired", DoctorCause::CertificateExpired},
    {"not yet valid", DoctorCause::CertificateNotYetValid},
    {"in certificate chain", DoctorCause::CertificateUnknownAuthority}, // signed itself, but is not the server's
    {"self-signed", DoctorCause::CertificateSelfSigned},
    {"self signed", DoctorCause::CertificateSelfSigned},
    {"issuer certificate", DoctorCause::CertificateUnknownAuthority},
    {"verify the first certificate", DoctorCause::CertificateUnknownAuthority},
    {"mismatch", DoctorCause::CertificateWrongName},
    {"too weak", DoctorCause::CertificateWeak},
    {"too small", DoctorCause::CertificateWeak},
};
constexpr Words failures[] = {
    {"certificate required", DoctorCause::ClientCertificateMissing},
    {"no application protocol", DoctorCause::Http2Only},
    {"unrecognized name", DoctorCause::TlsNameUnknown},
    {"alert internal error", DoctorCause::TlsNameUnknown}, // Caddy's, and others' in Go
    {"key too small", DoctorCause::TlsWeak},
    {"modulus too small", DoctorCause::TlsWeak},
    {"ca md too weak", DoctorCause::TlsWeak},
};

template <std::size_t size>
std::optional<DoctorCause> find(const Words (&table)[size], const QByteArray &text)
{
    const auto *found =
        std::ranges::find_if(table, [&text](const Words &row) { return text.contains(row.words.toByteArray()); });
    return found == std::end(table) ? std::nullopt : std::optional(found->cause);
}

DoctorFinding findingFor(DoctorCause cause, const TlsSeen &seen, const QByteArray &words)
{
    const CertificateInfo info =
        seen.first.judge ? seen.first.judge->certificate.value_or(CertificateInfo()) : CertificateInfo();
    switch (cause) {
    case DoctorCause::CertificateExpired:
        return {cause, {dayOf(info.notAfter)}};
    case DoctorCause::CertificateNotYetValid:
        return {cause, {dayOf(info.notBefore)}};
    case DoctorCause::CertificateSelfSigned:
        return {cause, {info.fingerprint}};
    case DoctorCause::CertificateUnknownAuthority:
        return {cause, {info.issuer.toUtf8()}};
    case DoctorCause::CertificateWrongName:
        return {cause,
                {seen.options.url.host().toUtf8(),
                 info.names.isEmpty() ? info.subject.toUtf8() : info.names.join(u", "_s).toUtf8()}};
    case DoctorCause::TlsNameUnknown:
        return {cause, {seen.options.url.host().toUtf8()}};
    default:
        return {cause, {words}};
    }
}

QList<DoctorFinding> judgeCertificate(const TlsSeen &seen)
{
    const TlsJudge judge = seen.first.judge.value_or(TlsJudge());
    if (!judge.certificate)
        return {};
    const bool isRefused = seen.first.tlsFailure == TlsFailure::Untrusted;
    QList<DoctorFinding> findings;
    if (isRefused) {
        const DoctorCause cause = find(complaints, judge.complaint).value_or(DoctorCause::CertificateRefused);
        findings.append(findingFor(cause, seen, judge.complaint));
        if (seen.now > judge.certificate->notAfter && cause != DoctorCause::CertificateExpired)
            findings.append(findingFor(DoctorCause::CertificateExpired, seen, {}));
    } else if (!judge.complaint.isEmpty()) {
        findings.append({DoctorCause::CertificateNotChecked, {judge.complaint}});
    } else if (seen.now.daysTo(judge.certificate->notAfter) < soonDays) {
        findings.append({DoctorCause::CertificateExpiresSoon, {dayOf(judge.certificate->notAfter)}});
    }
    return findings;
}

bool speaksPlainHttp(const TlsSeen &seen)
{
    return std::ranges::any_of(seen.varied, [](const VariedProbe &probe) {
        return probe.variation.factor == ProbeFactor::Scheme && probe.result.answer.isHttp();
    });
}

DoctorFinding whyItFailed(const TlsSeen &seen, quint16 port)
{
    const ProbeResult &first = seen.first;
    if (speaksPlainHttp(seen) || (first.tlsFailure && isNotTls(first.tlsWords)))
        return {DoctorCause::TlsToPlainPort, {otherSchemeOf(seen.options.url, port)}};
    if (first.timedOut)
        return {DoctorCause::TlsSilent, {QByteArray::number(seen.options.openingMs / 1000.0, 'f', 1)}};
    if (!first.tlsFailure)
        return {DoctorCause::TlsCut, {first.endText.isEmpty() ? first.outcome() : first.endText}};
    if (const auto known = find(failures, first.tlsWords))
        return findingFor(*known, seen, first.tlsWords);
    const bool wantsOurs = first.judge && first.judge->ownIsWanted;
    if (wantsOurs && (*first.tlsFailure == TlsFailure::Version || *first.tlsFailure == TlsFailure::CertificateRefused))
        return {DoctorCause::ClientCertificateMissing, {}};
    if (*first.tlsFailure == TlsFailure::CertificateRefused)
        return {DoctorCause::ClientCertificateRefused, {first.tlsWords}};
    const bool isVersion = *first.tlsFailure == TlsFailure::Version;
    return {isVersion ? DoctorCause::TlsVersion : DoctorCause::TlsFailed, {first.tlsWords}};
}

} // namespace

QList<DoctorFinding> judgeTls(const TlsSeen &seen)
{
    QList<DoctorFinding> findings = judgeCertificate(seen);
    const bool isHandshakeOver = seen.first.reach >= ProbeResult::Reach::Secured;
    const bool isRefused = seen.first.tlsFailure == TlsFailure::Untrusted;
    const bool failedLater = isHandshakeOver && seen.first.tlsFailure && !seen.first.answer.isHttp();
    if ((!isHandshakeOver && !isRefused) || failedLater)
        findings.prepend(whyItFailed(seen, quint16(seen.options.url.port(443))));
    return findings;
}

} // namespace glasshouse
