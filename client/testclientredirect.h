// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientending.h"
#include "client/testclientoptions.h"

namespace glasshouse {

/// Is the answer that ended an attempt a redirect that a client may follow? (301, 302, 303, 307 and 308, to an address of ws, wss,
/// http or https.)
[[nodiscard]] bool isRedirect(const TestClientEnding &answer);
/// Why it is not followed after so many before it; nullopt: it is.
[[nodiscard]] std::optional<TestClientFault> faultOfRedirect(const TestClientOptions &options,
                                                             const TestClientEnding &answer, int followed);
[[nodiscard]] bool isSameOrigin(const QUrl &a, const QUrl &b);
/// The options for where it leads. To another origin (scheme, host or port) they hold nothing that could be a secret.
[[nodiscard]] TestClientOptions redirected(TestClientOptions options, const TestClientEnding &answer);

} // namespace glasshouse
