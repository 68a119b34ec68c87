// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"

#include <QTimer>
#include <atomic>
#include <map>
#include <memory>

namespace glasshouse {

/// What happened, for one reader: collected while it reads, handed out ten times a second at most and only to a reader that is
/// done with the last. However long that takes, this does not grow for ever: players who are still there are as many as there are
/// connections; of everything else there is a most, and what is more is counted. Who does not listen costs nothing.
/// On its worker's thread, except wasRead().
class Feed
{
public:
    static constexpr qsizetype mostPassing = 20'000; ///< players who came and went since the last time
    static constexpr qsizetype mostRequests = 5'000; ///< refused or answered
    static constexpr qsizetype mostEvents = 5'000;   ///< that are neither
    /// Request and response heads of players who went and of requests; those that come behind them go without.
    static constexpr qsizetype mostHeadBytes = 16 * 1024 * 1024;

    /// Steady: something is to be handed out every time. Else when something has happened.
    enum class Pace : quint8 { Steady, OnNews };
    explicit Feed(Pace pace) : m_pace(pace) { }

    /// `handOut` is called when it is time to take().
    void begin(std::function<void()> handOut);
    /// Hands out what is left, also to a reader that is not done, and nothing after it.
    void end();
    /// A new listener begins with nothing.
    void setWanted(bool wanted);
    [[nodiscard]] bool isWanted() const { return m_wanted; }
    /// Did the listener get nothing yet? Until take().
    [[nodiscard]] bool isNew() const { return m_isNew; }

    void opened(const ConnectionInfo &info);
    void ended(const ConnectionEnded &ended, const ServerEvent &event);
    /// Without an event: a page or an answer, which nobody lists.
    void refused(const ConnectionInfo &info, const ConnectionEnded &ended, const std::optional<ServerEvent> &event);
    void event(const ServerEvent &event);

    /// What there is since the last time.
    [[nodiscard]] News take(qint64 timeMs);
    /// The reader is done with what it got last. From any thread.
    void wasRead() { m_isBeingRead = false; }

private:
    Pace m_pace;
    bool m_wanted = false;
    bool m_isNew = true;
    std::atomic<bool> m_isBeingRead = false;
    std::unique_ptr<QTimer> m_timer;
    std::function<void()> m_handOut;
    std::map<ConnectionId, ConnectionInfo> m_opened; ///< not told yet
    News m_next;                                     ///< all but `opened`
    qsizetype m_passing = 0;
    qsizetype m_requests = 0;
    qsizetype m_events = 0;
    qsizetype m_headBytes = 0;

    void arrived();
    /// Of one who is gone; `info` may be null: it was told before.
    void boundHeads(ConnectionInfo *info, ConnectionEnded &ended);
    void handOutIfRead();
    void sayWhatIsLeftOut(News &news) const;
};

} // namespace glasshouse
