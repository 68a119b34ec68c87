// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientoptions.h"

namespace glasshouse {

/// How a token goes to the server.
enum class TokenWay : quint8 {
    None,
    Header,      ///< Authorization: Bearer TOKEN
    Query,       ///< ?token=TOKEN
    Subprotocol, ///< bearer.TOKEN
    Message,     ///< the first one: {"type":"auth","data":{"token":"TOKEN"}}
};
constexpr int tokenWayCount = int(TokenWay::Message) + 1;

/// Puts it there. The address may be unfinished; a header goes behind those of the same name. An empty token goes nowhere.
void placeToken(const QString &token, TokenWay way, QString &address, TestClientOptions &options);

} // namespace glasshouse
