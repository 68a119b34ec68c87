// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace glasshouse {

/// Processor time of the calling thread in microseconds, −1 where that is not known.
[[nodiscard]] qint64 threadCpuUs();
/// Gives the calling thread a tenth of the weight of the others, where the system can do that (Linux).
void yieldToOtherThreads();

} // namespace glasshouse
