// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorcauses.h"

#include <QCoreApplication>
#include <array>

namespace glasshouse {

namespace {

#define GH_TEXT(text) QT_TRANSLATE_NOOP("Doctor", text)

constexpr bool ill = true;
constexpr bool noted = false;

// In the order of DoctorCause. docs/doctor.md has the list.
constexpr std::array<DoctorCauseRow, doctorCauseCount> rows{{
    {"none", noted, "", ""},
    // URL
    {"urlInvalid", ill, GH_TEXT("The address can not be used: %1."),
     GH_TEXT("Write it as ws://host:port/path, or wss:// where the server is encrypted.")},
    {"urlHttp", ill, GH_TEXT("The address begins with a scheme of pages; WebSockets have ws and wss."),
     GH_TEXT("Use %1.")},
    {"urlScheme", ill, GH_TEXT("The scheme “%1” is no WebSocket's."),
     GH_TEXT("Begin the address with ws:// or wss://.")},
    {"urlFragment", ill, GH_TEXT("The address ends in “%1”; a WebSocket address has no such part."),
     GH_TEXT("Leave out the # and what follows it.")},
    {"requestInvalid", ill, GH_TEXT("The request can not be sent: “%1” breaks the rules of HTTP."),
     GH_TEXT("Headers and subprotocols have names of letters, digits and hyphens, each subprotocol once, and "
             "values without line breaks.")},
    {"messageInvalid", ill, GH_TEXT("A text that the client says by itself is not UTF-8."),
     GH_TEXT("Correct it, or let it go as a binary message.")},
    {"urlSpaces", noted, GH_TEXT("The path has spaces in it."), GH_TEXT("If they came in by mistake, take them out.")},
    {"urlListeningAddress", noted, GH_TEXT("%1 is an address to listen on, and no other device can connect to it."),
     GH_TEXT("Give clients this machine's name or its address in the network.")},
    {"proxyLeftOut", noted, GH_TEXT("The settings name a proxy; what was looked at is the way without it."),
     GH_TEXT("If the client connects without the proxy as well, leave the proxy out.")},
    {"mixedContent", noted,
     GH_TEXT("A page over https may not open ws:// connections: browsers block them as mixed content."),
     GH_TEXT("Serve the WebSocket over TLS and use wss://.")},
    {"localNetworkAccess", noted,
     GH_TEXT("A page from the internet that connects to %1, in the local network, needs the person's "
             "permission in new browsers."),
     GH_TEXT("Serve the page from the same machine as the WebSocket.")},
    // Names
    {"nameNotFound", ill, GH_TEXT("Nobody knows the name “%1”."),
     GH_TEXT("Check how it is spelt, and whether this device asks the right name server. A new name may need "
             "some minutes; a name of the local network may be known there only.")},
    {"nameTimeout", ill, GH_TEXT("No name server said within %2 s what “%1” is."),
     GH_TEXT("Check the network of this device and its name server; try an address in place of the name.")},
    {"nameSlow", noted, GH_TEXT("To find the name took %1 ms, at each new connection."),
     GH_TEXT("Look at the name server of this device.")},
    // Network
    {"connectionRefused", ill, GH_TEXT("Nothing listens on port %2 of %1."),
     GH_TEXT("Start the server, and compare its port. In a container or behind a router, the port has to be "
             "published as well.")},
    {"portMissing", ill, GH_TEXT("The address has no port, so port %2 was tried, and nothing listens there."),
     GH_TEXT("Add the server's port: %1.")},
    {"listensElsewhere", ill, GH_TEXT("The server does not listen on %1, but on %2."),
     GH_TEXT("Let it listen on all addresses (0.0.0.0 and ::), not on one, or use the address that it listens"
             " on.")},
    {"connectionTimeout", ill, GH_TEXT("%1 does not answer: what is sent to port %2 is thrown away."),
     GH_TEXT("A firewall on the server's machine or on the way (on Windows: a network that counts as public),"
             " a Wi-Fi that keeps its devices apart, a security group, or a machine that is off.")},
    {"networkUnreachable", ill, GH_TEXT("There is no way to %1 from here, or nobody at that address."),
     GH_TEXT(
         "Check the network of this device and its VPN, that the address is right, and that the server's machine is "
         "on.")},
    {"connectionFailed", ill, GH_TEXT("The connection to %1 failed: %2."), ""},
    {"firstAddressDead", ill,
     GH_TEXT("The name has several addresses, and the first, %1, is dead: clients that try one after the "
             "other lose %2 s and more each time."),
     GH_TEXT("Take the dead address out of the name's records, or let the server answer there.")},
    {"ipv6Broken", ill, GH_TEXT("Over IPv6 the server can not be reached (%1), over IPv4 it can."),
     GH_TEXT("Let the server listen on IPv6 as well and its firewall let it through, or take the AAAA record "
             "away.")},
    {"ipv4Broken", ill, GH_TEXT("Over IPv4 the server can not be reached (%1), over IPv6 it can."),
     GH_TEXT("Let the server listen on IPv4 as well and its firewall let it through, or take the A record "
             "away.")},
    {"addressDead", noted, GH_TEXT("Not all addresses of the name answer: %1 does not."),
     GH_TEXT("Some clients will choose it. Take it out of the name's records, or let the server answer there.")},
    {"familyNotHere", noted, GH_TEXT("This device has no way to %1; the other addresses work."), ""},
    {"connectSlow", noted, GH_TEXT("The connection needed %1 ms."),
     GH_TEXT("The first packet was lost, or the way is long. Look at the network if it stays so.")},
    // TLS
    {"tlsUnusable", ill, GH_TEXT("TLS can not be used with these settings: %1."),
     GH_TEXT("Check the files with the authorities, the client's certificate and its key.")},
    {"tlsToPlainPort", ill, GH_TEXT("The address says wss://, but this port speaks without TLS."),
     GH_TEXT("Use %1, or give the server a certificate.")},
    {"certificateExpired", ill, GH_TEXT("The server's certificate expired on %1."),
     GH_TEXT("Renew it, and let the server read it. If it was renewed: check the clock of this device.")},
    {"certificateNotYetValid", ill, GH_TEXT("The server's certificate is good from %1 on only."),
     GH_TEXT("Check the clock of this device; if it is right, wait or issue the certificate anew.")},
    {"certificateSelfSigned", ill, GH_TEXT("The server signed its certificate itself, so nobody vouches for it."),
     GH_TEXT("Use a certificate of an authority that clients know. For a test: let the client trust this one,"
             " with the fingerprint %1.")},
    {"certificateUnknownAuthority", ill,
     GH_TEXT("The authority that signed the server's certificate is not known here: %1."),
     GH_TEXT("If it is your own, install it on the clients. If it is a public one, the server leaves out the "
             "certificates in between: give it the full chain.")},
    {"certificateWrongName", ill, GH_TEXT("The server's certificate is for %2, not for %1."),
     GH_TEXT("Use a name that stands in it, or issue one for this name.")},
    {"certificateWeak", ill, GH_TEXT("The server's certificate is too weak: %1."),
     GH_TEXT("Issue a new one, with an elliptic curve or at least 2048 bits of RSA, signed with SHA-256.")},
    {"certificateRefused", ill, GH_TEXT("The server's certificate is not accepted: %1."), ""},
    {"tlsVersion", ill, GH_TEXT("Client and server have no version or cipher of TLS in common: %1."),
     GH_TEXT("Let the server speak TLS 1.2 or 1.3 with the ciphers of today.")},
    {"tlsWeak", ill, GH_TEXT("The server offers keys that are too short for TLS of today: %1."),
     GH_TEXT("Give it parameters of at least 2048 bits, or elliptic curves.")},
    {"clientCertificateMissing", ill, GH_TEXT("The server wants a certificate of the client."),
     GH_TEXT("Give the client one, with its key, that the server's authority signed.")},
    {"clientCertificateRefused", ill, GH_TEXT("The server does not take the client's certificate: %1."),
     GH_TEXT("Use one that the server's authority signed and that has not expired.")},
    {"tlsNameUnknown", ill, GH_TEXT("The server does not know the name %1."),
     GH_TEXT("Add the name to the server's or the proxy's configuration, or use the name that it knows.")},
    {"http2Only", ill, GH_TEXT("The server speaks HTTP/2 only; WebSockets need HTTP/1.1."),
     GH_TEXT("Switch HTTP/1.1 on beside it (ALPN http/1.1), or let the server take WebSockets over HTTP/2 "
             "(RFC 8441), for clients that can.")},
    {"tlsCut", ill, GH_TEXT("The connection ends in the middle of the TLS handshake: %1."),
     GH_TEXT("A firewall or proxy that looks into TLS, a server without a certificate for this name, or a "
             "port that speaks something else.")},
    {"tlsSilent", ill, GH_TEXT("The server takes the connection and does not answer TLS within %1 s."),
     GH_TEXT("It is frozen or overloaded, or the port does not speak TLS: try ws://.")},
    {"tlsFailed", ill, GH_TEXT("TLS failed: %1."), ""},
    {"certificateNotChecked", noted, GH_TEXT("The certificate is taken only because the settings say so: %1."),
     GH_TEXT("Other clients will refuse it.")},
    {"certificateExpiresSoon", noted, GH_TEXT("The server's certificate expires on %1."), GH_TEXT("Renew it before.")},
    // Upgrade
    {"plainToTlsPort", ill, GH_TEXT("The address says ws://, but this port is encrypted."), GH_TEXT("Use %1.")},
    {"notHttp", ill, GH_TEXT("What answers is not HTTP: %1."),
     GH_TEXT("Another kind of server listens on this port. Check the port.")},
    {"answerMissing", ill, GH_TEXT("The server takes the connection and ends it without an answer."),
     GH_TEXT("It does not understand the request, knows no such path, or is a server of another kind. Look at"
             " its log.")},
    {"answerReset", ill, GH_TEXT("The server takes the connection and resets it at the request."),
     GH_TEXT("It crashed, a firewall looks at what is asked, or the port belongs to something else.")},
    {"answerTimeout", ill, GH_TEXT("The server takes the connection and does not answer within %1 s."),
     GH_TEXT("It is frozen or overloaded, has run out of file descriptors, or waits for TLS: look at its log,"
             " and try wss://.")},
    {"answerIncomplete", ill, GH_TEXT("The answer ends, or stops, in the middle of its head."),
     GH_TEXT("The server crashed while it answered, or a device on the way cut it.")},
    {"handshakeSlow", ill, GH_TEXT("The server agrees, but only after %1 s; this client waits for %2 s."),
     GH_TEXT("Find out what the server does before it answers (a name or a token that it looks up, a sleeping"
             " container), or wait longer.")},
    {"headBroken", ill, GH_TEXT("The answer breaks the rules of HTTP: %1."),
     GH_TEXT("Correct the server, or the proxy that changes its answers.")},
    {"pageInstead", ill, GH_TEXT("The server sent a page (%1) in place of the upgrade."),
     GH_TEXT("The path is another one, or a proxy answered by itself, or dropped the Upgrade header.")},
    {"cachedAnswer", ill, GH_TEXT("A cache on the way answered in place of the server (%1)."),
     GH_TEXT("Let the cache pass requests with an Upgrade header on, and keep nothing of this path.")},
    {"redirected", ill, GH_TEXT("The server points elsewhere (%1): %2. WebSocket clients do not follow."),
     GH_TEXT("Use the last address at once: %3.")},
    {"upgradeDropped", ill,
     GH_TEXT("The request came to the server without its Upgrade header (%1): a proxy on the way dropped it."),
     GH_TEXT("In nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header "
             "Connection \"upgrade\";")},
    {"badRequest", ill, GH_TEXT("The server finds the request faulty (%1)."),
     GH_TEXT("Its answer may say why. Often a proxy changed the request, or the path belongs to something "
             "else.")},
    {"loginMissing", ill, GH_TEXT("The server wants to know who connects (%1)."),
     GH_TEXT("Give the client a token, in the place where this server looks for it.")},
    {"tokenRefused", ill, GH_TEXT("The server does not take the token (%1)."),
     GH_TEXT("Get a new one; compare who issued it, for whom, and where this server looks for it.")},
    {"tokenPlace", ill, GH_TEXT("The server does not find the token where it is; %1 it does."),
     GH_TEXT("Send it there.")},
    {"tokenExpired", ill, GH_TEXT("The token expired on %1."),
     GH_TEXT("Get a new one before each connection, and never come back with the old one.")},
    {"tokenNotYetValid", ill, GH_TEXT("The token is good from %1 on only."),
     GH_TEXT("Check the clock of the machine that issued it.")},
    {"tokenWrongClock", ill,
     GH_TEXT("By the server's clock the token is not valid (%1), by this device's it is: they are %2 s apart."),
     GH_TEXT("Set both clocks by the network (NTP).")},
    {"forbidden", ill, GH_TEXT("The server does not let this client in (%1)."),
     GH_TEXT("It may go by the address, the Origin, or a token: its log says which.")},
    {"originRefused", ill, GH_TEXT("The server refuses the Origin %1; with %2 it agrees."),
     GH_TEXT("Add this origin to those that the server allows: scheme, name and port exactly so. Behind a "
             "proxy, let it pass the Host header on with its port (nginx: $http_host).")},
    {"originMissing", ill, GH_TEXT("The server takes only clients that name an Origin; with %1 it agrees."),
     GH_TEXT("Let the client send it, or let the server take clients that are no browsers.")},
    {"hostRefused", ill, GH_TEXT("The server does not answer to the name %1; with %2 it agrees."),
     GH_TEXT("Add the name to those that the server knows, or let the proxy pass the right Host header on.")},
    {"hostUnknown", ill, GH_TEXT("The server says that it is not the one for %1 (%2)."),
     GH_TEXT("Add the name to those that the server knows, or let the proxy pass the right Host header on.")},
    {"notFound", ill, GH_TEXT("There is nothing at this path (%1)."),
     GH_TEXT("Look into the server's documentation for its path; common ones are /, /ws and /socket.")},
    {"wrongPath", ill, GH_TEXT("There is no WebSocket at this path (%1), but there is one at %2."), GH_TEXT("Use %2.")},
    {"pathRewritten", ill, GH_TEXT("A proxy on the way changes the path: the server was asked for %2, not for %1."),
     GH_TEXT("Correct the proxy's rewriting (in nginx, a / at the end of proxy_pass takes the location's path"
             " away), or let the server listen at that path.")},
    {"tooManyRequests", ill, GH_TEXT("The server has enough of this address (%1)."),
     GH_TEXT("Wait, and let clients come back slower each time.")},
    {"headTooLarge", ill, GH_TEXT("The request's head is too large for the server (%1)."),
     GH_TEXT("Send less: cookies and tokens are the usual reason. Or raise the limit (nginx: "
             "large_client_header_buffers).")},
    {"proxyLogin", ill, GH_TEXT("A proxy on the way wants a name and a password (%1)."),
     GH_TEXT("Give them in the settings of the proxy.")},
    {"badGateway", ill, GH_TEXT("The proxy can not reach the server behind it (%1)."),
     GH_TEXT("The server is down, or the proxy has a wrong port: try the server directly.")},
    {"unavailable", ill, GH_TEXT("The server, or the proxy in front of it, is not ready (%1)."),
     GH_TEXT("It is starting, overloaded, or has no server behind it that is well: try the server directly.")},
    {"gatewayTimeout", ill, GH_TEXT("The server behind the proxy does not answer (%1)."),
     GH_TEXT("It is frozen, or a firewall stands between the two: try the server directly.")},
    {"serverError", ill, GH_TEXT("The server failed (%1)."), GH_TEXT("Look at its log.")},
    {"unexpectedStatus", ill, GH_TEXT("The server answered %1 in place of the upgrade."), ""},
    {"upgradeHeaderMissing", ill, GH_TEXT("The answer says 101, but has no Upgrade: websocket."),
     GH_TEXT("Something between here and the server dropped the header, or the server does not know "
             "WebSockets.")},
    {"connectionHeaderMissing", ill, GH_TEXT("The answer says 101, but has no Connection: Upgrade."),
     GH_TEXT("Something between here and the server dropped the header: proxies do, unless they are told of "
             "WebSockets.")},
    {"acceptMissing", ill, GH_TEXT("The answer says 101, but has no Sec-WebSocket-Accept."),
     GH_TEXT("The server does not know WebSockets, or something dropped the header.")},
    {"wrongAccept", ill, GH_TEXT("The answer's Sec-WebSocket-Accept does not fit the request."),
     GH_TEXT("The server computes it wrongly, or a device on the way answered in its place.")},
    {"extensionNotOffered", ill, GH_TEXT("The server switched on an extension that nobody offered: %1."),
     GH_TEXT("A server may use only what the client offers; correct it.")},
    {"badExtension", ill, GH_TEXT("The server agrees to an extension in a way that no client may take: %1."),
     GH_TEXT("Let it answer only with parameters that were offered, each once and with a value that it may have "
             "(RFC 7692, section 7.1).")},
    {"extensionRefused", ill, GH_TEXT("The server fails where extensions are offered (%1), and agrees without."),
     GH_TEXT("Offer none (permessage-deflate off), or correct the server.")},
    {"socketIo", ill, GH_TEXT("This is a Socket.IO server, and there is no plain WebSocket at this address."),
     GH_TEXT("Use a client of Socket.IO, or a plain WebSocket server. (It speaks at "
             "/socket.io/?EIO=4&transport=websocket, in its own protocol.)")},
    {"sockJs", ill, GH_TEXT("This is a SockJS server, and there is no plain WebSocket at this address."),
     GH_TEXT("Use a client of SockJS, or the plain WebSocket that it has at %1.")},
    {"signalR", ill, GH_TEXT("This is a SignalR server, and it does not take a plain WebSocket."),
     GH_TEXT("Use a client of SignalR, which asks for a connection first (POST …/negotiate).")},
    {"passingFailure", noted, GH_TEXT("The first attempt failed (%1), and the same once more did not."),
     GH_TEXT("Try again several times. A server that is just starting does so, one of several behind a load balancer "
             "that is not well, or a limit of attempts.")},
    // Subprotocols
    {"subprotocolNotChosen", ill,
     GH_TEXT("The client offered %1, and the server chose none: browsers end such a connection."),
     GH_TEXT("Let the server choose one of those that it knows, or offer none.")},
    {"subprotocolNotOffered", ill, GH_TEXT("The server chose the subprotocol %1, which was not offered (%2)."),
     GH_TEXT("Offer it, or correct the server.")},
    {"subprotocolRefused", ill,
     GH_TEXT("The server does not take the subprotocols that were offered (%1); without them it agrees."),
     GH_TEXT("Offer what it knows, or none.")},
    {"subprotocolWanted", ill, GH_TEXT("The server wants a subprotocol that it knows; offered %1, it agrees."),
     GH_TEXT("Offer it.")},
    // Origin and token
    {"originAny", noted, GH_TEXT("Pages of any origin may connect."),
     GH_TEXT("If the server knows people by cookies, let it check the Origin.")},
    {"originNone", noted, GH_TEXT("Pages of the server's own address may not connect; clients without an Origin may."),
     GH_TEXT("If pages are to connect, add their origin to those that the server allows.")},
    {"tokenTakenExpired", noted, GH_TEXT("The token expired on %1, and the server agrees to the upgrade all the same."),
     GH_TEXT("Let the server check exp, or get a new token: it may be refused any time.")},
    {"tokenExpiresSoon", noted, GH_TEXT("The token expires in %1 s."),
     GH_TEXT("Get a new one before each connection.")},
    {"tokenNeedsHeader", noted,
     GH_TEXT("The token goes in a header; pages in browsers can not send one with a WebSocket."),
     GH_TEXT("For pages, let the server take it in the query, as a subprotocol, or in the first message.")},
    {"tokenReadable", noted, GH_TEXT("The token goes over ws://, where everybody on the way can read it."),
     GH_TEXT("Use wss://.")},
    {"clockSkew", noted, GH_TEXT("The clocks of this device and of the server are %1 s apart."),
     GH_TEXT("Set both by the network (NTP), or tokens and certificates will fail.")},
    // Messages
    {"resetAfterUpgrade", ill, GH_TEXT("The server agrees to the upgrade and resets the connection at once."),
     GH_TEXT("It crashes in the handler of new connections (look at its log), or a device on the way lets no "
             "WebSocket through.")},
    {"endedAfterUpgrade", ill,
     GH_TEXT("The server agrees to the upgrade and ends the connection at once, without a word."),
     GH_TEXT("Its handler of new connections returns or fails: look at its log. Or a proxy on the way ends "
             "it.")},
    {"closedWithError", ill, GH_TEXT("The server closes new connections because of an error of its own (%1)."),
     GH_TEXT("Look at its log.")},
    {"framesMasked", ill,
     GH_TEXT("The server masks its frames; only clients may (RFC 6455, section 5.1), and they end the "
             "connection."),
     GH_TEXT("Correct the server: it uses a client's code to send.")},
    {"framesCompressed", ill, GH_TEXT("The server sends compressed frames, and nobody agreed to compression."),
     GH_TEXT("Let it compress only where permessage-deflate was agreed.")},
    {"textNotUtf8", ill, GH_TEXT("The server sends text that is not UTF-8; clients end the connection."),
     GH_TEXT("Send such bytes as binary messages.")},
    {"framesBroken", ill, GH_TEXT("The server breaks the rules of WebSocket frames: %1."),
     GH_TEXT("Correct the server, or the device on the way that changes bytes.")},
    {"flood", ill, GH_TEXT("The server sends more than anybody could take: %1 bytes in %2 ms."), ""},
    {"closedAtOnce", noted, GH_TEXT("The server closes new connections by itself (%1)."),
     GH_TEXT("It may want a message first, a token, or another path.")},
    {"speaksSocketIo", noted, GH_TEXT("The server speaks Socket.IO's protocol on this connection."),
     GH_TEXT("Use a client of Socket.IO: it answers the heartbeat, without which the server ends the "
             "connection.")},
    {"speaksSockJs", noted, GH_TEXT("The server speaks SockJS' protocol on this connection."),
     GH_TEXT("Use a client of SockJS, or the plain WebSocket that it has.")},
    {"speaksSignalR", noted, GH_TEXT("The server speaks SignalR's protocol on this connection."),
     GH_TEXT("Use a client of SignalR.")},
    {"speaksGraphQl", noted, GH_TEXT("The server speaks GraphQL over WebSocket."),
     GH_TEXT("A client has to begin with connection_init, and to offer graphql-transport-ws.")},
    {"speaksMqtt", noted, GH_TEXT("The server speaks MQTT over WebSocket."),
     GH_TEXT("Use a client of MQTT; the first packet is the client's CONNECT.")},
    // Pings, sizes, closes
    {"pongMissing", ill, GH_TEXT("The server does not answer pings."),
     GH_TEXT("Every WebSocket server has to (RFC 6455, section 5.5.3). It may be busy with something else in "
             "the same thread.")},
    {"pongWrong", ill, GH_TEXT("The server's pongs do not carry what the pings did."),
     GH_TEXT("Let it send back the ping's payload (RFC 6455, section 5.5.3).")},
    {"roundTripSlow", noted, GH_TEXT("A ping and its pong need %1 ms."),
     GH_TEXT("A long way, a bad network, or a busy server.")},
    {"messagesTiny", ill, GH_TEXT("The server takes messages of %1 bytes, and ends the connection at %2 (%3)."),
     GH_TEXT("Raise its limit for messages, or send smaller ones.")},
    {"messageLimit", noted, GH_TEXT("The server takes messages of %1 bytes, and ends the connection at %2 (%3)."),
     GH_TEXT("Send smaller ones, or raise its limit.")},
    {"messagesNotUnderstood", noted,
     GH_TEXT("The server ends the connection at a message that it does not know (%1), so its limit of size "
             "can not be found."),
     ""},
    {"messagesTooFast", noted,
     GH_TEXT("The server ends the connection after several messages (%1), and not because of their size."),
     GH_TEXT("Send slower.")},
    {"closeNotAnswered", ill, GH_TEXT("The server does not answer a close within %1 s."),
     GH_TEXT("Every WebSocket server has to (RFC 6455, section 5.5.1): correct it.")},
    {"closeCodeChanged", noted, GH_TEXT("The server answers a close of 1000 with %1."), ""},
    {"closeCutShort", noted, GH_TEXT("The server ends the connection in place of answering a close."),
     GH_TEXT("Clients see 1006. Let it send its close frame first.")},
    {"streamLeftOpen", noted, GH_TEXT("The server answers a close and keeps the TCP connection open."),
     GH_TEXT("It should end it at once (RFC 6455, section 7.1.1), or connections pile up.")},
    // Silence
    {"idleTooShort", ill, GH_TEXT("A silent connection is ended after %1 s (%2)."),
     GH_TEXT("Raise the time-out of the server or of the proxy in front of it (nginx: proxy_read_timeout), or"
             " ping more often than that.")},
    {"halfOpen", ill, GH_TEXT("After a silence of %1 s the connection is dead, and nobody said so."),
     GH_TEXT("A device on the way forgot it: ping every 20 s, and end the connection where no pong comes.")},
    {"idleTimeout", noted, GH_TEXT("A silent connection is ended after %1 s (%2)."),
     GH_TEXT("Ping every 20 s: that is less than half of the shortest time-out that is common.")},
    {"closedWhenSilent", noted, GH_TEXT("The server closes a silent client after %1 s (%2)."),
     GH_TEXT("Say what it waits for, or let the client ping.")},
    // The server's machine
    {"descriptorsShort", ill, GH_TEXT("The program that listens, %1, has opened all %2 files that it may."),
     GH_TEXT("Raise its limit of open files (ulimit -n, or LimitNOFILE of the service), and look for "
             "connections that it never closes.")},
    {"loopbackOnly", noted,
     GH_TEXT("The server listens on this machine's own address only: other devices can not reach it."),
     GH_TEXT("If they should, let it listen on all addresses (0.0.0.0).")},
}};

} // namespace

const DoctorCauseRow &rowOf(DoctorCause cause) { return rows[std::size_t(cause)]; }

std::span<const DoctorCauseRow> doctorCauses() { return rows; }

} // namespace glasshouse
