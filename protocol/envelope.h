// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/json.h"

namespace glasshouse {

/// One message of a game client, docs/protocol.md "Envelope". Views into the text that was parsed.
struct Envelope
{
    QByteArrayView type; ///< 1–64 of a–z 0–9 _
    QByteArrayView data; ///< raw JSON, "{}" if absent
    QByteArrayView id;   ///< raw JSON string or number; null: absent
    QByteArrayView to;   ///< text of the member "to" as written, between its quotes; null: absent
};

/// The codes of the `error` message.
enum class ErrorCode : quint8 {
    BadJson,
    BadEnvelope,
    UnknownType,
    BadData,
    NotAllowed,
    TooBig,
    Unsupported,
    RateLimited
};
[[nodiscard]] QByteArrayView errorCodeName(ErrorCode code); ///< "bad_json", …

/// Checks the whole text. A member that stands twice, a wrong type of "type", "id" or "to" is BadEnvelope.
[[nodiscard]] Result<Envelope, ErrorCode> parseEnvelope(QByteArrayView text, int maxDepth = 32);
/// The same for a value that is known to be JSON already (an element of a batch).
[[nodiscard]] Result<Envelope, ErrorCode> envelopeFromJson(QByteArrayView checkedJson);

/// The "id" of a message that is no envelope, for its answer; null where there is no good one.
[[nodiscard]] QByteArrayView requestIdOf(QByteArrayView checkedJson);

constexpr int maxBatch = 64;

/// An outgoing envelope up to its sequence number: {"type":…,"data":…[,"re":id][,"from":"…"],"seq":
/// The number and '}' follow for each recipient, so that one body serves all. `data` is raw JSON.
[[nodiscard]] QByteArray envelopeBody(QByteArrayView type, QByteArrayView data, QByteArrayView re = {},
                                      QByteArrayView from = {});

} // namespace glasshouse
