// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultproxy.h"

#include <algorithm>
#include <cerrno>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace glasshouse {

namespace {

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

template <typename Call>
bool with(sockaddr_in address, Call call)
{
    return call(reinterpret_cast<sockaddr *>(&address), socklen_t(sizeof address)) == 0;
}

int newSocket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

void sendAtOnce(int socket)
{
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void closeSocket(int &socket)
{
    if (socket >= 0)
        ::close(std::exchange(socket, -1));
}

} // namespace

FaultProxy::FaultProxy(quint16 serverPort) : m_listener(newSocket()), m_serverPort(serverPort)
{
    sockaddr_in own{};
    socklen_t size = sizeof own;
    const auto bind = [this](sockaddr *address, socklen_t length) { return ::bind(m_listener, address, length); };
    if (!with(loopback(0), bind) || ::listen(m_listener, 8) != 0
        || ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&own), &size) != 0)
        return;
    m_port = ntohs(own.sin_port);
    m_arrival = std::make_unique<QSocketNotifier>(m_listener, QSocketNotifier::Read);
    QObject::connect(m_arrival.get(), &QSocketNotifier::activated, m_arrival.get(), [this] { accept(); });
    for (Lane *lane : {&m_toServer, &m_toClient})
        QObject::connect(&lane->clock, &QTimer::timeout, &lane->clock, [this, lane] { dripOne(*lane); });
}

FaultProxy::~FaultProxy()
{
    for (Lane *lane : {&m_toServer, &m_toClient}) {
        lane->readable.reset();
        lane->writable.reset();
    }
    m_arrival.reset();
    for (int *socket : {&m_listener, &m_client, &m_server})
        closeSocket(*socket);
}

void FaultProxy::accept()
{
    const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (m_client >= 0 || client < 0) { // it is for one
        if (client >= 0)
            ::close(client);
        return;
    }
    m_client = client;
    m_server = newSocket();
    const auto connect = [this](sockaddr *address, socklen_t length) { return ::connect(m_server, address, length); };
    if (!with(loopback(m_serverPort), connect))
        return cut(Cut::Reset, Side::Client);
    sendAtOnce(m_client);
    sendAtOnce(m_server);
    open(m_toServer, m_client, m_server);
    open(m_toClient, m_server, m_client);
    for (Lane *lane : {&m_toServer, &m_toClient})
        take(*lane, {}); // what is due before the first byte
}

void FaultProxy::open(Lane &lane, int &from, int &to)
{
    lane.from = &from;
    lane.to = &to;
    lane.readable = std::make_unique<QSocketNotifier>(from, QSocketNotifier::Read);
    lane.writable = std::make_unique<QSocketNotifier>(to, QSocketNotifier::Write);
    lane.readable->setEnabled(!lane.stopped);
    lane.writable->setEnabled(false);
    QObject::connect(lane.readable.get(), &QSocketNotifier::activated, &lane.clock, [this, &lane] { read(lane); });
    QObject::connect(lane.writable.get(), &QSocketNotifier::activated, &lane.clock, [this, &lane] { write(lane); });
}

void FaultProxy::add(Way way, const Fault &fault)
{
    Lane &where = lane(way);
    const auto behind = [](const Fault &one, const Fault &other) { return one.at < other.at; };
    where.faults.insert(std::upper_bound(where.faults.begin(), where.faults.end(), fault, behind), fault);
    if (where.from != nullptr)
        take(where, {});
}

void FaultProxy::cutAt(Way way, qint64 at, Cut how, Side side)
{
    add(way, {.kind = Fault::Kind::Cut, .at = at, .how = how, .side = side});
}

void FaultProxy::cutNow(Cut how, Side side)
{
    write(m_toServer);
    write(m_toClient);
    cut(how, side);
}

void FaultProxy::flipAt(Way way, qint64 at, quint8 bits)
{
    add(way, {.kind = Fault::Kind::Flip, .at = at, .count = 1, .bits = bits});
}

void FaultProxy::insertAt(Way way, qint64 at, const QByteArray &bytes)
{
    add(way, {.kind = Fault::Kind::Insert, .at = at, .bytes = bytes});
}

void FaultProxy::dropAt(Way way, qint64 at, qint64 count)
{
    add(way, {.kind = Fault::Kind::Drop, .at = at, .count = count});
}

void FaultProxy::repeatAt(Way way, qint64 at, qint64 count)
{
    add(way, {.kind = Fault::Kind::Repeat, .at = at, .count = count});
}

void FaultProxy::drip(Way way, int milliseconds, qsizetype bytes)
{
    lane(way).drop = bytes;
    lane(way).clock.start(milliseconds);
}

void FaultProxy::stopReading(Way way)
{
    lane(way).stopped = true;
    if (lane(way).readable)
        lane(way).readable->setEnabled(false);
}

void FaultProxy::read(Lane &lane)
{
    QByteArray bytes(64 * 1024, Qt::Uninitialized);
    const ssize_t got = ::recv(*lane.from, bytes.data(), size_t(bytes.size()), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0)
        return senderEnded(lane, got == 0 ? Cut::EndOfStream : Cut::Reset);
    bytes.truncate(got);
    if (&lane == &m_toServer && m_rewrite) {
        m_head += bytes;
        const qsizetype end = m_head.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        bytes = m_rewrite(m_head.first(end + 4)) + m_head.sliced(end + 4);
        m_rewrite = nullptr;
    }
    take(lane, bytes);
}

void FaultProxy::take(Lane &lane, QByteArray bytes)
{
    while (!lane.dead) {
        const bool isDue = !lane.faults.isEmpty() && lane.faults.constFirst().at <= lane.position;
        if (isDue ? !happen(lane, bytes) : bytes.isEmpty())
            break;
        if (isDue)
            continue;
        const qint64 before = lane.faults.isEmpty() ? endless : lane.faults.constFirst().at - lane.position;
        const qint64 count = std::min<qint64>(before, bytes.size());
        lane.out += bytes.first(count);
        consume(lane, bytes, count);
    }
    write(lane);
}

void FaultProxy::consume(Lane &lane, QByteArray &bytes, qint64 count)
{
    lane.position += count;
    bytes.remove(0, count);
}

/// The first of the faults. False: it waits for more bytes.
bool FaultProxy::happen(Lane &lane, QByteArray &bytes)
{
    Fault fault = lane.faults.takeFirst();
    if (fault.kind == Fault::Kind::Insert) {
        lane.out += fault.bytes;
        return true;
    }
    if (fault.kind == Fault::Kind::Cut) {
        write(lane);
        cut(fault.how, fault.side);
        return true;
    }
    const qint64 count = std::min<qint64>(fault.count, bytes.size());
    const QByteArray piece = bytes.first(count);
    consume(lane, bytes, count);
    if (fault.kind == Fault::Kind::Flip && count > 0)
        lane.out += char(quint8(piece.front()) ^ fault.bits);
    else if (fault.kind == Fault::Kind::Repeat)
        lane.out += piece;
    fault.bytes += fault.kind == Fault::Kind::Repeat ? piece : QByteArray();
    fault.count -= fault.count == endless ? 0 : count;
    if (fault.count == 0) {
        lane.out += fault.bytes;
        return true;
    }
    fault.at = lane.position;
    lane.faults.prepend(fault);
    return false;
}

void FaultProxy::write(Lane &lane)
{
    if (lane.from == nullptr || lane.dead || lane.drop > 0)
        return;
    const ssize_t sent = lane.out.isEmpty()
        ? 0
        : ::send(*lane.to, lane.out.constData(), size_t(lane.out.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    lane.out.remove(0, std::max<ssize_t>(sent, 0));
    lane.writable->setEnabled(!lane.out.isEmpty() && (sent >= 0 || errno == EAGAIN));
    if (lane.out.isEmpty() && lane.ended && !lane.hidesEnd)
        ::shutdown(*lane.to, SHUT_WR);
}

void FaultProxy::dripOne(Lane &lane)
{
    int unacknowledged = 0;
    if (lane.from == nullptr || lane.dead || lane.out.isEmpty() || ::ioctl(*lane.to, SIOCOUTQ, &unacknowledged) != 0
        || unacknowledged > 0)
        return;
    const qsizetype size = std::min(lane.drop, lane.out.size());
    const ssize_t sent = ::send(*lane.to, lane.out.constData(), size_t(size), MSG_DONTWAIT | MSG_NOSIGNAL);
    lane.out.remove(0, std::max<ssize_t>(sent, 0));
    if (lane.out.isEmpty() && lane.ended && !lane.hidesEnd)
        ::shutdown(*lane.to, SHUT_WR);
}

void FaultProxy::senderEnded(Lane &lane, Cut how)
{
    lane.readable->setEnabled(false);
    lane.ended = true;
    if (how == Cut::Reset && !lane.hidesEnd)
        return cut(Cut::Reset, &lane == &m_toServer ? Side::Server : Side::Client);
    write(lane);
}

void FaultProxy::cut(Cut how, Side side)
{
    if (side != Side::Server)
        show(how, Side::Client, m_client);
    if (side != Side::Client)
        show(how, Side::Server, m_server);
}

void FaultProxy::show(Cut how, Side side, int &socket)
{
    Lane &into = side == Side::Server ? m_toServer : m_toClient;
    Lane &outOf = side == Side::Server ? m_toClient : m_toServer;
    into.dead = true;
    if (how == Cut::EndOfStream) { // and what comes from there still goes on
        ::shutdown(socket, SHUT_WR);
        return;
    }
    outOf.dead = true;
    for (Lane *lane : {&into, &outOf}) {
        lane->readable->setEnabled(false);
        lane->writable->setEnabled(false);
    }
    const linger now{1, 0};
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    closeSocket(socket);
}

} // namespace glasshouse
