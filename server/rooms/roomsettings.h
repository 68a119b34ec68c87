// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace glasshouse {

/// What a room needs from its surroundings.
struct RoomSettings
{
    int maxPlayers = 64;  ///< 0 = none
    int jsonDepth = 32;   ///< 0 = none
    int badMessages = 20; ///< in a row; 0 = none
    int heartbeatSeconds = 25;
    int messageRate = 150;           ///< of a player a second, on average; 0 = none
    int messageBurst = 300;          ///< at once
    int resumeSeconds = 30;          ///< a seat waits for its player; 0: it does not
    int messagesPerCall = 1'000'000; ///< see GameLimits
    int gameCallMs = 2'000;          ///< see GameLimits
};

} // namespace glasshouse
