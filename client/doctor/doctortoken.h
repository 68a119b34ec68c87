// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/diagnosis.h"

#include <optional>

namespace glasshouse {

struct DoctorOrder;

/// Where a token goes with the request.
enum class TokenPlace : quint8 { Order, Authorization, Query, Subprotocol };

/// What a token says of itself (RFC 7519), without a look at its signature. Times in seconds since 1970.
struct SeenToken
{
    TokenPlace place = TokenPlace::Order;
    bool isReadable = false;
    std::optional<qint64> expires;   ///< exp
    std::optional<qint64> notBefore; ///< nbf
    std::optional<qint64> issued;    ///< iat
    QByteArray algorithm;
    QByteArray issuer;
    QByteArray audience; ///< as it is written, in JSON
};

/// All that an order sends along; never the token itself.
[[nodiscard]] QList<SeenToken> tokensIn(const DoctorOrder &order);
/// Does it say in any way who it is, readable or not? Cookies do not count: they are for much else.
[[nodiscard]] bool sendsACredential(const DoctorOrder &order);
/// Null where it is no JWT.
[[nodiscard]] SeenToken decoded(QByteArrayView token, TokenPlace place);
/// For evidence: "Authorization".
[[nodiscard]] QByteArray wordsFor(TokenPlace place);
/// "2026-12-01 09:30:00 UTC"
[[nodiscard]] QByteArray timeText(qint64 secondsSince1970);

/// What is wrong with a token's times. `now`: of this device; `serverAhead`: how much further the server's clock is, in seconds.
[[nodiscard]] std::optional<DoctorFinding> judgeTimes(const SeenToken &token, qint64 now, qint64 serverAhead);

} // namespace glasshouse
