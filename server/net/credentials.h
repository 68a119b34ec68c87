// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gate/clientaddress.h"
#include "server/gate/tokenverifier.h"

#include <QStringList>

namespace glasshouse {

struct ServerConfig;

enum class CredentialsError : quint8 { NoKey, BadKey, BadAlgorithm, BadRange, BadOperatorToken };

/// What the configuration only names, read and checked: keys, the operator's token, the trusted networks. A value; copies
/// share the keys.
struct Credentials
{
    std::shared_ptr<const TokenVerifier> verifier; ///< null: everybody may play
    QList<AddressRange> trustedProxies;
    QByteArray operatorToken; ///< empty: there is none

    /// Is it the operator's token? In constant time.
    [[nodiscard]] bool isOperator(QByteArrayView token) const;
};

/// Reads the files. An error names the file or the value, and what is wrong with it.
[[nodiscard]] Result<Credentials, CredentialsError> loadCredentials(const ServerConfig &config);

} // namespace glasshouse
