// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endings/ending.h"

#include <QCoreApplication>
#include <array>

namespace glasshouse {

namespace {

constexpr quint8 harmless = 0;
constexpr quint8 fault = EndingText::Fault;
constexpr quint8 refusal = EndingText::Refusal;
constexpr quint8 limit = EndingText::Limit;

#define GH_TEXT(text) QT_TRANSLATE_NOOP("Ending", text)

// In the order of EndingCause. docs/troubleshooting.md is made from it (scripts/causes).
constexpr std::array<EndingText, endingCauseCount> texts{{
    {"unknown", GH_TEXT("The cause is not known."),
     GH_TEXT("Please report this: every ending should have a cause. The last frames and the log of messages say what "
             "went on."),
     0, "", ComesBack::Depends},
    {"head_timeout", GH_TEXT("The request head did not arrive in time."),
     GH_TEXT("A slow network, a client that opens connections before it needs them, or an attack. The limit is "
             "--head-seconds."),
     0, "408", ComesBack::Yes, fault | limit},
    {"head_abandoned", GH_TEXT("The client left before its request was complete."),
     GH_TEXT("Often a page that was closed while it was loading, or a proxy that checks whether the server is there. "
             "Nothing to do, unless it comes again and again."),
     0, "", ComesBack::Yes},
    {"no_data", GH_TEXT("Somebody connected and left without sending a byte."),
     GH_TEXT("Typical for port scanners and for health checks over TCP. Nothing to do."), 0, "", ComesBack::No,
     harmless},
    {"bad_head", GH_TEXT("The request breaks HTTP."),
     GH_TEXT("The detail says which rule was broken. Look at the client, or at a proxy on the way that joins or "
             "changes headers."),
     0, "400, 414, 431, 505", ComesBack::No},
    {"tls_to_plain_port", GH_TEXT("The client speaks TLS, but this port does not."),
     GH_TEXT("Use ws:// and http:// in place of wss:// and https://, or give the server a certificate (--tls-cert, "
             "--tls-key)."),
     0, "400", ComesBack::No},
    {"plain_to_tls_port", GH_TEXT("The client speaks plain HTTP, but this server takes TLS only."),
     GH_TEXT("Use wss:// and https:// in place of ws:// and http://."), 0, "400", ComesBack::No},
    {"plain_redirected", GH_TEXT("A plain HTTP request was sent on to https://."),
     GH_TEXT("Nothing to do: browsers follow by themselves. WebSocket clients do not; give them the wss:// address."),
     0, "308", ComesBack::Yes, harmless},
    {"tls_timeout", GH_TEXT("The TLS handshake did not end in time."),
     GH_TEXT("A slow network, a client that opens connections before it needs them, or an attack. The limit is "
             "--head-seconds."),
     0, "", ComesBack::Yes},
    {"tls_version", GH_TEXT("Client and server have no TLS version or cipher in common."),
     GH_TEXT("The server speaks TLS 1.2 and 1.3. Update the client, or the device on the way that ends TLS."), 0, "",
     ComesBack::No},
    {"tls_certificate_refused", GH_TEXT("The client does not trust the certificate of this server."),
     GH_TEXT("Use a certificate of an authority that the client knows, or let the client trust this one: compare the "
             "fingerprint."),
     0, "", ComesBack::No},
    {"tls_broken", GH_TEXT("The TLS handshake failed."),
     GH_TEXT("The detail has the words of the TLS library. A device on the way that changes bytes, a client that is "
             "broken, or something that does not speak TLS at all."),
     0, "", ComesBack::No},
    {"tls_flood", GH_TEXT("The client sent TLS records without data again and again."),
     GH_TEXT(
         "Key updates, new handshakes or empty records: 64 KiB of them in a row are the most. No honest client comes "
         "near it: look at the client's TLS library, or take it for an attack."),
     0, "", ComesBack::No},
    {"bad_proxy_header", GH_TEXT("A trusted proxy did not send a correct PROXY header."),
     GH_TEXT(
         "Switch the PROXY protocol on at the proxy (send-proxy), or off at the server (leave --proxy-protocol away)."),
     0, "", ComesBack::No},
    {"bad_upgrade", GH_TEXT("The WebSocket handshake is not correct."),
     GH_TEXT("The detail says what is wrong. A proxy that drops the Upgrade or Connection header is the usual reason: "
             "see deployment.md."),
     0, "400, 405, 426", ComesBack::No},
    {"upgrade_over_http10", GH_TEXT("A WebSocket handshake came over HTTP/1.0."),
     GH_TEXT(
         "A proxy on the way speaks HTTP/1.0 to this server, which knows no upgrades. nginx does so unless it is told "
         "otherwise: proxy_http_version 1.1, and the Upgrade and Connection headers. See deployment.md."),
     0, "426", ComesBack::No},
    {"upgrade_expected", GH_TEXT("A plain HTTP request came to a WebSocket address."),
     GH_TEXT("Open this address with a WebSocket client. If that is what you did, a proxy on the way dropped the "
             "Upgrade header: see deployment.md."),
     0, "426", ComesBack::No},
    {"unknown_path", GH_TEXT("There is no player route at this path."),
     GH_TEXT("Use /ws/ROOM, or one of the other routes of this server (--route adds more). Behind a proxy that changes "
             "paths, --base-path may be missing."),
     0, "404", ComesBack::No, fault | refusal},
    {"foreign_protocol", GH_TEXT("The client speaks another protocol on top of WebSocket."),
     GH_TEXT(
         "The detail names it. Libraries such as Socket.IO, SignalR and SockJS have protocols of their own and need "
         "servers of their own kind: use a plain WebSocket (new WebSocket in a page), or the client library of this "
         "server."),
     1003, "404", ComesBack::No},
    {"host_not_allowed", GH_TEXT("The Host header has a name that this server does not answer to."),
     GH_TEXT("If the name is one of its own, allow it (--allow-host, or the menu of the event in the window), or say "
             "the public address (--public-url). A proxy should pass the Host header on (nginx: proxy_set_header Host "
             "$host). By IP address it can be reached always."),
     0, "421", ComesBack::No, fault | refusal},
    {"origin_refused", GH_TEXT("A page of this origin may not connect."),
     GH_TEXT("Add the origin of the page to the allowed origins (--allow-origin): scheme, name and port, exactly as "
             "the browser sends it. Behind a proxy, let it pass the Host header on."),
     4003, "403", ComesBack::No, fault | refusal},
    {"too_many_connections", GH_TEXT("The server has as many connections as it may have."),
     GH_TEXT("Raise --max-connections, or wait until some end."), 0, "503", ComesBack::AfterPause,
     fault | refusal | limit},
    {"too_many_from_address", GH_TEXT("This address has as many WebSocket connections as one address may have."),
     GH_TEXT("Players behind one router share an address: raise --max-connections-per-address. If every address is "
             "that of your proxy, name it with --trusted-proxy."),
     0, "429", ComesBack::AfterPause, fault | refusal | limit},
    {"too_many_heads_from_address", GH_TEXT("A half-open request gave way to a newer one of its address."),
     GH_TEXT(
         "A client that opens connections and sends nothing, or an attack: nobody else is kept out by it. The limits "
         "are --heads-per-address and --max-heads. If every address is that of your proxy, name it with "
         "--trusted-proxy."),
     0, "", ComesBack::Yes, fault | limit},
    {"too_many_under_way", GH_TEXT("This address has too many HTTP requests under way."),
     GH_TEXT("Somebody asks and does not take the answers, or many people behind one address do. The limit is twice "
             "--heads-per-address. If every address is that of your proxy, name it with --trusted-proxy."),
     0, "429", ComesBack::AfterPause, fault | refusal | limit},
    {"too_many_files", GH_TEXT("This address gets as many files of the web root as one address may."),
     GH_TEXT("The request waited for a minute. Many people behind one address load a large game, or somebody loads it "
             "again "
             "and again: raise --web-root-bytes and --web-root-files."),
     0, "429", ComesBack::AfterPause, fault | refusal | limit},
    {"connecting_too_fast", GH_TEXT("This address opens new WebSocket connections, or rooms, too fast."),
     GH_TEXT("A client that comes back without a pause: let it wait longer after each failure. The limits are "
             "--connection-rate and --connection-burst. If every address is that of your proxy, name it with "
             "--trusted-proxy."),
     0, "429", ComesBack::AfterPause, fault | refusal | limit},
    {"requesting_too_fast", GH_TEXT("This address sends HTTP requests too fast."),
     GH_TEXT("A program that asks without a pause, or an attack. The limit is --request-rate. If every address is that "
             "of your proxy, name it with --trusted-proxy."),
     0, "429", ComesBack::AfterPause, fault | refusal | limit},
    {"failing_too_fast", GH_TEXT("This address sends broken requests too fast."),
     GH_TEXT("The detail says what was wrong with this one. Good requests of the address are answered meanwhile. The "
             "limit is --broken-request-rate."),
     0, "429", ComesBack::AfterPause, fault | refusal | limit},
    {"guessing_too_fast", GH_TEXT("This address sent too many wrong room codes or tokens."),
     GH_TEXT("Wait a minute. Somebody tries codes or tokens, or a client comes back again and again with an old one: "
             "let it get a new one first."),
     4002, "429", ComesBack::AfterPause, fault | refusal | limit},
    {"operator_refused", GH_TEXT("A request for the operator came without the operator's token."),
     GH_TEXT("Send it as Authorization: Bearer, or ask from the machine that the server runs on where no token is "
             "configured."),
     0, "401, 403", ComesBack::WithToken, fault | refusal},
    {"out_of_descriptors", GH_TEXT("The program is short of file descriptors."),
     GH_TEXT("Raise the limit of open files of the system (ulimit -n, or LimitNOFILE of the service)."), 0, "503",
     ComesBack::AfterPause, fault | refusal | limit},
    {"server_closing", GH_TEXT("The server is shutting down."),
     GH_TEXT("Come back in a moment. Clients that wait a little longer after each failure do so by themselves."), 1001,
     "503", ComesBack::AfterPause, refusal},
    {"handshake_failed", GH_TEXT("The handshake could not be completed."),
     GH_TEXT("Please report this: the request was correct, and yet Qt did not take it."), 0, "500", ComesBack::No},
    {"http_served", GH_TEXT("A plain HTTP request was answered."),
     GH_TEXT("Nothing to do: a page, the API or a health check."), 0, "any", ComesBack::No, harmless},
    {"answer_abandoned", GH_TEXT("The client did not take its answer to the end."),
     GH_TEXT("Often a page that was left while it was loading. The detail says where the client was too slow: it has a "
             "minute for each piece of a file, and has to take 4 kB a second."),
     0, "any", ComesBack::Depends, harmless},
    {"answer_cut_short", GH_TEXT("An answer could not be sent to its end."),
     GH_TEXT(
         "A file of the web root became shorter while it was sent, or could not be read any more: look at the disk, "
         "and put new files in place by renaming them."),
     0, "any", ComesBack::Yes},
    {"token_missing", GH_TEXT("There was no token, and this server asks for one."),
     GH_TEXT(
         "Send it as Authorization: Bearer, as the subprotocol bearer.TOKEN, as ?token=, or in a first message auth."),
     4001, "401", ComesBack::WithToken, fault | refusal},
    {"token_malformed", GH_TEXT("The token is none that could be read."),
     GH_TEXT("The detail says what is wrong with it. glasshouse token show prints what a token says."), 4001, "401",
     ComesBack::WithToken, fault | refusal},
    {"token_wrong_algorithm", GH_TEXT("The token is not signed with the algorithm of this server."),
     GH_TEXT("The configuration names the algorithm, not the token. Unsigned tokens are never taken."), 4001, "401",
     ComesBack::WithToken, fault | refusal},
    {"token_bad_signature", GH_TEXT("The signature of the token is not right."),
     GH_TEXT("It was signed with another key, or changed on its way. Compare the keys on both sides."), 4001, "401",
     ComesBack::WithToken, fault | refusal},
    {"token_incomplete", GH_TEXT("The token lacks something that it has to say."),
     GH_TEXT("The detail names the claim: exp and sub have to be there."), 4001, "401", ComesBack::WithToken,
     fault | refusal},
    {"token_expired", GH_TEXT("The token has expired."),
     GH_TEXT("The client has to get a new one before it comes back. Check the clocks of both sides."), 4001, "401",
     ComesBack::WithToken, fault | refusal},
    {"token_not_yet_valid", GH_TEXT("The token is not valid yet."),
     GH_TEXT("Check the clocks of both sides: its time nbf lies ahead, by more than the 30 s of leeway."), 4001, "401",
     ComesBack::WithToken, fault | refusal},
    {"token_wrong_issuer", GH_TEXT("The token was made by or for somebody else."),
     GH_TEXT("Its iss or aud is not the configured one (--jwt-issuer, --jwt-audience)."), 4001, "401",
     ComesBack::WithToken, fault | refusal},
    {"token_wrong_room", GH_TEXT("The token is good for another room or game."),
     GH_TEXT("Ask for a token for this room. glasshouse token show prints which room or game it is bound to."), 4001,
     "403", ComesBack::WithToken, fault | refusal},
    {"too_many_from_token", GH_TEXT("This token is in use for as many connections as one token may be."),
     GH_TEXT("Close the others first, or raise the limit for each token."), 4002, "429", ComesBack::AfterPause,
     fault | refusal | limit},
    {"auth_timeout", GH_TEXT("No token came in time."),
     GH_TEXT("The first message has to be auth, or send the token with the request."), 4010, "", ComesBack::WithToken,
     fault | refusal | limit},
    {"admission_timeout", GH_TEXT("Nobody said in time whether this player may come in."),
     GH_TEXT(
         "Whoever is asked about tokens or rooms did not answer within 10 s. Look at that service, and at the way to "
         "it. The player may try again."),
     4010, "503", ComesBack::AfterPause, fault | refusal},
    {"token_ran_out", GH_TEXT("The token expired during the connection."),
     GH_TEXT("The client should get a new one and come back to its seat."), 4001, "", ComesBack::WithToken, harmless},
    {"no_such_room", GH_TEXT("There is no such room."),
     GH_TEXT("Check the room code, or create the room first. Rooms that stood empty for a minute are gone, and sooner "
             "where all rooms are taken."),
     4004, "404", ComesBack::No, fault | refusal},
    {"room_full", GH_TEXT("The room is full."),
     GH_TEXT("Raise --max-players, or use another room. A seat whose player dropped is kept for a while."), 4005, "429",
     ComesBack::AfterPause, fault | refusal | limit},
    {"too_many_rooms", GH_TEXT("There are as many rooms as there may be, and somebody is in each."),
     GH_TEXT("Raise --max-rooms, or wait until one is empty: empty ones make place by themselves."), 4005, "429",
     ComesBack::AfterPause, fault | refusal | limit},
    {"left_room", GH_TEXT("The player left the room."), GH_TEXT("Nothing to do: it asked for it."), 1000, "",
     ComesBack::No, harmless},
    {"room_closed", GH_TEXT("The room was closed."),
     GH_TEXT("Nothing to do: the operator closed it, or its game is over."), 1000, "", ComesBack::No, harmless},
    {"room_failed", GH_TEXT("The room failed."),
     GH_TEXT("The rules of the game made an error, ran too long, or did not stop sending. The detail says which. The "
             "players may come back to a new room."),
     1011, "", ComesBack::Yes},
    {"client_closed", GH_TEXT("The client closed the connection."),
     GH_TEXT("Nothing to do: the code says why. 1000 means done, 1001 that the page was left, and from 3000 on it is "
             "the client's own."),
     0, "", ComesBack::Depends, harmless},
    {"client_vanished", GH_TEXT("The client ended the stream without a close frame."),
     GH_TEXT("The program was ended or crashed, or a proxy cut the connection: then the silence before the end is as "
             "long as its idle time-out, and a shorter heartbeat helps. Browsers report this as 1006."),
     0, "", ComesBack::Yes},
    {"connection_reset", GH_TEXT("The connection was reset."),
     GH_TEXT("The client's system, or a device on the way, threw the connection away: the program crashed, was killed, "
             "or closed with unread data."),
     0, "", ComesBack::Yes},
    {"network_timeout", GH_TEXT("The network swallowed our data."),
     GH_TEXT("The device lost its network, fell asleep, or moved to another one. It should come back by itself."), 0,
     "", ComesBack::Yes},
    {"network_unreachable", GH_TEXT("The client can not be reached any more."),
     GH_TEXT("The route to the client is gone. Look at the network on the server's side first."), 0, "",
     ComesBack::Yes},
    {"network_error", GH_TEXT("The connection failed."), GH_TEXT("The detail has the system's own words."), 0, "",
     ComesBack::Yes},
    {"protocol_error", GH_TEXT("The client broke the WebSocket protocol."),
     GH_TEXT("The detail names the rule, and the broken frame is in the log of messages. Look at the client's library, "
             "or at a proxy on the way that changes frames."),
     1002, "", ComesBack::No},
    {"invalid_utf8", GH_TEXT("A text message was not valid UTF-8."),
     GH_TEXT("Send bytes that are no text as binary messages."), 1007, "", ComesBack::No},
    {"message_too_big", GH_TEXT("A message was larger than the limit."),
     GH_TEXT("Send smaller messages, or raise --max-message-bytes."), 1009, "", ComesBack::No, fault | limit},
    {"too_many_fragments", GH_TEXT("A message came in too many fragments."),
     GH_TEXT("Send larger fragments, or whole messages: 1,024 fragments are the most."), 1008, "", ComesBack::No,
     fault | limit},
    {"message_timeout", GH_TEXT("A message was begun and not completed in time."),
     GH_TEXT("The client or the network stalled in the middle of a message: it has 10 s from its first byte."), 4010,
     "", ComesBack::Yes, fault | limit},
    {"too_many_bad_messages", GH_TEXT("Too many messages in a row could not be understood."),
     GH_TEXT("Each was answered by an error message that says what is wrong: read those in the log of messages."), 1008,
     "", ComesBack::No, fault | limit},
    {"message_rate_exceeded", GH_TEXT("The client went on sending too many messages a second."),
     GH_TEXT("Usually a game loop on a display of 165 or 240 Hz that sends with each frame: send at most 60 times a "
             "second, whatever the display does. Messages over the limit were dropped and answered by rate_limited "
             "before. --message-rate and --message-burst raise it; each message of a batch counts."),
     4002, "", ComesBack::AfterPause, fault | limit},
    {"byte_rate_exceeded", GH_TEXT("The client sent too many bytes a second."),
     GH_TEXT("Send less, or raise --byte-rate."), 4002, "", ComesBack::AfterPause, fault | limit},
    {"control_rate_exceeded", GH_TEXT("The client sent too many control frames a second."),
     GH_TEXT("A ping every few seconds is enough. 50 control frames a second are the most."), 1008, "", ComesBack::No,
     fault | limit},
    {"read_too_slowly", GH_TEXT("The client read too slowly."),
     GH_TEXT("Its outgoing queue passed the limit: a slow network, a sleeping device, or a client that is busy. Send "
             "less, or raise --max-queue-bytes."),
     4006, "", ComesBack::Yes, fault | limit},
    {"no_pong", GH_TEXT("The client did not answer a ping."),
     GH_TEXT("The device is asleep or off the network, or the program hangs. It should come back by itself. "
             "--pong-seconds says how long it may take."),
     4007, "", ComesBack::Yes, fault | limit},
    {"kicked", GH_TEXT("The operator removed the client."),
     GH_TEXT("The operator did it by hand: the reason stands in the detail. It should not come back by itself."), 4009,
     "", ComesBack::No, harmless},
    {"replaced", GH_TEXT("A newer connection of the same player took over."),
     GH_TEXT("The page was opened twice, or came back before its old connection was seen to be dead."), 4008, "",
     ComesBack::No, harmless},
    {"check_over", GH_TEXT("The check of a device took as long as it may, or there were too many."),
     GH_TEXT("Nothing to do: a connection of the page /check, which asks for no token, lasts three minutes at most, "
             "and there are 8 of an address and 64 at a time."),
     1000, "503", ComesBack::No, harmless},
    {"server_shutdown", GH_TEXT("The server was stopped."), GH_TEXT("Clients may come back when it runs again."), 1001,
     "", ComesBack::Yes, harmless},
}};

#undef GH_TEXT

} // namespace

const EndingText &endingText(EndingCause cause)
{
    const auto index = size_t(cause);
    return texts[index < texts.size() ? index : 0];
}

} // namespace glasshouse
