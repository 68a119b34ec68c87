// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace glasshouse {

/// A text of strangers as one cell of a table (RFC 4180): in quotes where it has to be, and behind an apostrophe where a spreadsheet
/// would take it for a formula. NUL, which ends a cell in some, becomes U+FFFD.
[[nodiscard]] QByteArray csvCell(QByteArray text);

} // namespace glasshouse
