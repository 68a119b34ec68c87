// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/endings/ending.h"
#include "server/gate/credentials.h"
#include "server/http/routes.h"
#include "server/rooms/lobby.h"

#include <QHash>

namespace glasshouse {

/// Whether a player may come in, and as whom.
struct Admission
{
    EndingCause refusal = EndingCause::Unknown; ///< Unknown: may come in
    QByteArray reason;                          ///< of a refusal, for the close frame
    bool awaitsAuth = false;                    ///< the token has to come in the first message
    std::optional<TokenClaims> claims;          ///< of the token, where one was asked for

    /// Something was tried that is hard to guess, and it was wrong.
    [[nodiscard]] bool isWrongGuess() const;
};

/// What a player who comes in brings along.
struct Entrance
{
    QString name; ///< empty: the room finds one
    ResumeRequest resume;
};

/// Judges who wants to play: the token first, so that a stranger learns nothing about rooms, then the room. Counts what each
/// token is used for. On its worker's thread.
class Admitter
{
public:
    struct Rules
    {
        bool draining = false; ///< only who has a seat comes in
        int connectionsPerToken = 0;
    };

    Admitter(const Credentials &credentials, Lobby &lobby, const Clock &clock)
        : m_credentials(credentials),
          m_lobby(lobby),
          m_clock(clock)
    { }

    void setRules(Rules rules) { m_rules = rules; }
    /// By what the request itself says. May make the room.
    [[nodiscard]] Admission admit(const HttpHead &request, const RouteMatch &route) const;
    /// By the token of the first message.
    [[nodiscard]] Admission admitWith(QByteArrayView token, const HttpHead &request, const RouteMatch &route) const;

    void tokenTaken(const QByteArray &fingerprint) { ++m_inUse[fingerprint]; }
    void tokenReleased(const QByteArray &fingerprint);

    /// Name and session that a request asks for; a token's word goes before the request's.
    [[nodiscard]] static Entrance entrance(const HttpHead &request, const std::optional<TokenClaims> &claims);

private:
    const Credentials &m_credentials;
    Lobby &m_lobby;
    const Clock &m_clock;
    Rules m_rules;
    QHash<QByteArray, int> m_inUse; ///< open connections by fingerprint

    [[nodiscard]] TokenUse useOf(const HttpHead &request, const RouteMatch &route) const;
    [[nodiscard]] Admission admitToRoom(Admission admission, const HttpHead &request, const RouteMatch &route) const;
};

/// The HTTP status of a refusal before the upgrade (`--reject-with-http`).
[[nodiscard]] int httpStatusFor(EndingCause refusal);
[[nodiscard]] EndingCause causeFor(TokenError error);
/// A name is for people: no control characters, at most 32 of the others.
[[nodiscard]] QString displayName(QByteArrayView text);

} // namespace glasshouse
