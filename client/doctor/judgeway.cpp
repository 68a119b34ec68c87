// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorjudges.h"
#include "client/testclienttarget.h"
#include "net/transport/reach.h"
#include "net/transport/socketcalls.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

using Address = NetworkSeen::Address;

std::optional<DoctorCause> causeOf(TestClientFault fault)
{
    switch (fault) {
    case TestClientFault::InvalidUrl:
        return DoctorCause::UrlInvalid;
    case TestClientFault::HttpUrl:
        return DoctorCause::UrlHttp;
    case TestClientFault::UnknownScheme:
        return DoctorCause::UrlScheme;
    case TestClientFault::UrlFragment:
        return DoctorCause::UrlFragment;
    case TestClientFault::InvalidMessage:
        return DoctorCause::MessageInvalid;
    default:
        return DoctorCause::RequestInvalid;
    }
}

bool isPrivate(const QHostAddress &address)
{
    static const std::array<std::pair<QHostAddress, int>, 4> networks{{{QHostAddress(u"10.0.0.0"_s), 8},
                                                                       {QHostAddress(u"172.16.0.0"_s), 12},
                                                                       {QHostAddress(u"192.168.0.0"_s), 16},
                                                                       {QHostAddress(u"fc00::"_s), 7}}};
    return address.isLoopback() || address.isLinkLocal()
        || std::ranges::any_of(
               networks, [&address](const auto &network) { return address.isInSubnet(network.first, network.second); });
}

bool answers(const Address &address) { return address.result.reach >= ProbeResult::Reach::Connected; }

bool isDead(const Address &address) { return address.result.timedOut || address.result.end == StreamEnd::TimedOut; }

/// The way is there, and at its end nobody: the system has words of its own for that.
bool isNoHost(const Address &address) { return address.result.endText == wordsForNoHost(); }

bool isIpv6(const Address &address) { return address.address.protocol() == QAbstractSocket::IPv6Protocol; }

QByteArray textOf(const QHostAddress &address) { return address.toString().toLatin1(); }

QByteArray seconds(qint64 us) { return QByteArray::number(double(us) / 1e6, 'f', us < 10'000'000 ? 1 : 0); }

QByteArray textOf(const QList<QHostAddress> &addresses)
{
    QByteArrayList texts;
    for (const QHostAddress &address : addresses)
        texts += textOf(address);
    return texts.join(", ");
}

DoctorFinding whyNoneAnswers(const NetworkSeen &seen)
{
    const auto has = [&seen](auto fits) { return std::ranges::any_of(seen.addresses, fits); };
    const QByteArray port = QByteArray::number(seen.port);
    const Address &first = seen.addresses.first();
    const QByteArray address = textOf(first.address);
    if (has([](const Address &a) { return a.result.end == StreamEnd::Refused; })) {
        if (!seen.answersInstead.isEmpty())
            return {DoctorCause::ListensElsewhere, {address, textOf(seen.answersInstead)}};
        if (seen.url.port() >= 0)
            return {DoctorCause::ConnectionRefused, {seen.url.host().toUtf8(), port}};
        return {DoctorCause::PortMissing,
                {seen.url.scheme().toLatin1() + "://" + seen.url.host(QUrl::FullyEncoded).toLatin1() + ":…", port}};
    }
    if (has(isDead))
        return {DoctorCause::ConnectionTimeout, {seen.url.host().toUtf8(), port}};
    if (has([](const Address &a) { return a.result.end == StreamEnd::Unreachable; }))
        return {DoctorCause::NetworkUnreachable, {seen.url.host().toUtf8()}};
    return {DoctorCause::ConnectionFailed, {address, first.result.endText}};
}

/// All addresses of one family, and none of them answers, though one of the other does.
std::optional<DoctorFinding> whyAFamilyIsBroken(const NetworkSeen &seen, bool ipv6)
{
    const auto isOfIt = [ipv6](const Address &address) { return isIpv6(address) == ipv6; };
    const auto first = std::ranges::find_if(seen.addresses, isOfIt);
    const bool isBroken = first != seen.addresses.end()
        && std::ranges::none_of(seen.addresses, [&](const Address &a) { return isOfIt(a) && answers(a); });
    if (!isBroken)
        return {};
    if (first->result.end == StreamEnd::Unreachable && !isNoHost(*first))
        return DoctorFinding{DoctorCause::FamilyNotHere, {textOf(first->address)}};
    // "localhost" is both everywhere, and many servers listen on one of them
    if (reachOf(seen.url.host()) == Reach::ThisMachine && first->result.end == StreamEnd::Refused)
        return DoctorFinding{DoctorCause::AddressDead, {textOf(first->address)}};
    return DoctorFinding{ipv6 ? DoctorCause::Ipv6Broken : DoctorCause::Ipv4Broken, {first->result.outcome()}};
}

} // namespace

QList<DoctorFinding> judgeUrl(const TestClientOptions &options)
{
    const QUrl &url = options.url;
    TestClientOptions direct = options;
    direct.proxy = {};
    const auto target = makeTarget(direct);
    if (!target) {
        const DoctorCause cause = causeOf(target.error().code).value_or(DoctorCause::UrlInvalid);
        QByteArray detail = target.error().text;
        if (cause == DoctorCause::UrlFragment)
            detail = "#…"; // that may be a token
        else if (cause == DoctorCause::UrlInvalid && detail.isEmpty())
            detail = "it names no host";
        return {{cause, {detail}}};
    }
    QList<DoctorFinding> findings;
    const QHostAddress address(url.host());
    const bool isFromPage = options.origin.startsWith("http");
    if (address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6))
        findings.append({DoctorCause::UrlListeningAddress, {url.host().toUtf8()}});
    if (options.origin.startsWith("https://") && !target.value().secure && reachOf(url.host()) != Reach::ThisMachine)
        findings.append({DoctorCause::MixedContent, {}});
    const QUrl page(QString::fromLatin1(options.origin));
    const bool isPublicPage =
        isFromPage && reachOf(page.host()) == Reach::Others && !isPrivate(QHostAddress(page.host()));
    if (isPublicPage && !address.isNull() && isPrivate(address))
        findings.append({DoctorCause::LocalNetworkAccess, {url.host().toUtf8()}});
    if (options.proxy.kind == TestClientProxy::Kind::Http || options.proxy.kind == TestClientProxy::Kind::Socks5)
        findings.append({DoctorCause::ProxyLeftOut, {}});
    if (url.path(QUrl::FullyEncoded).contains("%20"_L1))
        findings.append({DoctorCause::UrlSpaces, {}});
    return findings;
}

QList<DoctorFinding> judgeNetwork(const NetworkSeen &seen)
{
    constexpr qint64 slowUs = 1'000'000; // a packet that is lost is sent again after one second
    if (seen.addresses.isEmpty())
        return {};
    const auto working = std::ranges::find_if(seen.addresses, answers);
    if (working == seen.addresses.end())
        return {whyNoneAnswers(seen)};
    QList<DoctorFinding> findings;
    for (const bool ipv6 : {true, false}) {
        if (const auto finding = whyAFamilyIsBroken(seen, ipv6))
            findings.append(*finding);
    }
    const Address &first = seen.addresses.first();
    if (findings.isEmpty() && isDead(first)) {
        findings.append({DoctorCause::FirstAddressDead, {textOf(first.address), seconds(first.result.connectUs)}});
    } else if (findings.isEmpty()) {
        const auto silent = std::ranges::find_if_not(seen.addresses, answers);
        if (silent != seen.addresses.end())
            findings.append({DoctorCause::AddressDead, {textOf(silent->address)}});
    }
    if (working->result.connectUs > slowUs)
        findings.append({DoctorCause::ConnectSlow, {QByteArray::number(working->result.connectUs / 1'000)}});
    return findings;
}

QByteArray otherSchemeOf(const QUrl &url, quint16 port)
{
    QUrl other = url;
    other.setPort(port);
    return withOtherSecurity(other).toEncoded(QUrl::RemoveUserInfo);
}

} // namespace glasshouse
