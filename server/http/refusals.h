// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/chunkedbody.h"
#include "protocol/foreignprotocol.h"
#include "protocol/upgrade.h"
#include "server/gate/addressbook.h"
#include "server/gate/clientaddress.h"
#include "server/gate/proxyheader.h"
#include "server/http/admission.h"
#include "server/http/httpanswer.h"

namespace glasshouse {

/// Why a request gets something else than it asked for. The words, statuses and headers stand in one table.
enum class Denial : quint8 {
    TooManyRequests,
    TooManyBroken, ///< what was wrong with this one has to be added
    TooManyConnecting,
    TooManyUnderWay,
    TooManySockets,
    TooManyChecks,
    TooManyGuesses,
    HostNotAllowed,
    PlainToTls,
    PlainRedirected, ///< its Location has to be added
    UpgradeExpected,
    NoPlayerRoute,
    BadRoomId,
    OperatorOnlyHere,
    OperatorTokenNeeded,
    BodyOfARead,
    UnknownCoding,
    BodyTooLarge,
    HeadTimeout,
    AdmissionTimeout,
    HandshakeFailed,
    DiskTimeout,
    TooManyFiles,
    TooManyWaiting,
    TooManyLargeAnswers,
};

/// The answer to a request that is refused, and how its ending is told. It ends the connection. A value.
struct Refused
{
    EndingCause cause = EndingCause::Unknown;
    HttpAnswer answer;
    QByteArray detail;
};

[[nodiscard]] Refused refusalOf(Denial denial);
[[nodiscard]] Refused refusalOf(HttpError error);
[[nodiscard]] Refused refusalOf(UpgradeError error);
[[nodiscard]] Refused refusalOf(ChunkError error);
[[nodiscard]] Refused refusalOf(const ForeignProtocol &protocol);
[[nodiscard]] Refused refusalOf(ProxyError error);
[[nodiscard]] Refused refusalOf(AddressDoubt doubt);
/// Of a Host header that this server does not answer to: says how to allow it. The detail is the name.
[[nodiscard]] Refused refusalOfHost(QByteArrayView host);
/// Of a player, by HTTP in place of the upgrade or of the answer of the API.
[[nodiscard]] Refused refusalOf(const Admission &admission);
/// Whether there is place for another visit of this address; a half-open one may have to give way for it. Unknown: there is.
[[nodiscard]] EndingCause judgeArrival(AddressBook &addresses, const QHostAddress &address);
/// Of whom there is no place for, before he has said a word.
[[nodiscard]] Refused refusalAtTheDoor(EndingCause cause);

} // namespace glasshouse
