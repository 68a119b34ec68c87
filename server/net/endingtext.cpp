// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/ending.h"

#include <QCoreApplication>
#include <array>

namespace glasshouse {

namespace {

#define GH_TEXT(text) QT_TRANSLATE_NOOP("Ending", text)

// In the order of EndingCause.
constexpr std::array<EndingText, endingCauseCount> texts{{
    {"unknown", GH_TEXT("The cause is not known."), ""},
    {"head_timeout", GH_TEXT("The request head did not arrive in time."),
     GH_TEXT("A slow network, a client that opens connections before it needs them, or an attack. The limit is the "
             "head deadline.")},
    {"head_abandoned", GH_TEXT("The client left before its request was complete."),
     GH_TEXT("Often a page that was closed while it was loading.")},
    {"no_data", GH_TEXT("Somebody connected and left without sending a byte."),
     GH_TEXT("Typical for port scanners and for health checks over TCP. Nothing to do.")},
    {"bad_head", GH_TEXT("The request breaks HTTP."),
     GH_TEXT("The detail says what is wrong. Look at the client or at a proxy on the way.")},
    {"tls_to_plain_port", GH_TEXT("The client speaks TLS, but this port does not."),
     GH_TEXT("Use ws:// and http:// in place of wss:// and https://.")},
    {"plain_to_tls_port", GH_TEXT("The client speaks plain HTTP, but this server takes TLS only."),
     GH_TEXT("Use wss:// and https:// in place of ws:// and http://.")},
    {"plain_redirected", GH_TEXT("A plain HTTP request was sent on to https://."), ""},
    {"tls_timeout", GH_TEXT("The TLS handshake did not end in time."),
     GH_TEXT("A slow network, a client that opens connections before it needs them, or an attack. The limit is the "
             "head deadline.")},
    {"tls_version", GH_TEXT("Client and server have no TLS version or cipher in common."),
     GH_TEXT("The server speaks TLS 1.2 and 1.3. Update the client.")},
    {"tls_certificate_refused", GH_TEXT("The client does not trust the certificate of this server."),
     GH_TEXT("Use a certificate of an authority that the client knows, or let the client trust this one: compare the "
             "fingerprint.")},
    {"tls_broken", GH_TEXT("The TLS handshake failed."),
     GH_TEXT("The detail has the words of the TLS library. A device on the way that changes bytes, or a client that is "
             "broken.")},
    {"bad_proxy_header", GH_TEXT("A trusted proxy did not send a correct PROXY header."),
     GH_TEXT("Switch the PROXY protocol on at the proxy (send-proxy), or off at the server (--proxy-protocol).")},
    {"bad_upgrade", GH_TEXT("The WebSocket handshake is not correct."),
     GH_TEXT(
         "The detail says what is wrong. A proxy that drops the Upgrade or Connection header is the usual reason.")},
    {"upgrade_expected", GH_TEXT("A plain HTTP request came to a WebSocket address."),
     GH_TEXT("Open this address with a WebSocket client. A proxy may have dropped the Upgrade header.")},
    {"unknown_path", GH_TEXT("There is no player route at this path."),
     GH_TEXT("Use /ws/ROOM, or one of the other routes of this server.")},
    {"host_not_allowed", GH_TEXT("The Host header is not on the list of allowed hosts."),
     GH_TEXT("Add the name to the allowed hosts, or use one that is on the list.")},
    {"origin_refused", GH_TEXT("A page of this origin may not connect."),
     GH_TEXT("Add the origin of the page to the allowed origins.")},
    {"too_many_connections", GH_TEXT("The server has as many connections as it may have."),
     GH_TEXT("Raise the limit of connections, or wait until some end.")},
    {"too_many_from_address", GH_TEXT("This address has as many connections as one address may have."),
     GH_TEXT("Players behind one router share an address: raise the limit for each address.")},
    {"too_many_heads_from_address", GH_TEXT("This address has too many requests under way."),
     GH_TEXT("A client that opens connections and sends nothing, or an attack.")},
    {"connecting_too_fast", GH_TEXT("This address opens new connections too fast."),
     GH_TEXT("A client that reconnects without a pause. Let it wait longer after each failure.")},
    {"guessing_too_fast", GH_TEXT("This address sent too many wrong room codes or tokens."),
     GH_TEXT("Wait a minute. Somebody tries codes or tokens, or a client comes back again and again with an old one.")},
    {"operator_refused", GH_TEXT("A request for the operator came without the operator's token."),
     GH_TEXT("Send it as Authorization: Bearer, or ask from the machine that the server runs on where no token is "
             "configured.")},
    {"out_of_descriptors", GH_TEXT("The program is short of file descriptors."),
     GH_TEXT("Raise the limit of open files of the system (ulimit -n).")},
    {"server_closing", GH_TEXT("The server is shutting down."), GH_TEXT("Come back in a moment.")},
    {"handshake_failed", GH_TEXT("The handshake could not be completed."),
     GH_TEXT("Please report this: the request was correct.")},
    {"http_served", GH_TEXT("A plain HTTP request was answered."), ""},
    {"token_missing", GH_TEXT("There was no token, and this server asks for one."),
     GH_TEXT(
         "Send it as Authorization: Bearer, as the subprotocol bearer.TOKEN, as ?token=, or in a first message auth.")},
    {"token_malformed", GH_TEXT("The token is none that could be read."),
     GH_TEXT("The detail says what is wrong with it. glasshouse token show prints what a token says.")},
    {"token_wrong_algorithm", GH_TEXT("The token is not signed with the algorithm of this server."),
     GH_TEXT("The configuration names the algorithm, not the token. Unsigned tokens are never taken.")},
    {"token_bad_signature", GH_TEXT("The signature of the token is not right."),
     GH_TEXT("It was signed with another key, or changed on its way. Compare the keys on both sides.")},
    {"token_incomplete", GH_TEXT("The token lacks something that it has to say."),
     GH_TEXT("The detail names the claim: exp and sub have to be there.")},
    {"token_expired", GH_TEXT("The token has expired."),
     GH_TEXT("The client has to get a new one before it comes back. Check the clocks of both sides.")},
    {"token_not_yet_valid", GH_TEXT("The token is not valid yet."),
     GH_TEXT("Check the clocks of both sides: its time nbf lies ahead.")},
    {"token_wrong_issuer", GH_TEXT("The token was made by or for somebody else."),
     GH_TEXT("Its iss or aud is not the configured one.")},
    {"token_wrong_room", GH_TEXT("The token is good for another room or game."),
     GH_TEXT("Ask for a token for this room.")},
    {"too_many_from_token", GH_TEXT("This token is in use for as many connections as one token may be."),
     GH_TEXT("Close the others first, or raise the limit for each token.")},
    {"auth_timeout", GH_TEXT("No token came in time."),
     GH_TEXT("The first message has to be auth, or send the token with the request.")},
    {"token_ran_out", GH_TEXT("The token expired during the connection."),
     GH_TEXT("The client should get a new one and come back to its seat.")},
    {"no_such_room", GH_TEXT("There is no such room."), GH_TEXT("Check the room code, or create the room first.")},
    {"room_full", GH_TEXT("The room is full."), GH_TEXT("Raise the limit of players, or use another room.")},
    {"too_many_rooms", GH_TEXT("There are as many rooms as there may be."),
     GH_TEXT("Raise the limit of rooms, or wait until empty ones end.")},
    {"left_room", GH_TEXT("The player left the room."), ""},
    {"room_closed", GH_TEXT("The room was closed."), ""},
    {"room_failed", GH_TEXT("The room failed."), GH_TEXT("The rules of the game made an error. The log says more.")},
    {"client_closed", GH_TEXT("The client closed the connection."),
     GH_TEXT("The code says why: 1000 means done, 1001 that the page was left.")},
    {"client_vanished", GH_TEXT("The client ended the stream without a close frame."),
     GH_TEXT("The program was ended or crashed, or a proxy cut the connection. Browsers report this as 1006.")},
    {"connection_reset", GH_TEXT("The connection was reset."),
     GH_TEXT("The client's system threw the connection away: the program crashed, was killed, or closed with unread "
             "data.")},
    {"network_timeout", GH_TEXT("The network swallowed our data."),
     GH_TEXT("The device lost its network or fell asleep.")},
    {"network_unreachable", GH_TEXT("The client can not be reached any more."),
     GH_TEXT("The route to the client is gone. Look at the network.")},
    {"network_error", GH_TEXT("The connection failed."), GH_TEXT("The detail has the system's own words.")},
    {"protocol_error", GH_TEXT("The client broke the WebSocket protocol."),
     GH_TEXT("The detail names the rule. The broken frame is in the log.")},
    {"invalid_utf8", GH_TEXT("A text message was not valid UTF-8."),
     GH_TEXT("Send bytes that are no text as binary messages.")},
    {"message_too_big", GH_TEXT("A message was larger than the limit."),
     GH_TEXT("Send smaller messages, or raise the limit.")},
    {"too_many_fragments", GH_TEXT("A message came in too many fragments."),
     GH_TEXT("Send larger fragments, or whole messages.")},
    {"message_timeout", GH_TEXT("A message was begun and not completed in time."),
     GH_TEXT("The client or the network stalled in the middle of a message.")},
    {"too_many_bad_messages", GH_TEXT("Too many messages in a row could not be understood."),
     GH_TEXT("Each was answered by an error message that says what is wrong.")},
    {"message_rate_exceeded", GH_TEXT("The client sent too many messages a second."),
     GH_TEXT("Send less often, put messages into a batch, or raise the limit.")},
    {"byte_rate_exceeded", GH_TEXT("The client sent too many bytes a second."),
     GH_TEXT("Send less, or raise the limit.")},
    {"control_rate_exceeded", GH_TEXT("The client sent too many control frames a second."),
     GH_TEXT("A ping every few seconds is enough.")},
    {"read_too_slowly", GH_TEXT("The client read too slowly."),
     GH_TEXT("Its outgoing queue passed the limit: a slow network, a sleeping device, or a client that is busy. Send "
             "less, or raise the limit.")},
    {"no_pong", GH_TEXT("The client did not answer a ping."),
     GH_TEXT("The device is asleep or off the network, or the program hangs. It should come back by itself.")},
    {"kicked", GH_TEXT("The operator removed the client."), ""},
    {"replaced", GH_TEXT("A newer connection of the same player took over."),
     GH_TEXT("The page was opened twice, or came back before its old connection was seen to be dead.")},
    {"server_shutdown", GH_TEXT("The server was stopped."), GH_TEXT("Clients may come back when it runs again.")},
}};

#undef GH_TEXT

} // namespace

const EndingText &endingText(EndingCause cause)
{
    const auto index = size_t(cause);
    return texts[index < texts.size() ? index : 0];
}

} // namespace glasshouse
