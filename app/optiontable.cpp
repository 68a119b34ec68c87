// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/optiontable.h"

#include "server/config/configoptions.h"
#include "server/config/production.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

using Type = OptionType;
using Rows = std::vector<ProgramOption>;

QString nameOfEnvironment(const QString &text) { return text.trimmed().toLower(); }

/// Only one that is for the public says something: any other leaves the option to who sets it.
QString isProduction(const QString &environment)
{
    const QString name = nameOfEnvironment(environment);
    return name == "production"_L1 || name == "prod"_L1 ? u"on"_s : QString();
}

QString isUnusualEnvironment(const QString &environment)
{
    static const QStringList usual{u"production"_s, u"prod"_s,  u"development"_s, u"develop"_s, u"dev"_s,
                                   u"devel"_s,      u"debug"_s, u"staging"_s,     u"stage"_s,   u"test"_s,
                                   u"testing"_s,    u"qa"_s,    u"uat"_s,         u"ci"_s,      u"local"_s,
                                   u"sandbox"_s,    u"demo"_s,  u"preview"_s,     u"review"_s,  u"integration"_s};
    const QString name = nameOfEnvironment(environment);
    return name.isEmpty() || usual.contains(name)
        ? QString()
        : u"\"%1\" is not a name that is known (production, staging, test, development …), so it counts as nothing"_s
              .arg(environment);
}

Rows programOptions()
{
    return {
        {{.name = "config",
          .type = Type::Path,
          .help = "read options from this file, one key = value a line",
          .group = OptionGroup::File},
         fieldOf(&Options::configFile)},
        {{.name = "log-file",
          .type = Type::Path,
          .help = "log as JSON, one object a line, appended to this file",
          .group = OptionGroup::Place},
         fieldOf(&Options::logFile)},
        {{.name = "log-level",
          .type = Type::Word,
          .expects = "one of error, warning, info, debug",
          .help = "what goes to the log (info)",
          .group = OptionGroup::Place,
          .words = {u"error"_s, u"warning"_s, u"info"_s, u"debug"_s}},
         fieldOf(&Options::logLevel)},
        {{.name = "log-max-bytes",
          .type = Type::Size,
          .help = "a log of this size is put aside as FILE.1, and a new one begun (64M)",
          .group = OptionGroup::Place,
          .unit = 1024 * 1024},
         fieldOf(&Options::logMaxBytes)},
        {{.name = "log-keep",
          .type = Type::Number,
          .help = "logs that were put aside and are kept (4)",
          .group = OptionGroup::Place,
          .zero = Zero::NotAtAll,
          .most = 1000},
         fieldOf(&Options::logKeep)},
        {{.name = "production",
          .type = Type::Flag,
          .help = "refuse to start with what is unsafe on a public address (also ENVIRONMENT=production)",
          .group = OptionGroup::Public,
          .variables = {{"ENVIRONMENT", isProduction, isUnusualEnvironment}}},
         fieldOf(&Options::production)},
        {{.name = "allow-insecure",
          .type = Type::Word,
          .metavar = "NAME",
          .help = "in production, what is meant as it is: any-origin, open-auth, weak-secret, open-files",
          .group = OptionGroup::Public,
          .words = insecurityNames(),
          .isList = true},
         fieldOf(&Options::allowInsecure)},
        {{.name = "demo",
          .type = Type::Flag,
          .help = "open a room of each game, with bots that play; without data, nothing of it is kept",
          .group = OptionGroup::Games,
          .needsRestart = true},
         fieldOf(&Options::demo)},
        {{.name = "no-start",
          .type = Type::Flag,
          .help = "window: do not start the server at once",
          .group = OptionGroup::Games},
         fieldOf(&Options::noStart)},
    };
}

/// A group has those of the server first.
Rows allOptions()
{
    Rows rows;
    for (const ConfigOption &option : configOptions())
        rows.push_back(partOf(&Options::server, option));
    const Rows own = programOptions();
    rows.insert(rows.end(), own.begin(), own.end());
    std::stable_sort(rows.begin(), rows.end(),
                     [](const ProgramOption &a, const ProgramOption &b) { return a.group < b.group; });
    return rows;
}

Rows those(bool secret)
{
    Rows rows = allOptions();
    std::erase_if(rows, [secret](const ProgramOption &option) { return option.isSecret != secret; });
    return rows;
}

} // namespace

const std::vector<ProgramOption> &optionTable()
{
    static const Rows table = those(false);
    return table;
}

const std::vector<ProgramOption> &secretOptions()
{
    static const Rows table = those(true);
    return table;
}

const ProgramOption *findOption(QStringView name)
{
    const ProgramOption *found = findRow(optionTable(), name);
    return found != nullptr ? found : findRow(secretOptions(), name);
}

QStringList optionNames()
{
    QStringList names;
    for (const ProgramOption &option : optionTable())
        names.append(QString::fromLatin1(option.name));
    return names;
}

QStringList changedOptions(const Options &before, const Options &after)
{
    QStringList names;
    for (const auto *table : {&optionTable(), &secretOptions()}) {
        for (const ProgramOption &option : *table) {
            if (!option.isSame(before, after))
                names.append(QString::fromLatin1(option.name));
        }
    }
    return names;
}

QString variableOf(const QString &option) { return u"GLASSHOUSE_"_s + option.toUpper().replace(u'-', u'_'); }

} // namespace glasshouse
