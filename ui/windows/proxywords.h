// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/deployment/proxytest.h"

#include <QString>

namespace glasshouse {

// The findings of the proxy's self-test in the user's language.

struct ProxyWords
{
    QString sentence;
    QString advice; ///< what to do; may be empty
};
[[nodiscard]] ProxyWords proxyWords(ProxyFault fault);

} // namespace glasshouse
