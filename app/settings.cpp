// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include "app/configfile.h"
#include "app/nearestname.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr std::pair<const char *, Options::Command> commands[] = {{"serve", Options::Command::Serve},
                                                                  {"check-config", Options::Command::CheckConfig},
                                                                  {"token", Options::Command::Token},
                                                                  {"certificate", Options::Command::Certificate},
                                                                  {"proxy-config", Options::Command::ProxyConfig},
                                                                  {"connect", Options::Command::Connect},
                                                                  {"doctor", Options::Command::Doctor}};

bool readsItsOwn(Options::Command command)
{
    return command == Options::Command::Token || command == Options::Command::Certificate
        || command == Options::Command::ProxyConfig || command == Options::Command::Connect
        || command == Options::Command::Doctor;
}

QString nameOf(const ProgramOption &option) { return QString::fromLatin1(option.name); }

QString didYouMean(const QString &name, const QStringList &names, const QString &otherwise)
{
    const QString nearest = nearestName(name, names);
    return nearest.isEmpty() ? otherwise : u"; did you mean %1?"_s.arg(nearest);
}

/// What it sets in every container for a service whose name begins with ours: GLASSHOUSE_PORT=tcp://10.0.0.1:8080 and its family.
bool isOfKubernetes(const QString &variable, const QString &value)
{
    static const QRegularExpression family(
        u"_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$"_s);
    static const QRegularExpression address(u"^(tcp|udp|sctp)://"_s);
    return family.match(variable).hasMatch() || (variable.endsWith("_PORT"_L1) && address.match(value).hasMatch());
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
    for (const ProgramOption &option : secretOptions()) {
        for (const ForeignVariable &variable : option.variables)
            qunsetenv(variable.name);
    }
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
    const Source foreign = settings.fromForeignVariables(environment);
    const Source ours = settings.fromVariables(environment);
    QString path;
    for (const Given &one : ours + given) {
        if (nameOf(*one.option) == "config"_L1)
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
    const QString name = argument.section(u'=', 0, 0);
    const ProgramOption *option = name.startsWith("--"_L1) ? findRow(optionTable(), name.sliced(2)) : nullptr;
    if (option == nullptr)
        return unknownArgument(name, rest);
    const bool isOne = argument.contains(u'=') || option->placeholder().isEmpty();
    if (!isOne && rest.isEmpty()) {
        m_unread += nameOf(*option);
        return fail(OptionsError::MissingValue, u"%1 needs a value: %2"_s.arg(argument, option->expected()));
    }
    const QString value = argument.contains(u'=') ? argument.section(u'=', 1) : isOne ? u"on"_s : rest.takeFirst();
    source.append({option, value, {Origin::Layer::CommandLine, name}});
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
    for (const auto *table : {&optionTable(), &secretOptions()}) {
        for (const ProgramOption &option : *table) {
            for (const ForeignVariable &variable : option.variables) {
                const QString name = QString::fromLatin1(variable.name);
                const QString value = environment.value(name);
                const QString ours = variable.translate == nullptr ? value : variable.translate(value);
                if (!ours.isEmpty())
                    source.append({&option, ours, {Origin::Layer::Environment, name}});
                if (const QString doubt = variable.doubt == nullptr ? QString() : variable.doubt(value);
                    !doubt.isEmpty())
                    m_warnings += name + u": "_s + doubt;
            }
        }
    }
    return source;
}

// Others may have variables with our prefix: only one that looks like a typing error is taken for it.
Settings::Source Settings::fromVariables(const QProcessEnvironment &environment)
{
    Source source;
    QStringList names = environment.keys();
    names.sort();
    for (const QString &variable : names) {
        const QString name = variable.mid(qstrlen("GLASSHOUSE_")).toLower().replace(u'_', u'-');
        const QString value = environment.value(variable);
        if (!variable.startsWith("GLASSHOUSE_"_L1) || value.isEmpty() || isOfKubernetes(variable, value))
            continue;
        const ProgramOption *option = findRow(optionTable(), name);
        if (option != nullptr)
            source.append({option, value, {Origin::Layer::Environment, variable}});
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
        const ProgramOption *option = findRow(optionTable(), line.key);
        if (option == nullptr)
            fail(OptionsError::UnknownOption,
                 u"%1: unknown key %2%3"_s.arg(place, line.key, didYouMean(line.key, optionNames(), {})));
        else if (line.key == "config"_L1)
            fail(OptionsError::BadFile, u"%1: a configuration file can not name another"_s.arg(place));
        else if (!option->isList && seen.contains(line.key))
            fail(OptionsError::StandsTwice,
                 u"%1: %2 stands in line %3 already"_s.arg(place, line.key).arg(seen[line.key]));
        else
            source.append({option,
                           option->type == OptionType::Path ? QDir::cleanPath(folder.filePath(line.value)) : line.value,
                           {Origin::Layer::File, place}});
        seen.insert(line.key, line.number);
    }
    return source;
}

void Settings::apply(const Source &source)
{
    QStringList begun; // the first value of a list clears what the layers below said
    for (const Given &given : source) {
        const ProgramOption &option = *given.option;
        if (!option.isList) {
            set(given);
            continue;
        }
        if (!begun.contains(nameOf(option)))
            option.clear(m_options);
        begun += nameOf(option);
        const QStringList values = given.value.split(u',', Qt::SkipEmptyParts);
        for (const QString &value : values.isEmpty() ? QStringList{given.value} : values)
            set({given.option, value, given.origin});
    }
}

void Settings::set(const Given &given)
{
    const ProgramOption &option = *given.option;
    const QString value = option.isSecret ? given.value : given.value.trimmed();
    if (!option.set(m_options, value)) {
        m_unread += nameOf(option);
        const QString key = given.origin.layer == Origin::Layer::File ? nameOf(option) + u": "_s : QString();
        return fail(OptionsError::BadValue, u"%1: %2%3"_s.arg(given.origin.name, key, option.faultOf(value)));
    }
    if (option.rival != nullptr) {
        const QString rival = QString::fromLatin1(option.rival);
        findOption(rival)->clear(m_options);
        m_origins.remove(rival);
    }
    m_origins.insert(nameOf(option), given.origin);
}

} // namespace glasshouse
