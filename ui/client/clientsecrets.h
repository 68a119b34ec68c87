// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientending.h"

namespace glasshouse {

// What a test client must not show or keep: values that let somebody in.

[[nodiscard]] bool isSecretHeader(const QByteArray &name);
/// Is it the value of such a header, or does it look as if it let somebody in?
[[nodiscard]] bool isSecretValue(const QByteArray &name, const QByteArray &value);
/// The address without name, password and tokens.
[[nodiscard]] QUrl withoutSecrets(QUrl url);

// A server may say again what was offered to it, and what stands behind a name ("access_token, TOKEN") is known by that alone:
// `offered` are the subprotocols of the request.

/// Those that let somebody in.
[[nodiscard]] QList<QByteArray> secretSubprotocols(const QList<QByteArray> &offered);
/// A text of the server without those.
[[nodiscard]] QByteArray withoutOffered(QByteArray text, const QList<QByteArray> &offered);
/// A request or response head with its secrets replaced.
[[nodiscard]] QByteArray redactedHead(const QByteArray &head, const QList<QByteArray> &offered = {});
/// Its heads, the body, reasons and what is said about it without such.
[[nodiscard]] TestClientEnding withoutSecrets(TestClientEnding ending, const QList<QByteArray> &offered = {});

/// Does a message look as if it holds one?
[[nodiscard]] bool mayHoldSecret(const QString &message);

} // namespace glasshouse
