// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configsettings.h"

#include "server/config/configoptions.h"

#include <QSettings>

namespace glasshouse {

namespace {

QString keyOf(const ConfigOption &option) { return QStringLiteral("server/") + QString::fromLatin1(option.name); }

// Whatever stands in the file is somebody's typing.
std::optional<QVariant> valueOf(const ConfigOption &option, const QVariant &stored)
{
    if (!stored.isValid() || option.isSecret)
        return std::nullopt;
    return option.isList ? std::optional<QVariant>(stored.toStringList()) : option.valueOf(stored.toString());
}

// As it would be typed: a row may hold more than one value.
QVariant storedOf(const ConfigOption &option, const ServerConfig &config)
{
    return option.isList ? option.field.read(config) : QVariant(option.get(config).value(0));
}

} // namespace

ServerConfig loadConfig(const QSettings &settings, ServerConfig config)
{
    for (const ConfigOption &option : configOptions()) {
        if (const auto value = valueOf(option, settings.value(keyOf(option))))
            option.field.write(config, *value);
    }
    return normalised(std::move(config));
}

void saveConfig(QSettings &settings, const ServerConfig &config, const ServerConfig &before)
{
    for (const ConfigOption &option : configOptions()) {
        if (!option.isSecret && !option.isSame(before, config))
            settings.setValue(keyOf(option), storedOf(option, config));
    }
}

} // namespace glasshouse
