// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/deployment/proxytest.h"

#include "net/transport/devicetimeouts.h"
#include "protocol/closecode.h"

#include <QJsonDocument>
#include <algorithm>
#include <cmath>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

using Findings = QList<ProxyFinding>;

constexpr qsizetype shownBytes = 160;

QByteArray shortened(const QByteArray &text)
{
    const QByteArray line = text.simplified();
    return line.size() <= shownBytes ? line : line.first(shownBytes) + "...";
}

QByteArray statusText(int status, const QByteArray &body)
{
    return "HTTP " + QByteArray::number(status) + (body.isEmpty() ? QByteArray() : ": " + shortened(body));
}

QByteArray pair(const char *sent, const QByteArray &a, const char *arrived, const QByteArray &b)
{
    return QByteArray(sent) + " \"" + shortened(a) + "\", " + arrived + " \"" + shortened(b) + '"';
}

/// Every error of ours is {"error":…,"message":…}; the Server header does not tell, because proxies write their own.
bool isOurError(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    return object.size() == 2 && object.value("error"_L1).isString() && object.value("message"_L1).isString();
}

QByteArray headerOf(const HttpOutcome &outcome, QByteArrayView name)
{
    for (const HttpHeader &header : outcome.headers) {
        if (name.compare(header.name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}
bool isGatewayFault(int status) { return status == 502 || status == 503 || status == 504; }

/// Why the request for a reflection brought none.
ProxyFinding judgeFailure(const ProxyTrial &trial)
{
    const HttpOutcome &answer = trial.plain;
    const auto fault = [&](ProxyFault what) {
        return ProxyFinding{what, FindingLevel::Fault, statusText(answer.status, answer.body)};
    };
    if (answer.status == 0)
        return {ProxyFault::Unreachable, FindingLevel::Fault, answer.error};
    if (isRedirect(answer.status))
        return {ProxyFault::Redirected, FindingLevel::Fault,
                "HTTP " + QByteArray::number(answer.status) + ", Location: " + headerOf(answer, "Location")};
    if (!isOurError(answer.body))
        return fault(isGatewayFault(answer.status)                                          ? ProxyFault::UpstreamDown
                         : answer.status == 200 && answer.body.contains("\"clientSource\"") ? ProxyFault::BodyAltered
                                                                                            : ProxyFault::OtherServer);
    if (answer.status == 505)
        return fault(ProxyFault::OldHttp);
    if (answer.status == 421)
        return fault(ProxyFault::HostRefused);
    if (answer.status == 404 && !trial.publicPath.isEmpty() && trial.publicPath != trial.basePath)
        return fault(ProxyFault::UnknownPath);
    return fault(answer.status == 404 ? ProxyFault::NonceRefused : ProxyFault::OtherServer);
}

void judgePath(const ProxyTrial &trial, const Reflection &arrived, Findings &found)
{
    const auto pathOf = [](const QByteArray &target) { return target.split('?').constFirst(); };
    const QByteArray sent = trial.publicPath + trial.target;
    const QByteArray evidence = pair("sent", sent, "arrived", arrived.target);
    const QByteArray path = pathOf(arrived.target);
    const bool isKept = path == pathOf(sent);
    const bool isStripped = path == pathOf(trial.target);
    if (!isKept && !isStripped)
        found.append({ProxyFault::PathRewritten, FindingLevel::Warning, evidence});
    else if (!trial.publicPath.isEmpty())
        found.append({isKept ? ProxyFault::PrefixKept : ProxyFault::PrefixStripped, FindingLevel::Fine, evidence});
    if (arrived.target.sliced(path.size()) != trial.target.sliced(pathOf(trial.target).size()))
        found.append({ProxyFault::QueryChanged, FindingLevel::Warning, evidence});
}

void judgeHost(const ProxyTrial &trial, const Reflection &arrived, Findings &found)
{
    const QByteArray host = arrived.header("Host");
    if (host.compare(trial.host, Qt::CaseInsensitive) == 0)
        return;
    const QByteArray evidence = pair("sent", trial.host, "arrived", host);
    const qsizetype colon = trial.host.lastIndexOf(':');
    const bool isPort = colon > 0 && host.compare(trial.host.first(colon), Qt::CaseInsensitive) == 0;
    found.append({isPort ? ProxyFault::PortLost : ProxyFault::HostChanged, FindingLevel::Fault, evidence});
}

QByteArray forwardedHeaders(const Reflection &arrived)
{
    QByteArrayList all;
    for (const char *name : {"X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP"}) {
        if (!arrived.header(name).isNull())
            all.append(QByteArray(name) + ": " + arrived.header(name));
    }
    return all.join("; ");
}

void judgeAddress(const Reflection &arrived, Findings &found)
{
    const QByteArray headers = forwardedHeaders(arrived);
    const QByteArray peer = "the connection comes from " + arrived.peer;
    if (!arrived.doubt.isEmpty())
        found.append({ProxyFault::AddressDoubtful, FindingLevel::Fault, arrived.doubt + "; " + headers});
    else if (arrived.client == arrived.peer && headers.isEmpty())
        found.append({ProxyFault::AddressLost, FindingLevel::Fault, peer + "; no header names a client"});
    else if (arrived.client == arrived.peer && arrived.clientSource == "peer")
        found.append({ProxyFault::ProxyNotTrusted, FindingLevel::Fault, peer + "; " + headers});
}

bool holds(const Findings &found, ProxyFault fault)
{
    return std::any_of(found.begin(), found.end(), [&](const ProxyFinding &one) { return one.fault == fault; });
}

// A test on the proxy's own machine has the proxy's address, which is trusted: the entry to the left of it counts, then.
bool comesFromTheProxy(const ProxyTrial &trial)
{
    const auto plain = parseReflection(trial.plain.body);
    return plain && plain->client == plain->peer && !forwardedHeaders(*plain).isEmpty();
}

void judgeForgery(const ProxyTrial &trial, Findings &found)
{
    const auto arrived = parseReflection(trial.forged.body);
    if (!trial.forged.wasAsked || !arrived || trial.forgedAddress.isEmpty())
        return;
    const QByteArray headers = forwardedHeaders(*arrived);
    if (arrived->client == trial.forgedAddress && comesFromTheProxy(trial))
        found.append({ProxyFault::ForgeryPassedOn, FindingLevel::Note, headers});
    else if (arrived->client == trial.forgedAddress)
        found.append({ProxyFault::ForgeryBelieved, FindingLevel::Fault, headers});
    else if (!arrived->doubt.isEmpty() && !holds(found, ProxyFault::AddressDoubtful))
        found.append({ProxyFault::AddressDoubtful, FindingLevel::Fault, arrived->doubt + "; " + headers});
    else if (headers.contains(trial.forgedAddress))
        found.append({ProxyFault::ForgeryPassedOn, FindingLevel::Note, headers});
}

void judgeScheme(const ProxyTrial &trial, const Reflection &arrived, Findings &found)
{
    if (!trial.secure || arrived.secure)
        return;
    const QByteArray says = arrived.header("X-Forwarded-Proto");
    if (says.toLower() == "https" && holds(found, ProxyFault::ProxyNotTrusted))
        return; // said already
    found.append({ProxyFault::SchemeLost, FindingLevel::Warning,
                  says.isNull() ? QByteArray("no X-Forwarded-Proto arrived") : "X-Forwarded-Proto: " + says});
}

void judgeHttp(const ProxyTrial &trial, Findings &found)
{
    if (!trial.plain.wasAsked)
        return;
    const auto arrived = parseReflection(trial.plain.body);
    if (trial.plain.status != 200 || !arrived) {
        found.append(judgeFailure(trial));
        return;
    }
    judgePath(trial, *arrived, found);
    judgeHost(trial, *arrived, found);
    judgeAddress(*arrived, found);
    judgeForgery(trial, found);
    judgeScheme(trial, *arrived, found);
    const QByteArray coding = headerOf(trial.plain, "Content-Encoding");
    if (!coding.isEmpty() && coding != "identity")
        found.append({ProxyFault::Compressed, FindingLevel::Note, "Content-Encoding: " + coding});
    const bool isFine = std::none_of(found.begin(), found.end(),
                                     [](const ProxyFinding &one) { return one.level >= FindingLevel::Warning; });
    if (isFine)
        found.append({ProxyFault::HttpFine, FindingLevel::Fine, "the server sees " + arrived->client});
}

ProxyFault socketFault(const SocketOutcome &socket)
{
    if (socket.status == 0)
        return ProxyFault::SocketUnreachable;
    const bool isOurs = isOurError(socket.body);
    if (isOurs && socket.status == 404)
        return ProxyFault::UnknownPath;
    if (isOurs && socket.status == 426)
        return socket.body.contains("HTTP/1.0") ? ProxyFault::OldHttp : ProxyFault::UpgradeDropped;
    if (isOurs && socket.status == 400)
        return ProxyFault::UpgradeBroken;
    if (isOurs && socket.status == 403)
        return ProxyFault::OriginRefused;
    if (isOurs && socket.status == 421)
        return ProxyFault::HostRefused;
    if (isOurs && socket.status == 505)
        return ProxyFault::OldHttp;
    return isRedirect(socket.status) ? ProxyFault::Redirected : ProxyFault::SocketRefused;
}

void judgeSocket(const SocketOutcome &socket, Findings &found)
{
    if (!socket.wasAsked)
        return;
    if (socket.opened && socket.echoed)
        found.append({ProxyFault::SocketFine, FindingLevel::Fine, "a message went there and back"});
    else if (socket.opened)
        found.append(
            {socket.closeCode == quint16(CloseCode::OriginRefused) ? ProxyFault::OriginRefused : ProxyFault::EchoLost,
             FindingLevel::Fault, socket.error});
    else if (!holds(found, socketFault(socket)))
        found.append({socketFault(socket), FindingLevel::Fault,
                      socket.status == 0 ? socket.error : statusText(socket.status, socket.body)});
}

void judgeIdle(const ProxyTrial &trial, Findings &found)
{
    const IdleOutcome &idle = trial.idle;
    if (!idle.wasAsked)
        return;
    const QByteArray time = QByteArray::number(idle.seconds, 'f', 1) + " s";
    if (!idle.wasCut) {
        found.append({ProxyFault::IdleNone, FindingLevel::Fine, "watched for " + time});
        return;
    }
    const int heartbeat = trial.limits.heartbeatSeconds;
    const bool isShort = heartbeat == 0 || idle.seconds <= heartbeat;
    const qint64 ms = std::llround(idle.seconds * 1000); // silent from the start
    const QByteArray known = devicesThatCutAfter(ms, ms);
    found.append(
        {isShort ? ProxyFault::IdleTooShort : ProxyFault::IdleFound, isShort ? FindingLevel::Fault : FindingLevel::Note,
         "cut after " + time + (known.isEmpty() ? QByteArray() : "; as is usual for " + known) + "; the heartbeat is "
             + (heartbeat == 0 ? QByteArray("off") : QByteArray::number(heartbeat) + " s")});
}

} // namespace

QList<ProxyFinding> judgeProxy(const ProxyTrial &trial)
{
    Findings found;
    judgeHttp(trial, found);
    judgeSocket(trial.socket, found);
    judgeIdle(trial, found);
    std::stable_sort(found.begin(), found.end(),
                     [](const ProxyFinding &a, const ProxyFinding &b) { return a.level > b.level; });
    return found;
}

} // namespace glasshouse
