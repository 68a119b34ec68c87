// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRandomGenerator>
#include <cstdio>
#include <cstdlib>

namespace glasshouse::fuzzing {

/// Ends the run where something that must hold does not.
inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// Calls `take` with pieces of 1 to `longest` bytes, each in memory of its own, so that over-reads show.
template <typename Take>
void inPieces(const QByteArray &bytes, quint32 seed, int longest, Take take)
{
    QRandomGenerator random(seed);
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype size = std::min<qsizetype>(1 + random.bounded(longest), bytes.size() - at);
        take(QByteArray(bytes.constData() + at, size));
        at += size;
    }
}

} // namespace glasshouse::fuzzing
