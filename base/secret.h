// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace glasshouse {

/// In a time that does not depend on where they differ. An empty secret is nobody's.
[[nodiscard]] inline bool isSameSecret(QByteArrayView a, QByteArrayView b)
{
    if (a.isEmpty() || a.size() != b.size())
        return false;
    unsigned difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= unsigned(a[i]) ^ unsigned(b[i]);
    return difference == 0;
}

} // namespace glasshouse
