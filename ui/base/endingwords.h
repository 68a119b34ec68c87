// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/endings/ending.h"

#include <QString>

namespace glasshouse {

// Endings in the user's language.

[[nodiscard]] QString endingSentence(const Ending &ending);
[[nodiscard]] QString endingAdvice(const Ending &ending);
[[nodiscard]] QString causeSentence(EndingCause cause);
[[nodiscard]] QString causeAdvice(EndingCause cause);
/// "no_pong · closed with 4007 no answer to pings · the client should come back".
[[nodiscard]] QString causeFacts(EndingCause cause);
[[nodiscard]] QString comesBackText(ComesBack whether);
/// What stood still as long as the connection did, as a sentence; empty: nothing that is known.
[[nodiscard]] QString endingHintText(const Ending &ending);
/// "1001 going away"; 0 becomes a dash.
[[nodiscard]] QString closeCodeText(quint16 code);
[[nodiscard]] QString endingSideText(EndingSide side);
[[nodiscard]] QString endingStageText(EndingStage stage);

} // namespace glasshouse
