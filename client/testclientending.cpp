// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclientending.h"

#include "protocol/closecode.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

using enum TestClientPage;

struct Words
{
    const char *name;
    const char *sentence; ///< %1 is the detail
    const char *advice;
    TestClientPage page = None;
};

// In the order of the enum.
constexpr std::array<Words, testClientFaultCount> faultWords{{
    {"invalidUrl", QT_TRANSLATE_NOOP("TestClient", "This is not a complete address."),
     QT_TRANSLATE_NOOP("TestClient", "Write it like ws://host:8080/ws/main.")},
    {"httpUrl", QT_TRANSLATE_NOOP("TestClient", "This is the address of a web page."),
     QT_TRANSLATE_NOOP("TestClient", "WebSockets have the schemes ws and wss: try %1.")},
    {"unknownScheme", QT_TRANSLATE_NOOP("TestClient", "The scheme “%1” is unknown."),
     QT_TRANSLATE_NOOP("TestClient", "Use ws:// or, for an encrypted connection, wss://.")},
    {"urlFragment", QT_TRANSLATE_NOOP("TestClient", "The address ends in “%1”; a WebSocket address has no such part."),
     QT_TRANSLATE_NOOP("TestClient", "Remove it, or write # as %23.")},
    {"invalidHeader", QT_TRANSLATE_NOOP("TestClient", "The header “%1” can not be sent."),
     QT_TRANSLATE_NOOP("TestClient",
                       "A name holds letters, digits and hyphens; a value no line breaks or control characters."),
     Connection},
    {"invalidSubprotocol", QT_TRANSLATE_NOOP("TestClient", "The subprotocol “%1” can not be offered."),
     QT_TRANSLATE_NOOP("TestClient", "Each name stands once and holds no spaces or separators."), Connection},
    {"noTls", QT_TRANSLATE_NOOP("TestClient", "TLS does not work on this machine: %1."),
     QT_TRANSLATE_NOOP("TestClient", "Look at the machine's OpenSSL and its configuration, or use ws://.")},
    {"invalidProxy", QT_TRANSLATE_NOOP("TestClient", "The proxy has no host or no port."),
     QT_TRANSLATE_NOOP("TestClient", "Write both, or connect without a proxy."), Connection},
    {"invalidMessage",
     QT_TRANSLATE_NOOP("TestClient", "A message that is to be said by itself can not be written as UTF-8."),
     QT_TRANSLATE_NOOP("TestClient", "Say it as a binary message."), Connection},
    {"hostNotFound", QT_TRANSLATE_NOOP("TestClient", "No computer of this name was found."),
     QT_TRANSLATE_NOOP("TestClient", "Check the spelling and the network; a new DNS name may need a while.")},
    {"connectionRefused", QT_TRANSLATE_NOOP("TestClient", "Nobody listens at this address and port."),
     QT_TRANSLATE_NOOP("TestClient",
                       "Check that the server runs and the port is right. If localhost works and this does not, the "
                       "server is bound to 127.0.0.1: bind it to 0.0.0.0.")},
    {"networkUnreachable", QT_TRANSLATE_NOOP("TestClient", "The network has no way to this address."),
     QT_TRANSLATE_NOOP("TestClient", "Check that this computer is online and in the same network.")},
    {"networkError", QT_TRANSLATE_NOOP("TestClient", "The network failed: %1."), ""},
    {"timeoutResolving", QT_TRANSLATE_NOOP("TestClient", "The name was not resolved in time."),
     QT_TRANSLATE_NOOP("TestClient", "Check the DNS settings, or use the number of the address.")},
    {"timeoutConnecting", QT_TRANSLATE_NOOP("TestClient", "The connection was not made in time."),
     QT_TRANSLATE_NOOP("TestClient",
                       "A firewall swallows it, or the Wi-Fi keeps its guests apart. On Windows, look whether the "
                       "network is marked as public.")},
    {"timeoutSecuring", QT_TRANSLATE_NOOP("TestClient", "The server did not answer the TLS greeting in time."),
     QT_TRANSLATE_NOOP("TestClient", "This port probably speaks without TLS: try ws://.")},
    {"timeoutUpgrading",
     QT_TRANSLATE_NOOP("TestClient", "The server took the connection and did not answer the upgrade in time."),
     QT_TRANSLATE_NOOP("TestClient", "It may be frozen or out of file descriptors, or expect TLS: try wss://.")},
    {"proxyNotReached", QT_TRANSLATE_NOOP("TestClient", "The proxy does not answer: %1."),
     QT_TRANSLATE_NOOP("TestClient", "Check its host and port, or connect without it."), Connection},
    {"proxyWantsPassword", QT_TRANSLATE_NOOP("TestClient", "The proxy wants another name and password."),
     QT_TRANSLATE_NOOP("TestClient", "Write those of the proxy, not those of the server."), Connection},
    {"proxyFailed", QT_TRANSLATE_NOOP("TestClient", "The proxy did not make the connection: %1."),
     QT_TRANSLATE_NOOP(
         "TestClient",
         "It may not get to the server, not allow this port, or be no proxy of this kind: try it without."),
     Connection},
    {"proxyCanNotReach", QT_TRANSLATE_NOOP("TestClient", "The proxy can not reach the server: %1."),
     QT_TRANSLATE_NOOP(
         "TestClient",
         "The proxy looks the name up and connects from where it stands: check the address as seen from there."),
     Connection},
    {"tlsCertificate", QT_TRANSLATE_NOOP("TestClient", "The server's certificate is not trusted: %1."),
     QT_TRANSLATE_NOOP(
         "TestClient",
         "Use the name in the certificate, install its authority, or ignore certificate errors for a test."),
     Connection},
    {"tlsToPlainPort", QT_TRANSLATE_NOOP("TestClient", "The server's answer is not TLS."),
     QT_TRANSLATE_NOOP("TestClient", "This port speaks without TLS: try ws://.")},
    {"tlsFailed", QT_TRANSLATE_NOOP("TestClient", "TLS failed: %1."),
     QT_TRANSLATE_NOOP("TestClient", "The server may speak without TLS on this port: try ws://.")},
    {"noAnswer", QT_TRANSLATE_NOOP("TestClient", "The server closed the connection without an answer."),
     QT_TRANSLATE_NOOP("TestClient", "It refuses what it can not read, or expects TLS: try wss://.")},
    {"plainToTlsPort", QT_TRANSLATE_NOOP("TestClient", "The server answered with TLS."),
     QT_TRANSLATE_NOOP("TestClient", "This port is encrypted: use wss://.")},
    {"notHttp", QT_TRANSLATE_NOOP("TestClient", "The answer is not HTTP."),
     QT_TRANSLATE_NOOP("TestClient", "Another kind of server listens on this port.")},
    {"badResponseHead", QT_TRANSLATE_NOOP("TestClient", "The answer breaks the rules of HTTP: %1."),
     QT_TRANSLATE_NOOP("TestClient", "Look at the raw answer under Handshake."), Handshake},
    {"http200", QT_TRANSLATE_NOOP("TestClient", "The server sent a page (%1) instead of upgrading."),
     QT_TRANSLATE_NOOP("TestClient", "The path is wrong, or a proxy in front answered itself.")},
    {"httpRedirect", QT_TRANSLATE_NOOP("TestClient", "The server points elsewhere: %1."),
     QT_TRANSLATE_NOOP(
         "TestClient",
         "Browsers do not follow this. Connect to that address, or let redirects be followed under Connection.")},
    {"tooManyRedirects", QT_TRANSLATE_NOOP("TestClient", "The server points elsewhere again and again, at last to %1."),
     QT_TRANSLATE_NOOP("TestClient",
                       "Servers may point at each other. Let more be followed, or connect to that address."),
     Connection},
    {"insecureRedirect",
     QT_TRANSLATE_NOOP("TestClient", "The server points from an encrypted address to one that is not: %1."),
     QT_TRANSLATE_NOOP("TestClient", "That is not followed by itself, because anybody on the way could read along.")},
    {"http400", QT_TRANSLATE_NOOP("TestClient", "The server found the request faulty (%1)."),
     QT_TRANSLATE_NOOP("TestClient",
                       "A proxy may have dropped the Upgrade header; its answer stands under Handshake.")},
    {"http401", QT_TRANSLATE_NOOP("TestClient", "The server wants to know who you are (%1)."),
     QT_TRANSLATE_NOOP("TestClient", "The token is missing, wrong or expired."), Connection},
    {"http403", QT_TRANSLATE_NOOP("TestClient", "The server does not let you in (%1)."),
     QT_TRANSLATE_NOOP("TestClient", "Often the Origin: try without one, then with the address of the page."),
     Connection},
    {"http404", QT_TRANSLATE_NOOP("TestClient", "There is nothing at this path (%1)."),
     QT_TRANSLATE_NOOP("TestClient", "Check the path; common ones are /, /ws and /socket.")},
    {"http426", QT_TRANSLATE_NOOP("TestClient", "The server did not see an upgrade (%1)."),
     QT_TRANSLATE_NOOP(
         "TestClient",
         "A proxy dropped it. In nginx: proxy_http_version 1.1, Upgrade $http_upgrade, Connection \"upgrade\".")},
    {"http429", QT_TRANSLATE_NOOP("TestClient", "Too many connections or attempts (%1)."),
     QT_TRANSLATE_NOOP("TestClient", "Wait a while.")},
    {"httpUnavailable", QT_TRANSLATE_NOOP("TestClient", "The server behind the proxy is not there (%1)."),
     QT_TRANSLATE_NOOP("TestClient", "It is down, starting, or on another port: test it directly.")},
    {"httpServerError", QT_TRANSLATE_NOOP("TestClient", "The server failed (%1)."),
     QT_TRANSLATE_NOOP("TestClient", "Look at its log.")},
    {"httpOther", QT_TRANSLATE_NOOP("TestClient", "The server answered %1 instead of upgrading."),
     QT_TRANSLATE_NOOP("TestClient", "Its answer stands under Handshake."), Handshake},
    {"missingUpgrade", QT_TRANSLATE_NOOP("TestClient", "The answer says 101 but not to what it switches."),
     QT_TRANSLATE_NOOP("TestClient",
                       "Something between here and the server dropped the Upgrade or Connection header.")},
    {"wrongAccept", QT_TRANSLATE_NOOP("TestClient", "The answer's Sec-WebSocket-Accept does not fit the request."),
     QT_TRANSLATE_NOOP("TestClient", "A cache, or a box that knows no WebSocket, answered.")},
    {"unofferedSubprotocol",
     QT_TRANSLATE_NOOP("TestClient", "The server chose a subprotocol that was not offered: %1."),
     QT_TRANSLATE_NOOP("TestClient", "Offer it under Connection, or correct the server."), Connection},
    {"unofferedExtension",
     QT_TRANSLATE_NOOP("TestClient", "The server switched on an extension that was not offered: %1."),
     QT_TRANSLATE_NOOP("TestClient", "A server may use only what the client offers.")},
    {"badExtension",
     QT_TRANSLATE_NOOP("TestClient", "The server agreed to compression in a way that was not offered: %1."),
     QT_TRANSLATE_NOOP("TestClient", "Offer other parameters, or none, under Connection, or correct the server."),
     Connection},
    {"closedByClient", QT_TRANSLATE_NOOP("TestClient", "You closed the connection."), ""},
    {"closedByServer", QT_TRANSLATE_NOOP("TestClient", "The server closed the connection: %1."), ""},
    {"vanished", QT_TRANSLATE_NOOP("TestClient", "The connection ended without a close frame (1006)."),
     QT_TRANSLATE_NOOP("TestClient",
                       "The server stopped, or something on the way cut a silent connection: ping every 20 s."),
     Connection},
    {"connectionReset", QT_TRANSLATE_NOOP("TestClient", "The connection was reset (1006)."),
     QT_TRANSLATE_NOOP("TestClient", "The server crashed or threw the connection away; a firewall can do it, too.")},
    {"protocolViolation", QT_TRANSLATE_NOOP("TestClient", "The server broke the protocol: %1."),
     QT_TRANSLATE_NOOP("TestClient", "The frame is the last row of the log.")},
    {"invalidUtf8", QT_TRANSLATE_NOOP("TestClient", "The server sent text that is not UTF-8."),
     QT_TRANSLATE_NOOP("TestClient", "Send such bytes as a binary message.")},
    {"messageTooBig", QT_TRANSLATE_NOOP("TestClient", "The server sent a message over the size limit."),
     QT_TRANSLATE_NOOP("TestClient", "Split it.")},
    {"closeNotAnswered", QT_TRANSLATE_NOOP("TestClient", "The server did not answer the close in time."),
     QT_TRANSLATE_NOOP("TestClient", "It is busy, or does not know the closing handshake.")},
    {"streamLeftOpen", QT_TRANSLATE_NOOP("TestClient", "The close was agreed, but the server kept the stream open."),
     QT_TRANSLATE_NOOP("TestClient", "A server should end the stream after the close frames.")},
    {"aborted", QT_TRANSLATE_NOOP("TestClient", "You broke the connection off."), ""},
}};

struct CodeWords
{
    quint16 code;
    const char *advice;
    TestClientPage page = None;
};
constexpr CodeWords codeWords[] = {
    {1001, QT_TRANSLATE_NOOP("TestClient", "The server shuts down: come back later.")},
    {1002, QT_TRANSLATE_NOOP("TestClient", "The server did not understand a frame of this client.")},
    {1003, QT_TRANSLATE_NOOP("TestClient", "The server does not take this kind of message.")},
    {1007, QT_TRANSLATE_NOOP("TestClient", "The server found text that is not UTF-8.")},
    {1008, QT_TRANSLATE_NOOP("TestClient", "The server's rules were broken: too many bad messages, or a stale token.")},
    {1009, QT_TRANSLATE_NOOP("TestClient", "A message was over the server's size limit: send smaller ones.")},
    {1011, QT_TRANSLATE_NOOP("TestClient", "The server failed: look at its log.")},
    {1012, QT_TRANSLATE_NOOP("TestClient", "The server restarts: come back.")},
    {1013, QT_TRANSLATE_NOOP("TestClient", "The server is too busy: come back later.")},
    {4001, QT_TRANSLATE_NOOP("TestClient", "Get a new token before you come back."), Connection},
    {4002, QT_TRANSLATE_NOOP("TestClient", "Send fewer messages a second; come back after a pause.")},
    {4003, QT_TRANSLATE_NOOP("TestClient", "Clear the Origin, or let the server allow it."), Connection},
    {4004, QT_TRANSLATE_NOOP("TestClient", "Check the room in the address.")},
    {4005, QT_TRANSLATE_NOOP("TestClient", "Come back after a pause, or choose another room.")},
    {4006, QT_TRANSLATE_NOOP("TestClient", "This client read too slowly.")},
    {4007, QT_TRANSLATE_NOOP("TestClient", "Switch the automatic pong on."), Connection},
    {4008, QT_TRANSLATE_NOOP("TestClient", "Another connection took over the same session.")},
    {4010, QT_TRANSLATE_NOOP("TestClient", "Send something, or the token, in time.")},
};

/// There is an answer to look at.
bool isRefused(const TestClientEnding &ending)
{
    return ending.httpStatus != 0 && ending.stage < TestClientState::Open;
}

QString words(const char *text, QByteArray detail)
{
    if (!text || !*text)
        return {};
    while (detail.endsWith('.')) // it stands inside a sentence
        detail.chop(1);
    // not arg(): the detail may hold a % of its own, and an advice one that is meant
    return QCoreApplication::translate("TestClient", text).replace("%1"_L1, QString::fromUtf8(detail));
}

struct Advice
{
    const char *text;
    TestClientPage page;
};

Advice adviceFor(const TestClientEnding &ending)
{
    if (ending.fault == TestClientFault::ClosedByServer) {
        const auto *found = std::ranges::find(codeWords, ending.codeReceived, &CodeWords::code);
        return found == std::end(codeWords) ? Advice{nullptr, None} : Advice{found->advice, found->page};
    }
    const Words &row = faultWords[std::size_t(ending.fault)];
    return {row.advice, row.page == None && isRefused(ending) ? Handshake : row.page};
}

} // namespace

quint16 TestClientEnding::code() const { return codeReceived != 0 ? codeReceived : quint16(CloseCode::Abnormal); }

TestClientText testClientText(const TestClientEnding &ending)
{
    const Advice advice = adviceFor(ending);
    return {words(faultWords[std::size_t(ending.fault)].sentence, ending.detail), words(advice.text, ending.detail),
            advice.page};
}

QByteArrayView testClientFaultName(TestClientFault fault) { return faultWords[std::size_t(fault)].name; }

bool isFault(const TestClientEnding &ending)
{
    if (ending.fault == TestClientFault::ClosedByServer)
        return ending.codeReceived != 1000 && ending.codeReceived != 1001 && ending.codeReceived != 1005;
    return ending.fault != TestClientFault::ClosedByClient && ending.fault != TestClientFault::Aborted;
}

bool mayComeBack(const TestClientEnding &ending)
{
    using enum TestClientFault;
    static constexpr TestClientFault passing[] = {
        HostNotFound,    ConnectionRefused, NetworkUnreachable, NetworkError,     TimeoutResolving, TimeoutConnecting,
        TimeoutSecuring, TimeoutUpgrading,  NoAnswer,           Http429,          HttpUnavailable,  HttpServerError,
        Vanished,        ConnectionReset,   ProxyNotReached,    ProxyCanNotReach,
    };
    if (ending.fault == ClosedByServer)
        return shouldReconnect(ending.codeReceived);
    return std::ranges::find(passing, ending.fault) != std::end(passing);
}

TestClientFault faultForStatus(int httpStatus)
{
    switch (httpStatus) {
    case 400:
        return TestClientFault::Http400;
    case 401:
        return TestClientFault::Http401;
    case 403:
        return TestClientFault::Http403;
    case 404:
        return TestClientFault::Http404;
    case 426:
        return TestClientFault::Http426;
    case 429:
        return TestClientFault::Http429;
    case 502:
    case 503:
    case 504:
        return TestClientFault::HttpUnavailable;
    default:
        break;
    }
    if (httpStatus >= 200 && httpStatus < 300)
        return TestClientFault::Http200;
    if (httpStatus >= 300 && httpStatus < 400)
        return TestClientFault::HttpRedirect;
    return httpStatus >= 500 && httpStatus < 600 ? TestClientFault::HttpServerError : TestClientFault::HttpOther;
}

} // namespace glasshouse
