// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

namespace glasshouse {

/// A protocol of a library on top of HTTP and WebSocket whose clients can speak to servers of their own kind only. A row of one
/// table: how its clients are known, and what they are called.
struct ForeignProtocol
{
    const char *name;
    bool (*isItsQuery)(const HttpHead &request); ///< sure, wherever it leads; null: nothing in a query tells
    bool (*isItsPath)(const HttpHead &request);  ///< likely, where nothing else is; null: nothing in a path tells
    bool (*isItsFirst)(QByteArrayView text);     ///< of the first message, never an envelope; null: nothing in it tells

    /// For people: what it is, why it can not work, and what to do.
    [[nodiscard]] QByteArray explanation() const;
    /// The same for a close frame, at most 123 bytes.
    [[nodiscard]] QByteArray closeReason() const;
};

/// Whose client asks for this, by its query alone. Null: nobody that we know.
[[nodiscard]] const ForeignProtocol *foreignProtocolOfQuery(const HttpHead &request);
/// By query or path; only to be asked where nothing of ours is at that path.
[[nodiscard]] const ForeignProtocol *foreignProtocolOfRequest(const HttpHead &request);
/// Whose client begins its messages with this text.
[[nodiscard]] const ForeignProtocol *foreignProtocolOfMessage(QByteArrayView text);

} // namespace glasshouse
