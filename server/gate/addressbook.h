// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gate/addresstext.h"
#include "server/gate/ratelimiter.h"

#include <QHash>
#include <QHostAddress>

namespace glasshouse {

/// What each address holds: connections, half-open heads, connections that are idle between two requests, and how fast it opens
/// new ones. Forgets an address as soon as nothing of it is left, so that its size is bounded by the connections. IPv6 addresses
/// count by their /64 network.
class AddressBook
{
public:
    struct Limits
    {
        int connections = 0; ///< 0 = none, as everywhere
        int heads = 0;
        int rate = 0;    ///< new WebSocket connections a second
        int guesses = 0; ///< wrong room codes and tokens a minute
        int idle = 0;    ///< idle connections of an address
        int allConnections = 0;
        int allIdle = 0;
    };

    /// What addresses that are known have used stays used.
    void setLimits(Limits limits, qint64 nowMs);
    /// Proxies that speak for many: they have no limits of an address.
    void setTrusted(QList<AddressRange> ranges) { m_trusted = std::move(ranges); }
    [[nodiscard]] bool isTrusted(const QHostAddress &address) const;

    [[nodiscard]] bool isFull() const { return isReached(m_limits.allConnections, m_connections); }
    [[nodiscard]] bool mayOpen(const QHostAddress &address) const;
    [[nodiscard]] bool mayBeginHead(const QHostAddress &address) const;
    [[nodiscard]] bool mayRest(const QHostAddress &address) const;
    /// Takes one of the requests of any kind, of which an address has ten times as many as of connections.
    [[nodiscard]] bool takeRequest(const QHostAddress &address, qint64 nowMs);
    /// Takes one of the new connections that the address may open in this second.
    [[nodiscard]] bool takeRate(const QHostAddress &address, qint64 nowMs);

    /// Has the address guesses left?
    [[nodiscard]] bool mayGuess(const QHostAddress &address, qint64 nowMs) const;
    /// A room code or a token was wrong.
    void guessedWrong(const QHostAddress &address, qint64 nowMs);

    void opened(const QHostAddress &address);
    void closed(const QHostAddress &address, qint64 nowMs);
    void headBegan(const QHostAddress &address) { ++m_entries[key(address)].heads; }
    void headEnded(const QHostAddress &address) { --m_entries[key(address)].heads; }
    /// A connection is idle and does not count as one until it goes on.
    void restBegan(const QHostAddress &address);
    void restEnded(const QHostAddress &address);
    /// Forgets addresses that hold nothing and have their full rate again; cheap, to be called now and then.
    void forgetIdle(qint64 nowMs);
    [[nodiscard]] qsizetype size() const { return m_entries.size(); }
    [[nodiscard]] int idleConnections() const { return m_idle; } ///< of all addresses
    [[nodiscard]] int connectionsOf(const QHostAddress &address) const
    {
        return m_entries.value(key(address)).connections;
    }
    [[nodiscard]] int headsOf(const QHostAddress &address) const { return m_entries.value(key(address)).heads; }
    /// Addresses with the same key count together.
    [[nodiscard]] static QHostAddress key(const QHostAddress &address);

private:
    struct Entry
    {
        int connections = 0;
        int heads = 0;
        int idle = 0;
        RateLimiter rate{0, 0};
        RateLimiter requests{0, 0};
        RateLimiter guesses{0, 0};
        bool rated = false;
    };
    QHash<QHostAddress, Entry> m_entries;
    Limits m_limits;
    QList<AddressRange> m_trusted;
    int m_connections = 0;
    int m_idle = 0;

    [[nodiscard]] Entry &rated(const QHostAddress &address, qint64 nowMs);
    void setRates(Entry &entry, qint64 nowMs) const;
    [[nodiscard]] bool mayHoldOne(const QHostAddress &address, int Entry::*what, int limit) const;
    [[nodiscard]] static bool isReached(int limit, int count) { return limit > 0 && count >= limit; }
    [[nodiscard]] static bool holdsNothing(const Entry &entry, qint64 nowMs);
};

} // namespace glasshouse
