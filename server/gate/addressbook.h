// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gate/ratelimiter.h"

#include <QHash>
#include <QHostAddress>

namespace glasshouse {

/// What each address holds: connections, half-open heads, and how fast it opens new ones. Forgets an address as soon as
/// nothing of it is left, so that its size is bounded by the connections. IPv6 addresses count by their /64 network.
class AddressBook
{
public:
    struct Limits
    {
        int connections = 0; ///< 0 = none, as everywhere
        int heads = 0;
        int rate = 0;    ///< new WebSocket connections a second
        int guesses = 0; ///< wrong room codes and tokens a minute
    };

    /// What addresses that are known have used stays used.
    void setLimits(Limits limits, qint64 nowMs);
    [[nodiscard]] bool mayOpen(const QHostAddress &address) const;
    [[nodiscard]] bool mayBeginHead(const QHostAddress &address) const;
    /// Takes one of the requests of any kind, of which an address has ten times as many as of connections.
    [[nodiscard]] bool takeRequest(const QHostAddress &address, qint64 nowMs);
    /// Takes one of the new connections that the address may open in this second.
    [[nodiscard]] bool takeRate(const QHostAddress &address, qint64 nowMs);

    /// Has the address guesses left?
    [[nodiscard]] bool mayGuess(const QHostAddress &address, qint64 nowMs) const;
    /// A room code or a token was wrong.
    void guessedWrong(const QHostAddress &address, qint64 nowMs);

    void opened(const QHostAddress &address) { ++m_entries[key(address)].connections; }
    void headBegan(const QHostAddress &address) { ++m_entries[key(address)].heads; }
    void headEnded(const QHostAddress &address) { --m_entries[key(address)].heads; }
    void closed(const QHostAddress &address, qint64 nowMs);
    /// Forgets addresses that hold nothing and have their full rate again; cheap, to be called now and then.
    void forgetIdle(qint64 nowMs);
    [[nodiscard]] qsizetype size() const { return m_entries.size(); }
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
        RateLimiter rate{0, 0};
        RateLimiter requests{0, 0};
        RateLimiter guesses{0, 0};
        bool rated = false;
    };
    QHash<QHostAddress, Entry> m_entries;
    Limits m_limits;

    [[nodiscard]] Entry &rated(const QHostAddress &address, qint64 nowMs);
    void setRates(Entry &entry, qint64 nowMs) const;
    [[nodiscard]] static bool isIdle(const Entry &entry, qint64 nowMs);
};

} // namespace glasshouse
