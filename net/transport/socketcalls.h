// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace glasshouse {

/// What Qt has no way to ask of a socket. All of it for descriptors of TCP that do not block.

/// Ends our direction only.
void endSending(qintptr descriptor);
void closeSocket(qintptr descriptor);
/// When it is closed, the system throws away what it holds and sends RST.
void resetOnClose(qintptr descriptor);
/// Has the peer ended its side, or is the stream dead? Qt hears of it in its next turn only.
[[nodiscard]] bool peerHasEnded(qintptr descriptor);

/// Bytes that the system holds because the peer's has not taken them; 0 where it does not say.
[[nodiscard]] qint64 bytesNotTaken(qintptr descriptor);

/// What a stream says that ends because nobody is at the address, while there is a way to it.
[[nodiscard]] QByteArray wordsForNoHost();

} // namespace glasshouse
