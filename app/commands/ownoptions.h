// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"
#include "base/result.h"
#include "server/config/optionrow.h"

namespace glasshouse {

// Options of a command that reads its own: rows as those of the server, in a table of the command's, for a value of its own.

/// What stood on its command line.
struct OwnArguments
{
    QStringList given; ///< names of the options that were, in order
    QStringList rest;  ///< what is none of them
};

/// "--name=x" as "name"; empty: it is none.
[[nodiscard]] QString nameOfArgument(const QString &argument);
/// "-H" and "-Hvalue" by their long name, and "-nP" as the first of two options; what stands behind the letter goes to the front
/// of `rest`. Anything else as it is.
template <typename Target>
QString withLongName(const std::vector<OptionRow<Target>> &rows, const QString &argument, QStringList &rest)
{
    if (argument.size() < 2 || argument[0] != u'-' || argument[1] == u'-')
        return argument;
    const auto row = std::find_if(rows.begin(), rows.end(), [&argument](const OptionRow<Target> &one) {
        return one.letter != 0 && argument[1] == QLatin1Char(one.letter);
    });
    if (row == rows.end())
        return argument;
    if (argument.size() > 2)
        rest.prepend(row->placeholder().isEmpty() ? u'-' + argument.mid(2) : argument.mid(2));
    return QStringLiteral("--") + QLatin1StringView(row->name);
}
/// The value in `argument`, or else the first of `rest`, which is taken away.
[[nodiscard]] Result<QString, OptionsError> takeValue(const OptionFacts &option, const QString &argument,
                                                      QStringList &rest);
[[nodiscard]] Error<OptionsError> standsTwice(const OptionFacts &option);
[[nodiscard]] Error<OptionsError> isNoValue(const OptionFacts &option, const QString &place, const QString &value);
/// `command`: whose help lists `names`.
[[nodiscard]] Error<OptionsError> isUnknown(const QString &argument, const QStringList &names, const char *command);

/// Sets what the arguments say; what is none of its options is left to another reader. The last one of several counts.
template <typename Target>
Result<OwnArguments, OptionsError> readOwn(const std::vector<OptionRow<Target>> &rows, QStringList arguments,
                                           Target &target)
{
    OwnArguments read;
    while (!arguments.isEmpty()) {
        const QString first = arguments.takeFirst();
        const QString argument = withLongName(rows, first, arguments);
        const OptionRow<Target> *row = findRow(rows, nameOfArgument(argument));
        if (row == nullptr) {
            read.rest += argument;
            continue;
        }
        const auto value = takeValue(*row, argument, arguments);
        if (!value)
            return value.error();
        if (!row->set(target, value.value()))
            return isNoValue(*row, nameOfArgument(argument).prepend(QStringLiteral("--")), value.value());
        read.given += QString::fromLatin1(row->name);
    }
    return read;
}

template <typename Target>
QStringList namesOf(const std::vector<OptionRow<Target>> &rows)
{
    QStringList names;
    for (const OptionRow<Target> &row : rows)
        names += QString::fromLatin1(row.name);
    return names;
}

/// An option that stands twice without need.
template <typename Target>
std::optional<Error<OptionsError>> faultOfRepeats(const std::vector<OptionRow<Target>> &rows, const OwnArguments &read)
{
    for (const OptionRow<Target> &row : rows) {
        if (!row.isList && row.type != OptionType::Flag && read.given.count(QString::fromLatin1(row.name)) > 1)
            return standsTwice(row);
    }
    return std::nullopt;
}

/// The same where there is no other reader: anything else is an error, and so is an option that stands twice without need.
template <typename Target>
Result<OwnArguments, OptionsError> readAllOwn(const std::vector<OptionRow<Target>> &rows, const QStringList &arguments,
                                              Target &target, const char *command)
{
    auto read = readOwn(rows, arguments, target);
    if (!read)
        return read;
    if (const auto fault = faultOfRepeats(rows, read.value()))
        return *fault;
    if (!read.value().rest.isEmpty())
        return isUnknown(read.value().rest.first(), namesOf(rows), command);
    return read;
}

} // namespace glasshouse
