// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gate/clientaddress.h"

namespace glasshouse {

/// What an HTTP request does not say itself; the front door knows it. The least is believed unless it is filled in.
struct RequestContext
{
    bool secure = false;        ///< TLS to us, or to a trusted proxy that says so
    bool fromOperator = false;  ///< may see and do what players may not
    bool hasOtherToken = false; ///< where the operator's would stand: a player's, or a guess
    QHostAddress peer;          ///< of the socket
    ClientAddress client;       ///< who is behind it, see clientAddress()
};

/// Does the proxy in front say that its client speaks TLS? The last entry counts, of `X-Forwarded-Proto` or else of
/// `Forwarded` (RFC 7239). Only to be asked where the peer is a trusted proxy.
[[nodiscard]] bool saysHttps(const HttpHead &request);

} // namespace glasshouse
