// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/framerecord.h"

#include <atomic>

namespace glasshouse {

/// How the JSON of a message differs from that of the one of its type before it, a line for each value: where it stands, what it
/// was, what it is. Secrets are left out. Bounded; takes a moment, so it is asked on another thread.
[[nodiscard]] QString changesInWords(const CapturedRow &row, const std::optional<CapturedRow> &before,
                                     const std::atomic<bool> &stop);

/// The same of any two messages, as they follow each other; null where they are not both JSON, or too long.
[[nodiscard]] QString differencesInWords(const CapturedRow &before, const CapturedRow &now,
                                         const std::atomic<bool> &stop);

} // namespace glasshouse
