// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/addressbook.h"

#include "server/gate/clientaddress.h"

#include <tuple>
#include <utility>

namespace glasshouse {

// Whoever has an IPv6 network of 64 bits has all its addresses. IPv4 in IPv6 (::ffff:a.b.c.d) is IPv4.
QHostAddress AddressBook::key(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4)
        return QHostAddress(v4);
    if (address.isNull() || address.isLoopback())
        return address;
    Q_IPV6ADDR bytes = address.toIPv6Address();
    for (int i = 8; i < 16; ++i)
        bytes[i] = 0;
    return QHostAddress(bytes);
}

void AddressBook::setLimits(Limits limits, qint64 nowMs)
{
    m_limits = limits;
    for (Entry &entry : m_entries)
        setRates(entry, nowMs);
}

void AddressBook::setRates(Entry &entry, qint64 nowMs) const
{
    entry.rate.setRate(m_limits.rate, m_limits.rate, nowMs);
    entry.requests.setRate(10.0 * m_limits.rate, 10.0 * m_limits.rate, nowMs);
    entry.guesses.setRate(m_limits.guesses / 60.0, m_limits.guesses, nowMs);
}

bool AddressBook::isTrusted(const QHostAddress &address) const
{
    return !m_trusted.isEmpty() && isInRanges(m_trusted, address);
}

bool AddressBook::mayHoldOne(const QHostAddress &address, int Entry::*what, int limit) const
{
    const auto entry = m_entries.constFind(key(address));
    return entry == m_entries.cend() || !isReached(limit, (*entry).*what) || isTrusted(address);
}

bool AddressBook::mayOpen(const QHostAddress &address) const
{
    return mayHoldOne(address, &Entry::connections, m_limits.connections);
}

bool AddressBook::mayBeginHead(const QHostAddress &address) const
{
    return mayHoldOne(address, &Entry::heads, m_limits.heads);
}

bool AddressBook::mayRest(const QHostAddress &address) const
{
    return !isReached(m_limits.allIdle, m_idle) && mayHoldOne(address, &Entry::idle, m_limits.idle);
}

AddressBook::Entry &AddressBook::rated(const QHostAddress &address, qint64 nowMs)
{
    Entry &entry = m_entries[key(address)];
    if (!std::exchange(entry.rated, true))
        setRates(entry, nowMs);
    return entry;
}

bool AddressBook::takeRate(const QHostAddress &address, qint64 nowMs)
{
    return m_limits.rate == 0 || isTrusted(address) || rated(address, nowMs).rate.take(nowMs);
}

bool AddressBook::takeRequest(const QHostAddress &address, qint64 nowMs)
{
    return m_limits.rate == 0 || isTrusted(address) || rated(address, nowMs).requests.take(nowMs);
}

bool AddressBook::mayGuess(const QHostAddress &address, qint64 nowMs) const
{
    const auto entry = m_entries.constFind(key(address));
    return m_limits.guesses == 0 || entry == m_entries.cend() || !entry->rated || entry->guesses.has(nowMs)
        || isTrusted(address);
}

void AddressBook::guessedWrong(const QHostAddress &address, qint64 nowMs)
{
    if (m_limits.guesses > 0 && !isTrusted(address))
        std::ignore = rated(address, nowMs).guesses.take(nowMs);
}

void AddressBook::opened(const QHostAddress &address)
{
    ++m_connections;
    ++m_entries[key(address)].connections;
}

void AddressBook::closed(const QHostAddress &address, qint64 nowMs)
{
    const auto entry = m_entries.find(key(address));
    if (entry == m_entries.end())
        return;
    --m_connections;
    --entry->connections;
    if (holdsNothing(*entry, nowMs))
        m_entries.erase(entry);
}

void AddressBook::restBegan(const QHostAddress &address)
{
    Entry &entry = m_entries[key(address)];
    --entry.connections;
    --m_connections;
    ++entry.idle;
    ++m_idle;
}

void AddressBook::restEnded(const QHostAddress &address)
{
    Entry &entry = m_entries[key(address)];
    ++entry.connections;
    ++m_connections;
    --entry.idle;
    --m_idle;
}

bool AddressBook::holdsNothing(const Entry &entry, qint64 nowMs)
{
    return entry.connections <= 0 && entry.heads <= 0 && entry.idle <= 0
        && (!entry.rated || (entry.rate.isFull(nowMs) && entry.requests.isFull(nowMs) && entry.guesses.isFull(nowMs)));
}

void AddressBook::forgetIdle(qint64 nowMs)
{
    m_entries.removeIf([&](const auto &entry) { return holdsNothing(entry.value(), nowMs); });
}

} // namespace glasshouse
