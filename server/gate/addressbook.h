// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gate/addresstext.h"
#include "server/gate/ratelimiter.h"

#include <QHash>
#include <QHostAddress>
#include <array>
#include <list>
#include <optional>
#include <unordered_map>

namespace glasshouse {

/// What an address holds at once. Each has a bound of its own.
enum class Held : quint8 {
    Visit,  ///< a connection that speaks HTTP and is not idle
    Head,   ///< a visit whose request is not whole: half-open
    Rest,   ///< a connection that is idle between two requests
    Socket, ///< a WebSocket connection
    File,   ///< a file of the web root that is being sent
    Check,  ///< a WebSocket connection of who looks for a way here: nobody needs a token for it
};
constexpr size_t heldKinds = size_t(Held::Check) + 1;

/// What an address does so often. Each has a pace of its own.
enum class Deed : quint8 {
    Request,    ///< any that is whole
    Broken,     ///< a request that breaks HTTP or TLS, or never becomes whole
    Connecting, ///< a WebSocket, and what costs as much
    Guess,      ///< a wrong room code or token
    FileByte,   ///< of the web root
};
constexpr size_t deedKinds = size_t(Deed::FileByte) + 1;

/// Who has a half-open request, and is told to give its place to somebody newer.
class HeadHolder
{
public:
    virtual ~HeadHolder() = default;
    virtual void giveWay() = 0;
};

class AddressBook;

/// Where a half-open request stands in the book. For AddressBook alone.
struct HeadPlace
{
    HeadHolder *holder = nullptr; ///< null: nobody to be asked
    QHostAddress key;
    qint64 sinceMs = 0;
    std::list<HeadPlace *>::iterator ofAddress;
    std::list<HeadPlace *>::iterator inAll;
};

/// What each address holds, and how fast it does what. Forgets an address as soon as nothing of it is left, so that its size is
/// bounded by the connections. IPv6 addresses count by their /64 network.
class AddressBook
{
public:
    /// 0 = none, as everywhere.
    struct Bound
    {
        int ofAddress = 0;
        int inAll = 0; ///< of all addresses together, trusted ones too
    };
    struct Pace
    {
        double aSecond = 0; ///< on average
        double atOnce = 0;
    };
    struct Limits
    {
        std::array<Bound, heldKinds> held{};
        std::array<Pace, deedKinds> deeds{};
        int connections = 0; ///< visits and sockets, of all addresses

        Limits &with(Held what, Bound bound)
        {
            held[size_t(what)] = bound;
            return *this;
        }
        Limits &with(Deed what, Pace pace)
        {
            deeds[size_t(what)] = pace;
            return *this;
        }
    };

    AddressBook() = default;
    Q_DISABLE_COPY_MOVE(AddressBook)

    /// What addresses that are known have used stays used.
    void setLimits(const Limits &limits, qint64 nowMs);
    /// Proxies that speak for many: they have no limits of an address.
    void setTrusted(QList<AddressRange> ranges) { m_trusted = std::move(ranges); }
    [[nodiscard]] bool isTrusted(const QHostAddress &address) const;

    [[nodiscard]] bool isFull() const
    {
        return isReached(m_limits.connections, count(Held::Visit) + count(Held::Socket));
    }
    [[nodiscard]] bool mayHold(const QHostAddress &address, Held what) const;
    void began(const QHostAddress &address, Held what);
    void ended(const QHostAddress &address, Held what, qint64 nowMs);
    /// How long a request may be half-open before it is one that says nothing: of many that come at once most are on their way.
    static constexpr qint64 silentMs = 500;
    /// A request is half-open. Where those are too many, the oldest of the address give way that have had silentMs, or else one
    /// of an address with many among the oldest of all: whoever holds his connections and says nothing keeps nobody out.
    void headBegan(const QHostAddress &address, HeadPlace &place, qint64 nowMs);
    void headEnded(HeadPlace &place, qint64 nowMs);
    /// The oldest half-open request of the address gives way, however young it is: so many at once are an attack. False: there is
    /// none.
    [[nodiscard]] bool makePlace(const QHostAddress &address);

    /// Takes as much of what the address may do; false: it has done it too often.
    [[nodiscard]] bool take(const QHostAddress &address, Deed deed, qint64 nowMs);
    /// It came to nothing: what take() took is there again.
    void giveBack(const QHostAddress &address, Deed deed);
    /// The same for who can wait: in how many ms it may be done. Nullopt, and nothing taken: not within `mostMs`.
    [[nodiscard]] std::optional<qint64> reserve(const QHostAddress &address, Deed deed, qint64 nowMs, qint64 mostMs,
                                                double amount = 1);
    /// Would take() succeed?
    [[nodiscard]] bool may(const QHostAddress &address, Deed deed, qint64 nowMs) const;

    /// Forgets addresses that hold nothing and have their full rates again; cheap, to be called now and then.
    void forgetIdle(qint64 nowMs);
    [[nodiscard]] qsizetype size() const { return qsizetype(m_entries.size()); }
    [[nodiscard]] int count(Held what) const { return m_counts[size_t(what)]; } ///< of all addresses
    [[nodiscard]] int count(const QHostAddress &address, Held what) const;
    /// Addresses with the same key count together.
    [[nodiscard]] static QHostAddress key(const QHostAddress &address);

private:
    struct Entry
    {
        std::array<int, heldKinds> held{};
        std::array<RateLimiter, deedKinds> deeds{RateLimiter{0, 0}, RateLimiter{0, 0}, RateLimiter{0, 0},
                                                 RateLimiter{0, 0}, RateLimiter{0, 0}};
        std::list<HeadPlace *> heads; ///< the oldest first
        bool isRated = false;
    };
    struct Hash
    {
        size_t operator()(const QHostAddress &address) const { return qHash(address); }
    };
    std::unordered_map<QHostAddress, Entry, Hash> m_entries;
    std::list<HeadPlace *> m_heads; ///< of all, the oldest first
    std::array<int, heldKinds> m_counts{};
    Limits m_limits;
    QList<AddressRange> m_trusted;

    [[nodiscard]] const Bound &bound(Held what) const { return m_limits.held[size_t(what)]; }
    [[nodiscard]] bool isLimited(const QHostAddress &address, Deed deed) const;
    [[nodiscard]] RateLimiter &rate(const QHostAddress &address, Deed deed, qint64 nowMs);
    void setRates(Entry &entry, qint64 nowMs) const;
    void add(Entry &entry, Held what, int count);
    [[nodiscard]] HeadPlace *headOfTheGreediest();
    void letSilentHeadsGiveWay(const Entry &entry, qint64 nowMs);
    [[nodiscard]] static bool isReached(int limit, int count) { return limit > 0 && count >= limit; }
    [[nodiscard]] static bool holdsNothing(const Entry &entry, qint64 nowMs);
};

} // namespace glasshouse
