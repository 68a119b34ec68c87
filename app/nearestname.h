// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace glasshouse {

/// The name on the list that is the fewest typing errors away, or the only one that begins with it; empty if there is none.
[[nodiscard]] QString nearestName(const QString &name, const QStringList &names);

} // namespace glasshouse
