// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/framerecord.h"

#include <QString>

namespace glasshouse {

/// What an event row says, for people.
struct EventSentence
{
    QString text; ///< empty: nobody knows better than its JSON
    bool fault = false;
};
[[nodiscard]] EventSentence eventSentence(const CapturedRow &row);

} // namespace glasshouse
