// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gate/tokenerror.h"

#include <QHash>

namespace glasshouse {

constexpr qsizetype maxTokenBytes = 8 * 1024;

/// A token taken apart and decoded; nothing of it is checked yet.
struct TokenParts
{
    QByteArray signedText; ///< header and claims as they were written
    QByteArray header;
    QByteArray claims;
    QByteArray signature;
};
/// The compact form of a signed token (RFC 7515 section 7.1), strictly. An empty signature is left to the caller.
[[nodiscard]] Result<TokenParts, TokenError> splitToken(QByteArrayView token);

/// The members of a JSON object by their decoded names; the values are raw JSON, and views into what was read.
using JsonMembers = QHash<QByteArray, QByteArrayView>;
/// `notAnObject` is the error for what is not exactly one JSON object in UTF-8.
[[nodiscard]] Result<JsonMembers, TokenError> readMembers(const QByteArray &json, TokenError notAnObject);

[[nodiscard]] QByteArray toBase64Url(const QByteArray &bytes);

} // namespace glasshouse
