// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/fault.h"
#include "server/events/serverevent.h"

namespace glasshouse {

// Codes become words here, for the log in English and for the window in its user's language: both read the same tables.

/// A sentence in the language of the reader; `text` is a source text of this context.
using Translate = QString (*)(const char *context, const char *text);
[[nodiscard]] QString inEnglish(const char *context, const char *text);

[[nodiscard]] QString eventText(const ServerEvent &event, Translate translate = inEnglish);
[[nodiscard]] QString faultText(const Fault &fault, Translate translate = inEnglish);

} // namespace glasshouse
