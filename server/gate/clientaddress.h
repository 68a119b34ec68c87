// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"
#include "server/gate/addresstext.h"

namespace glasshouse {

enum class AddressSource : quint8 { Peer, ForwardedFor, RealIp, Forwarded };

/// Why what the headers say was not believed, or not all of it.
enum class AddressDoubt : quint8 {
    None,
    Unreadable, ///< no address ("unknown", "_hidden", garbage) where a trusted proxy's entry should be
    Conflict,   ///< two headers name two clients: one of them was not written by the proxy
    TooMany,    ///< still among trusted proxies after 32 entries
};
[[nodiscard]] QByteArrayView describe(AddressDoubt doubt);

struct ClientAddress
{
    QHostAddress address; ///< never an address that a stranger could choose; in doubt the last trusted one
    AddressSource source = AddressSource::Peer;
    AddressDoubt doubt = AddressDoubt::None;
};

/// Who is behind the connection? `peer` is (the socket's, or that of a PROXY header), unless it is a trusted proxy: then the
/// entries of `X-Forwarded-For`, `Forwarded` (RFC 7239) or `X-Real-IP` count, from the right, up to the first that is not
/// a trusted proxy itself: what stands left of it was written by who knows whom. A proxy writes one of the three and passes
/// the others on, so they are believed only where they agree.
[[nodiscard]] ClientAddress clientAddress(const HttpHead &request, const QHostAddress &peer,
                                          const QList<AddressRange> &trustedProxies);
[[nodiscard]] bool isInRanges(const QList<AddressRange> &ranges, const QHostAddress &address);

} // namespace glasshouse
