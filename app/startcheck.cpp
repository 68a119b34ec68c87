// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/startcheck.h"

#include "app/production.h"
#include "server/config/configfaults.h"

#include <QFile>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxSecret = 64 * 1024;

QString sentence(const Settings &settings, const ConfigFault &fault)
{
    const QString key = QString::fromUtf8(fault.key);
    const Origin origin = settings.originOf(key);
    switch (origin.layer) {
    case Origin::Layer::Default:
        return u"%1: %2"_s.arg(key, fault.text);
    case Origin::Layer::File:
        return u"%1: %2: %3"_s.arg(origin.name, key, fault.text);
    case Origin::Layer::Environment:
    case Origin::Layer::CommandLine:
        return u"%1: %2"_s.arg(origin.name, fault.text);
    }
    return fault.text;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(maxSecret) : QByteArray();
}

bool isSet(const Settings &settings, const QString &key)
{
    return settings.originOf(key).layer != Origin::Layer::Default;
}

/// A key alone asks nobody for a token, though whoever names one means that. Who says `auth open` as well is believed.
std::optional<ConfigFault> forgottenAuth(const Settings &settings)
{
    if (settings.options().server.auth != AuthMode::Open || isSet(settings, u"auth"_s))
        return std::nullopt;
    for (const char *key : {"jwt-secret-file", "jwt-public-key", "jwt-issuer", "jwt-audience"}) {
        if (isSet(settings, QString::fromUtf8(key)))
            return ConfigFault{
                key, u"nobody is asked for a token as long as auth is open: say auth as well, token or open"_s};
    }
    return std::nullopt;
}

} // namespace

QStringList productionRefusals(const Options &options, ServerConfig config, const QStringList &unread)
{
    QStringList refusals;
    if (!options.production)
        return refusals;
    if (!config.token.secretFile.isEmpty())
        config.token.secret = contents(config.token.secretFile);
    for (const ProductionFault &fault : productionFaults(config)) {
        const QString name = nameOf(fault.what);
        const bool isGuess =
            std::any_of(fault.keys.begin(), fault.keys.end(), [&](const QString &key) { return unread.contains(key); });
        // The list of a higher layer takes the place of a lower one's, so what is allowed already is named again.
        if (!isGuess && !options.allowInsecure.contains(name))
            refusals += u"production: %1; %2 (if it is meant: --allow-insecure %3)"_s.arg(
                fault.text, fault.help, (options.allowInsecure + QStringList{name}).join(u','));
    }
    return refusals;
}

QStringList startFaults(const Settings &settings)
{
    QStringList texts;
    for (const Error<OptionsError> &error : settings.errors())
        texts += QString::fromUtf8(error.text);
    const ServerConfig &config = settings.options().server;
    for (const ConfigFault &fault : configFaults(config) + fileFaults(config))
        texts += sentence(settings, fault);
    if (const std::optional<ConfigFault> fault = forgottenAuth(settings))
        texts += sentence(settings, *fault);
    return texts + productionRefusals(settings.options(), config, settings.unread());
}

} // namespace glasshouse
