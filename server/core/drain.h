// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/rooms/lobby.h"

#include <QTimer>

namespace glasshouse {

/// Lets games come to their ends before a server stops, for so long and no longer. On its worker's thread.
class Drain
{
public:
    /// Tells the players. `done`, once: no game would be interrupted any more, or the time is over. Never from within this call.
    Drain(const Lobby &lobby, const Clock &clock, int seconds, std::function<void()> done);

    [[nodiscard]] int secondsLeft() const;

private:
    const Lobby &m_lobby;
    const Clock &m_clock;
    qint64 m_endMs;
    std::function<void()> m_done;
    QTimer m_timer;

    void look();
};

} // namespace glasshouse
