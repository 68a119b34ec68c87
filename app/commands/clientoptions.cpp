// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/clientoptions.h"

#include "client/lineform.h"
#include "client/testclienttarget.h"

#include <QFile>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestToken = 64 * 1024;

bool isHeader(const QString &text) { return text.indexOf(u':') > 0; }

Error<OptionsError> wrong(const QByteArray &text) { return {OptionsError::BadValue, text}; }

bool isAuthorization(const HttpHeader &header)
{
    return header.name.compare("Authorization", Qt::CaseInsensitive) == 0;
}

HttpHeaders headersOf(const ClientRequest &request)
{
    HttpHeaders headers;
    for (const QByteArray &header : request.headers) {
        const qsizetype colon = header.indexOf(':');
        headers.append({header.first(colon).trimmed(), header.sliced(colon + 1).trimmed()});
    }
    if (!request.auth.isEmpty())
        headers.append({"Authorization", "Basic " + request.auth.toBase64()});
    return headers;
}

/// The words leave None out: a token that is given goes somewhere.
OptionField<ClientRequest> tokenWayField()
{
    return {
        .read = [](const ClientRequest &request) { return QVariant(int(request.tokenWay) - 1); },
        .write = [](ClientRequest &request, const QVariant &value) { request.tokenWay = TokenWay(value.toInt() + 1); },
        .isEnum = true};
}

} // namespace

std::vector<OptionRow<ClientRequest>> clientOptionRows()
{
    using R = ClientRequest;
    return {
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
        {{.name = "token-file", .type = OptionType::Path, .help = "the same from the first line of a file"},
         fieldOf(&R::tokenFile)},
        {{.name = "token-as",
          .type = OptionType::Word,
          .metavar = "PLACE",
          .help = "where the token goes: header, query (?token=), subprotocol (bearer.TOKEN) or message "
                  "({\"type\":\"auth\",…})",
          .words = {u"header"_s, u"query"_s, u"subprotocol"_s, u"message"_s}},
         tokenWayField()},
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
    };
}

std::optional<Error<OptionsError>> takeUrl(const OwnArguments &read, const QStringList &names, const char *command,
                                           QString &url)
{
    for (const QString &argument : read.rest) {
        if (argument.startsWith(u'-'))
            return isUnknown(argument, names, command);
        if (!url.isEmpty())
            return wrong(QByteArray(command) + " takes one URL");
        url = argument;
    }
    return std::nullopt;
}

Result<QByteArray, OptionsError> tokenOf(const ClientRequest &request)
{
    if (request.tokenFile.isEmpty())
        return request.token;
    if (!request.token.isEmpty())
        return wrong("give only one of --token and --token-file");
    QFile file(request.tokenFile);
    if (!file.open(QIODevice::ReadOnly))
        return wrong("--token-file: " + request.tokenFile.toUtf8() + ": " + file.errorString().toUtf8());
    const QByteArray token = file.readLine(largestToken).trimmed();
    return token.isEmpty() ? Result<QByteArray, OptionsError>(
               wrong("--token-file: " + request.tokenFile.toUtf8() + " has no token in its first line"))
                           : token;
}

Result<TestClientOptions, OptionsError> clientOf(const ClientRequest &request)
{
    const auto token = tokenOf(request);
    if (!token)
        return token.error();
    TestClientOptions options;
    options.headers = headersOf(request);
    options.origin = request.origin;
    options.subprotocols = request.subprotocols;
    options.ignoreTlsErrors = request.noCheck;
    options.trust.system = request.authorities.isEmpty();
    options.trust.authorities = request.authorities;
    options.trust.certFile = request.certFile;
    options.trust.keyFile = request.keyFile;
    QString address = request.url;
    placeToken(QString::fromUtf8(token.value()), request.tokenWay, address, options);
    options.url = urlFromInput(address);
    return options;
}

std::optional<Error<OptionsError>> faultIn(const TestClientOptions &options)
{
    if (const auto target = makeTarget(options); !target) {
        TestClientEnding ending;
        ending.fault = target.error().code;
        ending.detail = target.error().text;
        return wrong(endingText(ending).replace(u'\n', u' ').toUtf8());
    }
    // Several would leave it to the server which of them counts.
    if (std::ranges::count_if(options.headers, isAuthorization) > 1)
        return wrong("give only one of --token, --auth and a header Authorization");
    if (options.trust.certFile.isEmpty() != options.trust.keyFile.isEmpty())
        return wrong("--cert and --key go together");
    if (options.trust == TlsTrust())
        return std::nullopt;
    const auto context = TlsContext::client(options.trust);
    return context ? std::nullopt : std::optional(wrong(context.error().text));
}

} // namespace glasshouse
