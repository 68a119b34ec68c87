// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/diagnosis.h"

namespace glasshouse {

/// How a diagnosis is written down, in UTF-8. Pure. Everything from the other side is hostile to whoever reads it: what moves a
/// cursor or can not be seen stands as \u{1B}, and nothing of it becomes Markdown or JSON of its own.
struct DoctorReport
{
    enum class Kind : quint8 {
        Text,     ///< for a terminal
        Markdown, ///< to be pasted into an issue
        Json,     ///< an object a line: one for each stage, and one for the whole, which holds them again
    };
    Kind kind = Kind::Text;
    bool coloured = false; ///< Text on a terminal

    /// What is examined.
    [[nodiscard]] QByteArray head(const Diagnosis &diagnosis) const;
    /// Of a stage that has ended. Nothing of one that was left out, but for Json.
    [[nodiscard]] QByteArray stage(const Diagnosis &diagnosis, DoctorStage stage) const;
    /// Which stages were left out. Json: nothing.
    [[nodiscard]] QByteArray leftOut(const Diagnosis &diagnosis) const;
    /// The cause and what to do first.
    [[nodiscard]] QByteArray summary(const Diagnosis &diagnosis) const;
    /// All of it, of what is known so far. Json: the one object.
    [[nodiscard]] QByteArray whole(const Diagnosis &diagnosis) const;
};

} // namespace glasshouse
