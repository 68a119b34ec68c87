// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/messages/messagewriter.h"

namespace glasshouse {

// Lines for a POSIX shell, as MessageFormat::write.

/// `wscat -c URL -x TEXT`; a comment where there is no text that wscat could send.
[[nodiscard]] QByteArray wscatLine(const CapturedRow &row, MessageWriter &writer);
/// The handshake of the message's connection, once for each connection.
[[nodiscard]] QByteArray curlLine(const CapturedRow &row, MessageWriter &writer);

} // namespace glasshouse
