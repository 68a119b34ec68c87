// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/connectoptions.h"

#include <cmath>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int helpWidth = 38;
constexpr double mostSeconds = 24 * 3600;

/// −1: for ever.
std::optional<int> millisecondsOf(const QString &seconds)
{
    bool ok = false;
    const double value = seconds.toDouble(&ok);
    if (!ok || std::isnan(value) || value > mostSeconds || (value < 0 && value != -1))
        return std::nullopt;
    return value < 0 ? -1 : int(value * 1000);
}

bool isWait(const QString &text) { return millisecondsOf(text).has_value(); }
bool isPort(const QString &text)
{
    bool ok = false;
    text.toUShort(&ok);
    return ok;
}

using R = ConnectRequest;
using Rows = std::vector<OptionRow<R>>;

Rows ownRows()
{
    return {
        {{.name = "connect", .letter = 'c', .metavar = "URL", .help = "the same as the URL alone"},
         fieldOf(&R::client, &ClientRequest::url)},
        {{.name = "listen",
          .letter = 'l',
          .metavar = "PORT",
          .expects = "a port (0-65535)",
          .help = "is a server for anybody instead; what is typed goes to all",
          .isGood = isPort},
         fieldOf(&R::listen)},
    };
}

Rows talkRows()
{
    return {
        {{.name = "execute",
          .letter = 'x',
          .metavar = "MESSAGE",
          .help = "sends this in place of what is typed; may stand several times",
          .isList = true,
          .takesEmpty = true},
         fieldOf(&R::execute)},
        {{.name = "wait",
          .letter = 'w',
          .metavar = "SECONDS",
          .expects = "a number of seconds such as 0.5, or -1 to stay",
          .help = "for answers, once all is sent; -1 stays until the server ends it (2)",
          .isGood = isWait},
         fieldOf(&R::wait)},
        {{.name = "show-ping-pong", .letter = 'P', .type = OptionType::Flag, .help = "shows pings and pongs that come"},
         fieldOf(&R::showsPings)},
        {{.name = "slash",
          .type = OptionType::Flag,
          .help = "takes lines as commands: /ping [text], /pong [text], /close [code [reason]]"},
         fieldOf(&R::takesSlashes)},
        {{.name = "reconnect",
          .type = OptionType::Flag,
          .help = "comes back by itself where that makes sense, and says what -x says again"},
         fieldOf(&R::reconnects)},
        {{.name = "json",
          .type = OptionType::Flag,
          .help = "one JSON object a line: opened, message, ping, pong, ended (with its cause), reconnecting"},
         fieldOf(&R::json)},
        noColourOption(&R::noColour),
    };
}

/// In the order of --help.
Rows optionRows()
{
    Rows rows = ownRows();
    for (const Rows &more : {clientOptionsOf(&R::client), talkRows()})
        rows.insert(rows.end(), more.begin(), more.end());
    return rows;
}

Error<OptionsError> wrong(const QByteArray &text) { return {OptionsError::BadValue, text}; }

/// Nothing of a client goes with it.
std::optional<Error<OptionsError>> faultOfServer(const OwnArguments &read)
{
    if (!read.rest.isEmpty())
        return wrong("--listen takes no URL");
    for (const QString &name : read.given) {
        if (name != "listen"_L1 && name != "json"_L1 && name != "no-color"_L1)
            return wrong("--listen does not go with --" + name.toUtf8());
    }
    return std::nullopt;
}

} // namespace

Result<ConnectRequest, OptionsError> readConnect(const QStringList &arguments)
{
    ConnectRequest request;
    const auto read = readOwn(optionRows(), arguments, request);
    if (!read)
        return read.error();
    if (const auto fault = faultOfRepeats(optionRows(), read.value()))
        return *fault;
    if (const auto fault = takeUrl(read.value(), namesOf(optionRows()), "connect", request.client.url))
        return *fault;
    if (!request.listen.isEmpty()) {
        const auto fault = faultOfServer(read.value());
        return fault ? Result<ConnectRequest, OptionsError>(*fault) : request;
    }
    if (request.client.url.isEmpty())
        return Error<OptionsError>{OptionsError::MissingValue, "connect needs a URL; connect --help says more"};
    return request;
}

LineForm formOf(const ConnectRequest &request)
{
    return {.kind = request.json ? LineForm::Kind::Json : LineForm::Kind::Plain};
}

Result<LineConversationOptions, OptionsError> conversationOf(const ConnectRequest &request)
{
    LineConversationOptions options;
    auto client = clientOf(request.client);
    if (!client)
        return client.error();
    if (const auto fault = faultIn(client.value()))
        return *fault;
    options.client = client.value();
    options.client.reconnect.enabled = request.reconnects;
    options.form = formOf(request);
    options.execute = request.execute;
    options.waitMs = millisecondsOf(request.wait).value_or(-1);
    options.showsPings = request.showsPings;
    options.takesSlashes = request.takesSlashes;
    return options;
}

QByteArray connectHelp()
{
    QString text =
        u"glasshouse connect URL [options]    each line of standard input is a message, each message a line of\n"
        "                                    standard output\n"
        "glasshouse connect --listen PORT    a throw-away server in the same way\n"_s;
    for (const auto &option : optionRows())
        text += helpLine(option, helpWidth);
    return text.toUtf8()
        + "  echo x | glasshouse connect ws://localhost:8080/echo -w 1\n"
          "Where standard output is a pipe or a file, messages go out as they came. What is about the connection goes "
          "to\n"
          "standard error. Exit code: 0 done, 1 it failed, 2 wrong usage, 130 interrupted.\n";
}

} // namespace glasshouse
