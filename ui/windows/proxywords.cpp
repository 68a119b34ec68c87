// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windows/proxywords.h"

#include <QCoreApplication>

namespace glasshouse {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("ProxyWords", text); }

ProxyWords wordsForHttp(ProxyFault fault)
{
    switch (fault) {
    case ProxyFault::Unreachable:
        return {tr("Nobody answers at the public address."),
                tr("Is the name right, does it lead to the proxy, does the proxy run and trust its certificate?")};
    case ProxyFault::UpstreamDown:
        return {tr("The proxy answers, but it can not reach the server."),
                tr("Compare the address and port behind the proxy with those of the server.")};
    case ProxyFault::Redirected:
        return {tr("The proxy sends clients to another address."),
                tr("WebSocket clients do not follow. Use the address that it names, or take the redirect away.")};
    case ProxyFault::OtherServer:
        return {tr("Somebody else answers at the public address."),
                tr("The proxy has no rule for this path, or another one comes first.")};
    case ProxyFault::OldHttp:
        return {tr("The proxy speaks HTTP/1.0 with the server."), tr("WebSocket needs HTTP/1.1.")};
    case ProxyFault::UnknownPath:
        return {tr("The request reaches the server, but under a path that it does not know."),
                tr("The prefix was passed on: take it away, or tell the server about it.")};
    case ProxyFault::NonceRefused:
        return {tr("A Glasshouse answers, but not this one."),
                tr("Does the proxy lead to another instance, or was the test too slow?")};
    case ProxyFault::PathRewritten:
        return {tr("The proxy changes the path."), tr("Players may reach another room than they asked for.")};
    case ProxyFault::QueryChanged:
        return {tr("The proxy changes what stands behind the question mark."),
                tr("Names, rooms and tokens travel there.")};
    case ProxyFault::PrefixKept:
        return {tr("The prefix is passed on, and the server knows it."), {}};
    case ProxyFault::PrefixStripped:
        return {tr("The prefix is taken away, as it may be."), {}};
    case ProxyFault::BodyAltered:
        return {tr("The answer was changed on its way."), tr("Something in between writes into pages.")};
    case ProxyFault::Compressed:
        return {tr("The proxy compresses answers."), tr("That is fine for pages.")};
    case ProxyFault::HttpFine:
        return {tr("Pages and the API arrive as they were sent."), {}};
    default:
        return {};
    }
}

ProxyWords wordsForHeaders(ProxyFault fault)
{
    switch (fault) {
    case ProxyFault::HostChanged:
        return {tr("The proxy changes Host."),
                tr("Pages are then refused, because their origin is not the host that arrives.")};
    case ProxyFault::PortLost:
        return {tr("The proxy drops the port from Host."),
                tr("Pages are then refused, because their origin is not the host that arrives.")};
    case ProxyFault::AddressLost:
        return {tr("The server does not learn who is behind the proxy."),
                tr("All players share one address and its limits. Let the proxy name the client.")};
    case ProxyFault::ProxyNotTrusted:
        return {tr("The proxy names the client, but the server does not believe it."),
                tr("Name the proxy's address as a trusted one.")};
    case ProxyFault::AddressDoubtful:
        return {tr("What arrives about the client's address contradicts itself."),
                tr("Let the proxy write one header and take away the others.")};
    case ProxyFault::ForgeryBelieved:
        return {tr("A client can choose its own address."),
                tr("Limits by address are worth nothing then. Let the proxy replace what clients send.")};
    case ProxyFault::ForgeryPassedOn:
        return {tr("What clients claim about their address is passed on, and not believed."),
                tr("It does no harm; cleaner is to take it away.")};
    case ProxyFault::SchemeLost:
        return {tr("The server is not told that players use https."),
                tr("Addresses that it hands out begin with ws: unless the public address is set.")};
    default:
        return {};
    }
}

ProxyWords wordsForSocket(ProxyFault fault)
{
    switch (fault) {
    case ProxyFault::UpgradeDropped:
        return {tr("The proxy drops the upgrade: no WebSocket can open."),
                tr("It has to pass Upgrade and Connection on, with HTTP/1.1.")};
    case ProxyFault::UpgradeBroken:
        return {tr("Only a part of the upgrade arrives."), tr("A box in between does not know WebSocket.")};
    case ProxyFault::OriginRefused:
        return {tr("The server refuses the public page's origin."),
                tr("Pass Host on with its port, or allow the origin.")};
    case ProxyFault::SocketRefused:
        return {tr("The WebSocket was refused."), tr("Somebody in between answered in place of the server.")};
    case ProxyFault::SocketUnreachable:
        return {tr("The WebSocket got no answer."), {}};
    case ProxyFault::EchoLost:
        return {tr("The WebSocket opens, but nothing comes back."), tr("Something in between holds messages back.")};
    case ProxyFault::IdleTooShort:
        return {tr("A silent connection is cut before the heartbeat shows life."),
                tr("Make the proxy's time-out longer, or the heartbeat shorter.")};
    case ProxyFault::IdleFound:
        return {tr("A silent connection is cut, but the heartbeat is faster."), {}};
    case ProxyFault::IdleNone:
        return {tr("A silent connection was not cut."), {}};
    case ProxyFault::SocketFine:
        return {tr("A WebSocket opens and carries messages."), {}};
    default:
        return {};
    }
}

} // namespace

ProxyWords proxyWords(ProxyFault fault)
{
    for (const auto &words : {wordsForHttp(fault), wordsForHeaders(fault), wordsForSocket(fault)}) {
        if (!words.sentence.isEmpty())
            return words;
    }
    return {};
}

} // namespace glasshouse
