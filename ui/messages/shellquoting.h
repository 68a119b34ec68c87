// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <optional>

namespace glasshouse {

/// Any bytes as one word for a POSIX shell, which can also be pasted into a terminal: what would do something there (control
/// characters, what hides or turns text, bytes that are no UTF-8) is written in octal and put together by printf. There a shell takes
/// away newlines at the very end. Nullopt: it has a NUL, which no word can hold.
[[nodiscard]] std::optional<QByteArray> shellWord(const QByteArray &bytes);

} // namespace glasshouse
