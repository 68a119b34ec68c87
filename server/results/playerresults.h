// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/results/history.h"

namespace glasshouse {

/// `results` where it is one JSON array, "[]" otherwise: what may stand in a JSON text as it is.
[[nodiscard]] QByteArrayView checkedResults(QByteArrayView results);

/// The players' lines of *checked* results by place; those who did not finish behind, in the order they came. What is no
/// object or has no name is left out; a place or a score that makes no sense becomes 0.
[[nodiscard]] QList<PlayerResult> playerResults(QByteArrayView results);

} // namespace glasshouse
