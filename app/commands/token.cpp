// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/token.h"

#include "app/nearestname.h"
#include "base/result.h"
#include "server/config/units.h"
#include "server/gate/tokenminter.h"
#include "server/rooms/lobby.h"

#include <QDateTime>
#include <QFile>
#include <QMap>
#include <cstdio>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int failed = 1;
constexpr int wrongUsage = 2;
constexpr qint64 maxInput = 64 * 1024;

constexpr char usage[] = "glasshouse token mint [options]    prints a new token for a player\n"
                         "  --sub NAME                 the player (needed)\n"
                         "  --jwt-secret-file FILE     the secret for HS256, at least 32 bytes\n"
                         "  --jwt-private-key FILE     the private key for RS256 or ES256, in PEM\n"
                         "  --jwt-algorithm NAME       HS256 (unless told otherwise), RS256 or ES256\n"
                         "  --expires TIME             from now, such as 30m or 12h (1h)\n"
                         "  --name NAME                what other players see\n"
                         "  --room R, --game G         good for this room or game alone\n"
                         "  --jwt-issuer TEXT, --jwt-audience TEXT   what the server asks for\n"
                         "glasshouse token show TOKEN        prints what a token says; its signature is not checked\n"
                         "glasshouse token show -            the same, from standard input\n";

using Values = QMap<QString, QString>;
using Parsed = Result<Values, OptionsError>;

Error<OptionsError> error(OptionsError code, const QString &text) { return {code, text.toUtf8()}; }

CommandOutput usageError(const QByteArray &text) { return {wrongUsage, {}, text}; }

QStringList mintOptions()
{
    return {u"sub"_s,
            u"name"_s,
            u"room"_s,
            u"game"_s,
            u"expires"_s,
            u"jwt-algorithm"_s,
            u"jwt-issuer"_s,
            u"jwt-audience"_s,
            u"jwt-secret-file"_s,
            u"jwt-private-key"_s};
}

Error<OptionsError> unknown(const QString &argument, const QString &name)
{
    const QString nearest = nearestName(name, mintOptions());
    return error(OptionsError::UnknownOption,
                 u"unknown option %1%2"_s.arg(argument.section(u'=', 0, 0),
                                              nearest.isEmpty() ? u"; token --help lists them"_s
                                                                : u"; did you mean --%1?"_s.arg(nearest)));
}

Values fromEnvironment(const QProcessEnvironment &environment)
{
    Values values;
    for (const QString &name : mintOptions().filter(u"jwt-"_s)) {
        const QString value = environment.value(u"GLASSHOUSE_"_s + name.toUpper().replace(u'-', u'_'));
        if (!value.isEmpty())
            values.insert(name, value);
    }
    return values;
}

Parsed parseMint(QStringList rest, Values values)
{
    QStringList given;
    while (!rest.isEmpty()) {
        const QString argument = rest.takeFirst();
        const QString name = argument.section(u'=', 0, 0).mid(2);
        if (!argument.startsWith("--"_L1) || !mintOptions().contains(name))
            return unknown(argument, name);
        if (given.contains(name))
            return error(OptionsError::BadValue, u"--%1 stands twice"_s.arg(name));
        given += name;
        if (!argument.contains(u'=') && rest.isEmpty())
            return error(OptionsError::MissingValue, u"--%1 needs a value"_s.arg(name));
        values.insert(name, argument.contains(u'=') ? argument.section(u'=', 1) : rest.takeFirst());
        if (values.value(name).isEmpty())
            return error(OptionsError::BadValue, u"--%1 is empty"_s.arg(name));
    }
    return values;
}

Result<TokenGrant, OptionsError> grantOf(const Values &values, qint64 now)
{
    const auto text = [&values](const QString &name) { return values.value(name).toUtf8(); };
    const auto expires = parseSeconds(values.value(u"expires"_s, u"1h"_s));
    if (!values.contains(u"sub"_s))
        return error(OptionsError::MissingValue, u"--sub is missing: who is the token for?"_s);
    if (!expires || *expires == 0)
        return error(OptionsError::BadValue,
                     u"--expires: \"%1\" is not a time such as 30m or 12h"_s.arg(values.value(u"expires"_s)));
    if (values.contains(u"room"_s) && !Lobby::isValidId(text(u"room"_s)))
        return error(OptionsError::BadValue, u"--room: a room id is 1-64 of A-Z a-z 0-9 _ -"_s);
    return TokenGrant{.subject = text(u"sub"_s),
                      .name = text(u"name"_s),
                      .room = text(u"room"_s),
                      .game = text(u"game"_s),
                      .issuer = text(u"jwt-issuer"_s),
                      .audience = text(u"jwt-audience"_s),
                      .issuedAt = now,
                      .expiresAt = now + *expires};
}

/// The key file that goes with the algorithm.
Result<TokenKey, OptionsError> keyOf(const Values &values)
{
    const QString name = values.value(u"jwt-algorithm"_s, u"HS256"_s);
    const auto algorithm = tokenAlgorithm(name.toUtf8());
    if (!algorithm)
        return error(OptionsError::BadValue, u"--jwt-algorithm: \"%1\" is not HS256, RS256 or ES256"_s.arg(name));
    const QString file = *algorithm == TokenAlgorithm::HS256 ? u"jwt-secret-file"_s : u"jwt-private-key"_s;
    if (!values.contains(file))
        return error(OptionsError::MissingValue, u"%1 needs --%2"_s.arg(name, file));
    const auto key = TokenKey::load(*algorithm, KeyPurpose::Sign, values.value(file));
    if (!key)
        return Error<OptionsError>{OptionsError::BadValue, key.error().text};
    return key.value();
}

CommandOutput mint(const QStringList &arguments, const QProcessEnvironment &environment, qint64 now)
{
    const auto values = parseMint(arguments, fromEnvironment(environment));
    if (!values)
        return usageError(values.error().text);
    const auto grant = grantOf(values.value(), now);
    if (!grant)
        return usageError(grant.error().text);
    const auto key = keyOf(values.value());
    if (!key)
        return usageError(key.error().text);
    const auto minted = mintToken(key.value(), grant.value());
    if (!minted)
        return usageError(minted.error().text);
    return {0, minted.value() + '\n', {}};
}

CommandOutput show(const QStringList &arguments, qint64 now)
{
    if (arguments.size() != 1)
        return usageError(QByteArray(arguments.isEmpty() ? "token show needs a token" : "token show takes one token")
                          + ": glasshouse token show TOKEN, or glasshouse token show - to read it from standard input");
    const auto text = describeToken(arguments.first().toUtf8().trimmed(), now);
    if (!text)
        return {failed, {}, text.error().text};
    return {0, text.value(), {}};
}

} // namespace

CommandOutput runToken(const QStringList &arguments, const QProcessEnvironment &environment, qint64 now)
{
    if (arguments.contains(u"--help"_s) || arguments.contains(u"-h"_s))
        return {0, usage, {}};
    const QString action = arguments.value(0);
    if (action == "mint"_L1)
        return mint(arguments.mid(1), environment, now);
    if (action == "show"_L1)
        return show(arguments.mid(1), now);
    return usageError(action.isEmpty()
                          ? QByteArray("token needs mint or show; token --help says more")
                          : QByteArray("token " + action.toUtf8() + " is neither token mint nor token show"));
}

int token(const Options &options, const QProcessEnvironment &environment)
{
    QStringList arguments = options.arguments;
    if (arguments == QStringList{u"show"_s, u"-"_s}) {
        QFile input;
        if (input.open(stdin, QIODevice::ReadOnly))
            arguments[1] = QString::fromUtf8(input.read(maxInput));
    }
    return print(runToken(arguments, environment, QDateTime::currentSecsSinceEpoch()));
}

} // namespace glasshouse
