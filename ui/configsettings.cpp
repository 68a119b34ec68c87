// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configsettings.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr QLatin1StringView group("server/");

/// Calls `field` for each limit that a dialog shows.
template <typename LimitsType, typename Function>
void forEachLimit(LimitsType &limits, Function field)
{
    field("max-connections"_L1, limits.connections);
    field("max-connections-per-address"_L1, limits.connectionsPerAddress);
    field("max-players"_L1, limits.players);
    field("max-rooms"_L1, limits.rooms);
    field("max-message-bytes"_L1, limits.messageBytes);
    field("message-rate"_L1, limits.messageRate);
    field("message-burst"_L1, limits.messageBurst);
    field("byte-rate"_L1, limits.byteRate);
    field("max-queue-bytes"_L1, limits.queueBytes);
    field("heartbeat-seconds"_L1, limits.heartbeatSeconds);
    field("pong-seconds"_L1, limits.pongSeconds);
}

} // namespace

ServerConfig loadConfig(const QSettings &settings, ServerConfig config)
{
    const auto read = [&settings](QLatin1StringView key, auto &value) {
        bool ok = false; // whatever stands in the file is somebody's typing
        const qint64 stored = settings.value(group + key).toLongLong(&ok);
        if (ok && stored >= 0 && stored <= std::numeric_limits<std::remove_reference_t<decltype(value)>>::max())
            value = std::remove_reference_t<decltype(value)>(stored);
    };
    read("port"_L1, config.port);
    read("capture-budget-bytes"_L1, config.captureBudgetBytes);
    config.bindAddress = settings.value(group + "bind"_L1, config.bindAddress).toString();
    config.capture = settings.value(group + "capture"_L1, config.capture).toBool();
    forEachLimit(config.limits, read);
    return config;
}

void saveConfig(QSettings &settings, const ServerConfig &config)
{
    const auto write = [&settings](QLatin1StringView key, const auto &value) {
        settings.setValue(group + key, qint64(value));
    };
    write("port"_L1, config.port);
    write("capture-budget-bytes"_L1, config.captureBudgetBytes);
    settings.setValue(group + "bind"_L1, config.bindAddress);
    settings.setValue(group + "capture"_L1, config.capture);
    forEachLimit(config.limits, write);
}

} // namespace glasshouse
