// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a seed for the cuts, then the bytes of the wire.
#include "server/gate/proxyheader.h"
#include "tests/fuzz/fuzzing.h"

using namespace glasshouse;
using fuzzing::require;

namespace {

using Status = ProxyHeaderParser::Status;

struct Outcome
{
    Status status = Status::NeedMore;
    ProxyError error = ProxyError::None;
    qsizetype consumed = 0;
    ProxyHeader header;
};

Outcome parse(const QByteArray &wire, quint32 seed, int longest)
{
    ProxyHeaderParser parser;
    Outcome outcome;
    fuzzing::inPieces(wire, seed, longest, [&](const QByteArray &piece) {
        qsizetype consumed = 0;
        outcome.status = parser.feed(piece, consumed);
        outcome.consumed += consumed;
        require(consumed == piece.size() || outcome.status != Status::NeedMore, "all is taken until the end");
    });
    outcome.error = parser.error();
    outcome.header = parser.header();
    require(wire.startsWith(parser.raw()) && parser.raw().size() == outcome.consumed, "raw() is what was taken");
    require(outcome.consumed <= 16 + 4096, "the limit holds");
    require((outcome.error != ProxyError::None) == (outcome.status == Status::Failed), "a failure has an error");
    return outcome;
}

bool isSame(const ProxyHeader &a, const ProxyHeader &b)
{
    return a.version == b.version && a.source == b.source && a.sourcePort == b.sourcePort
        && a.destination == b.destination && a.destinationPort == b.destinationPort;
}

void requireSame(const Outcome &a, const Outcome &b)
{
    require(a.status == b.status && a.error == b.error, "pieces give the same outcome");
    require(a.status != Status::Done || (a.consumed == b.consumed && isSame(a.header, b.header)),
            "pieces give the same header");
}

/// What was understood means the same when it is written as a line again.
void requireRoundTrip(const ProxyHeader &header)
{
    const bool is6 = header.source.protocol() == QAbstractSocket::IPv6Protocol;
    if (header.source.isNull() || header.source.protocol() != header.destination.protocol())
        return;
    const QByteArray line = (is6 ? "PROXY TCP6 " : "PROXY TCP4 ") + header.source.toString().toLatin1() + ' '
        + header.destination.toString().toLatin1() + ' ' + QByteArray::number(header.sourcePort) + ' '
        + QByteArray::number(header.destinationPort) + "\r\n";
    Outcome again = parse(line, 0, 1000);
    again.header.version = header.version;
    require(again.status == Status::Done && isSame(again.header, header), "a header survives writing");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, size_t size)
{
    if (size < 1)
        return 0;
    const QByteArray wire(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    const Outcome whole = parse(wire, 0, int(size) * 1000);
    requireSame(parse(wire, data[0], 20), whole);
    requireSame(parse(wire, 0, 1), whole);
    if (whole.status == Status::Done)
        requireRoundTrip(whole.header);
    return 0;
}
