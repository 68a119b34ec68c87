// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/worker.h"

#include "net/transport/descriptors.h"
#include "net/transport/lanaddresses.h"
#include "server/core/portowner.h"
#include "server/core/seatrows.h"
#include "server/events/eventrows.h"
#include "server/http/metrics.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int recorderMs = 50;
constexpr int snapshotMs = 100;

} // namespace

Worker::Worker(ServerConfig config, Credentials credentials, GameCatalog games, std::shared_ptr<CaptureStore> capture,
               std::shared_ptr<History> history, bool portableTransport)
    : m_config(std::move(config)),
      m_credentials(std::move(credentials)),
      m_games(std::move(games)),
      m_capture(std::move(capture)),
      m_history(std::move(history)),
      m_portable(portableTransport),
      m_recorder(m_capture.get())
{
    m_totals.endings.resize(endingCauseCount);
    m_recorder.setRedactor(Redactor(m_config.redactedFields));
}

Worker::~Worker() = default;

ConnectionContext Worker::context() { return {m_clock, *m_deadlines, m_recorder, m_config, *this}; }

LobbySettings Worker::lobbySettings() const
{
    const Limits &limits = m_config.limits;
    return {m_config.defaultGame.toUtf8(),
            m_config.autoCreateRooms,
            limits.rooms,
            limits.emptyRoomSeconds,
            {.maxPlayers = limits.players,
             .jsonDepth = limits.jsonDepth,
             .badMessages = limits.badMessages,
             .heartbeatSeconds = limits.heartbeatSeconds,
             .resumeSeconds = limits.resumeSeconds}};
}

ServerFacts Worker::facts() const
{
    return {m_stopping || m_draining, m_uptime.elapsed() / 1000, int(m_owned.size()), m_door->port(),
            m_history->view()};
}

void Worker::start()
{
    m_uptime.start();
    m_startMs = m_clock.wallMs();
    m_deadlines = std::make_unique<Deadlines>(m_clock);
    m_pump = Pump::create(m_portable);
    m_handshaker = std::make_unique<Handshaker>();
    m_routes = std::make_unique<Routes>(m_config.extraRoutes, m_config.basePath);
    m_lobby = std::make_unique<Lobby>(lobbySettings(), m_games, m_clock);
    m_lobby->setCreatedCallback([this](const Room &room) { roomEvent(room, true); });
    m_lobby->setEndedCallback([this](const Room &room) { roomEvent(room, false); });
    m_lobby->setSeatCallback(
        [this](const Room &room, const SeatChange &change) { recordSeat(m_recorder, room, change); });
    m_lobby->setResultsCallback([this](const Room &room, const RoomResults &results) { gamePlayed(room, results); });
    m_lobby->setScheduleCallback([this] { armLobby(); });
    m_admitter = std::make_unique<Admitter>(m_credentials, *m_lobby, m_clock);
    m_admitter->setRules({m_draining, m_config.limits.connectionsPerToken});
    m_responder = std::make_unique<HttpResponder>(m_config, *m_routes, *m_lobby, [this] { return facts(); });
    m_responder->setMetrics([this] {
        return metricsText({currentTotals(), m_capture ? m_capture->stats() : CaptureStats(), m_startMs});
    });
    m_door = std::make_unique<FrontDoor>(context(), static_cast<FrontDoorOwner &>(*this), m_credentials, *m_routes,
                                         *m_responder, *m_pump);
    m_recorderTimer = std::make_unique<QTimer>();
    m_recorderTimer->setSingleShot(true);
    m_recorderTimer->callOnTimeout(this, [this] { m_recorder.flush(); });
    m_sampler = std::make_unique<Sampler>(m_recorder, [this] { return Sample{currentTotals(), m_capture->stats()}; });
    m_recorder.setPendingCallback([this] {
        m_recorderTimer->start(recorderMs);
        m_sampler->wake();
    });
    m_snapshotTimer = std::make_unique<QTimer>();
    m_snapshotTimer->callOnTimeout(this, [this] { sendSnapshotIfTaken(); });
    setSnapshotsWanted(m_wanted);
    if (!listen())
        return;
    event(EventSeverity::Info, "server_started", "server", u"Listening on port %1"_s.arg(m_door->port()));
    emit started({m_door->port(), m_config.bindAddress, lanAddresses()});
}

bool Worker::listen()
{
    const QHostAddress address =
        m_config.bindAddress.isEmpty() ? QHostAddress(QHostAddress::Any) : QHostAddress(m_config.bindAddress);
    if (address.isNull()) {
        emit startFailed(u"\"%1\" is no address of this machine"_s.arg(m_config.bindAddress));
        return false;
    }
    if (m_door->listen(address, m_config.port))
        return true;
    QString text = u"Can not listen on port %1: %2"_s.arg(QString::number(m_config.port), m_door->errorString());
    if (m_door->error() == QAbstractSocket::AddressInUseError) {
        const QString owner = portOwner(m_config.port);
        text = u"Port %1 is taken%2"_s.arg(QString::number(m_config.port),
                                           owner.isEmpty() ? u" by another program"_s : u" by "_s + owner);
    }
#ifdef Q_OS_LINUX
    if (m_door->error() == QAbstractSocket::SocketAccessError && m_config.port < 1024)
        text += u". Ports below 1024 are the system's: take another one, or give this program CAP_NET_BIND_SERVICE"_s;
#endif
    emit startFailed(text);
    return false;
}

void Worker::stop()
{
    if (std::exchange(m_stopping, true)) {
        if (m_stopReported && !m_deadlines) // whoever asks anew may have missed it
            emit stopped();
        return;
    }
    if (m_door && m_door->port() != 0)
        event(EventSeverity::Info, "server_stopping", "server", u"The server is stopping"_s);
    if (m_drainTimer)
        m_drainTimer->stop();
    if (m_door)
        m_door->close();
    if (m_lobby)
        m_lobby->closeAll(SeatEnd::ServerShutdown, "the server shuts down");
    for (const auto &connection : m_owned)
        connection->end(EndingCause::ServerShutdown, EndingSide::Operator, "the server shuts down");
    reportStopIfDone();
}

void Worker::stopNow()
{
    for (const auto &connection : m_owned)
        connection->abort(EndingCause::ServerShutdown, EndingSide::Operator);
}

void Worker::reportStopIfDone()
{
    if (!m_stopping || m_stopReported || !m_owned.empty())
        return;
    m_stopReported = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_sampler)
                m_sampler->finish();
            m_sampler.reset();
            m_recorder.flush();
            sendSnapshot();
            m_snapshotTimer.reset();
            m_recorderTimer.reset();
            m_drainTimer.reset();
            m_door.reset();
            m_responder.reset();
            m_admitter.reset();
            m_lobby.reset();
            m_handshaker.reset();
            m_pump.reset();
            m_deadlines.reset();
            emit stopped();
        },
        Qt::QueuedConnection);
}

void Worker::setSnapshotsWanted(bool wanted)
{
    m_wanted = wanted;
    if (!m_snapshotTimer)
        return;
    if (wanted)
        m_snapshotTimer->start(snapshotMs);
    else
        m_snapshotTimer->stop();
}

void Worker::connectionChanged(Connection &connection)
{
    if (!m_wanted || connection.listedAsChanged)
        return;
    connection.listedAsChanged = true;
    m_changed.push_back(connection.id());
}

void Worker::connectionFinished(Connection &connection)
{
    Ending ending = connection.ending();
    ending.lastRow = m_capture ? m_capture->stats().endRow + m_recorder.pendingRows() : 0;
    ConnectionEnded ended{connection.counters(), ending, connection.info().address,
                          connection.wireCounters().messagesIn == 0 && isFault(ending.cause)
                              ? connection.info().requestHead
                              : QByteArray()};
    m_recorder.event(connection.id(), EventKind::ConnectionEnded, endedToJson(ended));
    const WireCounters &wire = connection.wireCounters();
    m_totals.messagesIn += wire.messagesIn;
    m_totals.messagesOut += wire.messagesOut;
    m_totals.bytesIn += wire.bytesIn;
    m_totals.bytesOut += wire.bytesOut;
    m_totals.badMessages += connection.badMessages();
    ++m_totals.ended;
    m_awaitingAuth.remove(connection.id());
    if (!connection.tokenFingerprint().isEmpty())
        m_admitter->tokenReleased(connection.tokenFingerprint());
    countEnding(ending);
    if (m_wanted && m_next.ended.size() < snapshotRows)
        m_next.ended.append(std::move(ended));
    endingEvent(connection.info(), connection.counters().player, ending, false);
    m_door->connectionClosed(connection.address());
    // What it asked for later() still finds it; then it goes.
    QMetaObject::invokeMethod(
        this,
        [this, id = connection.id()] {
            Connection *gone = m_connections.take(id);
            if (gone == nullptr)
                return;
            const qsizetype place = m_places.take(gone);
            std::swap(m_owned[size_t(place)], m_owned.back());
            if (m_owned[size_t(place)].get() != gone)
                m_places[m_owned[size_t(place)].get()] = place;
            m_owned.pop_back();
            armLobby();
            reportStopIfDone();
        },
        Qt::QueuedConnection);
}

void Worker::later(ConnectionId connection, std::function<void(Connection &)> call)
{
    QMetaObject::invokeMethod(
        this,
        [this, connection, call = std::move(call)] {
            if (Connection *found = find(connection))
                call(*found);
            armLobby();
        },
        Qt::QueuedConnection);
}

void Worker::countEnding(const Ending &ending)
{
    ++m_totals.endings[int(ending.cause)];
    if (ending.cause != EndingCause::HttpServed) // pages and API calls would hide all others
        m_endings.add(ending.cause);
    if (isFault(ending.cause))
        ++m_totals.faults;
}

void Worker::visitorEnded(const Refusal &refusal)
{
    countEnding(refusal.ending);
    const bool wasServed = refusal.ending.cause == EndingCause::HttpServed;
    m_totals.httpServed += wasServed ? 1 : 0;
    if (isFault(refusal.ending.cause))
        ++m_totals.refused;
    if (m_recorder.isOn() && m_refusalRecords.take(m_clock.monotonicMs()))
        m_recorder.event(refusal.info.id, EventKind::RequestRefused, refusedToJson(refusal.info, refusal.ending));
    if (m_wanted && m_next.ended.size() < snapshotRows) {
        if (!wasServed)
            m_next.opened.append(refusal.info);
        ConnectionCounters counters;
        counters.id = refusal.info.id;
        counters.state = ConnectionState::Refused;
        m_next.ended.append({counters, refusal.ending, refusal.info.address,
                             isFault(refusal.ending.cause) ? refusal.info.requestHead : QByteArray()});
    }
    if (!wasServed)
        endingEvent(refusal.info, {}, refusal.ending, true);
}

void Worker::acceptingChanged(bool paused)
{
    if (paused)
        event(EventSeverity::Error, "accepting_paused", "accepting",
              u"Too few file descriptors: no new connections are accepted"_s);
    else
        event(EventSeverity::Info, "accepting_resumed", "accepting", u"New connections are accepted again"_s);
}

void Worker::limitHit(Connection &connection, EndingCause limit)
{
    m_recorder.event(connection.id(), EventKind::LimitHit, limitToJson(limit));
}

void Worker::event(EventSeverity severity, QByteArray kind, QByteArray foldKey, QString text, ConnectionId connection,
                   QString room)
{
    if (m_wanted && m_next.events.size() < snapshotRows)
        m_next.events.append({m_clock.wallMs(), severity, std::move(kind), std::move(foldKey), std::move(text),
                              connection, std::move(room)});
}

void Worker::endingEvent(const ConnectionInfo &info, const QString &player, const Ending &ending, bool refused)
{
    if (!m_wanted)
        return;
    const EndingText &text = endingText(ending.cause);
    const QByteArray key = QByteArray(text.name) + ' ' + info.address.toUtf8() + ' ' + player.toUtf8();
    const QString who = player.isEmpty() ? u"#%1"_s.arg(quint32(info.id))
                                         : u"#%1 “%2”"_s.arg(QString::number(quint32(info.id)), player);
    event(isFault(ending.cause) ? EventSeverity::Warning : EventSeverity::Info,
          refused ? "request_refused" : "connection_ended", key,
          QString::fromLatin1(text.sentence) + u' ' + who + u", "_s + info.address, info.id);
}

void Worker::roomEvent(const Room &room, bool created)
{
    RoomInfo info;
    info.id = roomText(room);
    info.code = QString::fromLatin1(room.code());
    info.game = QString::fromUtf8(room.game().kind());
    m_recorder.event(ConnectionId{}, created ? EventKind::RoomCreated : EventKind::RoomEnded, roomToJson(info));
    event(EventSeverity::Info, created ? "room_created" : "room_ended", created ? "room_created" : "room_ended",
          (created ? u"Room %1 was created"_s : u"Room %1 has ended"_s).arg(roomText(room)), {}, roomText(room));
}

void Worker::gamePlayed(const Room &room, const RoomResults &results)
{
    m_history->add({.startedMs = results.startedMs,
                    .endedMs = results.endedMs,
                    .room = roomText(room),
                    .game = QString::fromUtf8(room.game().kind()),
                    .results = results.results.toByteArray()});
    event(EventSeverity::Info, "game_finished", "game_finished " + room.id(),
          u"A game in room %1 has finished"_s.arg(roomText(room)), {}, roomText(room));
}

void Worker::armLobby()
{
    if (!m_lobby || !m_deadlines)
        return;
    const qint64 next = m_lobby->nextTickMs();
    if (next >= 0)
        m_deadlines->set(*this, next);
}

void Worker::deadlinePassed(qint64 /*nowMs*/)
{
    m_lobby->tick();
    armLobby();
}

} // namespace glasshouse
