// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/currentthread.h"

namespace glasshouse {

qint64 threadCpuUs() { return -1; }
void yieldToOtherThreads() { }

} // namespace glasshouse
