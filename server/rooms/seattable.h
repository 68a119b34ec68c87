// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "server/rooms/formerseats.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace glasshouse {

/// The seats of a room in the order of joining, and the sessions that they belong to: who sits where, whose seat waits and
/// until when, which token takes it again, and the number and the log of every message to it. Knows no game and no message's
/// meaning. Owned by its room, on its thread.
class SeatTable
{
public:
    using Seats = std::vector<std::unique_ptr<Seat>>;

    SeatTable(int resumeSeconds, const Clock &clock,
              std::shared_ptr<ResumeMemory> memory = std::make_shared<ResumeMemory>())
        : m_clock(clock),
          m_memory(std::move(memory)),
          m_resumeSeconds(resumeSeconds),
          m_emptySinceMs(clock.monotonicMs())
    { }
    ~SeatTable();
    Q_DISABLE_COPY_MOVE(SeatTable)

    [[nodiscard]] const Seats &all() const { return m_seats; }
    [[nodiscard]] int size() const { return int(m_seats.size()); } ///< with those who dropped
    [[nodiscard]] int dropped() const;
    [[nodiscard]] int guests() const { return m_guests; }                ///< that ever joined
    [[nodiscard]] qint64 emptySinceMs() const { return m_emptySinceMs; } ///< monotonic; −1: not empty
    [[nodiscard]] Seat *find(const PlayerId &player) const;
    [[nodiscard]] Seat *firstPresent() const;

    /// A seat for a new session. Who has no name gets one; of a name that is taken, the player gets the next: "Ada (2)".
    /// `subject`: see Seat; `formerToken`: of a seat that was given up.
    Seat &add(SeatWire &wire, const DisplayName &name, quint32 connection, const QByteArray &subject,
              const QByteArray &formerToken = {});
    /// Null: the seat is not here.
    [[nodiscard]] std::unique_ptr<Seat> take(const Seat &seat);
    void removeDropped();

    // sessions
    /// 0: no seat waits.
    void setResumeSeconds(int seconds);
    [[nodiscard]] bool resumable() const { return m_resumeSeconds > 0; }
    /// The seat that this request takes, or null. Changes nothing.
    [[nodiscard]] Seat *seatFor(const ResumeRequest &request) const;
    /// Its connection is gone; the seat waits.
    void drop(Seat &seat);
    /// Gives the seat to a new connection; an old one ends with Replaced. True: it had dropped.
    bool reseat(Seat &seat, SeatWire &wire, quint32 connection, const QByteArray &token);
    /// What the session was sent behind `lastSeen`, taken out to be sent again under the same numbers. None: there never was
    /// so much, or it is not kept any more.
    [[nodiscard]] std::optional<std::vector<ResumeLog::Message>> takeMissed(Seat &seat, quint64 lastSeen);
    /// Until a dropped seat is given up; −1: it is not dropped.
    [[nodiscard]] int secondsLeft(const Seat &seat) const;
    [[nodiscard]] qint64 nextExpiryMs() const { return m_nextExpiryMs; } ///< monotonic; −1: none
    /// A dropped seat whose time is up, or null.
    [[nodiscard]] Seat *expired() const;

    // messages: each has the next number of its session
    // `shared`: null at first, and the same for all who get it: so it is counted once.
    void send(Seat &seat, SequencedText &text, SharedBytes &shared);
    void send(Seat &seat, SequencedText &text)
    {
        SharedBytes alone;
        send(seat, text, alone);
    }
    /// It can not show its number, but the client can count it.
    void sendBinary(Seat &seat, const QByteArray &frame, int headerSize, SharedBytes &shared);
    /// Only this connection may ever see it: it is not sent again.
    void sendOnce(Seat &seat, SequencedText &text);
    [[nodiscard]] quint64 sent() const { return m_sent; }

    /// Called for each change, before anybody is told of it; not to change the table.
    void setChangeCallback(std::function<void(const SeatChange &)> callback) { m_onChange = std::move(callback); }

private:
    const Clock &m_clock;
    std::shared_ptr<ResumeMemory> m_memory;
    Seats m_seats;
    FormerSeats m_former;
    int m_resumeSeconds;
    int m_guests = 0;
    quint64 m_sent = 0;
    qint64 m_emptySinceMs;
    qint64 m_nextExpiryMs = -1;
    std::function<void(const SeatChange &)> m_onChange;

    [[nodiscard]] PlayerId newPlayerId() const;
    [[nodiscard]] bool isTaken(const QString &nameKey) const;
    [[nodiscard]] DisplayName freeName(const DisplayName &wanted) const;
    [[nodiscard]] QByteArray accountFor(const QByteArray &subject, const QByteArray &formerToken);
    [[nodiscard]] qint64 expiryOf(const Seat &seat) const;
    void findNextExpiry();
    void noteIfEmpty();
    void number(Seat &seat);
    void keep(Seat &seat, ResumeLog::Message message);
    void keep(Seat &seat, const QByteArray &body, int headerSize, SharedBytes &shared);
    void changed(SeatChange::Kind kind, const Seat &seat, quint32 before = 0) const;
};

} // namespace glasshouse
