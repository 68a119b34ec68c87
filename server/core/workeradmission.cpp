// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How players come in.
#include "server/core/worker.h"
#include "server/events/eventrows.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

Admission Worker::admit(const HttpHead &head, const RouteMatch &route)
{
    Admission admission = m_admitter->admit(head, route);
    armLobby();
    return admission;
}

void Worker::upgrade(Upgrading upgrading, const RouteMatch &route, const Admission &admission)
{
    const HttpHead request = upgrading.head;
    m_owned.push_back(std::make_unique<Connection>(std::move(upgrading), context()));
    Connection &connection = *m_owned.back();
    m_places.insert(&connection, qsizetype(m_owned.size()) - 1);
    m_connections.insert(connection.id(), &connection);
    connectionOpened(connection);
    if (admission.refusal != EndingCause::Unknown) {
        connection.refuse(admission.refusal, admission.reason);
    } else if (admission.awaitsAuth) {
        m_awaitingAuth.insert(connection.id(), {request, route});
        connection.awaitAuth();
    } else {
        letIn(connection, request, route, admission);
    }
    armLobby();
}

void Worker::connectionOpened(const Connection &connection)
{
    ++m_totals.upgraded;
    if (m_wanted && m_next.opened.size() < snapshotRows)
        m_next.opened.append(connection.info());
    m_recorder.event(connection.id(), EventKind::ConnectionOpened, openedToJson(connection.info()));
}

void Worker::letIn(Connection &connection, const HttpHead &request, const RouteMatch &route, const Admission &admission)
{
    if (admission.claims) {
        connection.bindToken(*admission.claims);
        m_admitter->tokenTaken(connection.tokenFingerprint());
    }
    Room *room = route.kind == RouteMatch::Kind::Room ? m_lobby->find(route.room) : nullptr;
    if (room != nullptr)
        connection.enterRoom(*room, Admitter::entrance(request, admission.claims));
    else
        connection.enterEcho();
}

void Worker::authArrived(Connection &connection, QByteArrayView token)
{
    if (!m_awaitingAuth.contains(connection.id()))
        return;
    const Waiting waiting = m_awaitingAuth.take(connection.id());
    if (!m_door->mayGuess(connection.address()))
        return connection.end(EndingCause::GuessingTooFast, EndingSide::Server, "too many wrong codes or tokens");
    const Admission admission = m_admitter->admitWith(token, waiting.request, waiting.route);
    if (admission.isWrongGuess())
        m_door->guessedWrong(connection.address());
    if (admission.refusal != EndingCause::Unknown)
        connection.end(admission.refusal, EndingSide::Server, admission.reason);
    else
        letIn(connection, waiting.request, waiting.route, admission);
    armLobby();
}

void Worker::addressDoubted(const QHostAddress &proxy, AddressDoubt doubt)
{
    event(EventSeverity::Warning, "address_doubted", "address_doubted " + proxy.toString().toUtf8(),
          u"%1: %2"_s.arg(proxy.toString(), QString::fromUtf8(describe(doubt))));
}

} // namespace glasshouse
