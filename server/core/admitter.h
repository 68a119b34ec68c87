// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/displayname.h"
#include "server/gate/credentials.h"
#include "server/http/admission.h"
#include "server/http/routes.h"
#include "server/rooms/lobby.h"

#include <QHash>

namespace glasshouse {

/// Who wants to play, and how it was asked. Lives for the call.
struct Applicant
{
    const HttpHead &request;
    const RouteMatch &route;
    RoomMaker address; ///< whose a room is that is made for it
};

/// What a player who comes in brings along.
struct Entrance
{
    DisplayName name; ///< none: the room finds one
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
    // Keys and rooms are at hand, so the answer comes at once. Whoever asks must not count on it.
    /// By what the request itself says. May make the room.
    void admit(const Applicant &applicant, const AdmissionDone &done) const { done(judge(applicant)); }
    /// By the token of the first message.
    void admitWith(QByteArrayView token, const Applicant &applicant, const AdmissionDone &done) const
    {
        done(judgeToken(token, applicant));
    }

    /// May this token be used for one connection more? Not counted is one that ends because this one takes its seat.
    [[nodiscard]] bool mayUse(const TokenClaims &claims, const HttpHead &request, const Room *room) const;
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

    [[nodiscard]] Admission judge(const Applicant &applicant) const;
    [[nodiscard]] Admission judgeToken(QByteArrayView token, const Applicant &applicant) const;
    [[nodiscard]] TokenUse useOf(const HttpHead &request, const RouteMatch &route) const;
    [[nodiscard]] Admission admitToRoom(Admission admission, const Applicant &applicant) const;
};

inline constexpr char tooManyFromToken[] = "this token is in use for too many connections";

} // namespace glasshouse
