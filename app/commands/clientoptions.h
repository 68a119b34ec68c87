// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/ownoptions.h"
#include "client/drafts/tokenway.h"

namespace glasshouse {

// What the commands that go to a server (connect, doctor) have in common.

/// How somebody on the command line wants to connect. A value.
struct ClientRequest
{
    QString url;
    QList<QByteArray> headers; ///< "name:value"
    QList<QByteArray> subprotocols;
    QByteArray origin;
    QByteArray token;
    QString tokenFile;
    TokenWay tokenWay = TokenWay::Header;
    QByteArray auth; ///< "user:password"
    bool noCheck = false;
    QString authorities;
    QString certFile;
    QString keyFile;
};

/// Its options, but for the URL.
[[nodiscard]] std::vector<OptionRow<ClientRequest>> clientOptionRows();
/// The same for a command's own value.
template <typename Target>
std::vector<OptionRow<Target>> clientOptionsOf(ClientRequest Target::*client)
{
    std::vector<OptionRow<Target>> rows;
    for (const OptionRow<ClientRequest> &row : clientOptionRows())
        rows.push_back(partOf(client, row));
    return rows;
}
/// For both as well: no colours, whatever reads the output.
template <typename Target>
OptionRow<Target> noColourOption(bool Target::*member)
{
    return {{.name = "no-color", .type = OptionType::Flag, .help = "no colours on a terminal (or set NO_COLOR)"},
            fieldOf(member)};
}

/// Takes the URL out of what is no option; there must not be more. None is left as it is.
[[nodiscard]] std::optional<Error<OptionsError>> takeUrl(const OwnArguments &read, const QStringList &names,
                                                         const char *command, QString &url);
/// Reads the token's file.
[[nodiscard]] Result<TestClientOptions, OptionsError> clientOf(const ClientRequest &request);
/// What could never be sent, before anything is tried. The address is looked at as well. Reads files.
[[nodiscard]] std::optional<Error<OptionsError>> faultIn(const TestClientOptions &options);
/// The token that is meant, from wherever it was given; empty: none was.
[[nodiscard]] Result<QByteArray, OptionsError> tokenOf(const ClientRequest &request);

} // namespace glasshouse
