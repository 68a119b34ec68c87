// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/addressbook.h"

#include "server/gate/clientaddress.h"

#include <algorithm>
#include <utility>

namespace glasshouse {

namespace {

constexpr int oldestLookedAt = 32; // for who holds most: whoever holds half of all is among them

} // namespace

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

void AddressBook::setLimits(const Limits &limits, qint64 nowMs)
{
    m_limits = limits;
    for (auto &[address, entry] : m_entries)
        setRates(entry, nowMs);
}

void AddressBook::setRates(Entry &entry, qint64 nowMs) const
{
    for (size_t i = 0; i < deedKinds; ++i)
        entry.deeds[i].setRate(m_limits.deeds[i].aSecond, m_limits.deeds[i].atOnce, nowMs);
}

bool AddressBook::isTrusted(const QHostAddress &address) const
{
    return !m_trusted.isEmpty() && isInRanges(m_trusted, address);
}

int AddressBook::count(const QHostAddress &address, Held what) const
{
    const auto entry = m_entries.find(key(address));
    return entry == m_entries.end() ? 0 : entry->second.held[size_t(what)];
}

bool AddressBook::mayHold(const QHostAddress &address, Held what) const
{
    if (isReached(bound(what).inAll, count(what)))
        return false;
    return !isReached(bound(what).ofAddress, count(address, what)) || isTrusted(address);
}

void AddressBook::add(Entry &entry, Held what, int count)
{
    entry.held[size_t(what)] += count;
    m_counts[size_t(what)] += count;
}

void AddressBook::began(const QHostAddress &address, Held what) { add(m_entries[key(address)], what, 1); }

void AddressBook::ended(const QHostAddress &address, Held what, qint64 nowMs)
{
    const auto entry = m_entries.find(key(address));
    if (entry == m_entries.end())
        return;
    add(entry->second, what, -1);
    if (holdsNothing(entry->second, nowMs))
        m_entries.erase(entry);
}

void AddressBook::headBegan(const QHostAddress &address, HeadPlace &place, qint64 nowMs)
{
    place.key = key(address);
    place.sinceMs = nowMs;
    Entry &entry = m_entries[place.key];
    const bool isTooManyInAll = isReached(bound(Held::Head).inAll, count(Held::Head));
    HeadPlace *leaving = isTooManyInAll ? headOfTheGreediest() : nullptr;
    place.ofAddress = entry.heads.insert(entry.heads.end(), &place);
    place.inAll = m_heads.insert(m_heads.end(), &place);
    add(entry, Held::Head, 1);
    if (leaving != nullptr && leaving->holder != nullptr)
        leaving->holder->giveWay();
    if (!isTrusted(address))
        letSilentHeadsGiveWay(entry, nowMs);
}

// Nobody looks at them in between, so that more than one may be due.
void AddressBook::letSilentHeadsGiveWay(const Entry &entry, qint64 nowMs)
{
    const int most = bound(Held::Head).ofAddress;
    while (most > 0 && entry.held[size_t(Held::Head)] > most && nowMs - entry.heads.front()->sinceMs >= silentMs) {
        const int before = entry.held[size_t(Held::Head)];
        if (entry.heads.front()->holder != nullptr)
            entry.heads.front()->holder->giveWay();
        if (entry.held[size_t(Held::Head)] >= before) // nobody to be asked
            return;
    }
}

void AddressBook::headEnded(HeadPlace &place, qint64 nowMs)
{
    m_entries[place.key].heads.erase(place.ofAddress);
    m_heads.erase(place.inAll);
    ended(place.key, Held::Head, nowMs);
}

bool AddressBook::makePlace(const QHostAddress &address)
{
    const auto entry = m_entries.find(key(address));
    if (entry == m_entries.end() || entry->second.heads.empty())
        return false;
    HeadHolder *oldest = entry->second.heads.front()->holder;
    if (oldest != nullptr)
        oldest->giveWay();
    return oldest != nullptr;
}

HeadPlace *AddressBook::headOfTheGreediest()
{
    HeadPlace *found = nullptr;
    int most = 0;
    int left = oldestLookedAt;
    for (auto head = m_heads.begin(); head != m_heads.end() && left > 0; ++head, --left) {
        if (const int held = count((*head)->key, Held::Head); held > most) {
            most = held;
            found = *head;
        }
    }
    return found;
}

bool AddressBook::isLimited(const QHostAddress &address, Deed deed) const
{
    return m_limits.deeds[size_t(deed)].aSecond > 0 && !isTrusted(address);
}

RateLimiter &AddressBook::rate(const QHostAddress &address, Deed deed, qint64 nowMs)
{
    Entry &entry = m_entries[key(address)];
    if (!std::exchange(entry.isRated, true))
        setRates(entry, nowMs);
    return entry.deeds[size_t(deed)];
}

bool AddressBook::take(const QHostAddress &address, Deed deed, qint64 nowMs)
{
    return !isLimited(address, deed) || rate(address, deed, nowMs).take(nowMs);
}

void AddressBook::giveBack(const QHostAddress &address, Deed deed)
{
    const auto entry = m_entries.find(key(address));
    if (entry != m_entries.end() && entry->second.isRated)
        entry->second.deeds[size_t(deed)].giveBack();
}

std::optional<qint64> AddressBook::reserve(const QHostAddress &address, Deed deed, qint64 nowMs, qint64 mostMs,
                                           double amount)
{
    return isLimited(address, deed) ? rate(address, deed, nowMs).reserve(nowMs, mostMs, amount) : 0;
}

bool AddressBook::may(const QHostAddress &address, Deed deed, qint64 nowMs) const
{
    const auto entry = m_entries.find(key(address));
    return entry == m_entries.end() || !entry->second.isRated || !isLimited(address, deed)
        || entry->second.deeds[size_t(deed)].has(nowMs);
}

bool AddressBook::holdsNothing(const Entry &entry, qint64 nowMs)
{
    const auto isFull = [nowMs](const RateLimiter &rate) { return rate.isFull(nowMs); };
    return std::all_of(entry.held.begin(), entry.held.end(), [](int count) { return count <= 0; })
        && (!entry.isRated || std::all_of(entry.deeds.begin(), entry.deeds.end(), isFull));
}

void AddressBook::forgetIdle(qint64 nowMs)
{
    std::erase_if(m_entries, [nowMs](const auto &entry) { return holdsNothing(entry.second, nowMs); });
}

} // namespace glasshouse
