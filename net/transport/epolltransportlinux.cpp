// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/epolltransport.h"

#include "net/transport/epollpump.h"
#include "net/transport/socketcalls.h"

#include <QNetworkInterface>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace glasshouse {

namespace {

constexpr int vectorsAWrite = 128;

StreamEnd endFor(int error)
{
    switch (error) {
    case ECONNRESET:
    case EPIPE:
        return StreamEnd::Reset;
    case ETIMEDOUT:
        return StreamEnd::TimedOut;
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ENETDOWN:
        return StreamEnd::Unreachable;
    case ECONNREFUSED:
        return StreamEnd::Refused;
    default:
        return StreamEnd::Error;
    }
}

Error<StreamEnd> errorOf(int error) { return {endFor(error), std::strerror(error)}; }

socklen_t toSystem(const QHostAddress &address, quint16 port, sockaddr_storage &storage)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        v4.sin_addr.s_addr = htonl(address.toIPv4Address());
        std::memcpy(&storage, &v4, sizeof v4);
        return sizeof v4;
    }
    sockaddr_in6 v6{};
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&v6.sin6_addr, &bytes, sizeof bytes);
    v6.sin6_scope_id = quint32(QNetworkInterface::interfaceIndexFromName(address.scopeId()));
    std::memcpy(&storage, &v6, sizeof v6);
    return sizeof v6;
}

} // namespace

bool EpollTransport::adopt(int descriptor)
{
    m_fd = descriptor;
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    if (::getpeername(m_fd, reinterpret_cast<sockaddr *>(&storage), &length) != 0)
        return false;
    m_address = unmapped(QHostAddress(reinterpret_cast<sockaddr *>(&storage)));
    m_port = ntohs(storage.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6 *>(&storage)->sin6_port
                                                 : reinterpret_cast<sockaddr_in *>(&storage)->sin_port);
    return watch();
}

std::optional<Error<StreamEnd>> EpollTransport::connectTo(const QHostAddress &address, quint16 port)
{
    m_address = address;
    m_port = port;
    sockaddr_storage storage{};
    const socklen_t length = toSystem(address, port, storage);
    m_fd = ::socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_fd < 0)
        return errorOf(errno);
    if (::connect(m_fd, reinterpret_cast<sockaddr *>(&storage), length) != 0 && errno != EINPROGRESS)
        return errorOf(errno);
    m_connecting = true;
    m_writeBlocked = true;
    if (!watch())
        return errorOf(errno);
    return {};
}

bool EpollTransport::watch()
{
    const int on = 1;
    ::setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    m_interest = interest();
    return m_pump.watch(*this, m_fd, m_interest);
}

// Who does not read must not hear of an end again and again, and epoll reports HUP and ERR whether they were asked for or not:
// each is told once then, as an edge. When reading goes on, epoll looks anew.
quint32 EpollTransport::interest() const
{
    const quint32 read = !m_reading ? EPOLLET : m_readEnded ? 0U : EPOLLIN;
    return read | (m_writeBlocked ? EPOLLOUT : 0U);
}

void EpollTransport::updateInterest()
{
    const quint32 wanted = interest();
    if (wanted == m_interest || m_fd < 0)
        return;
    m_interest = wanted;
    m_pump.watchAnew(*this, m_fd, wanted);
}

void EpollTransport::setReading(bool on)
{
    m_reading = on;
    updateInterest();
    if (on && m_deathError != 0)
        wantFlush(); // the end waited for it
}

bool EpollTransport::peerEnded() const
{
    if (m_fd < 0 || m_readEnded || m_deathError != 0)
        return true;
    if (m_connecting)
        return false;
    pollfd state{m_fd, POLLRDHUP, 0};
    return ::poll(&state, 1, 0) > 0;
}

void EpollTransport::ready(quint32 events)
{
    if (m_deathError != 0) // its end comes at the end of this turn, or when reading goes on
        return;
    if (m_connecting)
        return connectingEnded();
    if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && m_reading && !m_readEnded)
        readSome();
    if ((events & EPOLLOUT) != 0 && m_fd >= 0)
        writeSome();
    if ((events & (EPOLLHUP | EPOLLERR)) != 0 && m_fd >= 0 && m_readEnded) {
        const int error = takeError();
        end(error == 0 ? StreamEnd::EndOfStream : endFor(error), error);
    }
}

void EpollTransport::connectingEnded()
{
    m_connecting = false;
    if (const int error = takeError())
        return died(error);
    m_writeBlocked = false;
    updateInterest();
    m_sink->connected();
    wantFlush();
}

void EpollTransport::readSome()
{
    const ssize_t got = ::recv(m_fd, m_pump.buffer(), size_t(EpollPump::bufferSize), MSG_DONTWAIT);
    if (got > 0) {
        m_sink->bytesArrived(m_pump.buffer(), got);
    } else if (got == 0) {
        m_readEnded = true;
        updateInterest();
        m_sink->streamEnded(StreamEnd::EndOfStream, {});
    } else if (errno != EAGAIN && errno != EINTR) {
        end(endFor(errno), errno);
    }
}

void EpollTransport::writeSome()
{
    m_writeBlocked = false;
    flush();
    if (m_fd >= 0 && !m_writeBlocked && m_deathError == 0)
        m_sink->readyToSend();
    updateInterest();
}

int EpollTransport::takeError() const
{
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(m_fd, SOL_SOCKET, SO_ERROR, &error, &length);
    return error;
}

// The stream is dead: nothing more can be read or sent. Who was told the end of the peer's side hears only of ours.
void EpollTransport::end(StreamEnd how, int error)
{
    m_pump.forget(*this, m_fd, m_dirty);
    ::close(m_fd);
    m_fd = -1;
    discardQueue();
    if (!m_readEnded)
        m_sink->streamEnded(how, error == 0 ? QByteArray() : QByteArray(std::strerror(error)));
    else if (m_sink != nullptr)
        m_sink->sendingFailed();
}

int EpollTransport::fillVectors(iovec *vectors, qint64 &total) const
{
    int count = 0;
    qsizetype skip = m_offset;
    const auto add = [&](const char *data, qsizetype size) {
        const qsizetype cut = std::min(skip, size);
        skip -= cut;
        if (size == cut)
            return;
        vectors[count++] = {const_cast<char *>(data + cut), size_t(size - cut)};
        total += size - cut;
    };
    for (size_t i = m_first; i < m_queue.size() && count + 2 <= vectorsAWrite; ++i) {
        add(m_queue[i].shared.constData(), m_queue[i].shared.size());
        add(m_queue[i].tail.data(), m_queue[i].tailSize);
    }
    return count;
}

void EpollTransport::sendNow(QByteArrayView head, QByteArrayView body)
{
    const bool isFirst = m_fd >= 0 && queueEmpty() && !m_writeBlocked && !m_shutdownDone && m_deathError == 0;
    std::array<iovec, 2> vectors{iovec{const_cast<char *>(head.data()), size_t(head.size())},
                                 iovec{const_cast<char *>(body.data()), size_t(body.size())}};
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = vectors.size();
    const ssize_t sent = isFirst ? ::sendmsg(m_fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) : -1;
    if (sent == head.size() + body.size())
        return;
    send(joined(head, body)); // whole, as the queue knows what is half sent; an error is seen when it is flushed
    if (sent > 0)
        consumed(sent);
}

void EpollTransport::flush()
{
    if (m_deathError != 0 || m_shutdownDone)
        return discardQueue();
    while (m_fd >= 0 && !m_writeBlocked && !queueEmpty()) {
        std::array<iovec, vectorsAWrite> vectors;
        qint64 total = 0;
        msghdr message{};
        message.msg_iov = vectors.data();
        message.msg_iovlen = size_t(fillVectors(vectors.data(), total));
        const ssize_t sent = ::sendmsg(m_fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && errno != EAGAIN)
            return died(errno);
        consumed(std::max<ssize_t>(sent, 0));
        m_writeBlocked = sent < total;
    }
    updateInterest();
    if (m_fd >= 0 && m_closeWhenSent && queueEmpty() && !m_shutdownDone && !m_connecting) {
        m_shutdownDone = true;
        endSending(m_fd);
        if (m_sink != nullptr)
            m_sink->allSent();
    }
}

void EpollTransport::retryFlush()
{
    m_writeBlocked = m_writeBlocked && m_connecting;
    flush();
}

qint64 EpollTransport::bytesNotTaken() const { return m_fd < 0 ? 0 : glasshouse::bytesNotTaken(m_fd); }

// Not told at once: whoever flushes may be in the middle of bytes that stand in the pump's one buffer.
void EpollTransport::died(int error)
{
    discardQueue();
    m_deathError = error;
    m_writeBlocked = false;
    updateInterest();
    wantFlush();
}

// What the peer sent before it went (a close frame, say) is the truth about the end: read it first.
void EpollTransport::endAfterDeath()
{
    while (m_fd >= 0 && m_reading && !m_readEnded) {
        const ssize_t got = ::recv(m_fd, m_pump.buffer(), size_t(EpollPump::bufferSize), MSG_DONTWAIT);
        if (got <= 0)
            break;
        m_sink->bytesArrived(m_pump.buffer(), got);
    }
    if (m_fd < 0)
        return;
    if (m_reading || m_readEnded)
        end(endFor(m_deathError), m_deathError);
    else if (m_sink != nullptr)
        m_sink->sendingFailed();
}

void EpollTransport::abort(Abort how)
{
    if (m_fd < 0)
        return;
    m_pump.forget(*this, m_fd, m_dirty);
    if (how == Abort::WithReset || !queueEmpty())
        resetOnClose(m_fd);
    ::close(m_fd);
    m_fd = -1;
}

// Stays marked while the sink adds its last bytes: they leave now, not in another round.
void EpollTransport::turnEnds()
{
    if (m_deathError == 0 && m_sink != nullptr)
        m_sink->readyToSend();
    if (m_fd < 0)
        return;
    m_dirty = false;
    m_deathError == 0 ? flush() : endAfterDeath();
}

void EpollTransport::wantFlush()
{
    if (!m_dirty && !m_writeBlocked && m_fd >= 0) {
        m_dirty = true;
        m_pump.markDirty(*this);
    }
}

} // namespace glasshouse
