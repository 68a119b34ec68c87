// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QtGlobal>

namespace glasshouse {

/// Close codes of RFC 6455 section 7.4 and the program's own (docs/protocol.md, "Endings").
enum class CloseCode : quint16 {
    None = 0, ///< no close frame was seen or sent (never on the wire)
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    UnsupportedData = 1003,
    NoStatus = 1005, ///< a close frame without a code (never on the wire)
    Abnormal = 1006, ///< no close frame (never on the wire)
    InvalidPayload = 1007,
    PolicyViolation = 1008,
    MessageTooBig = 1009,
    InternalError = 1011,
    ServiceRestart = 1012,
    TryAgainLater = 1013,
    BadGateway = 1014,
    AuthenticationFailed = 4001,
    RateLimited = 4002,
    OriginRefused = 4003,
    NoSuchRoom = 4004,
    RoomFull = 4005,
    ReadTooSlowly = 4006,
    NoPong = 4007,
    Replaced = 4008,
    Removed = 4009,
    IdleTooLong = 4010,
};

/// May a close frame carry this number? 1000–1003, 1007–1014 and 3000–4999 (RFC 6455 7.4, IANA registry).
[[nodiscard]] bool isValidCloseCode(quint16 code);
/// A short English name ("going away"), or an empty view for an unknown number.
[[nodiscard]] QByteArrayView closeCodeName(quint16 code);
/// Should a client come back by itself after this code?
[[nodiscard]] bool shouldReconnect(quint16 code);

} // namespace glasshouse
