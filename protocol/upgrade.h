// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/deflate/deflateoffer.h"
#include "protocol/httphead.h"

namespace glasshouse {

/// Why a request is not a WebSocket opening handshake (RFC 6455 section 4.2.1).
enum class UpgradeError : quint8 {
    None,
    NotRequested,        ///< no Upgrade: websocket, and no sign that there was one: a plain HTTP request
    OverHttp10,          ///< 426: which knows no upgrades. The client is a proxy that speaks an old HTTP to us
    Dropped,             ///< 426: a handshake but for the Upgrade header (a proxy dropped it)
    NotGet,              ///< 405
    NoConnectionUpgrade, ///< 400: Connection lacks the token "Upgrade" (a proxy dropped it?)
    BadVersion,          ///< 426 with Sec-WebSocket-Version: 13
    MissingKey,
    BadKey, ///< not 16 bytes of base64; the bits that fill its last letter up may be any, as in the RFC's own example
    HasBody,
    BadSubprotocol, ///< not a token, or offered twice
    BadResponse,    ///< client: status is not 101
    BadAccept,      ///< client: Sec-WebSocket-Accept does not answer the key
    UnofferedSubprotocol,
    UnofferedExtension,
    BadExtension, ///< client: permessage-deflate twice, or with parameters that do not fit the offer
};
[[nodiscard]] int httpStatusFor(UpgradeError error);
[[nodiscard]] QByteArrayView describe(UpgradeError error);

/// Is this a complete, correct opening handshake? None: yes. NotRequested: plain HTTP.
[[nodiscard]] UpgradeError checkUpgrade(const HttpHead &request);
/// Sec-WebSocket-Accept for a key.
[[nodiscard]] QByteArray acceptFor(QByteArrayView key);

/// A client's request head. Header names and values of the caller must be clean: CR, LF and NUL make it return nothing.
struct UpgradeRequest
{
    QByteArray host;   ///< with the port where it is not the default
    QByteArray target; ///< path and query, begins with '/'
    QByteArray key;    ///< 16 random bytes in base64
    QByteArray origin; ///< empty: none
    QList<QByteArray> subprotocols;
    HttpHeaders extra;          ///< replace ours of the same name (Host, Origin …) if they are there
    QByteArray extensions = {}; ///< what is offered, as Sec-WebSocket-Extensions; empty: nothing
};
[[nodiscard]] std::optional<QByteArray> buildUpgradeRequest(const UpgradeRequest &request);
/// Does the response complete the handshake that `request` began?
[[nodiscard]] UpgradeError checkUpgradeResponse(const HttpHead &response, const UpgradeRequest &request);
/// The compression that such a response agrees to.
[[nodiscard]] std::optional<DeflateParameters> agreedDeflate(const HttpHead &response, const UpgradeRequest &request);

/// Is it a token in the disguise of a subprotocol ("bearer.TOKEN"), or meant as one? All that has "bearer" in it, in any case, and
/// what follows on a word that announces a token, behind a dot or as the next element ("access_token, TOKEN"): never to be chosen,
/// shown or kept. `before`: the element that is offered in front of it.
[[nodiscard]] bool isTokenSubprotocol(QByteArrayView offered, QByteArrayView before);

} // namespace glasshouse
