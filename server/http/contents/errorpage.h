// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/httpanswer.h"

namespace glasshouse {

/// For somebody who looks at the answer (a browser that opens the address, and so asks for text/html) an error is a small page
/// with its words in place of the JSON, which loads itself again when its Retry-After is over. All other answers stay as they are.
[[nodiscard]] HttpAnswer readable(HttpAnswer answer, const HttpHead &request);

} // namespace glasshouse
