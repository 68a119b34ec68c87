// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/diagnosis.h"
#include "client/doctor/doctorprobe.h"

namespace glasshouse {

/// What may be other in a second attempt. A row of one table: when there is a point in it, what is changed, and what is said of it.
enum class ProbeFactor : quint8 {
    Scheme,       ///< ws for wss, without all that may be a secret; or the reverse, where certificates do not matter
    Key,          ///< nothing but the key
    Alpn,         ///< none
    Origin,       ///< the value; empty: none
    Token,        ///< none
    TokenPlace,   ///< the value: where
    Host,         ///< the value
    Subprotocols, ///< the value, with commas; empty: none
    Extensions,   ///< none
    Path,         ///< the value
    SocketIo,     ///< a plain GET of where it would be
    SockJs,
};

struct ProbeVariation
{
    ProbeFactor factor;
    QByteArray value;
};

/// An attempt that differs from the first in one thing.
struct VariedProbe
{
    ProbeVariation variation;
    ProbeResult result;
};

/// What an attempt was made with.
struct ProbeContext
{
    TestClientOptions options;
    QByteArray token;
};

/// What is worth a second attempt after this one has failed, the likeliest first. At most 20.
[[nodiscard]] QList<ProbeVariation> variationsFor(const ProbeResult &first, const ProbeContext &context);
/// The same where the server agreed, and closed the connection because of who the client is.
[[nodiscard]] QList<ProbeVariation> variationsForRefused(const ProbeContext &context);
/// The same attempt but for one thing.
[[nodiscard]] ProbeOrder varied(ProbeOrder order, const ProbeVariation &variation, const QByteArray &token);
[[nodiscard]] DoctorEvidence evidenceOf(const VariedProbe &varied);
/// `outcome`: in a few English words.
[[nodiscard]] DoctorEvidence evidenceOf(const ProbeVariation &variation, const QByteArray &outcome);

/// The origin of a page on the server itself: "https://example.org".
[[nodiscard]] QByteArray ownOriginOf(const QUrl &url);
/// Paths at which a server's WebSocket may be, other than this one.
[[nodiscard]] QByteArrayList likelyPaths(const QByteArray &path);

} // namespace glasshouse
