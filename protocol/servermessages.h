// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace glasshouse {

/// What a room says by itself, whatever its game. Nobody else may use these types: a relayed one would be taken for the
/// server's. A new one is a row of the table in servermessages.cpp; scripts/messages writes it into docs/protocol.md and into
/// the client library.
enum class ServerMessage : quint8 {
    Connected,
    PlayerJoined,
    PlayerLeft,
    PlayerDropped,
    PlayerResumed,
    PlayerReady,
    GameStarted,
    GameFinished,
    GamePaused,
    GameResumed,
    ServerClosing,
    Notice, ///< the operator's alone
    Chat,
    Pong,
    Error,
};
constexpr int serverMessageCount = int(ServerMessage::Error) + 1;

[[nodiscard]] QByteArrayView typeOf(ServerMessage message);     ///< on the wire: "player_joined"
[[nodiscard]] QByteArrayView contentsOf(ServerMessage message); ///< what is in its data, for docs/protocol.md
[[nodiscard]] bool isServerType(QByteArrayView type);

} // namespace glasshouse
