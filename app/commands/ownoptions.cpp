// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/ownoptions.h"

#include "app/nearestname.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

Error<OptionsError> error(OptionsError code, const QString &text) { return {code, text.toUtf8()}; }

} // namespace

QString nameOfArgument(const QString &argument)
{
    return argument.startsWith("--"_L1) ? argument.section(u'=', 0, 0).mid(2) : QString();
}

Result<QString, OptionsError> takeValue(const OptionFacts &option, const QString &argument, QStringList &rest)
{
    const QLatin1StringView name(option.name);
    if (!argument.contains(u'=') && option.placeholder().isEmpty())
        return u"on"_s;
    if (!argument.contains(u'=') && rest.isEmpty())
        return error(OptionsError::MissingValue, u"--%1 needs a value"_s.arg(name));
    const QString value = argument.contains(u'=') ? argument.section(u'=', 1) : rest.takeFirst();
    if (value.isEmpty() && !option.takesEmpty)
        return error(OptionsError::BadValue, u"--%1 is empty"_s.arg(name));
    return value;
}

Error<OptionsError> standsTwice(const OptionFacts &option)
{
    return error(OptionsError::BadValue, u"--%1 stands twice"_s.arg(QLatin1StringView(option.name)));
}

Error<OptionsError> isNoValue(const OptionFacts &option, const QString &place, const QString &value)
{
    return error(OptionsError::BadValue, u"%1: %2"_s.arg(place, option.faultOf(value)));
}

Error<OptionsError> isUnknown(const QString &argument, const QStringList &names, const char *command)
{
    const QString name = nameOfArgument(argument);
    const QString nearest = name.isEmpty() ? QString() : nearestName(name, names);
    return error(OptionsError::UnknownOption,
                 u"unknown option %1%2"_s.arg(argument.section(u'=', 0, 0),
                                              nearest.isEmpty()
                                                  ? u"; %1 --help lists them"_s.arg(QLatin1StringView(command))
                                                  : u"; did you mean --%1?"_s.arg(nearest)));
}

} // namespace glasshouse
