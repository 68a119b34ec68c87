// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/startcheck.h"

#include "server/config/judge.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

QString sentence(const Settings &settings, const ConfigFault &fault)
{
    const QString key = QString::fromUtf8(fault.key);
    const Origin origin = settings.originOf(key);
    if (key.isEmpty())
        return fault.text;
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

} // namespace

QStringList productionRefusals(const Options &options, const ServerConfig &config)
{
    QStringList texts;
    for (const ConfigFault &fault : refusedInProduction(config, {options.production, options.allowInsecure}))
        texts += fault.text;
    return texts;
}

QStringList startFaults(const Settings &settings)
{
    QStringList texts;
    for (const Error<OptionsError> &error : settings.errors())
        texts += QString::fromUtf8(error.text);
    const Options &options = settings.options();
    for (const ConfigFault &fault :
         judge(options.server, {options.production, options.allowInsecure, settings.given(), settings.unread()}))
        texts += sentence(settings, fault);
    return texts;
}

} // namespace glasshouse
