// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Input: the most data in bytes (0: no limit), a seed for the cuts, then the bytes of the wire.
#include "protocol/chunkedbody.h"
#include "tests/fuzz/fuzzing.h"

using namespace glasshouse;
using fuzzing::require;

namespace {

using Status = ChunkedBody::Status;

struct Outcome
{
    Status status = Status::NeedMore;
    ChunkError error = ChunkError::None;
    qsizetype consumed = 0;
    QByteArray data;
    bool operator==(const Outcome &) const = default;
};

Outcome parse(const QByteArray &wire, int mostData, quint32 seed, int longest)
{
    ChunkedBody body(mostData);
    Outcome outcome;
    fuzzing::inPieces(wire, seed, longest, [&](const QByteArray &piece) {
        qsizetype consumed = 0;
        outcome.status = body.feed(piece, consumed);
        outcome.consumed += consumed;
        require(consumed == piece.size() || outcome.status != Status::NeedMore, "all is taken until the end");
    });
    outcome.error = body.error();
    outcome.data = body.takeData();
    require((outcome.error != ChunkError::None) == (outcome.status == Status::Failed), "a failure has an error");
    require(mostData == 0 || outcome.data.size() <= mostData, "no more data than may be");
    require(outcome.data.size() <= outcome.consumed
                && outcome.consumed - outcome.data.size() <= ChunkedBody::mostFramingBytes,
            "what is no data is bounded");
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, size_t size)
{
    if (size < 2)
        return 0;
    const QByteArray wire(reinterpret_cast<const char *>(data + 2), qsizetype(size - 2));
    const Outcome whole = parse(wire, data[0], 0, int(size) * 1000);
    require(parse(wire, data[0], data[1], 20) == whole, "pieces give the same outcome");
    require(parse(wire, data[0], 0, 1) == whole, "single bytes give the same outcome");
    if (whole.status != Status::Done)
        return 0;
    const QByteArray again = whole.data.isEmpty()
        ? QByteArray("0\r\n\r\n")
        : QByteArray(QByteArray::number(whole.data.size(), 16) + "\r\n" + whole.data + "\r\n0\r\n\r\n");
    require(parse(again, data[0], 0, int(again.size()) * 1000).data == whole.data, "data survives writing");
    return 0;
}
