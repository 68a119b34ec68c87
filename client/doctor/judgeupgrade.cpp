// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/answerhints.h"
#include "client/doctor/doctorjudges.h"
#include "client/testclienttarget.h"
#include "net/transport/reach.h"

#include <QLocale>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

using Reach = ProbeResult::Reach;

struct StatusRow
{
    int first;
    int last;
    DoctorCause cause;
};
// What a status says where nothing else is known. The first row that fits counts.
constexpr StatusRow statuses[] = {
    {200, 299, DoctorCause::PageInstead},
    {304, 304, DoctorCause::CachedAnswer},
    {300, 399, DoctorCause::Redirected},
    {400, 400, DoctorCause::BadRequest},
    {401, 401, DoctorCause::LoginMissing},
    {403, 403, DoctorCause::Forbidden},
    {404, 405, DoctorCause::NotFound},
    {407, 407, DoctorCause::ProxyLogin},
    {410, 410, DoctorCause::NotFound},
    {414, 414, DoctorCause::HeadTooLarge},
    {421, 421, DoctorCause::HostUnknown},
    {426, 426, DoctorCause::UpgradeDropped},
    {429, 429, DoctorCause::TooManyRequests},
    {431, 431, DoctorCause::HeadTooLarge},
    {494, 494, DoctorCause::HeadTooLarge}, // nginx' own
    {495, 495, DoctorCause::ClientCertificateRefused},
    {496, 496, DoctorCause::ClientCertificateMissing},
    {497, 497, DoctorCause::PlainToTlsPort},
    {502, 502, DoctorCause::BadGateway},
    {503, 503, DoctorCause::Unavailable},
    {504, 504, DoctorCause::GatewayTimeout},
    {520, 523, DoctorCause::BadGateway}, // Cloudflare's own, up to 526
    {524, 524, DoctorCause::GatewayTimeout},
    {525, 526, DoctorCause::BadGateway},
    {500, 599, DoctorCause::ServerError},
};

DoctorCause causeOfStatus(int status)
{
    const auto *row =
        std::ranges::find_if(statuses, [status](const StatusRow &r) { return status >= r.first && status <= r.last; });
    return row == std::end(statuses) ? DoctorCause::UnexpectedStatus : row->cause;
}

/// The attempt with this factor that the server agreed to.
const VariedProbe *found(const UpgradeSeen &seen, ProbeFactor factor)
{
    const auto one = std::ranges::find_if(seen.varied, [factor](const VariedProbe &probe) {
        return probe.variation.factor == factor && probe.result.isOpen();
    });
    return one == seen.varied.end() ? nullptr : &*one;
}

const VariedProbe *tried(const UpgradeSeen &seen, ProbeFactor factor)
{
    const auto one = std::ranges::find_if(
        seen.varied, [factor](const VariedProbe &probe) { return probe.variation.factor == factor; });
    return one == seen.varied.end() ? nullptr : &*one;
}

quint16 portOf(const UpgradeSeen &seen)
{
    return quint16(seen.options.url.port(seen.options.url.scheme() == "wss"_L1 ? 443 : 80));
}

QByteArray otherScheme(const UpgradeSeen &seen) { return otherSchemeOf(seen.options.url, portOf(seen)); }

QByteArray originWords(const QByteArray &origin) { return origin.isEmpty() ? QByteArray("none") : origin; }

/// One thing was other, and the server agreed: that is it.
std::optional<DoctorFinding> whatMattered(const UpgradeSeen &seen)
{
    const QByteArray status = seen.first.outcome();
    if (const auto *probe = found(seen, ProbeFactor::Origin)) {
        if (seen.options.origin.isEmpty())
            return DoctorFinding{DoctorCause::OriginMissing, {probe->variation.value}};
        return DoctorFinding{DoctorCause::OriginRefused, {seen.options.origin, originWords(probe->variation.value)}};
    }
    if (found(seen, ProbeFactor::Token) != nullptr)
        return DoctorFinding{DoctorCause::TokenRefused, {status}};
    if (const auto *probe = found(seen, ProbeFactor::TokenPlace))
        return DoctorFinding{DoctorCause::TokenPlace, {probe->variation.value}};
    if (const auto *probe = found(seen, ProbeFactor::Host))
        return DoctorFinding{DoctorCause::HostRefused, {seen.first.request.host, probe->variation.value}};
    if (const auto *probe = found(seen, ProbeFactor::Subprotocols)) {
        if (seen.options.subprotocols.isEmpty())
            return DoctorFinding{DoctorCause::SubprotocolWanted,
                                 {probe->result.answer.head.value("Sec-WebSocket-Protocol").toByteArray()}};
        return DoctorFinding{DoctorCause::SubprotocolRefused, {seen.options.subprotocols.join(", ")}};
    }
    if (found(seen, ProbeFactor::Extensions) != nullptr)
        return DoctorFinding{DoctorCause::ExtensionRefused, {status}};
    if (found(seen, ProbeFactor::Alpn) != nullptr)
        return DoctorFinding{DoctorCause::Http2Only, {}};
    if (const auto *probe = found(seen, ProbeFactor::Path))
        return DoctorFinding{DoctorCause::WrongPath, {status, probe->variation.value}};
    return {};
}

/// Another library's server, which showed itself where it lives or in its answer.
std::optional<DoctorFinding> whichLibrary(const UpgradeSeen &seen)
{
    const auto *socketIo = tried(seen, ProbeFactor::SocketIo);
    if (socketIo != nullptr && answerhints::isOfSocketIo(socketIo->result.answer))
        return DoctorFinding{DoctorCause::SocketIo, {}};
    const auto *sockJs = tried(seen, ProbeFactor::SockJs);
    if (answerhints::isOfSockJs(seen.first.answer)
        || (sockJs != nullptr && answerhints::isInfoOfSockJs(sockJs->result.answer))) {
        QUrl plain = seen.options.url;
        plain.setPath((plain.path().endsWith(u'/') ? plain.path().chopped(1) : plain.path()) + "/websocket"_L1);
        return DoctorFinding{DoctorCause::SockJs, {plain.toEncoded(QUrl::RemoveUserInfo)}};
    }
    if (answerhints::isOfSignalR(seen.first.answer))
        return DoctorFinding{DoctorCause::SignalR, {}};
    return {};
}

/// The first token whose times are wrong.
std::optional<DoctorFinding> badTimes(const UpgradeSeen &seen)
{
    for (const SeenToken &token : seen.tokens) {
        if (auto finding = judgeTimes(token, seen.now, seen.serverAhead))
            return finding;
    }
    return {};
}

DoctorFinding redirection(const UpgradeSeen &seen)
{
    const QByteArray location = seen.first.answer.head.value("Location").toByteArray();
    const QUrl target = withWebSocketScheme(seen.options.url.resolved(QUrl::fromEncoded(location)));
    const bool isWebSocket = target.scheme() == "ws"_L1 || target.scheme() == "wss"_L1; // a server may point anywhere
    if (location.isEmpty() || !isWebSocket)
        return {DoctorCause::UnexpectedStatus, {seen.first.outcome()}};
    return {DoctorCause::Redirected, {seen.first.outcome(), location, target.toEncoded()}};
}

/// What the answer itself gives away, beyond its status.
std::optional<DoctorFinding> whatItSays(const UpgradeSeen &seen)
{
    const ProbeAnswer &answer = seen.first.answer;
    const QByteArray path = seen.first.request.target.split('?').first();
    const QByteArray asked = answerhints::pathIn(answer);
    const QByteArray cache = answerhints::cacheIn(answer);
    const auto *scheme = tried(seen, ProbeFactor::Scheme);
    const bool speaksTls = !seen.first.session && scheme != nullptr && scheme->result.reach >= Reach::Secured;
    if (answerhints::wantsTls(answer) || speaksTls)
        return DoctorFinding{DoctorCause::PlainToTlsPort, {otherScheme(seen)}};
    if (answerhints::wantsClientCertificate(answer))
        return DoctorFinding{DoctorCause::ClientCertificateMissing, {}};
    if (answerhints::wantsHttp2(answer))
        return DoctorFinding{DoctorCause::Http2Only, {}};
    if (answerhints::doesNotKnowTheHost(answer))
        return DoctorFinding{DoctorCause::HostUnknown, {seen.first.request.host, answer.statusLine()}};
    if (!cache.isEmpty() && (answer.head.status < 400 || answer.head.status == 404))
        return DoctorFinding{DoctorCause::CachedAnswer, {cache}};
    if (!asked.isEmpty() && asked != path)
        return DoctorFinding{DoctorCause::PathRewritten, {path, asked}};
    return {};
}

DoctorFinding byStatus(const UpgradeSeen &seen)
{
    const ProbeAnswer &answer = seen.first.answer;
    DoctorCause cause = causeOfStatus(answer.head.status);
    if (cause == DoctorCause::BadRequest && answerhints::sawNoUpgrade(answer))
        cause = DoctorCause::UpgradeDropped;
    if (cause == DoctorCause::LoginMissing && seen.hasToken)
        cause = DoctorCause::TokenRefused;
    if (cause == DoctorCause::PlainToTlsPort)
        return {cause, {otherScheme(seen)}};
    if (cause == DoctorCause::HostUnknown)
        return {cause, {seen.first.request.host, answer.statusLine()}};
    return {cause, {answer.statusLine()}};
}

DoctorFinding whyRefused(const UpgradeSeen &seen)
{
    const int status = seen.first.answer.head.status;
    const auto times = badTimes(seen);
    if (const auto mattered = whatMattered(seen)) // proof, in front of guesses
        return mattered->cause == DoctorCause::TokenRefused && times ? *times : *mattered;
    if (const auto finding = whatItSays(seen))
        return *finding;
    if ((status == 401 || status == 403) && times)
        return *times;
    if (const auto finding = whichLibrary(seen))
        return *finding;
    if (causeOfStatus(status) == DoctorCause::Redirected)
        return redirection(seen);
    return byStatus(seen);
}

DoctorFinding whyNoHttp(const UpgradeSeen &seen)
{
    const QByteArray &raw = seen.first.answer.raw;
    const auto *scheme = tried(seen, ProbeFactor::Scheme);
    const bool otherWorks =
        scheme != nullptr && (scheme->result.reach >= Reach::Secured || scheme->result.answer.isHttp());
    if (seen.first.session) {
        if (otherWorks)
            return {DoctorCause::TlsToPlainPort, {otherScheme(seen)}};
    } else if (otherWorks || answerhints::isTls(raw)) {
        return {DoctorCause::PlainToTlsPort, {otherScheme(seen)}};
    }
    if (answerhints::isHttp2(raw))
        return {DoctorCause::Http2Only, {}};
    if (const auto finding = whatMattered(seen))
        return *finding;
    if (const auto finding = whichLibrary(seen))
        return *finding;
    if (raw.startsWith("HTTP/"))
        return {DoctorCause::AnswerIncomplete, {}};
    if (!raw.isEmpty())
        return {DoctorCause::NotHttp, {answerhints::nameOfForeign(raw)}};
    if (seen.first.timedOut)
        return {DoctorCause::AnswerTimeout, {QByteArray::number(seen.options.openingMs / 1000.0, 'f', 1)}};
    return {seen.first.end == StreamEnd::EndOfStream ? DoctorCause::AnswerMissing : DoctorCause::AnswerReset, {}};
}

/// 101, and yet no WebSocket.
QList<DoctorFinding> whySpoilt(const UpgradeSeen &seen)
{
    const ProbeAnswer &answer = seen.first.answer;
    const QByteArray cache = answerhints::cacheIn(answer);
    switch (seen.first.upgrade) {
    case UpgradeError::None:
    case UpgradeError::UnofferedSubprotocol: // a stage of its own
        break;
    case UpgradeError::NoConnectionUpgrade:
        return {{DoctorCause::ConnectionHeaderMissing, {}}};
    case UpgradeError::BadAccept:
        if (!cache.isEmpty())
            return {{DoctorCause::CachedAnswer, {cache}}};
        return {{answer.head.value("Sec-WebSocket-Accept").isEmpty() ? DoctorCause::AcceptMissing
                                                                     : DoctorCause::WrongAccept,
                 {}}};
    case UpgradeError::UnofferedExtension:
        return {{DoctorCause::ExtensionNotOffered, {answer.head.value("Sec-WebSocket-Extensions").toByteArray()}}};
    case UpgradeError::BadExtension:
        return {{DoctorCause::BadExtension, {answer.head.value("Sec-WebSocket-Extensions").toByteArray()}}};
    default:
        return {{DoctorCause::UpgradeHeaderMissing, {}}};
    }
    if (answer.error != HttpError::None)
        return {{DoctorCause::HeadBroken, {describe(answer.error).toByteArray()}}};
    return {};
}

} // namespace

QList<DoctorFinding> judgeUpgrade(const UpgradeSeen &seen)
{
    const ProbeAnswer &answer = seen.first.answer;
    if (!answer.isHttp())
        return {whyNoHttp(seen)};
    if (answer.head.status != 101)
        return {whyRefused(seen)};
    QList<DoctorFinding> findings = whySpoilt(seen);
    if (findings.isEmpty() && seen.first.answerUs > seen.options.openingMs * 1000LL)
        findings.append({DoctorCause::HandshakeSlow,
                         {QByteArray::number(double(seen.first.answerUs) / 1e6, 'f', 1),
                          QByteArray::number(seen.options.openingMs / 1000.0, 'f', 1)}});
    return findings;
}

QList<DoctorFinding> judgeSubprotocol(const TestClientOptions &options, const ProbeResult &first)
{
    const QByteArray chosen = first.answer.head.list("Sec-WebSocket-Protocol").join(", ");
    const QByteArray offered = options.subprotocols.isEmpty() ? QByteArray("none") : options.subprotocols.join(", ");
    if (first.upgrade == UpgradeError::UnofferedSubprotocol)
        return {{DoctorCause::SubprotocolNotOffered, {chosen, offered}}};
    if (!options.subprotocols.isEmpty() && chosen.isEmpty())
        return {{DoctorCause::SubprotocolNotChosen, {offered}}};
    return {};
}

QList<DoctorFinding> judgeTokens(const UpgradeSeen &seen)
{
    constexpr qint64 soon = 60;
    constexpr qint64 skewed = 60;
    QList<DoctorFinding> findings;
    for (const SeenToken &token : seen.tokens) {
        if (!token.expires)
            continue;
        const qint64 left = *token.expires - seen.now;
        if (left <= 0)
            findings.append({DoctorCause::TokenTakenExpired, {timeText(*token.expires)}});
        else if (left < soon)
            findings.append({DoctorCause::TokenExpiresSoon, {QByteArray::number(left)}});
    }
    const bool inHeader = std::ranges::any_of(
        seen.tokens, [](const SeenToken &token) { return token.place == TokenPlace::Authorization; });
    if (inHeader && !seen.options.origin.isEmpty())
        findings.append({DoctorCause::TokenNeedsHeader, {}});
    const bool isInTheOpen =
        seen.options.url.scheme() == "ws"_L1 && reachOf(seen.options.url.host()) != glasshouse::Reach::ThisMachine;
    if (isInTheOpen && (seen.hasToken || !seen.tokens.isEmpty()))
        findings.append({DoctorCause::TokenReadable, {}});
    if (qAbs(seen.serverAhead) > skewed)
        findings.append({DoctorCause::ClockSkew, {QByteArray::number(qAbs(seen.serverAhead))}});
    return findings;
}

std::optional<qint64> serverAhead(const ProbeAnswer &answer, const QDateTime &now)
{
    const QByteArray date = answer.head.value("Date").toByteArray();
    const bool isStored = !answer.head.value("Age").isNull(); // as old as its copy
    const QDateTime there = QLocale::c().toDateTime(
        QString::fromLatin1(date).section(u", "_s, 1).section(u" GMT"_s, 0, 0), u"dd MMM yyyy hh:mm:ss"_s);
    if (!there.isValid() || isStored)
        return {};
    return QDateTime(there.date(), there.time(), Qt::UTC).toSecsSinceEpoch() - now.toSecsSinceEpoch();
}

} // namespace glasshouse
