// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/expression.h"

#include <QString>

namespace glasshouse {

/// What is wrong with it, in the user's language; a sentence without its full stop. `before`: so many characters of the field
/// stand in front of the expression.
[[nodiscard]] QString expressionWords(const Error<ExpressionFault> &error, qsizetype before = 0);

} // namespace glasshouse
