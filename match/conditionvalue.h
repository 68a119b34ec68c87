// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/conditiontree.h"

namespace glasshouse {

/// A value as people write it behind an operator of this field; nullopt: it is none.
/// Numbers: "7", of connections also "#7". Sizes: "100", "1.5 KiB", "2MB", with B, KiB, MiB, GiB, and kB, MB, GB of a thousand
/// each. Durations: "50" and "50 ms", "1.5 s", with us, ms, s, min. Times: see TimeSpan. JSON: true, false, null and numbers if they are not `quoted`, else it is a text.
[[nodiscard]] std::optional<ConditionValue> conditionValue(const ConditionFieldRow &row, const QString &word,
                                                           bool quoted);
[[nodiscard]] std::optional<ConditionValue> conditionNumber(QStringView word, bool isConnection);
[[nodiscard]] ConditionValue conditionText(const QString &text);
/// May it stand behind a number, as a word of its own?
[[nodiscard]] bool isUnitOf(ConditionValueKind kind, QStringView word);

} // namespace glasshouse
