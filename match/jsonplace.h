// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/jsonpath.h"

#include <optional>

namespace glasshouse {

/// The path to the value or key at a position of a *checked* JSON text, with white space or without. None for the whole of it, and
/// where the path would be longer than one may be.
[[nodiscard]] std::optional<JsonPath> jsonPathAt(QByteArrayView checked, qsizetype position);

} // namespace glasshouse
