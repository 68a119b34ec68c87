// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endings/endinghint.h"

#include <array>

namespace glasshouse {

namespace {

constexpr qint64 toleranceMs = 2'000; // of the device's clock, and of the way

struct KnownTimeout
{
    qint64 ms;
    QByteArrayView devices;
};

// Defaults of the devices' own documentation. HAProxy has none of its own: 50 s stand in the file that its packages bring.
constexpr std::array idleTimeouts{
    KnownTimeout{50'000, "HAProxy timeout client or server, as packaged (50 s)"},
    KnownTimeout{55'000, "Heroku's router (55 s)"},
    KnownTimeout{60'000, "nginx proxy_read_timeout, AWS ALB or Traefik readTimeout (60 s)"},
    KnownTimeout{100'000, "Cloudflare (100 s)"},
    KnownTimeout{120'000, "Cloudflare (120 s)"},
    KnownTimeout{240'000, "Azure load balancer (4 min)"},
    KnownTimeout{300'000, "Azure Front Door (5 min)"},
    KnownTimeout{600'000, "mitmproxy (10 min)"},
};

// Of the whole connection, whatever goes over it.
constexpr std::array lifetimes{
    KnownTimeout{30'000, "GCP backend service timeout, which counts from the start (30 s)"},
    KnownTimeout{4 * 3'600'000, "Azure Front Door, which counts from the start (4 h)"},
};

template <typename Table>
QByteArrayView lookUp(const Table &table, qint64 ms)
{
    for (const KnownTimeout &known : table) {
        if (qAbs(ms - known.ms) <= toleranceMs)
            return known.devices;
    }
    return {};
}

} // namespace

QByteArrayView idleTimeoutGuess(qint64 silenceMs, qint64 lifetimeMs)
{
    const QByteArrayView idle = lookUp(idleTimeouts, silenceMs);
    return idle.isEmpty() ? lookUp(lifetimes, lifetimeMs) : idle;
}

QByteArrayView endingHint(const Ending &ending)
{
    if (ending.cause != EndingCause::ClientVanished && ending.cause != EndingCause::ConnectionReset)
        return {};
    const qint64 silence = ending.lastFrames.isEmpty()
        ? ending.silenceMs
        : qMin(ending.silenceMs, ending.lastFrames.constLast().beforeEndMs);
    return idleTimeoutGuess(silence, ending.lifetimeMs);
}

} // namespace glasshouse
