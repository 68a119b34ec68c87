// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A worker's life: how it is put together, changed, and taken apart.
#include "server/core/worker.h"

#include "net/transport/bindaddress.h"
#include "net/transport/descriptors.h"
#include "net/transport/freeport.h"
#include "net/transport/lanaddresses.h"
#include "net/transport/portowner.h"
#include "server/core/seatrows.h"
#include "server/events/checkreport.h"
#include "server/http/httpresponder.h"
#include "server/http/metrics.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

LobbySettings lobbySettings(const ServerConfig &config)
{
    const Limits &limits = config.limits;
    return {config.defaultGame.toUtf8(),
            config.autoCreateRooms,
            limits.rooms,
            limits.emptyRoomSeconds,
            {.maxPlayers = limits.players,
             .jsonDepth = limits.jsonDepth,
             .badMessages = limits.badMessages,
             .heartbeatSeconds = limits.heartbeatSeconds,
             .messageRate = limits.messageBurst == 0 ? 0 : limits.messageRate,
             .messageBurst = limits.messageBurst,
             .resumeSeconds = limits.resumeSeconds}};
}

GameResult resultOf(const Room &room, const RoomResults &results)
{
    return {.startedMs = results.startedMs,
            .endedMs = results.endedMs,
            .room = QString::fromLatin1(room.id()),
            .game = QString::fromUtf8(room.game().kind()),
            .results = results.results.toByteArray()};
}

ServerEvent serverEvent(EventCode code, qint64 number = 0)
{
    ServerEvent event;
    event.code = code;
    event.number = number;
    return event;
}

} // namespace

Worker::Worker(ServerConfig config, Credentials credentials, GameCatalog games, std::shared_ptr<CaptureStore> capture,
               std::shared_ptr<History> history)
    : m_config(std::move(config)),
      m_credentials(std::move(credentials)),
      m_games(std::move(games)),
      m_capture(std::move(capture)),
      m_history(std::move(history)),
      m_recorder(m_capture.get()),
      m_chronicle(m_clock, m_recorder, {&m_log, &m_window})
{
    m_recorder.setRedactor(Redactor(m_config.redactedFields));
}

Worker::~Worker() = default;

ConnectionContext Worker::context() { return {m_clock, *m_deadlines, m_recorder, m_config, *this}; }

void Worker::start(bool portableTransport)
{
    m_deadlines = std::make_unique<Deadlines>(m_clock);
    m_pump = Pump::create(portableTransport);
    m_handshaker = std::make_unique<Handshaker>();
    makeRooms();
    makeDoor();
    m_operator = std::make_unique<OperatorActions>(m_hub, *m_lobby, m_chronicle);
    m_survey = std::make_unique<Survey>(
        Survey::Sources{m_clock, m_chronicle, m_hub, *m_lobby, *m_door, m_capture.get(),
                        [this] { return m_drain && m_phase == Phase::Serving ? m_drain->secondsLeft() : -1; }});
    m_pulse = std::make_unique<CapturePulse>(m_recorder, [this] {
        return Sample{m_survey->totals(), m_capture->stats()};
    });
    m_log.begin([this] { emit news(m_log.take(m_clock.wallMs())); });
    m_window.begin([this] { sendSnapshot(); });
    watchHealth();
    if (const std::optional<Fault> fault = listen()) {
        emit startFailed(*fault);
        return stop();
    }
    m_chronicle.happened(serverEvent(EventCode::ServerStarted, m_door->port()));
    emit started({m_door->port(), m_config.bindAddress, lanAddresses()});
}

void Worker::makeRooms()
{
    m_lobby = std::make_unique<Lobby>(lobbySettings(m_config), m_games, m_clock);
    m_lobby->setCreatedCallback([this](const Room &room) { m_chronicle.roomCreated(namesOf(room)); });
    m_lobby->setEndedCallback([this](const Room &room, RoomEnd why) {
        m_chronicle.roomEnded(namesOf(room),
                              why == RoomEnd::MadePlace ? EventCode::RoomMadePlace : EventCode::RoomEnded);
    });
    m_lobby->setSeatCallback(
        [this](const Room &room, const SeatChange &change) { recordSeat(m_recorder, room, change); });
    m_lobby->setResultsCallback([this](const Room &room, const RoomResults &results) {
        m_history->add(resultOf(room, results));
        m_chronicle.gameFinished(namesOf(room));
    });
    m_lobby->setScheduleCallback([this] { armLobby(); });
}

void Worker::makeDoor()
{
    m_routes = std::make_unique<Routes>(m_config.extraRoutes);
    m_admitter = std::make_unique<Admitter>(m_credentials, *m_lobby, m_clock);
    m_admitter->setRules({false, m_config.limits.connectionsPerToken});
    const auto facts = [this, since = m_clock.monotonicMs()] {
        return ServerFacts{m_phase != Phase::Serving || m_drain,
                           (m_clock.monotonicMs() - since) / 1000,
                           m_hub.size(),
                           m_door->port(),
                           m_history->view(),
                           m_health->faults()};
    };
    m_responder = std::make_unique<HttpResponder>(m_config, *m_routes, *m_lobby, facts);
    m_responder->setMetrics([this, since = m_clock.wallMs()] {
        return metricsText(
            {m_survey->totals(), m_capture ? m_capture->stats() : CaptureStats(), since, m_health->faults()});
    });
    m_responder->setChecked([this](const CheckReport &report) {
        ServerEvent event = serverEvent(EventCode::DeviceChecked);
        event.address = report.address;
        event.check = std::make_shared<const CheckReport>(report);
        m_chronicle.happened(event);
    });
    m_door = std::make_unique<FrontDoor>(context(), static_cast<FrontDoorOwner &>(*this), m_credentials, *m_routes,
                                         *m_responder, *m_pump);
}

std::optional<Fault> Worker::listen()
{
    if (const int limit = descriptorLimit(), least = leastDescriptors(); limit >= 0 && limit < least)
        return Fault{FaultCode::FewDescriptors, {QString::number(limit), QString::number(least)}};
    const QHostAddress address = listenAddress(m_config.bindAddress);
    if (address.isNull())
        return Fault{FaultCode::NoSuchAddress, {m_config.bindAddress}};
    if (m_door->listen(address, m_config.port))
        return {};
    return whyNotListening(address);
}

Fault Worker::whyNotListening(const QHostAddress &address) const
{
    const QString port = QString::number(m_config.port);
    if (m_door->error() == QAbstractSocket::AddressInUseError) {
        const QString owner = portOwner(m_config.port);
        const quint16 other = freePortInstead(address, m_config.port);
        return owner.isEmpty() ? Fault{FaultCode::PortTaken, {port}, other}
                               : Fault{FaultCode::PortTakenBy, {port, owner}, other};
    }
    if (m_door->error() == QAbstractSocket::SocketAddressNotAvailableError)
        return {FaultCode::NoSuchAddress, {m_config.bindAddress}};
#ifdef Q_OS_LINUX
    if (m_door->error() == QAbstractSocket::SocketAccessError && m_config.port < 1024)
        return {FaultCode::PortNotAllowed, {port, m_door->errorString()}, freePortInstead(address, m_config.port)};
#endif
    return {FaultCode::CanNotListen, {port, m_door->errorString()}};
}

void Worker::reconfigure(const ServerConfig &config, const Credentials &credentials)
{
    if (!m_door || m_phase != Phase::Serving)
        return;
    m_config = config;
    m_credentials = credentials;
    m_recorder.setRedactor(Redactor(m_config.redactedFields));
    *m_routes = Routes(m_config.extraRoutes);
    m_lobby->setSettings(lobbySettings(m_config));
    m_admitter->setRules({m_drain != nullptr, m_config.limits.connectionsPerToken});
    m_door->applyLimits();
    for (const auto &connection : m_hub.all())
        connection->applyLimits();
    m_chronicle.happened(serverEvent(EventCode::Reconfigured));
    m_chronicle.operatorDid("reconfigure");
    armLobby();
    emit reconfigured();
}

void Worker::drain(int seconds)
{
    if (m_phase != Phase::Serving || m_drain || !m_door)
        return;
    m_admitter->setRules({true, m_config.limits.connectionsPerToken});
    m_chronicle.happened(serverEvent(EventCode::ServerDraining, seconds));
    m_chronicle.operatorDid("drain");
    m_drain = std::make_unique<Drain>(*m_lobby, m_clock, seconds, [this] { stop(); });
}

void Worker::stop()
{
    if (m_phase != Phase::Serving)
        return;
    m_phase = Phase::Stopping;
    if (m_door && m_door->port() != 0)
        m_chronicle.happened(serverEvent(EventCode::ServerStopping));
    if (m_door)
        m_door->close();
    if (m_lobby)
        m_lobby->closeAll(SeatEnd::ServerShutdown, "the server shuts down");
    for (const auto &connection : m_hub.all())
        connection->end(EndingCause::ServerShutdown, EndingSide::Operator, "the server shuts down");
    endIfDone();
}

void Worker::stopNow()
{
    for (const auto &connection : m_hub.all())
        connection->abort(EndingCause::ServerShutdown, EndingSide::Operator);
}

void Worker::endIfDone()
{
    if (m_phase != Phase::Stopping || m_hub.size() > 0)
        return;
    m_phase = Phase::Ended;
    QMetaObject::invokeMethod(
        this, [this] { end(); }, Qt::QueuedConnection);
}

void Worker::end()
{
    m_pulse.reset();
    m_health.reset();
    m_log.end();
    m_window.end();
    m_survey.reset();
    m_operator.reset();
    m_drain.reset();
    m_door.reset();
    m_responder.reset();
    m_admitter.reset();
    m_lobby.reset();
    m_routes.reset();
    m_handshaker.reset();
    m_pump.reset();
    m_deadlines.reset();
    m_recorder.flush(); // what was recorded meanwhile
    emit stopped();
}

} // namespace glasshouse
