// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windows/proxywords.h"

#include <QCoreApplication>

namespace glasshouse {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ProxyWords)
};

ProxyWords wordsForHttp(ProxyFault fault)
{
    switch (fault) {
    case ProxyFault::Unreachable:
        return {
            Words::tr("Nobody answers at the public address."),
            Words::tr("Is the name right, does it lead to the proxy, does the proxy run and trust its certificate?")};
    case ProxyFault::UpstreamDown:
        return {Words::tr("The proxy answers, but it can not reach the server."),
                Words::tr("Compare the address and port behind the proxy with those of the server.")};
    case ProxyFault::Redirected:
        return {
            Words::tr("The proxy sends clients to another address."),
            Words::tr("WebSocket clients do not follow. Use the address that it names, or take the redirect away.")};
    case ProxyFault::OtherServer:
        return {Words::tr("Somebody else answers at the public address."),
                Words::tr("The proxy has no rule for this path, or another one comes first.")};
    case ProxyFault::OldHttp:
        return {Words::tr("The proxy speaks HTTP/1.0 with the server."), Words::tr("WebSocket needs HTTP/1.1.")};
    case ProxyFault::UnknownPath:
        return {Words::tr("The request reaches the server, but under a path that it does not know."),
                Words::tr("The prefix was passed on: take it away, or tell the server about it.")};
    case ProxyFault::NonceRefused:
        return {Words::tr("A Glasshouse answers, but not this one."),
                Words::tr("Does the proxy lead to another instance, or was the test too slow?")};
    case ProxyFault::HostRefused:
        return {
            Words::tr("The server does not answer to this name."),
            Words::tr("Tell it its public address, or allow the name: a click on the event in the main window does.")};
    case ProxyFault::PathRewritten:
        return {Words::tr("The proxy changes the path."),
                Words::tr("Players may reach another room than they asked for.")};
    case ProxyFault::QueryChanged:
        return {Words::tr("The proxy changes what stands behind the question mark."),
                Words::tr("Names, rooms and tokens travel there.")};
    case ProxyFault::PrefixKept:
        return {Words::tr("The prefix is passed on, and the server knows it."), {}};
    case ProxyFault::PrefixStripped:
        return {Words::tr("The prefix is taken away, as it may be."), {}};
    case ProxyFault::BodyAltered:
        return {Words::tr("The answer was changed on its way."), Words::tr("Something in between writes into pages.")};
    case ProxyFault::Compressed:
        return {Words::tr("The proxy compresses answers."), Words::tr("That is fine for pages.")};
    case ProxyFault::HttpFine:
        return {Words::tr("Pages and the API arrive as they were sent."), {}};
    default:
        return {};
    }
}

ProxyWords wordsForHeaders(ProxyFault fault)
{
    switch (fault) {
    case ProxyFault::HostChanged:
        return {Words::tr("The proxy changes Host."),
                Words::tr("Pages are then refused, because their origin is not the host that arrives.")};
    case ProxyFault::PortLost:
        return {Words::tr("The proxy drops the port from Host."),
                Words::tr("Pages are then refused, because their origin is not the host that arrives.")};
    case ProxyFault::AddressLost:
        return {Words::tr("The server does not learn who is behind the proxy."),
                Words::tr("All players share one address and its limits. Let the proxy name the client.")};
    case ProxyFault::ProxyNotTrusted:
        return {Words::tr("The proxy names the client, but the server does not believe it."),
                Words::tr("Name the proxy's address as a trusted one.")};
    case ProxyFault::AddressDoubtful:
        return {Words::tr("What arrives about the client's address contradicts itself."),
                Words::tr("Let the proxy write one header and take away the others.")};
    case ProxyFault::ForgeryBelieved:
        return {Words::tr("A client can choose its own address."),
                Words::tr("Limits by address are worth nothing then. Let the proxy replace what clients send.")};
    case ProxyFault::ForgeryPassedOn:
        return {Words::tr("What clients claim about their address is passed on, and not believed."),
                Words::tr("It does no harm; cleaner is to take it away.")};
    case ProxyFault::SchemeLost:
        return {Words::tr("The server is not told that players use https."),
                Words::tr("Addresses that it hands out begin with ws: unless the public address is set.")};
    default:
        return {};
    }
}

ProxyWords wordsForSocket(ProxyFault fault)
{
    switch (fault) {
    case ProxyFault::UpgradeDropped:
        return {Words::tr("The proxy drops the upgrade: no WebSocket can open."),
                Words::tr("It has to pass Upgrade and Connection on, with HTTP/1.1.")};
    case ProxyFault::UpgradeBroken:
        return {Words::tr("Only a part of the upgrade arrives."),
                Words::tr("A box in between does not know WebSocket.")};
    case ProxyFault::OriginRefused:
        return {Words::tr("The server refuses the public page's origin."),
                Words::tr("Pass Host on with its port, or allow the origin.")};
    case ProxyFault::SocketRefused:
        return {Words::tr("The WebSocket was refused."),
                Words::tr("Somebody in between answered in place of the server.")};
    case ProxyFault::SocketUnreachable:
        return {Words::tr("The WebSocket got no answer."), {}};
    case ProxyFault::EchoLost:
        return {Words::tr("The WebSocket opens, but nothing comes back."),
                Words::tr("Something in between holds messages back.")};
    case ProxyFault::IdleTooShort:
        return {Words::tr("A silent connection is cut before the heartbeat shows life."),
                Words::tr("Make the proxy's time-out longer, or the heartbeat shorter.")};
    case ProxyFault::IdleFound:
        return {Words::tr("A silent connection is cut, but the heartbeat is faster."), {}};
    case ProxyFault::IdleNone:
        return {Words::tr("A silent connection was not cut."), {}};
    case ProxyFault::SocketFine:
        return {Words::tr("A WebSocket opens and carries messages."), {}};
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
