// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/resumememory.h"

#include "server/rooms/seat.h"

namespace glasshouse {

CountedBytes::CountedBytes(std::shared_ptr<ResumeMemory> memory, qint64 bytes)
    : m_memory(std::move(memory)),
      m_bytes(bytes)
{
    m_memory->add(m_bytes);
}

CountedBytes::~CountedBytes() { m_memory->remove(m_bytes); }

void ResumeMemory::enter(Seat &seat)
{
    const Turn turn{seat.wire != nullptr, ++m_lastTicket};
    auto node = m_turns.extract(std::exchange(seat.memoryTurn, turn));
    if (node.empty()) {
        m_turns.emplace(turn, &seat);
        return;
    }
    node.key() = turn;
    m_turns.insert(std::move(node));
}

void ResumeMemory::leave(Seat &seat) { m_turns.erase(std::exchange(seat.memoryTurn, {})); }

void ResumeMemory::relieve()
{
    while (m_bytes > m_most && !m_turns.empty()) {
        Seat &seat = *m_turns.begin()->second;
        leave(seat);
        seat.log.clear();
        seat.logTaken = seat.wire == nullptr;
    }
}

} // namespace glasshouse
