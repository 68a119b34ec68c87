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

void ResumeMemory::waits(Seat &seat)
{
    seat.waitTicket = ++m_lastTicket;
    m_waiting.emplace(seat.waitTicket, &seat);
}

void ResumeMemory::waitsNoMore(Seat &seat)
{
    if (seat.waitTicket != 0)
        m_waiting.erase(std::exchange(seat.waitTicket, 0));
}

void ResumeMemory::relieve(Seat &grown)
{
    const auto forget = [](Seat &seat) {
        seat.log.clear();
        seat.logTaken = true;
    };
    while (m_bytes > m_most && !m_waiting.empty()) {
        Seat &oldest = *m_waiting.begin()->second;
        waitsNoMore(oldest);
        forget(oldest);
    }
    if (m_bytes > m_most)
        forget(grown);
}

} // namespace glasshouse
