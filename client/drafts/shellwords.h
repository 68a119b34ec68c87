// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <optional>

namespace glasshouse {

/// A command line as a POSIX shell takes it apart: quotes, $'…', backslashes, lines that go on behind a backslash. Nothing is
/// expanded, and what parts commands (| ; &) ends it. Nullopt: a quote is not closed.
[[nodiscard]] std::optional<QStringList> shellWords(const QString &line);

} // namespace glasshouse
