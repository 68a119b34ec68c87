// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/endings/ending.h"
#include "server/gate/tokenverifier.h"

#include <functional>
#include <optional>

namespace glasshouse {

/// Whether a player may come in, and as whom.
struct Admission
{
    EndingCause refusal = EndingCause::Unknown; ///< Unknown: may come in
    QByteArray reason;                          ///< of a refusal, for the close frame
    bool awaitsAuth = false;                    ///< the token has to come in the first message
    std::optional<TokenClaims> claims;          ///< of the token, where one was asked for

    [[nodiscard]] static Admission refused(EndingCause cause, QByteArray reason)
    {
        return {cause, std::move(reason), false, std::nullopt};
    }
    /// Something was tried that is hard to guess, and it was wrong.
    [[nodiscard]] bool isWrongGuess() const;
};

/// Called once with the answer, at once or later, on the thread that asked.
using AdmissionDone = std::function<void(Admission admission)>;

[[nodiscard]] EndingCause causeFor(TokenError error);
/// The HTTP status of a refusal before the upgrade (`--reject-with-http`).
[[nodiscard]] int httpStatusFor(EndingCause refusal);

} // namespace glasshouse
