// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/clientaddress.h"

#include "protocol/httpchars.h"
#include "server/gate/forwardedheader.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr qsizetype maxHops = 32;

bool isObfuscatedPort(QByteArrayView text)
{
    return text.startsWith('_') && text.size() > 1 && httpchars::isToken(text); // RFC 7239 section 6
}

bool isPort(QByteArrayView text) { return strictPort(text) || isObfuscatedPort(text); }

/// Nobody connects from these.
bool isNobody(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6)
        || address == QHostAddress(QHostAddress::Broadcast) || address.isMulticast();
}

/// An entry: an address, with or without brackets and port. Null: it is not one.
QHostAddress entryAddress(QByteArrayView entry)
{
    QByteArrayView text = entry;
    const qsizetype bracket = entry.startsWith('[') ? entry.indexOf(']') : -1;
    if (bracket >= 0) {
        const QByteArrayView rest = entry.sliced(bracket + 1);
        text = entry.sliced(1, bracket - 1);
        if (!text.contains(':') || (!rest.isEmpty() && (!rest.startsWith(':') || !isPort(rest.sliced(1)))))
            return {};
    } else if (const qsizetype colon = entry.indexOf(':'); colon >= 0 && entry.count(':') == 1) {
        text = entry.first(colon);
        if (!isPort(entry.sliced(colon + 1)))
            return {};
    }
    const QHostAddress address = strictAddress(text);
    return isNobody(address) ? QHostAddress() : address;
}

/// From the right, until somebody is not trusted.
ClientAddress walk(const QList<QByteArray> &entries, const QHostAddress &peer, const QList<AddressRange> &trusted,
                   AddressSource source)
{
    ClientAddress client{peer, source, AddressDoubt::None};
    const qsizetype last = entries.size() - 1;
    for (qsizetype i = last; i >= 0 && isInRanges(trusted, client.address); --i) {
        const QHostAddress address = entryAddress(entries[i]);
        if (address.isNull() || last - i >= maxHops) {
            client.doubt = address.isNull() ? AddressDoubt::Unreadable : AddressDoubt::TooMany;
            break;
        }
        client.address = address;
    }
    return client;
}

/// One entry or none; the last proxy sets it, so two of them are a riddle.
QList<QByteArray> realIpEntries(const HttpHead &request)
{
    QList<QByteArray> entries;
    for (const HttpHeader &header : request.headers) {
        if (httpchars::isSame(header.name, "X-Real-IP"))
            entries += header.value;
    }
    return entries.size() > 1 ? QList<QByteArray>{""} : entries;
}

struct Entries
{
    AddressSource source;
    QList<QByteArray> list;
};

QList<Entries> entriesOf(const HttpHead &request)
{
    QList<Entries> all{{AddressSource::ForwardedFor, request.list("X-Forwarded-For")},
                       {AddressSource::RealIp, realIpEntries(request)},
                       {AddressSource::Forwarded, forwardedForEntries(request)}};
    all.removeIf([](const Entries &entries) { return entries.list.isEmpty(); });
    return all;
}

} // namespace

QByteArrayView describe(AddressDoubt doubt)
{
    switch (doubt) {
    case AddressDoubt::None:
        return "No doubt";
    case AddressDoubt::Unreadable:
        return "A trusted proxy forwarded something that is no address";
    case AddressDoubt::Conflict:
        return "The headers of a trusted proxy name different clients";
    case AddressDoubt::TooMany:
        return "The request came through too many trusted proxies";
    }
    return {};
}

bool isInRanges(const QList<AddressRange> &ranges, const QHostAddress &address)
{
    return std::any_of(ranges.cbegin(), ranges.cend(),
                       [&address](const AddressRange &range) { return range.contains(address); });
}

ClientAddress clientAddress(const HttpHead &request, const QHostAddress &peer,
                            const QList<AddressRange> &trustedProxies)
{
    ClientAddress best{withoutMapping(peer), AddressSource::Peer, AddressDoubt::None};
    if (!isInRanges(trustedProxies, best.address))
        return best;
    const ClientAddress proxy = best;
    bool isSettled = false;
    for (const Entries &entries : entriesOf(request)) {
        const ClientAddress client = walk(entries.list, proxy.address, trustedProxies, entries.source);
        const bool settles = client.doubt == AddressDoubt::None && !isInRanges(trustedProxies, client.address);
        if (isSettled && settles && client.address != best.address)
            return {proxy.address, AddressSource::Peer, AddressDoubt::Conflict};
        if (!isSettled && (settles || best.source == AddressSource::Peer))
            best = client;
        isSettled = isSettled || settles;
    }
    return best;
}

} // namespace glasshouse
