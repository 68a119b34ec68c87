// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/options.h"

#include "app/optiontable.h"
#include "app/units.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

Error<OptionsError> error(OptionsError code, const QString &text) { return {code, text.toUtf8()}; }

Error<OptionsError> badValue(const OptionEntry &entry, const QString &value, const QString &where)
{
    const char *takes = entry.takes == nullptr ? "on or off" : entry.takes;
    return error(OptionsError::BadValue, u"%1: \"%2\" is not %3"_s.arg(where, value, QLatin1StringView(takes)));
}

QString environmentName(const OptionEntry &entry)
{
    return u"GLASSHOUSE_"_s + QString::fromLatin1(entry.name).toUpper().replace(u'-', u'_');
}

// Other hosting tools set these; ours win where both are there.
constexpr std::pair<const char *, const char *> foreignNames[] = {
    {"PORT", "port"}, {"CORS_ALLOWED_ORIGINS", "allow-origin"}, {"FRONTEND_URL", "allow-origin"}};

// `begun`: options that the present source has given already. A list of one source takes the place of that of another.
std::optional<Error<OptionsError>> apply(Options &options, QStringList &begun, const OptionEntry &entry,
                                         const QString &value, const QString &where)
{
    const QString name = QString::fromLatin1(entry.name);
    const QStringList values = entry.clear ? value.split(u',', Qt::SkipEmptyParts) : QStringList{value};
    if (values.isEmpty())
        return badValue(entry, value, where);
    if (entry.clear && !begun.contains(name))
        entry.clear(options);
    begun.append(name);
    for (const QString &single : values) {
        if (!entry.set(options, single.trimmed()))
            return badValue(entry, single, where);
    }
    options.given.append(name);
    return std::nullopt;
}

std::optional<Error<OptionsError>> applyEnvironment(Options &options, const QProcessEnvironment &environment)
{
    QStringList foreign;
    QStringList ours;
    for (const auto &[variable, name] : foreignNames) {
        const QString key = QString::fromLatin1(variable);
        if (!environment.value(key).isEmpty()) {
            if (auto failed =
                    apply(options, foreign, *findOption(QString::fromLatin1(name)), environment.value(key), key))
                return failed;
        }
    }
    for (const OptionEntry &entry : optionTable()) {
        const QString key = environmentName(entry);
        if (!environment.value(key).isEmpty()) {
            if (auto failed = apply(options, ours, entry, environment.value(key), key))
                return failed;
        }
    }
    return std::nullopt;
}

Error<OptionsError> unknownOption(const QString &argument)
{
    const QString nearest = nearestName(argument.section(u'=', 0, 0).mid(2), optionNames());
    const QString hint = nearest.isEmpty() ? u"; --help lists them"_s : u"; did you mean --%1?"_s.arg(nearest);
    return error(OptionsError::UnknownOption, u"unknown option %1%2"_s.arg(argument.section(u'=', 0, 0), hint));
}

// One argument and, where it is written apart, its value.
std::optional<Error<OptionsError>> applyArgument(Options &options, QStringList &begun, QStringList &rest)
{
    const QString argument = rest.takeFirst();
    const OptionEntry *entry = argument.startsWith("--"_L1) ? findOption(argument.section(u'=', 0, 0).mid(2)) : nullptr;
    if (entry == nullptr)
        return unknownOption(argument);
    QString value;
    if (argument.contains(u'='))
        value = argument.section(u'=', 1);
    else if (entry->takes != nullptr && rest.isEmpty())
        return error(OptionsError::MissingValue,
                     u"%1 needs a value: %2"_s.arg(argument, QLatin1StringView(entry->takes)));
    else if (entry->takes != nullptr)
        value = rest.takeFirst();
    if (entry->takes == nullptr && !value.isEmpty())
        return error(OptionsError::BadValue, u"--%1 takes no value"_s.arg(QLatin1StringView(entry->name)));
    return apply(options, begun, *entry, value, u"--"_s + QLatin1StringView(entry->name));
}

} // namespace

Result<Options, OptionsError> parseOptions(const QStringList &arguments, const QProcessEnvironment &environment,
                                           const ServerConfig &base)
{
    Options options;
    options.server = base;
    if (arguments.value(0) == "token"_L1) {
        options.command = Options::Command::Token;
        options.arguments = arguments.mid(1);
        return options;
    }
    if (arguments.value(0) == "proxy-config"_L1) {
        options.command = Options::Command::ProxyConfig;
        options.arguments = arguments.mid(1);
        return options;
    }
    if (arguments.value(0) == "certificate"_L1) {
        options.command = Options::Command::Certificate;
        options.arguments = arguments.mid(1);
        return options;
    }
    if (auto failed = applyEnvironment(options, environment))
        return *failed;
    QStringList begun;
    QStringList rest = arguments;
    if (!rest.isEmpty() && !rest.first().startsWith(u'-')) {
        const QString command = rest.takeFirst();
        if (command != "serve"_L1) {
            const QString nearest = nearestName(command, {u"serve"_s, u"token"_s, u"certificate"_s, u"proxy-config"_s});
            return error(OptionsError::UnknownCommand,
                         u"unknown command %1%2"_s.arg(
                             command, nearest.isEmpty() ? QString() : u"; did you mean %1?"_s.arg(nearest)));
        }
        options.command = Options::Command::Serve;
    }
    while (!rest.isEmpty()) {
        if (rest.first() == "--help"_L1 || rest.first() == "-h"_L1) {
            options.command = Options::Command::Help;
            return options;
        }
        if (rest.first() == "--version"_L1) {
            options.command = Options::Command::Version;
            return options;
        }
        if (auto failed = applyArgument(options, begun, rest))
            return *failed;
    }
    return options;
}

QString helpText()
{
    QString text =
        u"Glasshouse hosts WebSocket games and shows everything on the wire.\n\n"
        "glasshouse [options]          with a window\n"
        "glasshouse serve [options]    without\n"
        "glasshouse token mint|show    makes or shows a player's token; token --help says more\n"
        "glasshouse certificate make|show   makes or shows a certificate for TLS; certificate --help says more\n"
        "glasshouse proxy-config NAME  prints the configuration for nginx, haproxy, caddy or traefik; proxy-config "
        "--help says more\n\n"
        "Options (0 = no limit; sizes take k, M, G; times s, m, h). Each is an environment variable as well: --max-rooms is GLASSHOUSE_MAX_ROOMS.\n"_s;
    for (const OptionEntry &entry : optionTable()) {
        const QString left = u"  --%1 %2"_s.arg(
            QLatin1StringView(entry.name), entry.metavar == nullptr ? QString() : QString::fromLatin1(entry.metavar));
        text += left.leftJustified(40) + u' ' + QString::fromUtf8(entry.help) + u'\n';
    }
    return text + u"  --help, --version\n"_s;
}

} // namespace glasshouse
