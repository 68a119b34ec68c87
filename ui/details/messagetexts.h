// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/framerecord.h"
#include "ui/base/safetextview.h"

namespace glasshouse {

// What the pages of a message have to read, in pieces and never without an end. Calls from any thread.

/// A text frame, or an event.
[[nodiscard]] bool isTextual(const CapturedRow &row);
/// Is it one that opens as JSON? The text without the space around it; null: no, or it is longer than is looked at.
[[nodiscard]] QByteArrayView jsonOf(const CapturedRow &row);
/// The payload as text.
[[nodiscard]] SafeTextView::Pieces rawPieces(const CapturedRow &row);
/// JSON with line breaks, numbers as they were written; other text as it is; what is no text, in words or in hexadecimal.
[[nodiscard]] SafeTextView::Pieces readablePieces(const CapturedRow &row);

} // namespace glasshouse
