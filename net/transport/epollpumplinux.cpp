// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/epollpump.h"

#include "net/transport/epolltransport.h"

#include <QDeadlineTimer>
#include <algorithm>
#include <sys/epoll.h>
#include <unistd.h>

namespace glasshouse {

namespace {

constexpr int eventsATurn = 256;
constexpr int turnMs = 5; // timers and calls from other threads wait no longer

} // namespace

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
    auto transport = std::make_unique<EpollTransport>(*this);
    if (!transport->adopt(int(descriptor)))
        return nullptr;
    return transport;
}

Result<std::unique_ptr<Transport>, StreamEnd> EpollPump::connectTo(const QHostAddress &address, quint16 port)
{
    auto transport = std::make_unique<EpollTransport>(*this);
    if (auto error = transport->connectTo(address, port))
        return *error;
    return std::unique_ptr<Transport>(std::move(transport));
}

bool EpollPump::watch(EpollTransport &transport, int descriptor, quint32 interest)
{
    epoll_event event{};
    event.events = interest;
    event.data.ptr = &transport;
    return ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void EpollPump::watchAnew(EpollTransport &transport, int descriptor, quint32 interest)
{
    epoll_event event{};
    event.events = interest;
    event.data.ptr = &transport;
    ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

// Goes round as long as there is work, because a turn of Qt's loop costs more than a turn of this one.
void EpollPump::turn()
{
    if (m_inTurn) // a sink runs a loop of its own, and the one buffer is in use: nor shall that loop spin
        return m_notifier->setEnabled(false);
    const QDeadlineTimer deadline(turnMs);
    do {
        m_ready = ::epoll_wait(m_epoll, m_events.data(), eventsATurn, 0);
        if (m_ready <= 0)
            break;
        m_inTurn = true;
        dispatch();
        m_ready = 0;
        endTurn();
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

// Still in the turn: at its end the last bytes of the dead are read, and their sinks may run loops of their own, too.
void EpollPump::endTurn()
{
    flushDirty();
    m_inTurn = false;
    if (!m_notifier->isEnabled())
        m_notifier->setEnabled(true);
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

void EpollPump::markDirty(EpollTransport &transport)
{
    m_dirty.push_back(&transport);
    if (m_inTurn || m_flushScheduled)
        return;
    m_flushScheduled = true;
    QMetaObject::invokeMethod(this, &EpollPump::flushScheduled, Qt::QueuedConnection);
}

void EpollPump::flushScheduled()
{
    if (m_inTurn) // in the loop of a sink: the turn that it belongs to flushes at its end
        return;
    m_inTurn = true;
    endTurn();
}

void EpollPump::forget(EpollTransport &transport, int descriptor, bool isDirty)
{
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    if (isDirty)
        std::replace(m_dirty.begin(), m_dirty.end(), &transport, static_cast<EpollTransport *>(nullptr));
    for (int i = 0; i < m_ready; ++i) {
        if (m_events[size_t(i)].data.ptr == &transport)
            m_events[size_t(i)].data.ptr = nullptr;
    }
}

} // namespace glasshouse
