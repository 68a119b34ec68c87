// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <map>
#include <memory>

namespace glasshouse {

struct Seat;
class ResumeMemory;

/// Bytes that logs of sessions keep, counted as long as somebody keeps them: what many got is counted once.
class CountedBytes
{
public:
    CountedBytes(std::shared_ptr<ResumeMemory> memory, qint64 bytes);
    ~CountedBytes();
    Q_DISABLE_COPY_MOVE(CountedBytes)

private:
    std::shared_ptr<ResumeMemory> m_memory;
    qint64 m_bytes;
};

/// One message in the logs of all who got it.
using SharedBytes = std::shared_ptr<const CountedBytes>;

/// What the logs of all sessions hold together, in all rooms of a worker, and who loses his log when that is too much: of the
/// seats that wait that which waits for the longest time, and where none does, whoever was sent something just now. Such a session
/// goes on if it has missed nothing, and begins with a fresh state otherwise.
class ResumeMemory
{
public:
    static constexpr qint64 usual = 64 * 1024 * 1024; ///< bytes

    explicit ResumeMemory(qint64 most = usual) : m_most(most) { }

    void add(qint64 bytes) { m_bytes += bytes; }
    void remove(qint64 bytes) { m_bytes -= bytes; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

    /// The seat must not go without waitsNoMore().
    void waits(Seat &seat);
    void waitsNoMore(Seat &seat);
    /// `grown`: whose log has just got something.
    void relieve(Seat &grown);

private:
    qint64 m_most;
    qint64 m_bytes = 0;
    quint64 m_lastTicket = 0;
    std::map<quint64, Seat *> m_waiting; ///< in the order in which they dropped
};

} // namespace glasshouse
