// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientending.h"

#include <QAbstractSocket>

namespace glasshouse {

/// What other parts report, as faults of an attempt.
[[nodiscard]] TestClientFault faultFor(QAbstractSocket::SocketError error);
[[nodiscard]] TestClientFault faultFor(FrameViolation violation);
/// The opening deadline passed in this state.
[[nodiscard]] TestClientFault timeoutIn(TestClientState state);
/// Do these words of the TLS library mean that the peer does not speak TLS at all?
[[nodiscard]] bool isNotTls(const QByteArray &errorText);

} // namespace glasshouse
