// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/tlscontext.h"
#include "server/gate/clientaddress.h"
#include "server/gate/hostpolicy.h"
#include "server/gate/tokenverifier.h"

#include <QStringList>

namespace glasshouse {

struct ServerConfig;

enum class CredentialsError : quint8 {
    NoKey,
    BadKey,
    BadAlgorithm,
    BadRange,
    BadOperatorToken,
    BadTls,
    BadConfig,
    OpenFile
};

/// What the configuration only names, read and checked: keys, the operator's token, the trusted networks. A value; copies
/// share the keys.
struct Credentials
{
    std::shared_ptr<const TokenVerifier> verifier; ///< null: everybody may play
    QList<AddressRange> trustedProxies;
    QByteArray operatorToken;      ///< empty: there is none
    std::optional<TlsContext> tls; ///< none: plain only

    HostPolicy hosts; ///< to which names this server answers

    bool trustsThisMachine =
        true; ///< a request from here is the operator's: there is no token, and no proxy that is known

    /// Is it the operator's token? In constant time.
    [[nodiscard]] bool isOperator(QByteArrayView token) const;
};

/// Reads the files. An error names the file or the value, and what is wrong with it.
[[nodiscard]] Result<Credentials, CredentialsError> loadCredentials(const ServerConfig &config);

/// May this request see and do what players may not? With the operator's token as `Authorization: Bearer`; where there is
/// neither one nor a proxy, from this machine itself: over loopback, and by a name of it. (Behind a proxy here every stranger
/// comes over loopback.)
[[nodiscard]] bool isOperatorRequest(const HttpHead &request, const QHostAddress &peer, const Credentials &credentials);
/// Does it bring a token in the operator's way that is not the operator's? It may be a guess, or a player's.
[[nodiscard]] bool bringsAnotherToken(const HttpHead &request, const Credentials &credentials);

} // namespace glasshouse
