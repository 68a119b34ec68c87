// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/startcheck.h"

#include "app/demo/demofolder.h"
#include "base/visibletext.h"
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

/// A demo keeps nothing in the data folder of people.
ServerConfig judgedConfig(const Settings &settings)
{
    ServerConfig config = settings.options().server;
    if (DemoFolder::isWanted(settings)) {
        config.captureDirectory.clear();
        config.historyFile.clear();
    }
    return config;
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
        texts += visible(QString::fromUtf8(error.text));
    const Options &options = settings.options();
    for (const ConfigFault &fault : judge(
             judgedConfig(settings), {options.production, options.allowInsecure, settings.given(), settings.unread()}))
        texts += visible(sentence(settings, fault));
    return texts;
}

QStringList startWarnings(const Settings &settings)
{
    QStringList texts;
    for (const QString &warning : settings.warnings())
        texts += visible(warning);
    const Options &options = settings.options();
    for (const ConfigFault &fault : warnings(options.server, {options.production, options.allowInsecure}))
        texts += visible(sentence(settings, fault));
    return texts;
}

} // namespace glasshouse
