// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/frontdoor.h"

#include "net/transport/descriptors.h"
#include "net/transport/listener.h"
#include "protocol/basepath.h"
#include "server/core/visitor.h"
#include "server/gate/originpolicy.h"
#include "server/gate/tokenfinder.h"
#include "server/http/cors.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr int resumeMs = 100;
constexpr int tidyMs = 10'000;
constexpr int lingeringRefusals = 256; // who is refused at the door holds a descriptor until the answer is taken

HttpAnswer tooFast() { return errorAnswer(429, "too many requests from this address", {{"Retry-After", "1"}}); }

HttpAnswer upgradeExpected()
{
    HttpAnswer answer = errorAnswer(426,
                                    "this address is for WebSocket connections: open it with a WebSocket client, for "
                                    "example wscat -c ws://HOST:PORT/ws/ROOM",
                                    {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}});
    return answer;
}

HttpAnswer refusedUpgrade(UpgradeError error)
{
    HttpHeaders headers;
    if (error == UpgradeError::BadVersion)
        headers = {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}};
    else if (error == UpgradeError::NotGet)
        headers = {{"Allow", "GET"}};
    return errorAnswer(httpStatusFor(error), describe(error), headers);
}

HttpAnswer guessedTooOften() { return errorAnswer(429, "too many wrong codes or tokens", {{"Retry-After", "60"}}); }

HttpAnswer refusedPlayer(EndingCause refusal, const QByteArray &reason)
{
    const int status = httpStatusFor(refusal);
    HttpHeaders headers;
    if (status == 401)
        headers = {{"WWW-Authenticate", "Bearer"}};
    else if (status == 429 || status == 503)
        headers = {{"Retry-After", status == 503 ? "5" : "15"}};
    return errorAnswer(status, reason, headers);
}

} // namespace

FrontDoor::FrontDoor(const ConnectionContext &context, FrontDoorOwner &owner, const Credentials &credentials,
                     const Routes &routes, const HttpResponder &responder, Pump &pump)
    : m_context(context),
      m_owner(owner),
      m_credentials(credentials),
      m_routes(routes),
      m_responder(responder),
      m_pump(pump),
      m_resume(this),
      m_tidy(this)
{
    applyLimits();
    m_server = std::make_unique<Listener>([this](qintptr descriptor) {
        if (descriptor < 0)
            pause();
        else
            accepted(descriptor);
        return !m_paused;
    });
    connect(&m_resume, &QTimer::timeout, this, [this] { resumeIfPossible(); });
    connect(&m_tidy, &QTimer::timeout, this, [this] { m_addresses.forgetIdle(m_context.clock.monotonicMs()); });
    m_tidy.start(tidyMs);
}

FrontDoor::~FrontDoor() = default;

void FrontDoor::applyLimits()
{
    const Limits &limits = m_context.config.limits;
    m_addresses.setLimits(
        {limits.connectionsPerAddress, limits.headsPerAddress, limits.connectionRatePerAddress, limits.wrongGuesses},
        m_context.clock.monotonicMs());
}

bool FrontDoor::listen(const QHostAddress &address, quint16 port) { return m_server->begin(address, port); }
quint16 FrontDoor::port() const { return m_server->serverPort(); }
QString FrontDoor::errorString() const { return m_server->errorString(); }
QAbstractSocket::SocketError FrontDoor::error() const { return m_server->serverError(); }

void FrontDoor::close()
{
    m_closing = true;
    m_server->end();
    const auto visitors = [this] {
        std::vector<Visitor *> all;
        for (const auto &visitor : m_visitors)
            all.push_back(visitor.get());
        return all;
    }();
    for (Visitor *visitor : visitors)
        visitor->abort(EndingCause::ServerClosing);
}

EndingCause FrontDoor::judgeArrival(const QHostAddress &address) const
{
    const Limits &limits = m_context.config.limits;
    if (m_closing)
        return EndingCause::ServerClosing;
    if (limits.connections > 0 && m_held >= limits.connections)
        return EndingCause::TooManyConnections;
    if (isTrusted(address)) // its clients are judged when their addresses are known
        return EndingCause::Unknown;
    if (!m_addresses.mayOpen(address))
        return EndingCause::TooManyFromAddress;
    if (!m_addresses.mayBeginHead(address))
        return EndingCause::TooManyHeadsFromAddress;
    return EndingCause::Unknown;
}

void FrontDoor::accepted(qintptr descriptor)
{
    const bool isShort = !leavesReserve(descriptor);
    if (isShort)
        pause();
    std::unique_ptr<Transport> transport = m_pump.adopt(descriptor);
    if (!transport)
        return; // reset while it waited
    const QHostAddress address = transport->peerAddress();
    const EndingCause refusal = isShort ? EndingCause::OutOfDescriptors : judgeArrival(address);
    ++m_held;
    m_addresses.opened(address);
    m_visitors.push_back(std::make_unique<Visitor>(*this, std::move(transport)));
    Visitor &visitor = *m_visitors.back();
    visitor.m_countsAsHead = refusal == EndingCause::Unknown;
    if (visitor.m_countsAsHead)
        m_addresses.headBegan(address);
    visitor.begin(refusal);
    m_refused += visitor.m_refusedAlready ? 1 : 0;
    if (isShort || (visitor.m_refusedAlready && m_refused > lingeringRefusals)) {
        visitor.m_transport->flush();
        visitor.abort(refusal);
    }
}

void FrontDoor::pause()
{
    if (std::exchange(m_paused, true))
        return;
    m_server->setAccepting(false);
    m_resume.start(resumeMs);
    m_owner.acceptingChanged(true);
}

void FrontDoor::resumeIfPossible()
{
    if (m_closing || !hasReserve())
        return;
    m_paused = false;
    m_resume.stop();
    m_server->setAccepting(true);
    m_owner.acceptingChanged(false);
}

bool FrontDoor::isTrusted(const QHostAddress &address) const
{
    return !m_credentials.trustedProxies.isEmpty() && isInRanges(m_credentials.trustedProxies, address);
}

// What the visitor holds is counted for its client from now on. False: the client may not hold more.
bool FrontDoor::readdress(Visitor &visitor, const QHostAddress &address)
{
    const bool mayCome = m_addresses.mayOpen(address) && (!visitor.m_countsAsHead || m_addresses.mayBeginHead(address));
    m_addresses.opened(address);
    if (visitor.m_countsAsHead) {
        m_addresses.headBegan(address);
        m_addresses.headEnded(visitor.m_address);
    }
    m_addresses.closed(visitor.m_address, m_context.clock.monotonicMs());
    visitor.m_address = address;
    return mayCome;
}

void FrontDoor::resolveAddress(Visitor &visitor)
{
    if (!isTrusted(visitor.address()))
        return;
    const ClientAddress client = clientAddress(visitor.head(), visitor.address(), m_credentials.trustedProxies);
    visitor.m_addressSource = client.source;
    visitor.m_addressDoubt = client.doubt;
    if (client.doubt != AddressDoubt::None)
        m_owner.addressDoubted(visitor.address(), client.doubt);
    // Whoever is nobody has no limits of his own: what stands in a header must not make him that.
    if (client.doubt != AddressDoubt::None && isTrusted(client.address))
        return visitor.answer(errorAnswer(400, describe(client.doubt)), EndingCause::BadHead,
                              describe(client.doubt).toByteArray());
    if (client.address != visitor.address() && !readdress(visitor, client.address))
        visitor.refuse(EndingCause::TooManyFromAddress);
}

bool FrontDoor::takeRate(const Visitor &visitor)
{
    return isTrusted(visitor.address()) || m_addresses.takeRate(visitor.address(), m_context.clock.monotonicMs());
}

bool FrontDoor::mayGuess(const QHostAddress &address) const
{
    return isTrusted(address) || m_addresses.mayGuess(address, m_context.clock.monotonicMs());
}

// Who is believed only for coming from this machine is no player: others may come through something that runs here.
bool FrontDoor::isProvenOperator(const RequestContext &context) const
{
    return context.fromOperator && (!m_credentials.verifier || !m_credentials.trustsThisMachine);
}

void FrontDoor::guessedWrong(const QHostAddress &address)
{
    if (!isTrusted(address))
        m_addresses.guessedWrong(address, m_context.clock.monotonicMs());
}

void FrontDoor::headDone(Visitor &visitor)
{
    const HttpHead &head = visitor.head();
    resolveAddress(visitor);
    if (visitor.isAnswered())
        return;
    const qint64 now = m_context.clock.monotonicMs();
    if (!isTrusted(visitor.address()) && !m_addresses.takeRequest(visitor.address(), now))
        return visitor.answer(tooFast(), EndingCause::ConnectingTooFast);
    if (!isHostAllowed(head, m_context.config.allowedHosts))
        return visitor.answer(errorAnswer(421, "this server does not answer to this Host"),
                              EndingCause::HostNotAllowed);
    const UpgradeError upgrade = checkUpgrade(head);
    if (m_credentials.tls && visitor.tls().isEmpty() && m_context.config.tls.plain != PlainMode::Serve)
        return answerPlain(visitor, upgrade != UpgradeError::NotRequested);
    const RouteMatch route = m_routes.match(head);
    const bool isPlayerRoute = route.kind == RouteMatch::Kind::Room || route.kind == RouteMatch::Kind::Echo;
    if (upgrade == UpgradeError::NotRequested) {
        if (route.kind != RouteMatch::Kind::None)
            return visitor.answer(upgradeExpected(), EndingCause::UpgradeExpected);
        return answerHttp(visitor);
    }
    if (!isPlayerRoute)
        return visitor.answer(errorAnswer(404,
                                          route.kind == RouteMatch::Kind::BadRoom
                                              ? "a room id is 1-64 of A-Z a-z 0-9 _ -"
                                              : "there is no player route here"),
                              EndingCause::UnknownPath);
    if (upgrade != UpgradeError::None)
        return visitor.answer(refusedUpgrade(upgrade), EndingCause::BadUpgrade, describe(upgrade).toByteArray());
    judgeUpgrade(visitor, route);
}

// Clients of WebSocket do not follow redirects: they are told.
void FrontDoor::answerPlain(Visitor &visitor, bool wantsUpgrade)
{
    const HttpHead &head = visitor.head();
    if (wantsUpgrade || m_context.config.tls.plain == PlainMode::Refuse)
        return visitor.answer(errorAnswer(400, "this server takes TLS only: use https:// and wss://"),
                              EndingCause::PlainToTlsPort);
    const QByteArray location = "https://" + head.value("Host").toByteArray() + head.target;
    visitor.answer(errorAnswer(308, "this server takes TLS only", {{"Location", location}}),
                   EndingCause::PlainRedirected);
}

// A browser hides an answer without them from its page, and with it the reason.
HttpHeaders FrontDoor::headersForPages(const HttpHead &head) const
{
    const ServerConfig &config = m_context.config;
    const bool isShared = isSharedPath(head.path()) || isSharedPath(withoutBasePath(head.path(), config.basePath));
    return isShared ? corsHeaders(head, config.allowedOrigins) : HttpHeaders();
}

RequestContext FrontDoor::contextOf(const Visitor &visitor) const
{
    const QHostAddress peer = visitor.peer();
    return {.secure = !visitor.tls().isEmpty() || (isTrusted(peer) && saysHttps(visitor.head())),
            .fromOperator = isOperatorRequest(visitor.head(), peer, m_credentials),
            .peer = peer,
            .client = {visitor.address(), visitor.m_addressSource, visitor.m_addressDoubt}};
}

// Where players need tokens, strangers learn nothing about rooms and make none.
Admission FrontDoor::judgeApiUse(const Visitor &visitor, const RequestContext &context) const
{
    const HttpHead &head = visitor.head();
    const auto isGuarded = [](QByteArrayView path) {
        return path.startsWith("/api/v1/rooms") || path.startsWith("/api/v1/results");
    };
    const bool isOpen = !m_credentials.verifier || head.method == "OPTIONS"
        || (!isGuarded(head.path()) && !isGuarded(withoutBasePath(head.path(), m_context.config.basePath)));
    if (isOpen || isProvenOperator(context))
        return {};
    const auto found = findToken(head);
    if (!found)
        return {EndingCause::TokenMalformed, found.error().text, false, std::nullopt};
    if (found.value().source == TokenSource::Nowhere)
        return {EndingCause::TokenMissing, "a token is needed", false, std::nullopt};
    const auto claims = m_credentials.verifier->verify(found.value().token, {}, m_context.clock.wallMs() / 1000);
    return claims ? Admission() : Admission{causeFor(claims.error().code), claims.error().text, false, std::nullopt};
}

// Making rooms and reading results cost as much as joining: the same rate holds.
void FrontDoor::answerHttp(Visitor &visitor)
{
    const HttpHead &head = visitor.head();
    const RequestContext context = contextOf(visitor);
    const bool isDear = head.method == "POST" || head.path().endsWith("/api/v1/results");
    const QByteArray path = withoutBasePath(head.path(), m_context.config.basePath);
    if (path != "/health" && !isProvenOperator(context) && !mayGuess(visitor.address()))
        return visitor.answer(guessedTooOften(), EndingCause::GuessingTooFast);
    if (path == "/metrics" && !context.fromOperator) {
        if (!head.value("Authorization").isNull())
            guessedWrong(visitor.address());
        return visitor.answer(
            m_credentials.operatorToken.isEmpty()
                ? errorAnswer(403, "only from the server's own machine, or with an operator's token")
                : errorAnswer(401, "the operator's token is needed", {{"WWW-Authenticate", "Bearer"}}),
            EndingCause::OperatorRefused);
    }
    const Admission admission = judgeApiUse(visitor, context);
    if (admission.isWrongGuess())
        guessedWrong(visitor.address());
    if (admission.refusal != EndingCause::Unknown)
        return visitor.answer(refusedPlayer(admission.refusal, admission.reason), admission.refusal, admission.reason);
    if (isDear && !takeRate(visitor))
        return visitor.answer(tooFast(), EndingCause::ConnectingTooFast);
    visitor.serve(m_responder.answer(head, visitor.body(), context));
}

void FrontDoor::judgeUpgrade(Visitor &visitor, const RouteMatch &route)
{
    const HttpHead &head = visitor.head();
    if (m_closing)
        return visitor.answer(errorAnswer(503, "the server is closing"), EndingCause::ServerClosing);
    if (!takeRate(visitor))
        return visitor.answer(tooFast(), EndingCause::ConnectingTooFast);
    if (!mayGuess(visitor.address()))
        return visitor.answer(guessedTooOften(), EndingCause::GuessingTooFast);
    Admission admission{EndingCause::OriginRefused, "this origin may not connect", false, std::nullopt};
    if (route.kind == RouteMatch::Kind::Echo && isProvenOperator(contextOf(visitor)))
        admission = {}; // who looks for faults needs no player's token
    else if (isOriginAllowed(head, m_context.config.allowedOrigins))
        admission = m_owner.admit(head, route);
    if (admission.isWrongGuess())
        guessedWrong(visitor.address());
    if (m_context.config.rejectWithHttp) {
        if (admission.awaitsAuth)
            admission = {EndingCause::TokenMissing, "a token is needed", false, std::nullopt};
        if (admission.refusal != EndingCause::Unknown)
            return visitor.answer(refusedPlayer(admission.refusal, admission.reason), admission.refusal,
                                  admission.reason);
    }
    Handshake handshake = m_owner.shakeHands(visitor.head());
    if (handshake.response.isEmpty())
        return visitor.answer(errorAnswer(500, "the handshake could not be completed"), EndingCause::HandshakeFailed);
    Upgrading upgrading = visitor.takeUpgrading();
    upgrading.handshake = std::move(handshake);
    m_owner.upgrade(std::move(upgrading), route, admission);
}

// One who was answered holds no head any more, even while the answer travels: a page brings many requests at once.
void FrontDoor::headEnded(Visitor &visitor)
{
    if (std::exchange(visitor.m_countsAsHead, false))
        m_addresses.headEnded(visitor.m_address);
}

void FrontDoor::remove(Visitor &visitor, bool keepsDescriptor)
{
    headEnded(visitor);
    m_refused -= visitor.m_refusedAlready ? 1 : 0;
    m_answering -= visitor.m_answerBytes;
    if (!keepsDescriptor)
        connectionClosed(visitor.m_address);
    const auto at =
        std::find_if(m_visitors.begin(), m_visitors.end(), [&](const auto &other) { return other.get() == &visitor; });
    if (m_gone.empty())
        QMetaObject::invokeMethod(
            this, [this] { m_gone.clear(); }, Qt::QueuedConnection);
    m_gone.push_back(std::move(*at));
    m_visitors.erase(at);
}

void FrontDoor::connectionClosed(const QHostAddress &address)
{
    --m_held;
    m_addresses.closed(address, m_context.clock.monotonicMs());
}

} // namespace glasshouse
