// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <span>

namespace glasshouse {

/// How long a device on the way lets a connection live, by the default of its maker's documentation.
struct DeviceTimeout
{
    enum class Counts : quint8 {
        Silence,  ///< since the last byte
        Lifetime, ///< of the whole connection, whatever goes over it
    };

    const char *device; ///< with the name of its setting, where it has one
    int seconds;
    Counts counts = Counts::Silence;
};

/// All that are known, the shortest first, silences before lifetimes. Names only, nothing to translate.
[[nodiscard]] std::span<const DeviceTimeout> deviceTimeouts();
/// The longest silence that a known device bears, in seconds.
[[nodiscard]] int longestDeviceSilence();
/// "50 s", "4 min", "4 h"
[[nodiscard]] QByteArray timeoutText(const DeviceTimeout &timeout);
/// Who may have ended a connection that was silent, or has lived, that long (ms), within 2 s: "nginx proxy_read_timeout (60 s), AWS
/// ALB (60 s)". A silence goes before a lifetime. Empty: none that is known.
[[nodiscard]] QByteArray devicesThatCutAfter(qint64 silenceMs, qint64 lifetimeMs);

} // namespace glasshouse
