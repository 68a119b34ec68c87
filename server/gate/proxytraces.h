// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

namespace glasshouse {

/// Does a header say that a proxy or a tunnel passed this request on? Of every proxy that is known to add one; none of them is
/// what a browser or a tool sends by itself.
[[nodiscard]] bool cameThroughAProxy(const HttpHead &request);

} // namespace glasshouse
