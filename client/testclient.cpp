// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclient.h"

#include "client/testclientredirect.h"
#include "protocol/utf8check.h"

#include <QRandomGenerator>
#include <algorithm>

namespace glasshouse {
namespace {

constexpr qsizetype maxPendingPings = 64;

} // namespace

TestClient::TestClient(QObject *parent) : TestClient(nullptr, parent) { }

TestClient::TestClient(std::unique_ptr<Pump> pump, QObject *parent) : QObject(parent), m_pump(std::move(pump))
{
    m_wait.setSingleShot(true);
    m_stable.setSingleShot(true);
    m_clock.start();
    connect(&m_wait, &QTimer::timeout, this, &TestClient::begin);
    connect(&m_stable, &QTimer::timeout, this, [this] { m_ladder.reset(); });
    connect(&m_pingTimer, &QTimer::timeout, this, &TestClient::beat);
}

TestClient::~TestClient()
{
    drop();
    qDeleteAll(findChildren<TestClientConnection *>(Qt::FindDirectChildrenOnly)); // before the pump
}

void TestClient::connectToServer(const TestClientOptions &options)
{
    drop();
    m_options = options;
    m_ladder = TestClientLadder(options.reconnect);
    m_leaving = false;
    if (!options.queueOffline)
        dropOffline();
    begin();
}

/// At the first address, whatever a redirect said before.
void TestClient::begin()
{
    m_present = m_options;
    m_redirects = 0;
    attempt();
}

void TestClient::attempt()
{
    ++m_attempts;
    auto target = makeTarget(m_present);
    if (!target)
        return refuse(target.error().code, target.error().text);
    if (auto error = target.value().secure ? makeTls() : std::nullopt)
        return refuse(TestClientFault::NoTls, error->text);
    if (!m_pump)
        m_pump = Pump::create(qEnvironmentVariableIsSet("GLASSHOUSE_PORTABLE_TRANSPORT"));
    adopt(new TestClientConnection(m_present, std::move(target.value()), *m_pump, m_tls ? &*m_tls : nullptr, this));
}

/// Nothing is sent.
void TestClient::refuse(TestClientFault fault, const QByteArray &detail)
{
    TestClientEnding ending;
    ending.fault = fault;
    ending.detail = detail;
    if (fault == TestClientFault::HttpUrl)
        ending.suggestion = withWebSocketScheme(m_present.url);
    setState(TestClientState::Closed);
    connectionEnded(ending);
}

std::optional<Error<TlsError>> TestClient::makeTls()
{
    if (m_tls && m_tlsTrust == m_present.trust)
        return std::nullopt;
    auto context = TlsContext::client(m_present.trust);
    if (!context)
        return context.error();
    m_tls = context.value();
    m_tlsTrust = m_present.trust;
    return std::nullopt;
}

void TestClient::adopt(TestClientConnection *connection)
{
    m_connection = connection;
    connect(connection, &TestClientConnection::stateChanged, this, &TestClient::setState);
    connect(connection, &TestClientConnection::proxyFound, this, &TestClient::proxyFound);
    connect(connection, &TestClientConnection::secured, this, &TestClient::secured);
    connect(connection, &TestClientConnection::certificateTrusted, this, &TestClient::certificateTrusted);
    connect(connection, &TestClientConnection::requestSent, this, &TestClient::requestSent);
    connect(connection, &TestClientConnection::opened, this, &TestClient::connectionOpened);
    connect(connection, &TestClientConnection::frameSent, this, &TestClient::frameSent);
    connect(connection, &TestClientConnection::frameArrived, this, &TestClient::frameReceived);
    connect(connection, &TestClientConnection::ruleBroken, this, &TestClient::frameBroken);
    connect(connection, &TestClientConnection::messageArrived, this, &TestClient::messageReceived);
    connect(connection, &TestClientConnection::pongArrived, this, &TestClient::pongArrived);
    connect(connection, &TestClientConnection::ended, this, &TestClient::connectionEnded);
    connection->setGreeting([this] { return takeGreeting(); });
    connection->setReading(m_reading);
    connection->start();
}

/// The old connection may be inside one of its own signals, so it goes later; until then it is mute.
void TestClient::drop()
{
    m_wait.stop();
    m_stable.stop();
    m_pingTimer.stop();
    m_pings.clear();
    if (!m_connection)
        return;
    m_connection->disconnect(this);
    m_connection->abort();
    m_connection->deleteLater();
    m_connection.clear();
}

void TestClient::setState(TestClientState state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

void TestClient::connectionOpened(const HttpHead &response, const QByteArray &subprotocol, const QByteArray &head)
{
    m_stable.start(m_options.reconnect.stableMs);
    if (m_options.pingMs > 0)
        m_pingTimer.start(m_options.pingMs);
    emit opened(response, subprotocol, head);
}

void TestClient::connectionEnded(TestClientEnding ending)
{
    drop();
    if (follow(ending))
        return;
    const bool comeBack = m_options.reconnect.enabled && !m_leaving && mayComeBack(ending);
    const int wait = comeBack ? m_ladder.next(QRandomGenerator::global()->generateDouble()) : 0;
    if (comeBack)
        m_wait.start(wait);
    emit ended(ending);
    if (!comeBack || !m_wait.isActive())
        return; // a slot decided otherwise
    setState(TestClientState::WaitingToReconnect);
    emit reconnectScheduled(m_ladder.attempt(), wait);
}

/// True: the next attempt is under way, there or where whoever was told of it wanted to go.
bool TestClient::follow(TestClientEnding &ending)
{
    if (m_present.maxRedirects <= 0 || m_leaving || !isRedirect(ending))
        return false;
    if (const auto fault = faultOfRedirect(m_present, ending, m_redirects)) {
        ending.fault = *fault;
        return false;
    }
    const QUrl from = m_present.url;
    m_present = glasshouse::redirected(m_present, ending);
    ++m_redirects;
    const int attempts = m_attempts;
    emit redirected(from, m_present.url, ending);
    if (attempts != m_attempts)
        return true;
    if (!m_leaving && !isSameOrigin(from, m_present.url))
        dropOffline(); // what was meant for one origin is not said to another
    if (attempts != m_attempts)
        return true;
    if (m_leaving)
        return false;
    attempt();
    return true;
}

TestClientSend TestClient::sendText(QByteArrayView text) { return say({false, text.toByteArray()}); }

TestClientSend TestClient::sendBinary(QByteArrayView bytes) { return say({true, bytes.toByteArray()}); }

TestClientSend TestClient::say(TestClientMessage message)
{
    if (m_connection && m_state == TestClientState::Open)
        return m_connection->send(message.binary ? Opcode::Binary : Opcode::Text, message.bytes);
    if (!m_options.queueOffline)
        return TestClientSend::NotOpen;
    if (!message.binary && !Utf8Check::isValid(message.bytes))
        return TestClientSend::InvalidText;
    return m_offline.add(std::move(message), m_options.maxQueueBytes) ? TestClientSend::Queued
                                                                      : TestClientSend::QueueFull;
}

TestClientSend TestClient::sendFragmented(bool binary, const QList<QByteArray> &pieces,
                                          const std::optional<QByteArray> &between)
{
    return m_connection ? m_connection->sendFragmented(binary ? Opcode::Binary : Opcode::Text, pieces, between)
                        : TestClientSend::NotOpen;
}

QList<TestClientMessage> TestClient::takeGreeting() { return m_present.first + m_offline.take(); }

void TestClient::dropOffline()
{
    if (const auto dropped = m_offline.take().size(); dropped > 0)
        emit queueDropped(int(dropped));
}

void TestClient::beat()
{
    if (m_state != TestClientState::Open)
        return; // what would wait for another connection says nothing there
    if (!m_present.heartbeat)
        std::ignore = ping(QByteArray::number(++m_pingNumber));
    else
        std::ignore = say(*m_present.heartbeat);
}

TestClientSend TestClient::ping(QByteArrayView payload)
{
    if (!m_connection)
        return TestClientSend::NotOpen;
    const qint64 now = m_clock.nsecsElapsed();
    const TestClientSend result = m_connection->send(Opcode::Ping, payload);
    if (result != TestClientSend::Sent)
        return result;
    if (m_pings.size() == maxPendingPings)
        m_pings.removeFirst();
    m_pings.append({payload.toByteArray(), now});
    return result;
}

TestClientSend TestClient::pong(QByteArrayView payload)
{
    return m_connection ? m_connection->send(Opcode::Pong, payload) : TestClientSend::NotOpen;
}

void TestClient::setReading(bool on)
{
    m_reading = on;
    if (m_connection)
        m_connection->setReading(on);
}

/// A pong answers the newest ping with its payload, and all before it (RFC 6455 section 5.5.3).
void TestClient::pongArrived(const QByteArray &payload)
{
    const auto match =
        std::find_if(m_pings.rbegin(), m_pings.rend(), [&](const PendingPing &p) { return p.payload == payload; });
    if (match == m_pings.rend())
        return;
    const double ms = double(m_clock.nsecsElapsed() - match->sentNs) / 1e6;
    m_pings.erase(m_pings.begin(), match.base());
    emit roundTrip(ms);
}

TestClientSend TestClient::close(quint16 code, QByteArrayView reason)
{
    if (m_state != TestClientState::Open) {
        if (m_state != TestClientState::Closing)
            abort();
        return TestClientSend::NotOpen;
    }
    const TestClientSend result = m_connection->close(code, reason);
    m_leaving = m_leaving || result == TestClientSend::Sent;
    return result;
}

void TestClient::abort()
{
    m_leaving = true;
    dropOffline();
    if (m_connection)
        return m_connection->abort();
    drop();
    if (m_state == TestClientState::WaitingToReconnect)
        setState(TestClientState::Closed);
}

} // namespace glasshouse
