// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/recorder.h"
#include "server/core/feed.h"
#include "server/gate/ratelimiter.h"

namespace glasshouse {

/// What has happened on a worker: counts it, writes the event rows of the capture, and tells the feeds. Knows values only. On its
/// worker's thread; the feeds outlive it.
class Chronicle
{
public:
    Chronicle(const Clock &clock, Recorder &recorder, std::vector<Feed *> feeds);

    void connectionOpened(const ConnectionInfo &info);
    void connectionEnded(const ConnectionInfo &info, const ConnectionCounters &last, const Ending &ending);
    /// Ended before it was a connection; HttpServed comes here, too.
    void requestRefused(const ConnectionInfo &info, const Ending &ending);
    void limitHit(ConnectionId connection, EndingCause limit);
    void rttMeasured(int ms) { m_totals.rtts.add(ms); }
    void roomCreated(const RoomInfo &room);
    void roomEnded(const RoomInfo &room, EventCode how = EventCode::RoomEnded);
    void gameFinished(const RoomInfo &room);
    /// Anything else. Its time is now.
    void happened(ServerEvent event);
    /// What an operator did, for the capture.
    void operatorDid(QByteArrayView action, ConnectionId connection = {});

    /// Sums of what has ended; what is open or true now is not in it.
    [[nodiscard]] const Totals &totals() const { return m_totals; }
    [[nodiscard]] EndingHistory &endings() { return m_endings; }

private:
    const Clock &m_clock;
    Recorder &m_recorder;
    std::vector<Feed *> m_feeds;
    Totals m_totals;
    EndingHistory m_endings;
    RateLimiter m_refusalRows{100, 100}; ///< a flood of refusals must not push the games out of the capture

    void count(const Ending &ending);
    [[nodiscard]] ServerEvent endingEvent(EventCode code, const ConnectionInfo &info, const Ending &ending) const;
};

} // namespace glasshouse
