// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/judge.h"

#include "server/config/production.h"
#include "server/gate/secretfiles.h"

#include <QFile>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxSecret = 64 * 1024;

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(maxSecret) : QByteArray();
}

/// A key alone asks nobody for a token, though whoever names one means that. Who says `auth open` as well is believed.
QList<ConfigFault> forgottenAuth(const ServerConfig &config, const ConfigIntent &intent)
{
    if (config.auth != AuthMode::Open || intent.given.contains(u"auth"_s))
        return {};
    for (const char *key : {"jwt-secret-file", "jwt-public-key", "jwt-issuer", "jwt-audience"}) {
        if (intent.given.contains(QString::fromUtf8(key)))
            return {{key, u"nobody is asked for a token as long as auth is open: say auth as well, token or open"_s}};
    }
    return {};
}

bool isGuess(const ProductionFault &fault, const ConfigIntent &intent)
{
    return std::any_of(fault.keys.begin(), fault.keys.end(),
                       [&](const QString &key) { return intent.unread.contains(key); });
}

} // namespace

QList<ConfigFault> refusedInProduction(ServerConfig config, const ConfigIntent &intent)
{
    QList<ConfigFault> faults;
    if (!intent.production)
        return faults;
    if (!config.token.secretFile.isEmpty())
        config.token.secret = contents(config.token.secretFile);
    for (const ProductionFault &fault : productionFaults(config)) {
        const QString name = nameOf(fault.what);
        // The list of a higher layer takes the place of a lower one's, so what is allowed already is named again.
        if (!intent.allowInsecure.contains(name) && !isGuess(fault, intent))
            faults.append({{},
                           u"production: %1; %2 (if it is meant: --allow-insecure %3)"_s.arg(
                               fault.text, fault.help, (intent.allowInsecure + QStringList{name}).join(u','))});
    }
    return faults;
}

QList<ConfigFault> judge(const ServerConfig &config, const ConfigIntent &intent)
{
    return configFaults(config) + fileFaults(config) + forgottenAuth(config, intent)
        + refusedInProduction(config, intent);
}

QList<ConfigFault> warnings(const ServerConfig &config, const ConfigIntent &intent)
{
    QList<ConfigFault> faults;
    if (intent.production || intent.allowInsecure.contains(nameOf(Insecurity::OpenFiles)))
        return faults;
    for (const OpenFile &file : filesOthersRead(config))
        faults.append({file.option, file.text + u"; "_s + file.help});
    return faults;
}

} // namespace glasshouse
