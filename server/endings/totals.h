// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <algorithm>
#include <array>

namespace glasshouse {

/// Round-trip times in fixed buckets: what a histogram of Prometheus needs.
struct RttHistogram
{
    static constexpr std::array boundsMs{1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10'000}; ///< inclusive
    std::array<quint64, boundsMs.size() + 1> counts{}; ///< the last one: above all bounds
    quint64 sumMs = 0;

    void add(int ms)
    {
        const auto bucket = std::lower_bound(boundsMs.begin(), boundsMs.end(), ms) - boundsMs.begin();
        ++counts[size_t(bucket)];
        sumMs += quint64(std::max(0, ms));
    }
};

/// Sums over the life of the server. Counters only rise.
struct Totals
{
    quint64 accepted = 0;
    quint64 refused = 0; ///< ended before the upgrade by a fault
    quint64 upgraded = 0;
    quint64 ended = 0; ///< of those upgraded
    quint64 httpServed = 0;
    quint64 messagesIn = 0;
    quint64 messagesOut = 0;
    quint64 bytesIn = 0;
    quint64 bytesOut = 0;
    quint64 faults = 0; ///< endings with isFault()
    quint64 badMessages = 0;
    quint64 droppedMessages = 0; ///< they came too fast
    QList<quint64> endings;      ///< by EndingCause
    RttHistogram rtts;           ///< of all pongs
    int players = 0;             ///< in all rooms, with those who dropped and may come back
    qint64 queuedBytes = 0;      ///< waiting to be sent, of all connections
    int open = 0;
    int heads = 0; ///< half-open
    int rooms = 0;
    int descriptors = -1; ///< in use; −1: not known on this system
    int descriptorLimit = -1;
    bool acceptingPaused = false; ///< too few descriptors
    int drainSecondsLeft = -1;    ///< until games are interrupted; −1: the server does not drain
    double networkBusy = 0;       ///< share of the last second that the network thread was at work, 0–1
};

} // namespace glasshouse
