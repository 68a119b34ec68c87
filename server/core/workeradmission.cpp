// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How players come in.
#include "server/core/worker.h"

namespace glasshouse {

void Worker::admit(const HttpRequest &request, AdmissionDone done)
{
    m_admitter->admit({request.head, request.to.route, AddressBook::key(request.context.client.address)}, done);
    armLobby();
}

void Worker::upgrade(Upgrading upgrading, const RouteMatch &route, const Admission &admission)
{
    const HttpHead request = upgrading.head;
    Connection &connection = m_hub.add(std::make_unique<Connection>(std::move(upgrading), context()));
    m_chronicle.connectionOpened(connection.info());
    if (admission.refusal != EndingCause::Unknown) {
        connection.refuse(admission.refusal, admission.reason);
    } else if (admission.awaitsAuth) {
        m_hub.awaitToken(connection.id(), {request, route});
        connection.awaitAuth();
    } else {
        letIn(connection, request, route, admission);
    }
    armLobby();
}

void Worker::letIn(Connection &connection, const HttpHead &request, const RouteMatch &route, const Admission &admission)
{
    const bool wantsRoom = route.kind == RouteMatch::Kind::Room;
    Room *room = wantsRoom ? m_lobby->find(route.room) : nullptr;
    if (wantsRoom && room == nullptr) // it ended while somebody was asked
        return connection.refuse(EndingCause::NoSuchRoom, "the room has ended");
    if (admission.claims) {
        if (!m_admitter->mayUse(*admission.claims, request, room)) // others came in with it meanwhile
            return connection.refuse(EndingCause::TooManyFromToken, tooManyFromToken);
        connection.bindToken(*admission.claims);
        m_admitter->tokenTaken(connection.tokenFingerprint());
    }
    if (route.kind == RouteMatch::Kind::Check) {
        connection.limitLife(Routes::checkMs);
        m_door->checkBegan(connection.address());
    }
    connection.enter(room, Admitter::entrance(request, admission.claims));
}

void Worker::authArrived(Connection &connection, QByteArrayView token)
{
    const std::optional<Waiting> waiting = m_hub.takeWaiting(connection.id());
    if (!waiting)
        return;
    if (!m_door->mayGuess(connection.address()))
        return connection.end(EndingCause::GuessingTooFast, EndingSide::Server, "too many wrong codes or tokens");
    m_admitter->admitWith(token, {waiting->request, waiting->route, AddressBook::key(connection.address())},
                          [this, id = connection.id(), waiting = *waiting](const Admission &admission) {
                              if (Connection *found = m_hub.find(id); found != nullptr && found->awaitsAnswer())
                                  tokenJudged(*found, waiting, admission);
                          });
    armLobby();
}

void Worker::tokenJudged(Connection &connection, const Waiting &waiting, const Admission &admission)
{
    if (admission.isWrongGuess())
        m_door->guessedWrong(connection.address());
    if (admission.refusal != EndingCause::Unknown)
        connection.end(admission.refusal, EndingSide::Server, admission.reason);
    else
        letIn(connection, waiting.request, waiting.route, admission);
    armLobby();
}

} // namespace glasshouse
