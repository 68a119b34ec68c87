// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Input: the values of X-Forwarded-For, X-Real-IP and Forwarded, apart by line feeds. A proxy that writes its client behind
// what came must be believed, or nobody.
#include "server/gate/clientaddress.h"
#include "tests/fuzz/fuzzing.h"

using namespace glasshouse;
using fuzzing::require;

namespace {

const QHostAddress proxy(QStringLiteral("10.0.0.1"));
const QHostAddress client(QStringLiteral("203.0.113.9"));

const QList<AddressRange> &proxies()
{
    static const QList<AddressRange> list{AddressRange::parse("10.0.0.0/8").value()};
    return list;
}

/// Whoever is found is the client whom the proxy named, or a proxy.
void requireClientOrProxy(const ClientAddress &found, const char *what)
{
    require(found.address == client || isInRanges(proxies(), found.address), what);
}

void requireRoundTrip(const QByteArray &text)
{
    const QHostAddress address = strictAddress(text);
    require(address.isNull() || strictAddress(address.toString().toLatin1()) == address, "an address survives writing");
    require(address.isNull() || AddressRange::parse(text).value().contains(address), "an address is in itself");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, size_t size)
{
    const QList<QByteArray> lines = QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)).split('\n');
    const QByteArray list = lines.value(0);
    const QByteArray forwarded = lines.value(2);
    HttpHead head;
    head.headers = {{"X-Forwarded-For", list}, {"X-Real-IP", lines.value(1)}, {"Forwarded", forwarded}};
    const ClientAddress any = clientAddress(head, proxy, proxies());
    require(!any.address.isNull(), "there is always somebody");
    require(clientAddress(head, client, proxies()).address == client, "strangers are not believed");

    head.headers = {{"X-Forwarded-For", list + ", 203.0.113.9"}, {"X-Real-IP", "203.0.113.9"}};
    require(clientAddress(head, proxy, proxies()).address == client, "the proxy's entry counts");
    head.headers = {
        {"X-Forwarded-For", list + ", 203.0.113.9"}, {"X-Real-IP", lines.value(1)}, {"Forwarded", forwarded}};
    requireClientOrProxy(clientAddress(head, proxy, proxies()), "a stranger's headers win nothing");
    for (const QByteArray &entry : {QByteArray("for=203.0.113.9"), QByteArray("for=\"203.0.113.9:80\"")}) {
        head.headers = {{"Forwarded", forwarded + ", " + entry}};
        requireClientOrProxy(clientAddress(head, proxy, proxies()), "an open quote wins nothing");
    }
    for (const QByteArray &line : lines)
        requireRoundTrip(line);
    return 0;
}
