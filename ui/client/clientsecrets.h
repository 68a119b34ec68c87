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
/// A request or response head with its secrets replaced.
[[nodiscard]] QString redactedHead(const QByteArray &head);
/// Its heads, the body, reasons and what is said about it without such.
[[nodiscard]] TestClientEnding withoutSecrets(TestClientEnding ending);
/// Does a message look as if it holds one?
[[nodiscard]] bool mayHoldSecret(const QString &message);
[[nodiscard]] bool isSecretSubprotocol(const QByteArray &name);

} // namespace glasshouse
