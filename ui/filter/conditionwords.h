// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/conditionfault.h"
#include "match/conditionfields.h"

#include <QString>

namespace glasshouse {

/// What is wrong with a condition and where, in the user's language; a sentence without its full stop.
[[nodiscard]] QString conditionWords(const Error<ConditionFault> &error);
/// What a field means, for its completion and the help: a few words.
[[nodiscard]] QString conditionFieldHelp(ConditionField field);

} // namespace glasshouse
