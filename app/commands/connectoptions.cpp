// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/connectoptions.h"

#include "app/commands/ownoptions.h"
#include "client/testclienttarget.h"

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
bool isHeader(const QString &text) { return text.indexOf(u':') > 0; }

std::vector<OptionRow<ConnectRequest>> optionRows()
{
    using R = ConnectRequest;
    return {
        {{.name = "connect", .letter = 'c', .metavar = "URL", .help = "the same as the URL alone"}, fieldOf(&R::url)},
        {{.name = "listen",
          .letter = 'l',
          .metavar = "PORT",
          .expects = "a port (0-65535)",
          .help = "is a server for anybody instead; what is typed goes to all",
          .isGood = isPort},
         fieldOf(&R::listen)},
        {{.name = "header",
          .letter = 'H',
          .metavar = "NAME:VALUE",
          .expects = "a header such as X-Name:value",
          .help = "a header of the request; may stand several times",
          .isList = true,
          .isGood = isHeader},
         fieldOf(&R::headers)},
        {{.name = "subprotocol",
          .letter = 's',
          .metavar = "NAME",
          .help = "a subprotocol to offer; may stand several times",
          .isList = true},
         fieldOf(&R::subprotocols)},
        {{.name = "origin", .letter = 'o', .metavar = "ORIGIN", .help = "as a page of that origin"},
         fieldOf(&R::origin)},
        {{.name = "token",
          .metavar = "TOKEN",
          .help = "sends Authorization: Bearer TOKEN; other users of this machine may see it in the list of processes"},
         fieldOf(&R::token)},
        {{.name = "auth", .metavar = "USER:PASSWORD", .help = "sends it as Authorization: Basic"}, fieldOf(&R::auth)},
        {{.name = "no-check",
          .letter = 'n',
          .type = OptionType::Flag,
          .help = "takes any certificate of the server, for a test"},
         fieldOf(&R::noCheck)},
        {{.name = "ca",
          .type = OptionType::Path,
          .help = "believes the authorities in this file (PEM), in place of those of this machine"},
         fieldOf(&R::authorities)},
        {{.name = "cert", .type = OptionType::Path, .help = "a certificate of the client (PEM)"},
         fieldOf(&R::certFile)},
        {{.name = "key", .type = OptionType::Path, .help = "its key (PEM)"}, fieldOf(&R::keyFile)},
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
        {{.name = "no-color", .type = OptionType::Flag, .help = "no colours on a terminal (or set NO_COLOR)"},
         fieldOf(&R::noColour)},
    };
}

Error<OptionsError> wrong(const QByteArray &text) { return {OptionsError::BadValue, text}; }

HttpHeaders headersOf(const ConnectRequest &request)
{
    HttpHeaders headers;
    for (const QByteArray &header : request.headers) {
        const qsizetype colon = header.indexOf(':');
        headers.append({header.first(colon).trimmed(), header.sliced(colon + 1).trimmed()});
    }
    if (!request.token.isEmpty())
        headers.append({"Authorization", "Bearer " + request.token});
    if (!request.auth.isEmpty())
        headers.append({"Authorization", "Basic " + request.auth.toBase64()});
    return headers;
}

/// Several would leave it to the server which of them counts.
bool hasOneAuthorization(const HttpHeaders &headers)
{
    return std::count_if(
               headers.begin(), headers.end(),
               [](const HttpHeader &header) { return header.name.compare("Authorization", Qt::CaseInsensitive) == 0; })
        <= 1;
}

TestClientOptions clientOf(const ConnectRequest &request)
{
    TestClientOptions options;
    options.url = urlFromInput(request.url);
    options.headers = headersOf(request);
    options.origin = request.origin;
    options.subprotocols = request.subprotocols;
    options.ignoreTlsErrors = request.noCheck;
    options.trust.system = request.authorities.isEmpty();
    options.trust.authorities = request.authorities;
    options.trust.certFile = request.certFile;
    options.trust.keyFile = request.keyFile;
    options.reconnect.enabled = request.reconnects;
    return options;
}

/// Before anything is tried.
std::optional<Error<OptionsError>> faultIn(const TestClientOptions &options)
{
    if (const auto target = makeTarget(options); !target) {
        TestClientEnding ending;
        ending.fault = target.error().code;
        ending.detail = target.error().text;
        return wrong(endingText(ending).replace(u'\n', u' ').toUtf8());
    }
    if (!hasOneAuthorization(options.headers))
        return wrong("give only one of --token, --auth and a header Authorization");
    if (options.trust.certFile.isEmpty() != options.trust.keyFile.isEmpty())
        return wrong("--cert and --key go together");
    if (options.trust == TlsTrust())
        return std::nullopt;
    const auto context = TlsContext::client(options.trust);
    return context ? std::nullopt : std::optional(wrong(context.error().text));
}

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

/// Takes the URL out of what is no option.
std::optional<Error<OptionsError>> takeUrl(const OwnArguments &read, ConnectRequest &request)
{
    QStringList names;
    for (const auto &row : optionRows()) {
        names += QString::fromLatin1(row.name);
        if (!row.isList && row.type != OptionType::Flag && read.given.count(names.last()) > 1)
            return standsTwice(row);
    }
    for (const QString &argument : read.rest) {
        if (argument.startsWith(u'-'))
            return isUnknown(argument, names, "connect");
        if (!request.url.isEmpty())
            return wrong("connect takes one URL");
        request.url = argument;
    }
    if (!request.listen.isEmpty())
        return faultOfServer(read);
    if (request.url.isEmpty())
        return Error<OptionsError>{OptionsError::MissingValue, "connect needs a URL; connect --help says more"};
    return std::nullopt;
}

} // namespace

Result<ConnectRequest, OptionsError> readConnect(const QStringList &arguments)
{
    ConnectRequest request;
    const auto read = readOwn(optionRows(), arguments, request);
    if (!read)
        return read.error();
    if (const auto error = takeUrl(read.value(), request))
        return *error;
    return request;
}

LineForm formOf(const ConnectRequest &request)
{
    return {.kind = request.json ? LineForm::Kind::Json : LineForm::Kind::Plain};
}

Result<LineConversationOptions, OptionsError> conversationOf(const ConnectRequest &request)
{
    LineConversationOptions options;
    options.client = clientOf(request);
    if (const auto fault = faultIn(options.client))
        return *fault;
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
