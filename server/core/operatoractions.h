// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/core/chronicle.h"
#include "server/core/hub.h"
#include "server/events/fault.h"

namespace glasshouse {

/// What an operator does by hand on a worker; each action leaves an event. On its worker's thread.
class OperatorActions
{
public:
    /// Nothing: it was done.
    using Outcome = std::optional<Fault>;

    OperatorActions(Hub &hub, Lobby &lobby, Chronicle &chronicle) : m_hub(hub), m_lobby(lobby), m_chronicle(chronicle)
    { }

    [[nodiscard]] Outcome kick(ConnectionId connection, const QByteArray &reason);
    [[nodiscard]] Outcome ping(ConnectionId connection);
    [[nodiscard]] Outcome send(ConnectionId connection, const QByteArray &text);
    [[nodiscard]] Outcome broadcast(const QByteArray &room, const QByteArray &text);
    [[nodiscard]] Outcome startRoom(const QByteArray &room);
    [[nodiscard]] Outcome pauseRoom(const QByteArray &room, bool paused);
    [[nodiscard]] Outcome endGame(const QByteArray &room);
    [[nodiscard]] Outcome closeRoom(const QByteArray &room, const QByteArray &reason);
    /// `made` gets its id.
    [[nodiscard]] Outcome createRoom(const QByteArray &id, const QByteArray &game, const QByteArray &options,
                                     QString &made);

private:
    Hub &m_hub;
    Lobby &m_lobby;
    Chronicle &m_chronicle;

    void note(EventCode code, const Room &room, QByteArrayView action = {});
    void note(EventCode code, ConnectionId connection, QByteArrayView action);
};

} // namespace glasshouse
