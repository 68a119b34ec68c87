// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/frontdoor.h"

#include "base/freedmemory.h"
#include "net/transport/descriptors.h"
#include "net/transport/listener.h"
#include "server/capture/recorder.h"
#include "server/http/persistence.h"

#include <algorithm>
#include <limits>

namespace glasshouse {

namespace {

constexpr int resumeMs = 100;
constexpr int tidyMs = 10'000;
constexpr size_t manyVisitors = 256;   // whose memory is worth to be given back behind them
constexpr int checks = 64;             // at a time: they must not take the players' places
constexpr int checksPerAddress = 8;    // or one stranger had all of them; a device needs one
constexpr int lingeringRefusals = 256; // who is refused at the door holds a descriptor until the answer is taken

AddressBook::Limits addressLimits(const Limits &limits)
{
    constexpr int most = std::numeric_limits<int>::max() / 2;
    const auto pace = [](int aSecond, double atOnce) {
        return atOnce > 0 ? AddressBook::Pace{double(aSecond), atOnce} : AddressBook::Pace();
    };
    AddressBook::Limits all;
    all.connections = limits.connections;
    return all.with(Held::Visit, {2 * qMin(limits.headsPerAddress, most), 0})
        .with(Held::Head, {limits.headsPerAddress, limits.heads})
        .with(Held::Rest, {persistence::idlePerAddress, persistence::idleConnections})
        .with(Held::Socket, {limits.connectionsPerAddress, 0})
        .with(Held::File, {limits.webRootFiles, 0})
        .with(Held::Check, {checksPerAddress, checks})
        .with(Deed::FileByte, {double(limits.webRootBytes) / 60, double(limits.webRootBytes)})
        .with(Deed::Request, pace(limits.requestRate, limits.requestRate))
        .with(Deed::Broken, pace(limits.brokenRequestRate, 5.0 * limits.brokenRequestRate))
        .with(Deed::Connecting, pace(limits.connectionRatePerAddress, limits.connectionBurst))
        .with(Deed::Guess, {limits.wrongGuesses / 60.0, double(limits.wrongGuesses)});
}

} // namespace

FrontDoor::FrontDoor(const ConnectionContext &context, FrontDoorOwner &owner, const Credentials &credentials,
                     const Routes &routes, const HttpResponder &responder, Pump &pump)
    : m_context(context),
      m_owner(owner),
      m_credentials(credentials),
      m_pump(pump),
      m_judge(context.config, credentials, routes, m_addresses, context.clock),
      m_visitorContext{context.clock, context.deadlines, context.config, credentials, m_addresses,
                       m_judge,       responder,         m_disk,         m_budget,    *this},
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
    connect(&m_tidy, &QTimer::timeout, this, [this] { tidy(); });
    m_tidy.start(tidyMs);
}

FrontDoor::~FrontDoor() = default;

void FrontDoor::applyLimits()
{
    const Limits &limits = m_context.config.limits;
    m_addresses.setTrusted(m_credentials.trustedProxies);
    m_addresses.setLimits(addressLimits(limits), m_context.clock.monotonicMs());
}

void FrontDoor::tidy()
{
    m_addresses.forgetIdle(m_context.clock.monotonicMs());
    if (m_mostVisitors < manyVisitors || m_visitors.size() > m_mostVisitors / 4)
        return;
    m_mostVisitors = m_visitors.size();
    giveFreedMemoryBack();
}

bool FrontDoor::listen(const QHostAddress &address, quint16 port) { return m_server->begin(address, port); }
quint16 FrontDoor::port() const { return m_server->serverPort(); }
QString FrontDoor::errorString() const { return m_server->errorString(); }
QAbstractSocket::SocketError FrontDoor::error() const { return m_server->serverError(); }

void FrontDoor::close()
{
    m_server->end();
    m_resume.stop();
    endVisitors(EndingCause::ServerClosing, [](const Visitor &) { return true; });
}

void FrontDoor::endVisitors(EndingCause cause, bool (*isWanted)(const Visitor &))
{
    std::vector<Visitor *> wanted;
    for (const auto &visitor : m_visitors) {
        if (isWanted(*visitor))
            wanted.push_back(visitor.get());
    }
    for (Visitor *visitor : wanted)
        visitor->end(cause);
}

void FrontDoor::endIdleVisitors()
{
    endVisitors(EndingCause::OutOfDescriptors, [](const Visitor &visitor) { return visitor.isIdle(); });
}

void FrontDoor::accepted(qintptr descriptor)
{
    const bool isShort = !leavesReserve(descriptor);
    if (isShort)
        pause();
    std::unique_ptr<Transport> transport = m_pump.adopt(descriptor);
    if (!transport)
        return; // reset while it waited
    ++m_accepted;
    // The clients of a trusted proxy are judged when their addresses are known.
    const EndingCause refusal =
        isShort ? EndingCause::OutOfDescriptors : judgeArrival(m_addresses, transport->peerAddress());
    m_visitors.push_back(std::make_unique<Visitor>(m_visitorContext, std::move(transport)));
    m_mostVisitors = std::max(m_mostVisitors, m_visitors.size());
    Visitor &visitor = *m_visitors.back();
    if (refusal == EndingCause::Unknown)
        return visitor.begin();
    isShort ? visitor.refuseAtOnce(refusal) : visitor.beginRefused(refusal);
}

bool FrontDoor::refusedMayStay() { return ++m_refused <= lingeringRefusals; }

// Whoever does nothing with his descriptor gives it back first.
void FrontDoor::pause()
{
    if (std::exchange(m_paused, true))
        return;
    m_server->setAccepting(false);
    m_resume.start(resumeMs);
    m_owner.acceptingChanged(true);
    endIdleVisitors();
}

void FrontDoor::resumeIfPossible()
{
    if (!hasReserve())
        return endIdleVisitors(); // others have come to rest meanwhile
    m_paused = false;
    m_resume.stop();
    m_server->setAccepting(true);
    m_owner.acceptingChanged(false);
}

bool FrontDoor::mayGuess(const QHostAddress &address) const
{
    return m_addresses.may(address, Deed::Guess, m_context.clock.monotonicMs());
}

void FrontDoor::guessedWrong(const QHostAddress &address)
{
    std::ignore = m_addresses.take(address, Deed::Guess, m_context.clock.monotonicMs());
}

void FrontDoor::connectionClosed(const QHostAddress &address)
{
    m_addresses.ended(address, Held::Socket, m_context.clock.monotonicMs());
}

void FrontDoor::checkBegan(const QHostAddress &address) { m_addresses.began(address, Held::Check); }

void FrontDoor::checkEnded(const QHostAddress &address)
{
    m_addresses.ended(address, Held::Check, m_context.clock.monotonicMs());
}

void FrontDoor::admit(const HttpRequest &request, AdmissionDone done) { m_owner.admit(request, std::move(done)); }

void FrontDoor::upgrade(Upgrading upgrading, const RouteMatch &route, const Admission &admission)
{
    m_owner.upgrade(std::move(upgrading), route, admission);
}

void FrontDoor::requestEnded(const RequestEnd &end)
{
    const Redactor &redactor = m_context.recorder.redactor();
    ConnectionInfo info;
    info.id = end.id;
    info.address = end.client.toString();
    if (end.peer != end.client)
        info.via = end.peer.toString();
    info.port = end.port;
    info.sinceMs = m_context.clock.wallMs() - (m_context.clock.monotonicMs() - end.beganMs);
    info.requestHead = redactor.head(end.rawHead);
    info.userAgent = QString::fromUtf8(redactor.headerValue("User-Agent", end.userAgent));
    info.tls = end.tls;
    m_owner.visitorEnded({info, end.ending});
}

void FrontDoor::addressDoubted(const QHostAddress &proxy, AddressDoubt doubt) { m_owner.addressDoubted(proxy, doubt); }

void FrontDoor::visitorGone(Visitor &visitor)
{
    m_refused -= visitor.isRefused() ? 1 : 0;
    const auto at =
        std::find_if(m_visitors.begin(), m_visitors.end(), [&](const auto &other) { return other.get() == &visitor; });
    if (m_gone.empty())
        QMetaObject::invokeMethod(
            this, [this] { m_gone.clear(); }, Qt::QueuedConnection);
    m_gone.push_back(std::move(*at));
    m_visitors.erase(at);
}

} // namespace glasshouse
