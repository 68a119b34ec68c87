// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/eventtext.h"

namespace glasshouse {

// Events and faults in the user's language.

[[nodiscard]] QString eventWords(const ServerEvent &event);
[[nodiscard]] QString faultWords(const Fault &fault);

} // namespace glasshouse
