// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/core/chronicle.h"
#include "server/core/frontdoor.h"
#include "server/core/hub.h"

namespace glasshouse {

/// How busy the network thread is, and how near the program is to its descriptors; measured once a second at most.
class LoadMeter
{
public:
    /// Writes its figures into the totals.
    void measure(qint64 nowMs, Totals &totals);

private:
    qint64 m_sinceMs = 0; ///< 0: never measured
    qint64 m_cpuUs = 0;
    double m_busy = 0;
    int m_descriptors = -1;
    int m_limit = -1;
};

/// What the reader of snapshots looks at more closely than at everything else.
struct Watched
{
    QByteArray room;
    ConnectionId connection{};
};

/// How it stands on a worker at this moment. Costs nothing until somebody asks; then a walk over all connections and rooms. On its
/// worker's thread.
class Survey
{
public:
    struct Sources
    {
        const Clock &clock;
        Chronicle &chronicle;
        Hub &hub;
        const Lobby &lobby;
        const FrontDoor &door;
        const CaptureStore *capture;           ///< may be null
        std::function<int()> drainSecondsLeft; ///< −1: the server does not drain
    };
    explicit Survey(Sources sources) : m_from(std::move(sources)) { }

    void watch(const Watched &watched) { m_watched = watched; }
    [[nodiscard]] Totals totals();
    /// All but what happened. Whole: everything that is open, in place of what has changed.
    void fill(Snapshot &snapshot);

private:
    Sources m_from;
    Watched m_watched;
    LoadMeter m_load;

    void addOpen(Snapshot &snapshot) const;
    [[nodiscard]] QList<RoomInfo> rooms() const;
    [[nodiscard]] std::optional<RoomDetails> detailsOf(const QByteArray &id) const;
    [[nodiscard]] std::optional<ConnectionLevels> levelsOf(ConnectionId id) const;
};

/// What does not change in a room's life; the rest is left out.
[[nodiscard]] RoomInfo namesOf(const Room &room);

} // namespace glasshouse
