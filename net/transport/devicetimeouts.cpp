// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/devicetimeouts.h"

#include <QByteArrayList>
#include <algorithm>
#include <array>

namespace glasshouse {

namespace {

using enum DeviceTimeout::Counts;

constexpr qint64 toleranceMs = 2'000; // of the device's clock, and of the way
constexpr int minute = 60;
constexpr int hour = 60 * minute;

// HAProxy has no default of its own: 50 s stand in the file that its packages bring.
constexpr std::array table{
    DeviceTimeout{"HAProxy timeout client or server, as packaged", 50},
    DeviceTimeout{"Heroku's router", 55},
    DeviceTimeout{"nginx proxy_read_timeout", minute},
    DeviceTimeout{"AWS ALB", minute},
    DeviceTimeout{"Traefik readTimeout", minute},
    DeviceTimeout{"Cloudflare", 100},
    DeviceTimeout{"Cloudflare", 120},
    DeviceTimeout{"Azure load balancer", 4 * minute},
    DeviceTimeout{"Azure Front Door", 5 * minute},
    DeviceTimeout{"mitmproxy", 10 * minute},
    DeviceTimeout{"Google Cloud (GCP) backend service timeout", 30, Lifetime},
    DeviceTimeout{"Azure Front Door", 4 * hour, Lifetime},
};

QByteArrayList devicesWith(DeviceTimeout::Counts counts, qint64 ms)
{
    QByteArrayList devices;
    for (const DeviceTimeout &known : table) {
        if (known.counts == counts && qAbs(ms - known.seconds * 1000LL) <= toleranceMs)
            devices +=
                known.device + QByteArray(" (") + timeoutText(known) + (counts == Lifetime ? " from the start)" : ")");
    }
    return devices;
}

} // namespace

std::span<const DeviceTimeout> deviceTimeouts() { return table; }

int longestDeviceSilence()
{
    int longest = 0;
    for (const DeviceTimeout &known : table)
        longest = std::max(longest, known.counts == Silence ? known.seconds : 0);
    return longest;
}

QByteArray timeoutText(const DeviceTimeout &timeout)
{
    if (timeout.seconds % hour == 0)
        return QByteArray::number(timeout.seconds / hour) + " h";
    if (timeout.seconds > 2 * minute && timeout.seconds % minute == 0)
        return QByteArray::number(timeout.seconds / minute) + " min";
    return QByteArray::number(timeout.seconds) + " s";
}

QByteArray devicesThatCutAfter(qint64 silenceMs, qint64 lifetimeMs)
{
    const QByteArrayList silent = devicesWith(Silence, silenceMs);
    return (silent.isEmpty() ? devicesWith(Lifetime, lifetimeMs) : silent).join(", ");
}

} // namespace glasshouse
