// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace glasshouse {

// Of a file that is open; `descriptor`: QFile::handle().

/// Is it still the one that has this name? Follows links.
[[nodiscard]] bool isStillAt(int descriptor, const QString &path);

/// Waits until the disk has what was written. The system's words; empty: it has.
[[nodiscard]] QString syncToDisk(int descriptor);

} // namespace glasshouse
