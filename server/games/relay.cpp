// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/relay.h"

#include "protocol/servermessages.h"

namespace glasshouse {

QByteArray Relay::state(qint64 /*nowMs*/) const { return "{}"; }

void Relay::joined(const Player & /*player*/, qint64 /*nowMs*/, GameOutput & /*out*/) { }

void Relay::left(const PlayerId & /*player*/, qint64 /*nowMs*/, GameOutput & /*out*/) { }

bool Relay::start(qint64 /*nowMs*/, QByteArray &data, GameOutput & /*out*/)
{
    if (m_phase == GamePhase::Playing)
        return false;
    m_phase = GamePhase::Playing;
    data = "{}";
    return true;
}

void Relay::message(const PlayerId &from, const Envelope &envelope, qint64 /*nowMs*/, GameOutput &out)
{
    if (isServerType(envelope.type))
        out.reject(ErrorCode::NotAllowed, "only the server says this");
    else if (envelope.to.isNull())
        out.toOthers(from, envelope.type, envelope.data);
    else if (!out.toPlayer(envelope.to.toByteArray(), envelope.type, envelope.data, from))
        out.reject(ErrorCode::BadData, "there is no player with the id in \"to\"");
}

void Relay::binary(const PlayerId &from, QByteArrayView payload, qint64 /*nowMs*/, GameOutput &out)
{
    out.binaryToOthers(from, payload);
}

void Relay::tick(qint64 /*nowMs*/, GameOutput & /*out*/) { }

void Relay::end(qint64 /*nowMs*/, GameOutput &out)
{
    if (m_phase != GamePhase::Playing)
        return;
    m_phase = GamePhase::Finished;
    out.finished("[]"); // the players know the result, if there is one
}

void Relay::stoodStill(qint64 /*ms*/) { }

} // namespace glasshouse
