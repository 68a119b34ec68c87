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
/// Does a word look like a number, but is none as JSON writes it (RFC 8259 section 6)? How the number is written then, ".5" as
/// "0.5", "0x1F" as "31"; empty: that nobody can say, as of "1e". Nullopt: it is a number, or looks like none.
[[nodiscard]] std::optional<QString> numberMeant(const QString &word);
/// May it stand behind a number, as a word of its own?
[[nodiscard]] bool isUnitOf(ConditionValueKind kind, QStringView word);

} // namespace glasshouse
