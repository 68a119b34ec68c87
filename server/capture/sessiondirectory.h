// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <vector>

namespace glasshouse {

/// What lies in a session's directory beside the blocks.

/// Writes session.json. Returns why that failed, in the system's words.
[[nodiscard]] QString writeSession(const QDir &directory);
[[nodiscard]] bool hasSessionFile(const QDir &directory);
/// No session file is no reason to refuse (a power cut can empty it), the format of a later program is.
[[nodiscard]] bool isReadableFormat(const QDir &directory);
/// Rising.
[[nodiscard]] std::vector<quint32> segmentNumbers(const QDir &directory);

} // namespace glasshouse
