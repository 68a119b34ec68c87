// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace glasshouse {

/// Gives the system back what was freed, where the C library keeps it for itself. Takes some milliseconds: behind a flood, not
/// every time.
#ifdef Q_OS_LINUX
void giveFreedMemoryBack();
#else
inline void giveFreedMemoryBack() { }
#endif

} // namespace glasshouse
