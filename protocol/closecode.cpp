// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/closecode.h"

namespace glasshouse {

bool isValidCloseCode(quint16 code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

QByteArrayView closeCodeName(quint16 code)
{
    switch (code) {
    case 1000:
        return "normal";
    case 1001:
        return "going away";
    case 1002:
        return "protocol error";
    case 1003:
        return "unsupported data";
    case 1005:
        return "no status";
    case 1006:
        return "abnormal";
    case 1007:
        return "invalid payload";
    case 1008:
        return "policy violation";
    case 1009:
        return "message too big";
    case 1010:
        return "extension required";
    case 1011:
        return "internal error";
    case 1012:
        return "service restart";
    case 1013:
        return "try again later";
    case 1014:
        return "bad gateway";
    case 1015:
        return "TLS handshake failed";
    case 4001:
        return "authentication failed";
    case 4002:
        return "rate limited";
    case 4003:
        return "origin refused";
    case 4004:
        return "no such room";
    case 4005:
        return "room full";
    case 4006:
        return "read too slowly";
    case 4007:
        return "no pong";
    case 4008:
        return "replaced";
    case 4009:
        return "removed";
    case 4010:
        return "idle too long";
    default:
        return {};
    }
}

bool shouldReconnect(quint16 code)
{
    switch (CloseCode(code)) {
    case CloseCode::None:
    case CloseCode::GoingAway:
    case CloseCode::Abnormal:
    case CloseCode::InternalError:
    case CloseCode::ServiceRestart:
    case CloseCode::TryAgainLater:
    case CloseCode::BadGateway:
    case CloseCode::RateLimited:
    case CloseCode::RoomFull:
    case CloseCode::ReadTooSlowly:
    case CloseCode::NoPong:
    case CloseCode::IdleTooLong:
        return true;
    default: // any number can come from the wire
        return false;
    }
}

} // namespace glasshouse
