// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/commandoutput.h"
#include "app/options.h"

#include <QDateTime>

namespace glasshouse {

/// `glasshouse certificate make …` and `certificate show FILE`; `arguments` are those behind "certificate".
[[nodiscard]] CommandOutput runCertificate(const QStringList &arguments, const QDateTime &now);
/// The same for the program: prints.
[[nodiscard]] int certificate(const Options &options);

} // namespace glasshouse
