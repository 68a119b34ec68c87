// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"

#include <QString>

namespace glasshouse {

/// One limit and how near it is, in words. A value.
struct LimitLevel
{
    QString name;
    QString tip;
    QString text;      ///< "12 of 120"
    double share = -1; ///< of the limit, 0–1 and more; −1: there is no limit, or nothing to compare
    bool isLow = true; ///< far from the limit is good; false: full is ordinary, as with the time to the next ping
};

/// Every limit that touches this connection, always the same ones in the same order, so that nothing jumps.
[[nodiscard]] QList<LimitLevel> limitLevels(const ConnectionLevels &levels);

} // namespace glasshouse
