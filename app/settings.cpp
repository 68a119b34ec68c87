// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include "app/configfile.h"
#include "app/optiontable.h"
#include "app/units.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QUrl>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

using Kind = OptionEntry::Kind;

constexpr std::pair<const char *, Options::Command> commands[] = {{"serve", Options::Command::Serve},
                                                                  {"check-config", Options::Command::CheckConfig},
                                                                  {"token", Options::Command::Token},
                                                                  {"certificate", Options::Command::Certificate},
                                                                  {"proxy-config", Options::Command::ProxyConfig}};

bool readsItsOwn(Options::Command command)
{
    return command == Options::Command::Token || command == Options::Command::Certificate
        || command == Options::Command::ProxyConfig;
}

/// A variable that other hosting tools set.
struct ForeignName
{
    const char *variable;
    const char *option;
    QString (*translate)(const QString &) = nullptr;
};

QString isProduction(const QString &environment)
{
    return environment.compare("production"_L1, Qt::CaseInsensitive) == 0 ? u"on"_s : u"off"_s;
}

QString originOfPage(const QString &url)
{
    const QUrl page(url, QUrl::StrictMode);
    return page.isValid() && !page.host().isEmpty() ? page.scheme() + u"://"_s + page.authority() : url;
}

constexpr ForeignName foreignNames[] = {{"PORT", "port"},
                                        {"CORS_ALLOWED_ORIGINS", "allow-origin"},
                                        {"FRONTEND_URL", "allow-origin", originOfPage},
                                        {"ENVIRONMENT", "production", isProduction},
                                        {"JWT_SECRET", "JWT_SECRET"}};

const OptionEntry *findEntry(const char *name)
{
    const QLatin1StringView wanted(name);
    return wanted == QLatin1StringView(secretEntry().name) ? &secretEntry() : findOption(QString(wanted));
}

QString nameOf(const OptionEntry &entry) { return QString::fromLatin1(entry.name); }

QString whyNot(const OptionEntry &entry, const QString &value)
{
    const QString reason = entry.reason ? entry.reason(value) : QString();
    return reason.isEmpty() ? u"\"%1\" is not %2"_s.arg(value, QLatin1StringView(entry.takes)) : reason;
}

QString didYouMean(const QString &name, const QStringList &names, const QString &otherwise)
{
    const QString nearest = nearestName(name, names);
    return nearest.isEmpty() ? otherwise : u"; did you mean %1?"_s.arg(nearest);
}

QStringList with(QLatin1StringView prefix, QStringList names)
{
    for (QString &name : names)
        name.prepend(prefix);
    return names;
}

} // namespace

QProcessEnvironment takeEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    qunsetenv("JWT_SECRET");
    return environment;
}

Settings Settings::read(const QStringList &arguments, const QProcessEnvironment &environment, const ServerConfig &base)
{
    Settings settings;
    settings.m_options.server = base;
    QStringList rest = arguments;
    settings.findCommand(rest);
    if (readsItsOwn(settings.m_options.command)) {
        settings.m_options.arguments = rest;
        return settings;
    }
    const Source given = settings.fromArguments(rest);
    if (settings.m_options.command == Options::Command::Help || settings.m_options.command == Options::Command::Version)
        return settings;
    const Source foreign = fromForeignVariables(environment);
    const Source ours = settings.fromVariables(environment);
    QString path;
    for (const Given &one : ours + given) {
        if (nameOf(*one.entry) == "config"_L1)
            path = one.value;
    }
    for (const Source &source : {settings.fromFile(path), foreign, ours, given})
        settings.apply(source);
    return settings;
}

Settings Settings::ofProgram(const QProcessEnvironment &environment, const ServerConfig &base)
{
    return read(QCoreApplication::arguments().mid(1), environment, base);
}

void Settings::fail(OptionsError code, const QString &text) { m_errors.append({code, text.toUtf8()}); }

void Settings::findCommand(QStringList &arguments)
{
    if (arguments.isEmpty() || arguments.first().startsWith(u'-'))
        return;
    const QString command = arguments.takeFirst();
    QStringList names;
    for (const auto &[name, value] : commands) {
        if (command == QLatin1StringView(name))
            m_options.command = value;
        names += QString::fromLatin1(name);
    }
    if (!names.contains(command))
        fail(OptionsError::UnknownCommand, u"unknown command %1%2"_s.arg(command, didYouMean(command, names, {})));
}

Settings::Source Settings::fromArguments(QStringList rest)
{
    Source source;
    while (!rest.isEmpty()) {
        const QString &argument = rest.first();
        if (argument == "--help"_L1 || argument == "-h"_L1 || argument == "--version"_L1) {
            m_options.command = argument == "--version"_L1 ? Options::Command::Version : Options::Command::Help;
            m_errors.clear(); // whoever asks for help gets it
            return {};
        }
        if (argument == "--json"_L1 && m_options.command == Options::Command::CheckConfig) {
            m_options.json = true;
            rest.removeFirst();
        } else {
            addArgument(source, rest);
        }
    }
    return source;
}

// One argument and, where it is written apart, its value.
void Settings::addArgument(Source &source, QStringList &rest)
{
    const QString argument = rest.takeFirst();
    const QString option = argument.section(u'=', 0, 0);
    const OptionEntry *entry = option.startsWith("--"_L1) ? findOption(option.sliced(2)) : nullptr;
    if (entry == nullptr)
        return unknownArgument(option, rest);
    const bool isOne = argument.contains(u'=') || entry->kind == Kind::Flag;
    if (!isOne && rest.isEmpty()) {
        m_unread += nameOf(*entry);
        return fail(OptionsError::MissingValue,
                    u"%1 needs a value: %2"_s.arg(argument, QLatin1StringView(entry->takes)));
    }
    const QString value = argument.contains(u'=') ? argument.section(u'=', 1) : isOne ? u"on"_s : rest.takeFirst();
    source.append({entry, value, {Origin::Layer::CommandLine, option}});
}

// What stands behind it is taken for its value: it is not looked at, and not shown, since it may be a secret.
void Settings::unknownArgument(const QString &argument, QStringList &rest)
{
    fail(OptionsError::UnknownOption,
         u"unknown option %1%2"_s.arg(argument,
                                      didYouMean(argument, with("--"_L1, optionNames()), u"; --help lists them"_s)));
    if (argument.startsWith(u'-') && !rest.isEmpty() && !rest.first().startsWith(u'-'))
        rest.removeFirst();
}

Settings::Source Settings::fromForeignVariables(const QProcessEnvironment &environment)
{
    Source source;
    for (const ForeignName &foreign : foreignNames) {
        const QString variable = QString::fromLatin1(foreign.variable);
        const QString value = environment.value(variable);
        if (!value.isEmpty())
            source.append({findEntry(foreign.option),
                           foreign.translate == nullptr ? value : foreign.translate(value),
                           {Origin::Layer::Environment, variable}});
    }
    return source;
}

// Others may have variables with our prefix (so does Kubernetes for a service of our name): only one that looks like a
// typing error is taken for it.
Settings::Source Settings::fromVariables(const QProcessEnvironment &environment)
{
    Source source;
    QStringList names = environment.keys();
    names.sort();
    for (const QString &variable : names) {
        const QString name = variable.mid(qstrlen("GLASSHOUSE_")).toLower().replace(u'_', u'-');
        if (!variable.startsWith("GLASSHOUSE_"_L1) || environment.value(variable).isEmpty())
            continue;
        const OptionEntry *entry = findOption(name);
        if (entry != nullptr)
            source.append({entry, environment.value(variable), {Origin::Layer::Environment, variable}});
        else if (const QString nearest = nearestName(name, optionNames()); !nearest.isEmpty())
            fail(OptionsError::UnknownOption,
                 u"unknown variable %1; did you mean %2?"_s.arg(variable, variableOf(nearest)));
    }
    return source;
}

Settings::Source Settings::fromFile(const QString &path)
{
    Source source;
    if (path.isEmpty())
        return source;
    const ConfigFile file = ConfigFile::read(path);
    for (const Error<ConfigFileError> &error : file.errors)
        m_errors.append({OptionsError::BadFile, error.text});
    const QDir folder = QFileInfo(path).absoluteDir();
    QHash<QString, int> seen;
    for (const ConfigLine &line : file.lines) {
        const QString place = u"%1:%2"_s.arg(path).arg(line.number);
        const OptionEntry *entry = findOption(line.key);
        if (entry == nullptr)
            fail(OptionsError::UnknownOption,
                 u"%1: unknown key %2%3"_s.arg(place, line.key, didYouMean(line.key, optionNames(), {})));
        else if (line.key == "config"_L1)
            fail(OptionsError::BadFile, u"%1: a configuration file can not name another"_s.arg(place));
        else if (entry->kind != Kind::List && seen.contains(line.key))
            fail(OptionsError::StandsTwice,
                 u"%1: %2 stands in line %3 already"_s.arg(place, line.key).arg(seen[line.key]));
        else
            source.append({entry,
                           entry->kind == Kind::Path ? QDir::cleanPath(folder.filePath(line.value)) : line.value,
                           {Origin::Layer::File, place}});
        seen.insert(line.key, line.number);
    }
    return source;
}

void Settings::apply(const Source &source)
{
    QStringList begun; // the first value of a list clears what the layers below said
    for (const Given &given : source) {
        if (given.entry->kind != Kind::List) {
            set(given);
            continue;
        }
        if (!begun.contains(nameOf(*given.entry)))
            given.entry->clear(m_options);
        begun += nameOf(*given.entry);
        const QStringList values = given.value.split(u',', Qt::SkipEmptyParts);
        for (const QString &value : values.isEmpty() ? QStringList{given.value} : values)
            set({given.entry, value, given.origin});
    }
}

void Settings::set(const Given &given)
{
    Options changed = m_options; // a value that is refused may have left traces
    const bool isSecret = given.entry->kind == Kind::Secret;
    const QString value = isSecret ? given.value : given.value.trimmed();
    if (!given.entry->set(changed, value)) {
        m_unread += nameOf(*given.entry);
        const QString key = given.origin.layer == Origin::Layer::File ? nameOf(*given.entry) + u": "_s : QString();
        return fail(OptionsError::BadValue, u"%1: %2%3"_s.arg(given.origin.name, key, whyNot(*given.entry, value)));
    }
    if (given.entry->rival != nullptr) {
        findEntry(given.entry->rival)->clear(changed);
        m_origins.remove(QString::fromLatin1(given.entry->rival));
    }
    m_options = changed;
    m_origins.insert(nameOf(*given.entry), given.origin);
}

} // namespace glasshouse
