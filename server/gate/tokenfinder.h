// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

namespace glasshouse {

/// Where a token stood. The fourth way, the first message `auth`, is not in a head.
enum class TokenSource : quint8 { Nowhere, Authorization, Subprotocol, Query };

struct FoundToken
{
    TokenSource source = TokenSource::Nowhere;
    QByteArray token; ///< as sent, not looked at
};

enum class FindError : quint8 {
    EmptyAuthorization,
    SeveralAuthorizations,
    EmptySubprotocol,
    SeveralSubprotocols,
    EmptyQuery,
    SeveralQueries,
    BadQuery, ///< broken percent-encoding
};
[[nodiscard]] QByteArrayView describe(FindError error);

/// The token of a request: `Authorization: Bearer …`, a subprotocol `bearer.<token>`, `?token=…`, tried in this order; the first
/// place that has one counts, whatever stands in the others. Other schemes of Authorization are somebody else's (a proxy's, say); cookies are never looked at.
[[nodiscard]] Result<FoundToken, FindError> findToken(const HttpHead &request);

} // namespace glasshouse
