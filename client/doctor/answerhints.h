// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/probeanswer.h"

/// What answers and their pages give away, in the words of known servers. Pure.
namespace glasshouse::answerhints {

/// An alert or a hello.
[[nodiscard]] bool isTls(QByteArrayView raw);
/// A SETTINGS frame.
[[nodiscard]] bool isHttp2(QByteArrayView raw);
/// What else begins so: "SSH". Else its first bytes.
[[nodiscard]] QByteArray nameOfForeign(QByteArrayView raw);

[[nodiscard]] bool wantsTls(const ProbeAnswer &answer);
[[nodiscard]] bool wantsClientCertificate(const ProbeAnswer &answer);
[[nodiscard]] bool wantsHttp2(const ProbeAnswer &answer);
[[nodiscard]] bool doesNotKnowTheHost(const ProbeAnswer &answer);
/// The server got no Upgrade header, and says so.
[[nodiscard]] bool sawNoUpgrade(const ProbeAnswer &answer);
/// What shows that a cache answered: "Age: 12". Empty: nothing.
[[nodiscard]] QByteArray cacheIn(const ProbeAnswer &answer);
/// The path that the server says it was asked for. Empty: it says none.
[[nodiscard]] QByteArray pathIn(const ProbeAnswer &answer);

[[nodiscard]] bool isOfSocketIo(const ProbeAnswer &answer);
[[nodiscard]] bool isOfSockJs(const ProbeAnswer &answer);
[[nodiscard]] bool isInfoOfSockJs(const ProbeAnswer &answer);
[[nodiscard]] bool isOfSignalR(const ProbeAnswer &answer);

} // namespace glasshouse::answerhints
