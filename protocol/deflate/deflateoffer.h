// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QList>

namespace glasshouse {

/// The parameters of permessage-deflate (RFC 7692 section 7.1), offered or agreed. A value.
struct DeflateParameters
{
    bool serverNoContextTakeover = false;
    bool clientNoContextTakeover = false;
    int serverMaxWindowBits = 15; ///< 8 – 15; 15 is not named in an offer
    int clientMaxWindowBits = 15; ///< 8 – 15; 15 stands in an offer without a value, which lets the server choose
    [[nodiscard]] bool operator==(const DeflateParameters &) const = default;
};

/// The element of Sec-WebSocket-Extensions that offers it.
[[nodiscard]] QByteArray deflateOffer(const DeflateParameters &offered);

/// Why a server's answer to such an offer is not one.
enum class DeflateError : quint8 {
    Repeated,         ///< the extension stands twice
    UnknownParameter, ///< or one that is no answer to what was offered
    RepeatedParameter,
    BadValue,
    NotHonoured, ///< what was asked of the server is missing in its answer
};

/// What the elements of an answer's Sec-WebSocket-Extensions agree to, judged by the elements of the offer; other extensions are
/// not looked at. Nullopt: no permessage-deflate. The error's text names the parameter.
[[nodiscard]] Result<std::optional<DeflateParameters>, DeflateError> readDeflateAnswer(const QList<QByteArray> &answer,
                                                                                       const QList<QByteArray> &offer);

} // namespace glasshouse
