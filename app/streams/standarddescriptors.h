// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace glasshouse {

/// Where the program was started without standard input, output or errors, puts a device there that is empty and takes everything:
/// otherwise the first file or socket that is opened gets its number, and whatever is printed. Before anything is opened.
#ifdef Q_OS_UNIX
void fillStandardDescriptors();
#else
inline void fillStandardDescriptors() { }
#endif

} // namespace glasshouse
