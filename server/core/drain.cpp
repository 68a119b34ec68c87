// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/drain.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr int lookMs = 200;

} // namespace

Drain::Drain(const Lobby &lobby, const Clock &clock, int seconds, std::function<void()> done)
    : m_lobby(lobby),
      m_clock(clock),
      m_endMs(clock.monotonicMs() + seconds * 1000LL),
      m_done(std::move(done))
{
    for (Room *room : m_lobby.rooms())
        room->announceClosing("the server is about to close", seconds);
    m_timer.callOnTimeout([this] { look(); });
    m_timer.start(0);
}

void Drain::look()
{
    m_timer.start(lookMs);
    const QList<Room *> rooms = m_lobby.rooms();
    const bool isOver = std::all_of(rooms.begin(), rooms.end(), [](Room *room) { return room->isInterruptible(); });
    if (!isOver && m_clock.monotonicMs() < m_endMs)
        return;
    m_timer.stop();
    m_done();
}

int Drain::secondsLeft() const { return int((std::max<qint64>(0, m_endMs - m_clock.monotonicMs()) + 999) / 1000); }

} // namespace glasshouse
