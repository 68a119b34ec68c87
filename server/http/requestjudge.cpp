// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/requestjudge.h"

#include "server/config/serverconfig.h"
#include "server/gate/originpolicy.h"
#include "server/gate/tokenfinder.h"
#include "server/http/cors.h"

namespace glasshouse {

namespace {

const Endpoint &endpointOf(const HttpRequest &request) { return *request.to.endpoint.endpoint; }

bool wantsUpgrade(const HttpRequest &request) { return checkUpgrade(request.head) != UpgradeError::NotRequested; }

bool isCostly(const HttpRequest &request)
{
    return endpointOf(request).cost == Cost::Connection || request.head.method == "POST";
}

std::optional<Refused> refusedIf(bool isRefused, Denial denial)
{
    return isRefused ? std::optional(refusalOf(denial)) : std::nullopt;
}

} // namespace

RequestJudge::RequestJudge(const ServerConfig &config, const Credentials &credentials, const Routes &routes,
                           AddressBook &addresses, const Clock &clock)
    : m_config(config),
      m_credentials(credentials),
      m_routes(routes),
      m_addresses(addresses),
      m_clock(clock)
{ }

HttpRequest RequestJudge::identify(HttpHead head, const Caller &caller) const
{
    HttpRequest request;
    request.receivedTarget = head.target;
    request.to = destinationOf(head, m_config.basePath, m_routes);
    request.head = std::move(head);
    request.head.target = request.to.target;
    request.overTls = caller.overTls;
    RequestContext &context = request.context;
    context.secure = caller.overTls || (m_addresses.isTrusted(caller.peer) && saysHttps(request.head));
    context.fromOperator = isOperatorRequest(request.head, caller.peer, m_credentials);
    context.hasOtherToken = bringsAnotherToken(request.head, m_credentials);
    context.peer = caller.peer;
    context.client.address = caller.arrivedAs;
    if (m_addresses.isTrusted(caller.arrivedAs))
        context.client = clientAddress(request.head, caller.arrivedAs, m_credentials.trustedProxies);
    return request;
}

Verdict RequestJudge::judge(const HttpRequest &request) const
{
    static constexpr Check onArrival[] = {&RequestJudge::checkBytes, &RequestJudge::checkClient};
    static constexpr Check toAnyone[] = {&RequestJudge::checkHost, &RequestJudge::checkEncryption,
                                         &RequestJudge::checkChecks, &RequestJudge::checkWay};
    static constexpr Check toEndpoint[] = {&RequestJudge::checkGuesses, &RequestJudge::checkOperator,
                                           &RequestJudge::checkPlayer, &RequestJudge::checkCost};
    static constexpr Check toPlayerRoute[] = {&RequestJudge::checkHandshake, &RequestJudge::checkSockets,
                                              &RequestJudge::checkConnecting, &RequestJudge::checkPlayersGuesses};
    Verdict verdict;
    const auto pass = [&](const auto &checks) {
        for (const Check check : checks) {
            if (!verdict.refusal)
                verdict.refusal = (this->*check)(request);
        }
    };
    verdict.upgrades = wantsUpgrade(request);
    pass(onArrival);
    if (!verdict.refusal) {
        const std::optional<qint64> turn = takeTurn(request);
        verdict.refusal = refusedIf(!turn, Denial::TooManyRequests);
        verdict.waitMs = turn.value_or(0);
    }
    pass(toAnyone);
    verdict.upgrades ? pass(toPlayerRoute) : pass(toEndpoint);
    if (verdict.upgrades && !verdict.refusal)
        verdict.admission = admissionWithoutAsking(request);
    return verdict;
}

// Good requests of an address do not pay for broken ones, so these have a limit of their own.
std::optional<Refused> RequestJudge::checkBytes(const HttpRequest &request) const
{
    if (!request.fault || m_addresses.take(request.context.client.address, Deed::Broken, m_clock.monotonicMs()))
        return request.fault;
    Refused refused = refusalOf(Denial::TooManyBroken);
    refused.detail = request.fault->detail;
    return refused;
}

// Whoever is nobody has no limits of his own: what stands in a header must not make him that.
std::optional<Refused> RequestJudge::checkClient(const HttpRequest &request) const
{
    const ClientAddress &client = request.context.client;
    if (client.doubt != AddressDoubt::None && m_addresses.isTrusted(client.address))
        return refusalOf(client.doubt);
    return request.mayCome ? std::nullopt : std::optional(refusalOf(Denial::TooManyUnderWay));
}

// A page that somebody floods from the same address is late and not broken: who asks waits, each connection for one request.
std::optional<qint64> RequestJudge::takeTurn(const HttpRequest &request) const
{
    return m_addresses.reserve(request.context.client.address, Deed::Request, m_clock.monotonicMs(), longestWaitMs);
}

std::optional<Refused> RequestJudge::checkHost(const HttpRequest &request) const
{
    const QByteArrayView host = request.head.value("Host");
    const bool isAnothers = m_addresses.isTrusted(request.context.peer) && m_config.publicUrl.isEmpty()
        && m_config.allowedHosts.isEmpty(); // a proxy that is trusted knows the names, and nobody told us
    const bool isForAnyone = !wantsUpgrade(request) && endpointOf(request).who == Who::Anyone;
    if (isAnothers || isForAnyone || m_credentials.hosts.allows(host))
        return std::nullopt;
    return refusalOfHost(host);
}

// Clients of WebSocket do not follow redirects: they are told.
std::optional<Refused> RequestJudge::checkEncryption(const HttpRequest &request) const
{
    if (!m_credentials.tls || request.overTls || m_config.tls.plain == PlainMode::Serve)
        return std::nullopt;
    if (m_config.tls.plain == PlainMode::Refuse || wantsUpgrade(request))
        return refusalOf(Denial::PlainToTls);
    const QByteArrayView host = request.head.value("Host");
    if (host.isEmpty() || !request.receivedTarget.startsWith('/')) // there is nowhere to send it
        return refusalOf(Denial::PlainToTls);
    Refused sentOn = refusalOf(Denial::PlainRedirected);
    sentOn.answer.headers = {{"Location", "https://" + host.toByteArray() + request.receivedTarget}};
    return sentOn;
}

// A page can not read why its WebSocket was refused: it asks once more without one, and is told here as well.
std::optional<Refused> RequestJudge::checkChecks(const HttpRequest &request) const
{
    if (request.to.route.kind != RouteMatch::Kind::Check)
        return std::nullopt;
    const QHostAddress &address = request.context.client.address;
    if (auto refused = checkSockets(request))
        return refused;
    if (!wantsUpgrade(request) && !m_addresses.may(address, Deed::Connecting, m_clock.monotonicMs()))
        return refusalOf(Denial::TooManyConnecting);
    return refusedIf(!m_addresses.mayHold(address, Held::Check), Denial::TooManyChecks);
}

// Players' routes are for upgrades, and upgrades for players' routes.
std::optional<Refused> RequestJudge::checkWay(const HttpRequest &request) const
{
    const RouteMatch::Kind kind = request.to.route.kind;
    const bool isRoute = kind != RouteMatch::Kind::None;
    const bool upgrades = wantsUpgrade(request);
    if (!isRoute && !upgrades)
        return std::nullopt;
    const bool isPlayer = upgrades && isRoute && kind != RouteMatch::Kind::BadRoom;
    if (const auto *foreign = isPlayer ? foreignProtocolOfQuery(request.head) : foreignProtocolOfRequest(request.head))
        return refusalOf(*foreign);
    if (!upgrades)
        return refusalOf(Denial::UpgradeExpected);
    if (kind == RouteMatch::Kind::BadRoom)
        return refusalOf(Denial::BadRoomId);
    return refusedIf(!isRoute, Denial::NoPlayerRoute);
}

std::optional<Refused> RequestJudge::judgeNothing(const HttpRequest &request)
{
    const ForeignProtocol *foreign = foreignProtocolOfRequest(request.head);
    return foreign == nullptr ? std::nullopt : std::optional(refusalOf(*foreign));
}

std::optional<Refused> RequestJudge::checkGuesses(const HttpRequest &request) const
{
    // The right token is not looked at either once too many were wrong, or each answer would tell which it is.
    const bool isOperatorByPlace = m_credentials.trustsThisMachine && isProvenOperator(request.context);
    if (endpointOf(request).who == Who::Anyone || isOperatorByPlace)
        return std::nullopt;
    return checkPlayersGuesses(request);
}

std::optional<Refused> RequestJudge::checkOperator(const HttpRequest &request) const
{
    const Who who = endpointOf(request).who;
    if (request.context.hasOtherToken && (who == Who::Operator || who == Who::HandlerAsks))
        guessedWrong(request);
    if (who != Who::Operator || request.context.fromOperator)
        return std::nullopt;
    return refusalOf(m_credentials.operatorToken.isEmpty() ? Denial::OperatorOnlyHere : Denial::OperatorTokenNeeded);
}

// Where players need tokens, strangers learn nothing about rooms and make none.
std::optional<Refused> RequestJudge::checkPlayer(const HttpRequest &request) const
{
    const bool isOpen =
        endpointOf(request).who != Who::Player || !m_credentials.verifier || request.head.method == "OPTIONS";
    if (isOpen || isProvenOperator(request.context))
        return std::nullopt;
    const Admission admission = judgeToken(request.head);
    if (admission.isWrongGuess())
        guessedWrong(request);
    return admission.refusal == EndingCause::Unknown ? std::nullopt : std::optional(refusalOf(admission));
}

// Making rooms and reading results cost as much as joining: the same rate holds. So does a POST to anything: its body was read.
std::optional<Refused> RequestJudge::checkCost(const HttpRequest &request) const
{
    return isCostly(request) ? checkConnecting(request) : std::nullopt;
}

// A body that is not understood makes no room: it costs as any request.
void RequestJudge::answered(const HttpRequest &request, int status) const
{
    if (status == 400 && isCostly(request))
        m_addresses.giveBack(request.context.client.address, Deed::Connecting);
}

std::optional<Refused> RequestJudge::checkHandshake(const HttpRequest &request) const
{
    const UpgradeError error = checkUpgrade(request.head);
    return error == UpgradeError::None ? std::nullopt : std::optional(refusalOf(error));
}

std::optional<Refused> RequestJudge::checkSockets(const HttpRequest &request) const
{
    return refusedIf(!m_addresses.mayHold(request.context.client.address, Held::Socket), Denial::TooManySockets);
}

std::optional<Refused> RequestJudge::checkConnecting(const HttpRequest &request) const
{
    return refusedIf(!m_addresses.take(request.context.client.address, Deed::Connecting, m_clock.monotonicMs()),
                     Denial::TooManyConnecting);
}

std::optional<Refused> RequestJudge::checkPlayersGuesses(const HttpRequest &request) const
{
    return refusedIf(!m_addresses.may(request.context.client.address, Deed::Guess, m_clock.monotonicMs()),
                     Denial::TooManyGuesses);
}

std::optional<Admission> RequestJudge::admissionWithoutAsking(const HttpRequest &request) const
{
    // Who looks for faults needs no player's token.
    if (request.to.route.kind == RouteMatch::Kind::Echo && isProvenOperator(request.context))
        return Admission();
    if (!isOriginAllowed(request.head, m_config.allowedOrigins))
        return Admission::refused(EndingCause::OriginRefused, "this origin may not connect");
    // Who looks whether a way leads here learns nothing but that it does.
    return request.to.route.kind == RouteMatch::Kind::Check ? std::optional(Admission()) : std::nullopt;
}

std::optional<Refused> RequestJudge::judgeAdmission(const HttpRequest &request, Admission &admission) const
{
    if (admission.isWrongGuess())
        guessedWrong(request);
    if (auto refused = checkSockets(request)) // others have come in while this one was judged
        return refused;
    if (auto refused = checkChecks(request))
        return refused;
    if (!m_config.rejectWithHttp)
        return std::nullopt;
    if (admission.awaitsAuth)
        admission = Admission::refused(EndingCause::TokenMissing, "a token is needed");
    return admission.refusal == EndingCause::Unknown ? std::nullopt : std::optional(refusalOf(admission));
}

HttpHeaders RequestJudge::headersForPages(const HttpRequest &request) const
{
    // Who is told that his library can not work here has to be able to read it.
    const bool isShared = request.isShared() || request.to.route.kind != RouteMatch::Kind::None
        || foreignProtocolOfRequest(request.head) != nullptr;
    return isShared ? corsHeaders(request.head, m_config.allowedOrigins) : HttpHeaders();
}

// Who is believed only for coming from this machine is no player: others may come through something that runs here.
bool RequestJudge::isProvenOperator(const RequestContext &context) const
{
    return context.fromOperator && (!m_credentials.verifier || !m_credentials.trustsThisMachine);
}

Admission RequestJudge::judgeToken(const HttpHead &head) const
{
    const auto found = findToken(head);
    if (!found)
        return Admission::refused(EndingCause::TokenMalformed, found.error().text);
    if (found.value().source == TokenSource::Nowhere)
        return Admission::refused(EndingCause::TokenMissing, "a token is needed");
    const auto claims = m_credentials.verifier->verify(found.value().token, {}, m_clock.wallMs() / 1000);
    return claims ? Admission() : Admission::refused(causeFor(claims.error().code), claims.error().text);
}

void RequestJudge::guessedWrong(const HttpRequest &request) const
{
    std::ignore = m_addresses.take(request.context.client.address, Deed::Guess, m_clock.monotonicMs());
}

} // namespace glasshouse
