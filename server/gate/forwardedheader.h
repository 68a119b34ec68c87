// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

namespace glasshouse {

/// The `for` of each element of the Forwarded headers (RFC 7239), left to right and without quotes; empty where an element has
/// none. One empty entry where they can not be read: a quote that a stranger left open would hide what the proxy wrote behind.
[[nodiscard]] QList<QByteArray> forwardedForEntries(const HttpHead &request);

} // namespace glasshouse
