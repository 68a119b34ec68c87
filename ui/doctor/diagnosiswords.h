// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/diagnosis.h"
#include "ui/base/tints.h"

#include <optional>

namespace glasshouse {

// What a doctor's verdicts look like, and what a diagnosis says in a line or two. Text of the other side is one line in them, and can
// play no tricks.

/// "✓"; what stands in a column of its own.
[[nodiscard]] QString markOf(DoctorVerdict verdict);
/// The same for people who can not see it: "works".
[[nodiscard]] QString meaningOf(DoctorVerdict verdict);
[[nodiscard]] Tint tintOf(DoctorVerdict verdict);

/// The most important thing that was found in a stage; else what was seen first; empty: nothing yet.
[[nodiscard]] QString foundIn(const DoctorStageResult &result);

/// What it comes to, and what to do about it.
struct DoctorHeadline
{
    QString sentence;
    QString advice;
    DoctorVerdict verdict = DoctorVerdict::Waiting;
};
/// `idleMs`: how long a silent connection is watched at most; `nowMs` since the diagnosis began.
[[nodiscard]] DoctorHeadline headlineOf(const Diagnosis &diagnosis, qint64 nowMs, qint64 idleMs);
/// The stage that the headline speaks of; nullopt: of all.
[[nodiscard]] std::optional<DoctorStage> stageOfHeadline(const Diagnosis &diagnosis);

/// Findings with what to do about each, plain text.
[[nodiscard]] QString adviceOf(const DoctorStageResult &result);
/// All that was seen in a stage, with its bytes: as text where they are one, else as hexadecimal lines. For a view of one width.
[[nodiscard]] QString evidenceOf(const DoctorStageResult &result);

} // namespace glasshouse
