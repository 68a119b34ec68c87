// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/foreignprotocol.h"

#include <algorithm>

namespace glasshouse {

namespace {

using Segments = QList<QByteArray>;

Segments segmentsOf(const HttpHead &request)
{
    Segments segments = request.path().toByteArray().split('/');
    segments.removeAll({});
    return segments;
}

bool hasSegment(const HttpHead &request, QByteArrayView name)
{
    const Segments segments = segmentsOf(request);
    return std::any_of(segments.begin(), segments.end(), [&](const QByteArray &one) { return name == one; });
}

bool isNumber(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool hasValue(const HttpHead &request, QByteArrayView name) { return request.queryValue(name).has_value(); }

// ?EIO=4&transport=polling
bool isQueryOfEngineIo(const HttpHead &request)
{
    return isNumber(request.queryValue("EIO").value_or(QByteArray())) && hasValue(request, "transport");
}

bool isQueryOfSocketIo(const HttpHead &request)
{
    return isQueryOfEngineIo(request) && hasSegment(request, "socket.io");
}

bool isPathOfSocketIo(const HttpHead &request) { return hasSegment(request, "socket.io"); }
bool isPathOfEngineIo(const HttpHead &request) { return hasSegment(request, "engine.io"); }

// ASP.NET Core: POST /hub/negotiate?negotiateVersion=1. Before it: /signalr/negotiate?clientProtocol=1.5&connectionData=…
bool isQueryOfSignalR(const HttpHead &request)
{
    return isNumber(request.queryValue("negotiateVersion").value_or(QByteArray()))
        || (hasValue(request, "clientProtocol") && hasValue(request, "connectionData"));
}

bool isPathOfSignalR(const HttpHead &request)
{
    return hasSegment(request, "signalr") || (request.method == "POST" && request.path().endsWith("/negotiate"));
}

// /echo/000/abcdefgh/websocket: a number of three digits, a session, a transport.
bool isPathOfSockJs(const HttpHead &request)
{
    static constexpr QByteArrayView transports[] = {"websocket",   "xhr",      "xhr_streaming", "xhr_send",
                                                    "eventsource", "htmlfile", "jsonp",         "jsonp_send"};
    const Segments all = segmentsOf(request);
    if (std::any_of(all.begin(), all.end(), [](const QByteArray &one) { return one.startsWith("sockjs"); }))
        return true;
    if (all.size() >= 2 && all.constLast() == "info")
        return isNumber(request.queryValue("t").value_or(QByteArray()));
    return all.size() >= 3 && all.at(all.size() - 3).size() == 3 && isNumber(all.at(all.size() - 3))
        && std::find(std::begin(transports), std::end(transports), QByteArrayView(all.constLast()))
        != std::end(transports);
}

bool isPathOfColyseus(const HttpHead &request) { return hasSegment(request, "matchmake"); }

// A message of Engine.IO that opens a namespace of Socket.IO: 40, 40/admin, 40{"token":…}
bool isFirstOfSocketIo(QByteArrayView text)
{
    return text.startsWith("40") && (text.size() == 2 || QByteArrayView("{/,").contains(text[2]));
}

bool isFirstOfEngineIo(QByteArrayView text) { return text == QByteArrayView("2probe"); }

// {"protocol":"json","version":1} and a record separator, which no JSON may hold.
bool isFirstOfSignalR(QByteArrayView text) { return text.startsWith("{\"protocol\":") && text.contains('\x1e'); }

bool isFirstOfStomp(QByteArrayView text)
{
    return text.startsWith("CONNECT\n") || text.startsWith("CONNECT\r\n") || text.startsWith("STOMP\n");
}

constexpr ForeignProtocol table[] = {
    {"Socket.IO", isQueryOfSocketIo, isPathOfSocketIo, isFirstOfSocketIo},
    {"Engine.IO", isQueryOfEngineIo, isPathOfEngineIo, isFirstOfEngineIo},
    {"SignalR", isQueryOfSignalR, isPathOfSignalR, isFirstOfSignalR},
    {"SockJS", nullptr, isPathOfSockJs, nullptr},
    {"Colyseus", nullptr, isPathOfColyseus, nullptr},
    {"STOMP", nullptr, nullptr, isFirstOfStomp},
};

template <typename Test>
const ForeignProtocol *find(Test isIt)
{
    const auto found = std::find_if(std::begin(table), std::end(table), isIt);
    return found == std::end(table) ? nullptr : found;
}

} // namespace

QByteArray ForeignProtocol::explanation() const
{
    return QByteArray("this looks like a client of ") + name
        + ", which has a protocol of its own on top of HTTP and WebSocket and needs a server of its own kind. This "
          "server speaks "
          "plain WebSocket with messages in JSON: use new WebSocket(address), or its library /glasshouse.js";
}

QByteArray ForeignProtocol::closeReason() const
{
    return QByteArray(name) + " is a protocol of its own, which this server does not speak: use a plain WebSocket";
}

const ForeignProtocol *foreignProtocolOfQuery(const HttpHead &request)
{
    return find([&](const ForeignProtocol &one) { return one.isItsQuery != nullptr && one.isItsQuery(request); });
}

const ForeignProtocol *foreignProtocolOfRequest(const HttpHead &request)
{
    if (const ForeignProtocol *sure = foreignProtocolOfQuery(request))
        return sure;
    return find([&](const ForeignProtocol &one) { return one.isItsPath != nullptr && one.isItsPath(request); });
}

const ForeignProtocol *foreignProtocolOfMessage(QByteArrayView text)
{
    return find([&](const ForeignProtocol &one) { return one.isItsFirst != nullptr && one.isItsFirst(text); });
}

} // namespace glasshouse
