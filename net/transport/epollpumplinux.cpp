// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/epollpump.h"

#include <QDeadlineTimer>
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

constexpr qsizetype bufferSize = 256 * 1024;
constexpr int eventsATurn = 256;
constexpr int vectorsAWrite = 128;
constexpr int turnMs = 5; // timers and calls from other threads wait no longer

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
    default:
        return StreamEnd::Error;
    }
}

} // namespace

class EpollTransport final : public Transport
{
public:
    EpollTransport(EpollPump &pump, int descriptor) : m_pump(pump), m_fd(descriptor) { }
    ~EpollTransport() override { abort(); }
    Q_DISABLE_COPY_MOVE(EpollTransport)

    [[nodiscard]] bool attach();
    void ready(quint32 events);
    void turnEnds();
    void flush() override;
    void abort() override;
    void setReading(bool on) override;
    [[nodiscard]] bool peerEnded() const override;
    [[nodiscard]] QHostAddress peerAddress() const override { return m_address; }
    [[nodiscard]] quint16 peerPort() const override { return m_port; }

protected:
    void wantFlush() override;

private:
    friend class EpollPump;

    EpollPump &m_pump;
    int m_fd;
    quint16 m_port = 0;
    bool m_reading = false;
    bool m_writeBlocked = false;
    bool m_dirty = false;
    bool m_readEnded = false;
    bool m_shutdownDone = false;
    int m_writeError = 0; ///< errno: the stream is dead, and its end is not told yet
    quint32 m_interest = 0;
    QHostAddress m_address;

    void readSome();
    void writeFailed(int error);
    void endAfterFailure();
    void end(StreamEnd how, int error);
    void updateInterest();
    [[nodiscard]] int fillVectors(iovec *vectors, qint64 &total) const;
};

bool EpollTransport::attach()
{
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    if (::getpeername(m_fd, reinterpret_cast<sockaddr *>(&storage), &length) != 0)
        return false;
    m_address = unmapped(QHostAddress(reinterpret_cast<sockaddr *>(&storage)));
    m_port = ntohs(storage.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6 *>(&storage)->sin6_port
                                                 : reinterpret_cast<sockaddr_in *>(&storage)->sin_port);
    const int on = 1;
    ::setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::fcntl(m_fd, F_SETFL, ::fcntl(m_fd, F_GETFL) | O_NONBLOCK);
    epoll_event event{};
    event.data.ptr = this;
    return ::epoll_ctl(m_pump.m_epoll, EPOLL_CTL_ADD, m_fd, &event) == 0;
}

void EpollTransport::updateInterest()
{
    const quint32 wanted = (m_reading && !m_readEnded ? EPOLLIN : 0U) | (m_writeBlocked ? EPOLLOUT : 0U);
    if (wanted == m_interest || m_fd < 0)
        return;
    m_interest = wanted;
    epoll_event event{};
    event.events = wanted;
    event.data.ptr = this;
    ::epoll_ctl(m_pump.m_epoll, EPOLL_CTL_MOD, m_fd, &event);
}

void EpollTransport::setReading(bool on)
{
    m_reading = on;
    updateInterest();
}

bool EpollTransport::peerEnded() const
{
    if (m_fd < 0 || m_readEnded || m_writeError != 0)
        return true;
    pollfd state{m_fd, POLLRDHUP, 0};
    return ::poll(&state, 1, 0) > 0;
}

void EpollTransport::ready(quint32 events)
{
    if (m_writeError != 0) // its end comes at the end of this turn
        return;
    if ((events & EPOLLIN) != 0 || (m_reading && !m_readEnded && (events & (EPOLLHUP | EPOLLERR)) != 0)) {
        readSome();
        if (m_fd < 0)
            return;
    }
    if ((events & EPOLLOUT) != 0) {
        m_writeBlocked = false;
        flush();
        if (m_fd >= 0 && !m_writeBlocked && m_writeError == 0)
            m_sink->readyToSend();
        if (m_fd < 0)
            return;
        updateInterest();
    }
    if ((events & (EPOLLHUP | EPOLLERR)) != 0 && m_readEnded) {
        int error = 0;
        socklen_t length = sizeof error;
        ::getsockopt(m_fd, SOL_SOCKET, SO_ERROR, &error, &length);
        end(error == 0 ? StreamEnd::EndOfStream : endFor(error), error);
    }
}

void EpollTransport::readSome()
{
    const ssize_t got = ::recv(m_fd, m_pump.m_buffer.get(), size_t(bufferSize), 0);
    if (got > 0) {
        m_sink->bytesArrived(m_pump.m_buffer.get(), got);
    } else if (got == 0) {
        m_readEnded = true;
        updateInterest();
        m_sink->streamEnded(StreamEnd::EndOfStream, {});
    } else if (errno != EAGAIN && errno != EINTR) {
        end(endFor(errno), errno);
    }
}

// The stream is dead: nothing more can be read or sent. Who was told its end of the peer's side is not told again.
void EpollTransport::end(StreamEnd how, int error)
{
    m_pump.forget(this);
    ::close(m_fd);
    m_fd = -1;
    discardQueue();
    if (!m_readEnded)
        m_sink->streamEnded(how, error == 0 ? QByteArray() : QByteArray(std::strerror(error)));
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

void EpollTransport::flush()
{
    if (m_writeError != 0 || m_shutdownDone)
        return discardQueue();
    while (m_fd >= 0 && !m_writeBlocked && !queueEmpty()) {
        std::array<iovec, vectorsAWrite> vectors;
        qint64 total = 0;
        msghdr message{};
        message.msg_iov = vectors.data();
        message.msg_iovlen = size_t(fillVectors(vectors.data(), total));
        const ssize_t sent = ::sendmsg(m_fd, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && errno != EAGAIN)
            return writeFailed(errno);
        consumed(std::max<ssize_t>(sent, 0));
        m_writeBlocked = sent < total;
    }
    updateInterest();
    if (m_fd >= 0 && m_closeWhenSent && queueEmpty() && !m_shutdownDone) {
        m_shutdownDone = true;
        ::shutdown(m_fd, SHUT_WR);
        if (m_sink != nullptr)
            m_sink->allSent();
    }
}

// Not told at once: whoever flushes may be in the middle of bytes that stand in the pump's one buffer.
void EpollTransport::writeFailed(int error)
{
    discardQueue();
    m_writeError = error;
    wantFlush();
}

// What the peer sent before it went (a close frame, say) is the truth about the end: read it first.
void EpollTransport::endAfterFailure()
{
    while (m_fd >= 0 && m_reading && !m_readEnded) {
        const ssize_t got = ::recv(m_fd, m_pump.m_buffer.get(), size_t(bufferSize), 0);
        if (got <= 0)
            break;
        m_sink->bytesArrived(m_pump.m_buffer.get(), got);
    }
    if (m_fd >= 0)
        end(endFor(m_writeError), m_writeError);
}

void EpollTransport::abort()
{
    if (m_fd < 0)
        return;
    m_pump.forget(this);
    if (!queueEmpty()) {
        const linger now{1, 0}; // RST: the system must not go on holding what nobody reads
        ::setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    ::close(m_fd);
    m_fd = -1;
}

// Stays marked while the sink adds its last bytes: they leave now, not in another round.
void EpollTransport::turnEnds()
{
    if (m_writeError == 0 && m_sink != nullptr)
        m_sink->readyToSend();
    if (m_fd < 0)
        return;
    m_dirty = false;
    m_writeError == 0 ? flush() : endAfterFailure();
}

void EpollTransport::wantFlush()
{
    if (!m_dirty && !m_writeBlocked && m_fd >= 0) {
        m_dirty = true;
        m_pump.markDirty(this);
    }
}

EpollPump::EpollPump(QObject *parent)
    : Pump(parent),
      m_epoll(::epoll_create1(EPOLL_CLOEXEC)),
      m_buffer(new char[size_t(bufferSize)]),
      m_events(eventsATurn)
{
    if (m_epoll < 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_epoll, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { turn(); });
}

EpollPump::~EpollPump()
{
    m_notifier.reset();
    if (m_epoll >= 0)
        ::close(m_epoll);
}

std::unique_ptr<Transport> EpollPump::adopt(qintptr descriptor)
{
    auto transport = std::make_unique<EpollTransport>(*this, int(descriptor));
    if (!transport->attach())
        return nullptr;
    return transport;
}

// Goes round as long as there is work, because a turn of Qt's loop costs more than a turn of this one.
void EpollPump::turn()
{
    const QDeadlineTimer deadline(turnMs);
    do {
        m_ready = ::epoll_wait(m_epoll, m_events.data(), eventsATurn, 0);
        if (m_ready <= 0)
            break;
        m_inTurn = true;
        dispatch();
        m_ready = 0;
        m_inTurn = false;
        flushDirty();
    } while (!deadline.hasExpired());
}

void EpollPump::dispatch()
{
    for (int i = 0; i < m_ready; ++i) {
        const epoll_event event = m_events[size_t(i)];
        if (event.data.ptr != nullptr)
            static_cast<EpollTransport *>(event.data.ptr)->ready(event.events);
    }
}

void EpollPump::flushDirty()
{
    m_flushScheduled = false;
    for (size_t i = 0; i < m_dirty.size(); ++i) { // a flush may mark others
        if (EpollTransport *transport = m_dirty[i])
            transport->turnEnds();
    }
    m_dirty.clear();
}

void EpollPump::markDirty(EpollTransport *transport)
{
    m_dirty.push_back(transport);
    if (m_inTurn || m_flushScheduled)
        return;
    m_flushScheduled = true;
    QMetaObject::invokeMethod(
        this, [this] { flushDirty(); }, Qt::QueuedConnection);
}

void EpollPump::forget(EpollTransport *transport)
{
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, transport->m_fd, nullptr);
    if (transport->m_dirty)
        std::replace(m_dirty.begin(), m_dirty.end(), transport, static_cast<EpollTransport *>(nullptr));
    for (int i = 0; i < m_ready; ++i) {
        if (m_events[size_t(i)].data.ptr == transport)
            m_events[size_t(i)].data.ptr = nullptr;
    }
}

} // namespace glasshouse
