// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace glasshouse {

/// What people say, without what would do something to the place where it is shown: control characters other than tab and
/// line feed (CR LF and CR become one), bidi embeddings, overrides and isolates, and marks that pile up beyond maxMarks on a
/// letter. All else stays as it was written. Empty: nothing in it can be seen. Pure.
[[nodiscard]] QString chatText(const QString &text);

} // namespace glasshouse
