// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/token.h"

#include "app/commands/ownoptions.h"
#include "app/optiontable.h"
#include "server/config/units.h"
#include "server/gate/secretfiles.h"
#include "server/gate/tokenminter.h"
#include "server/rooms/lobby.h"

#include <QDateTime>
#include <QFile>
#include <cstdio>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int failed = 1;
constexpr int wrongUsage = 2;
constexpr qint64 maxInput = 64 * 1024;

CommandOutput usageError(const QByteArray &text) { return {wrongUsage, {}, text}; }

/// What is asked of `token mint`.
struct MintRequest
{
    TokenGrant grant;
    int expires = 3600; ///< seconds from now
    QByteArray algorithm = "HS256";
    QString secretFile;
    QByteArray secret; ///< in place of a file
    QString privateKeyFile;
};
using Rows = std::vector<OptionRow<MintRequest>>;

bool isSomeTime(const QString &text) { return parseSeconds(text).value_or(0) > 0; }
bool isRoom(const QString &text) { return Lobby::isValidId(text.toUtf8()); }
QString whyNoRoom(const QString &) { return u"a room id is 1-64 of A-Z a-z 0-9 _ -"_s; }

Rows mintOptions()
{
    return {
        {{.name = "sub", .metavar = "NAME", .help = "the player (needed)"},
         fieldOf(&MintRequest::grant, &TokenGrant::subject)},
        {{.name = "jwt-secret-file",
          .type = OptionType::Path,
          .help = "the secret for HS256, at least 32 bytes (or JWT_SECRET)"},
         fieldOf(&MintRequest::secretFile)},
        {{.name = "jwt-private-key", .type = OptionType::Path, .help = "the private key for RS256 or ES256, in PEM"},
         fieldOf(&MintRequest::privateKeyFile)},
        {{.name = "jwt-algorithm",
          .type = OptionType::Word,
          .metavar = "NAME",
          .help = "HS256 (unless told otherwise), RS256 or ES256",
          .words = {u"HS256"_s, u"RS256"_s, u"ES256"_s}},
         fieldOf(&MintRequest::algorithm)},
        {{.name = "expires",
          .type = OptionType::Time,
          .expects = "a time such as 30m or 12h",
          .help = "from now, such as 30m or 12h (1h)",
          .isGood = isSomeTime},
         fieldOf(&MintRequest::expires)},
        {{.name = "name", .metavar = "NAME", .help = "what other players see"},
         fieldOf(&MintRequest::grant, &TokenGrant::name)},
        {{.name = "room", .metavar = "R", .help = "good for this room alone", .isGood = isRoom, .whyNot = whyNoRoom},
         fieldOf(&MintRequest::grant, &TokenGrant::room)},
        {{.name = "game", .metavar = "G", .help = "good for this game alone"},
         fieldOf(&MintRequest::grant, &TokenGrant::game)},
        {{.name = "jwt-issuer", .help = "whose tokens the server takes"},
         fieldOf(&MintRequest::grant, &TokenGrant::issuer)},
        {{.name = "jwt-audience", .help = "for whom the server wants them"},
         fieldOf(&MintRequest::grant, &TokenGrant::audience)},
    };
}

QByteArray usage()
{
    QString text = u"glasshouse token mint [options]    prints a new token for a player\n"_s;
    for (const auto &option : mintOptions())
        text += helpLine(option);
    return text.toUtf8()
        + "glasshouse token show TOKEN        prints what a token says; its signature is not checked\n"
          "glasshouse token show -            the same, from standard input\n";
}

/// What the server is told there holds for its tokens as well, where it is not given.
std::optional<Error<OptionsError>> readEnvironment(const QProcessEnvironment &environment, const QStringList &given,
                                                   MintRequest &request)
{
    for (const auto &option : mintOptions()) {
        const QString name = QString::fromLatin1(option.name);
        const QString value = environment.value(variableOf(name));
        if (name.startsWith("jwt-"_L1) && !value.isEmpty() && !given.contains(name) && !option.set(request, value))
            return isNoValue(option, variableOf(name), value);
    }
    request.secret = environment.value(u"JWT_SECRET"_s).toUtf8();
    return std::nullopt;
}

Result<MintRequest, OptionsError> readMint(const QStringList &arguments, const QProcessEnvironment &environment)
{
    MintRequest request;
    const auto read = readAllOwn(mintOptions(), arguments, request, "token");
    if (!read)
        return read.error();
    if (const auto wrong = readEnvironment(environment, read.value().given, request))
        return *wrong;
    if (request.grant.subject.isEmpty())
        return Error<OptionsError>{OptionsError::MissingValue, "--sub is missing: who is the token for?"};
    return request;
}

/// The key that goes with the algorithm. A file counts more than the variable, as for the server.
Result<TokenKey, OptionsError> keyOf(const MintRequest &request)
{
    const TokenAlgorithm algorithm = tokenAlgorithm(request.algorithm).value_or(TokenAlgorithm::HS256);
    const bool isSecret = algorithm == TokenAlgorithm::HS256;
    const QString &file = isSecret ? request.secretFile : request.privateKeyFile;
    const bool isInVariable = isSecret && file.isEmpty() && !request.secret.isEmpty();
    if (file.isEmpty() && !isInVariable)
        return Error<OptionsError>{OptionsError::MissingValue,
                                   request.algorithm + " needs --"
                                       + (isSecret ? "jwt-secret-file, or JWT_SECRET" : "jwt-private-key")};
    if (const auto open = whoElseWrites(isSecret ? "jwt-secret-file" : "jwt-private-key", file))
        return Error<OptionsError>{OptionsError::BadValue,
                                   open->option + ": " + (open->text + u"; "_s + open->help).toUtf8()};
    const auto key = isInVariable ? TokenKey::make(algorithm, KeyPurpose::Sign, request.secret)
                                  : TokenKey::load(algorithm, KeyPurpose::Sign, file);
    if (!key)
        return Error<OptionsError>{OptionsError::BadValue, (isInVariable ? "JWT_SECRET: " : "") + key.error().text};
    return key.value();
}

CommandOutput mint(const QStringList &arguments, const QProcessEnvironment &environment, qint64 now)
{
    const auto request = readMint(arguments, environment);
    if (!request)
        return usageError(request.error().text);
    const auto key = keyOf(request.value());
    if (!key)
        return usageError(key.error().text);
    TokenGrant grant = request.value().grant;
    grant.issuedAt = now;
    grant.expiresAt = now + request.value().expires;
    const auto minted = mintToken(key.value(), grant);
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
        return {0, usage(), {}};
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
