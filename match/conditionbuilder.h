// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/condition.h"
#include "match/conditionfields.h"
#include "match/jsonpath.h"

namespace glasshouse {

// Conditions that somebody clicks together. `value` is any text, as it came over the wire; what is too long is a fault.

/// "type == "chat"", "number >= 7": `value` as a condition would name it, without quotes. Of a flag, it counts for nothing.
[[nodiscard]] Result<Condition, ConditionFault> comparison(ConditionField field, const QString &value,
                                                           ConditionOperator op = ConditionOperator::Equal);
/// What stands at this path of the whole JSON, with the value that is there as it was written; of an object or array, that it
/// is there.
[[nodiscard]] Result<Condition, ConditionFault> comparison(const JsonPath &path, QByteArrayView json);
/// Both have to be so; a part that is there already does not come twice.
[[nodiscard]] Result<Condition, ConditionFault> narrowed(const std::optional<Condition> &whole, const Condition &part);

} // namespace glasshouse
