// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/admitter.h"

#include "server/gate/tokenfinder.h"

namespace glasshouse {

namespace {

EndingCause causeFor(LobbyError error)
{
    switch (error) {
    case LobbyError::RoomFull:
        return EndingCause::RoomFull;
    case LobbyError::TooManyRooms:
        return EndingCause::TooManyRooms;
    case LobbyError::NoSuchRoom:
    case LobbyError::UnknownGame:
    case LobbyError::BadOptions:
    case LobbyError::BadId:
    case LobbyError::Exists:
        break;
    }
    return EndingCause::NoSuchRoom;
}

ResumeRequest resumeRequest(const HttpHead &request, const QByteArray &subject)
{
    return {request.queryValue("resume").value_or(QByteArray()),
            request.queryValue("seq").value_or(QByteArray()).toULongLong(), subject};
}

} // namespace

// The first that leaves something to see.
Entrance Admitter::entrance(const HttpHead &request, const std::optional<TokenClaims> &claims)
{
    const QByteArray asked = request.queryValue("name").value_or(QByteArray());
    if (!claims)
        return {DisplayName::fromUtf8(asked), resumeRequest(request, {})};
    for (const QByteArray &text : {claims->name, asked, claims->subject}) {
        if (auto name = DisplayName::fromUtf8(text); !name.isEmpty())
            return {std::move(name), resumeRequest(request, claims->subject)};
    }
    return {{}, resumeRequest(request, claims->subject)};
}

// A token is bound to the room's name; the room's code leads to it as well.
TokenUse Admitter::useOf(const HttpHead &request, const RouteMatch &route) const
{
    const Room *room = m_lobby.find(route.room);
    if (room != nullptr)
        return {room->id(), room->game().kind().toByteArray()};
    const QByteArray game = request.queryValue("game").value_or(QByteArray());
    return {route.room, game.isEmpty() ? m_lobby.settings().defaultGame : game};
}

Admission Admitter::judge(const Applicant &applicant) const
{
    if (!m_credentials.verifier)
        return admitToRoom({}, applicant);
    const auto found = findToken(applicant.request);
    if (!found)
        return Admission::refused(EndingCause::TokenMalformed, found.error().text);
    if (found.value().source == TokenSource::Nowhere)
        return {EndingCause::Unknown, {}, true, std::nullopt};
    return judgeToken(found.value().token, applicant);
}

Admission Admitter::judgeToken(QByteArrayView token, const Applicant &applicant) const
{
    const auto &[request, route, address] = applicant;
    if (!m_credentials.verifier) // a reload has opened the server meanwhile
        return admitToRoom({}, applicant);
    auto claims = m_credentials.verifier->verify(token, useOf(request, route), m_clock.wallMs() / 1000);
    if (!claims)
        return Admission::refused(causeFor(claims.error().code), claims.error().text);
    if (!mayUse(claims.value(), request, m_lobby.find(route.room)))
        return Admission::refused(EndingCause::TooManyFromToken, tooManyFromToken);
    return admitToRoom({EndingCause::Unknown, {}, false, std::move(claims.value())}, applicant);
}

bool Admitter::mayUse(const TokenClaims &claims, const HttpHead &request, const Room *room) const
{
    const Seat *seat = room == nullptr ? nullptr : room->seatFor(resumeRequest(request, claims.subject));
    const bool replaces = seat != nullptr && seat->wire != nullptr; // its connection ends for this one
    const int inUse = m_inUse.value(claims.fingerprint) - (replaces ? 1 : 0);
    return m_rules.connectionsPerToken == 0 || inUse < m_rules.connectionsPerToken;
}

Admission Admitter::admitToRoom(Admission admission, const Applicant &applicant) const
{
    const auto &[request, route, address] = applicant;
    if (route.kind != RouteMatch::Kind::Room)
        return admission;
    const QByteArray subject = admission.claims ? admission.claims->subject : QByteArray();
    const ResumeRequest resume = resumeRequest(request, subject);
    const Room *there = m_lobby.find(route.room);
    if (m_rules.draining && (there == nullptr || there->seatFor(resume) == nullptr))
        return Admission::refused(EndingCause::ServerClosing, "the server is about to close: come back in a moment");
    const auto room =
        m_lobby.forJoining(route.room, request.queryValue("game").value_or(QByteArray()), resume, address);
    if (room)
        return admission;
    return Admission::refused(causeFor(room.error().code), room.error().text);
}

void Admitter::tokenReleased(const QByteArray &fingerprint)
{
    const auto at = m_inUse.find(fingerprint);
    if (at != m_inUse.end() && --*at <= 0)
        m_inUse.erase(at);
}

} // namespace glasshouse
