// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <map>
#include <memory>
#include <utility>

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
/// seats that wait that which waits for the longest time, and where none does, that which was not sent anything for the longest
/// time. Such a session goes on if it has missed nothing of what was forgotten, and begins with a fresh state otherwise.
class ResumeMemory
{
public:
    static constexpr qint64 usual = 64 * 1024 * 1024; ///< bytes
    /// Whether it has a wire, and since when it stands in line; 0: it does not.
    using Turn = std::pair<bool, quint64>;

    explicit ResumeMemory(qint64 most = usual) : m_most(most) { }

    void add(qint64 bytes) { m_bytes += bytes; }
    void remove(qint64 bytes) { m_bytes -= bytes; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

    /// Its log has grown, or it has another wire or none. The seat must not go without leave().
    void enter(Seat &seat);
    void leave(Seat &seat);
    void relieve();

private:
    qint64 m_most;
    qint64 m_bytes = 0;
    quint64 m_lastTicket = 0;
    std::map<Turn, Seat *> m_turns; ///< who loses his log first
};

} // namespace glasshouse
