// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <optional>

namespace glasshouse {

/// What takes secrets out before anything is recorded, shown or logged. Pure, and generous: what might be a secret goes.

/// A request or response head, also a broken one or a part of one: values of Authorization, Cookie and the like, `bearer.`
/// subprotocols, secret query parameters in the first line and in headers that hold an address.
[[nodiscard]] QByteArray redactedHead(QByteArrayView rawHead);
/// A request target or an address: values of secret query parameters (token, resume, access_token, jwt, key …).
[[nodiscard]] QByteArray redactedTarget(QByteArrayView target);
/// A text payload, whole: tokens of `auth` messages, `resume` of `connected` (also in a batch). What can not be taken apart
/// safely becomes {"type":"auth","data":"[redacted]"}. Nullopt: there is nothing to redact (the usual case, and cheap).
[[nodiscard]] std::optional<QByteArray> redactedMessage(QByteArrayView text);

/// Would a header, parameter or member of this name hold a secret? In lower case.
[[nodiscard]] bool isSecretName(QByteArrayView lowerName);

/// Is there a word in it that a token may stand behind, or an escape that may hide one? For text that is not whole.
[[nodiscard]] bool mayNameSecret(QByteArrayView text);

} // namespace glasshouse
