// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientending.h"
#include "net/transport/transport.h"

namespace glasshouse {

/// What other parts report, as faults of an attempt.
/// A stream that never stood.
[[nodiscard]] TestClientFault faultFor(StreamEnd end);
/// Is it the proxy's, and not that of what is behind it?
[[nodiscard]] bool isProxyFault(TestClientFault fault);
[[nodiscard]] TestClientFault faultFor(FrameViolation violation);
/// The opening deadline passed in this state.
[[nodiscard]] TestClientFault timeoutIn(TestClientState state);
/// Do these words of the TLS library mean that the peer does not speak TLS at all?
[[nodiscard]] bool isNotTls(const QByteArray &errorText);

} // namespace glasshouse
