// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Input: flags (1: a response, 2: strict limits), a seed for the cuts, then the bytes of the wire.
#include "protocol/foreignprotocol.h"
#include "protocol/upgrade.h"
#include "tests/fuzz/fuzzing.h"

using namespace glasshouse;
using fuzzing::require;

namespace {

using Kind = HttpHeadParser::Kind;
using Status = HttpHeadParser::Status;

struct Outcome
{
    Status status = Status::NeedMore;
    HttpError error = HttpError::None;
    qsizetype consumed = 0;
    HttpHead head;
};

Outcome parse(const QByteArray &wire, Kind kind, HttpLimits limits, quint32 seed, int longest)
{
    HttpHeadParser parser(kind, limits);
    Outcome outcome;
    fuzzing::inPieces(wire, seed, longest, [&](const QByteArray &piece) {
        qsizetype consumed = 0;
        outcome.status = parser.feed(piece, consumed);
        outcome.consumed += consumed;
        require(consumed == piece.size() || outcome.status != Status::NeedMore, "all is taken until the end");
    });
    outcome.error = parser.error();
    require(wire.startsWith(parser.raw()) && parser.raw().size() == outcome.consumed, "raw() is what was taken");
    require((outcome.error != HttpError::None) == (outcome.status == Status::Failed), "a failure has an error");
    outcome.head = parser.takeHead();
    return outcome;
}

bool sameHeaders(const HttpHead &a, const HttpHead &b)
{
    return std::equal(a.headers.cbegin(), a.headers.cend(), b.headers.cbegin(), b.headers.cend(),
                      [](const HttpHeader &x, const HttpHeader &y) { return x.name == y.name && x.value == y.value; });
}

void requireSame(const Outcome &a, const Outcome &b)
{
    require(a.status == b.status && a.error == b.error, "pieces give the same outcome");
    if (a.status != Status::Done)
        return;
    require(a.consumed == b.consumed && a.head.target == b.head.target && sameHeaders(a.head, b.head),
            "pieces give the same head");
}

/// What was understood means the same to the next parser when it is written again.
void requireRoundTrip(const HttpHead &head, Kind kind)
{
    QByteArray again = kind == Kind::Request
        ? QByteArray(head.method + ' ' + head.target + (head.http10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n"))
        : QByteArray("HTTP/1.1 " + QByteArray::number(head.status) + ' ' + head.reason + "\r\n");
    for (const HttpHeader &header : head.headers)
        again += header.name + ": " + header.value + "\r\n";
    again += "\r\n";
    const Outcome second = parse(again, kind, {0, 0}, 0, int(again.size()) * 1000);
    require(second.status == Status::Done && second.consumed == again.size() && sameHeaders(head, second.head)
                && head.target == second.head.target,
            "a head survives writing");
}

void useRequest(const HttpHead &head)
{
    require(head.target.startsWith('/') || (head.target == "*" && head.method == "OPTIONS"), "a request has a target");
    require(!head.value("Host").isEmpty() || (head.http10 && head.value("Host").isNull()), "a request has a host");
    require(!head.isChunkedOnly() || (head.chunked && head.contentLength < 0), "a body has one length");
    require(head.path().size() + head.query().size() <= head.target.size(), "path and query are parts of the target");
    (void)head.queryValue("room");
    (void)percentDecoded(head.path());
    const ForeignProtocol *sure = foreignProtocolOfQuery(head);
    require(sure == nullptr || foreignProtocolOfRequest(head) == sure, "what is sure is likely");
    if (checkUpgrade(head) == UpgradeError::None)
        require(!head.http10 && QByteArray::fromBase64(head.value("Sec-WebSocket-Key").toByteArray()).size() == 16,
                "a key has 16 bytes");
}

void useResponse(const HttpHead &head)
{
    require(head.status >= 100 && head.status <= 999, "a status has three digits");
    (void)checkUpgradeResponse(head, {"a", "/", "dGhlIHNhbXBsZSBub25jZQ==", {}, {"chat"}, {}});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, size_t size)
{
    if (size < 2)
        return 0;
    const Kind kind = (data[0] & 1) != 0 ? Kind::Response : Kind::Request;
    const HttpLimits limits = (data[0] & 2) != 0 ? HttpLimits{200, 6} : HttpLimits{};
    const QByteArray wire(reinterpret_cast<const char *>(data + 2), qsizetype(size - 2));
    const Outcome whole = parse(wire, kind, limits, 0, int(size) * 1000);
    requireSame(parse(wire, kind, limits, data[1], 20), whole);
    requireSame(parse(wire, kind, limits, 0, 1), whole);
    if (whole.status != Status::Done)
        return 0;
    requireRoundTrip(whole.head, kind);
    kind == Kind::Request ? useRequest(whole.head) : useResponse(whole.head);
    return 0;
}
