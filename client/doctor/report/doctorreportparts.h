// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/diagnosis.h"

namespace glasshouse {

// What reports are made of.

[[nodiscard]] bool hasEnded(const DoctorStageResult &result);
/// "< 1 ms", "340 ms", "2.5 s". Empty: no time.
[[nodiscard]] QString durationText(qint64 us);
/// Without name and password.
[[nodiscard]] QString shownAddress(const QUrl &url);
/// Lines that a terminal may have: the text that it is, else hexadecimal. The first of it, and how much there is more.
[[nodiscard]] QByteArray shownBytes(const QByteArray &bytes);

/// One line that Markdown shows as it is, with no link to a person or an issue.
[[nodiscard]] QByteArray plainMarkdown(const QString &text);
/// Lines as a block of code that nothing in it can end.
[[nodiscard]] QByteArray fenced(const QByteArray &lines);

/// One object each, on one line.
[[nodiscard]] QByteArray jsonOf(const Diagnosis &diagnosis, DoctorStage stage);
[[nodiscard]] QByteArray jsonOf(const Diagnosis &diagnosis);

} // namespace glasshouse
