// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Input: flags (1: begun anew each time, the rest: the window), a seed for the cuts, then bytes: once as what somebody sent, once as
// a message that is compressed and comes back.
#include "protocol/deflate/messagedeflate.h"
#include "tests/fuzz/fuzzing.h"

using namespace glasshouse;
using fuzzing::require;

namespace {

constexpr qint64 limit = 5'000;

void readAsSent(const QByteArray &bytes, int bits, bool takeover, quint32 seed)
{
    MessageInflater inflater(bits, takeover);
    QByteArray out;
    auto violation = FrameViolation::None;
    fuzzing::inPieces(bytes, seed, 50, [&](const QByteArray &piece) {
        if (violation != FrameViolation::None)
            return;
        const qsizetype before = out.size();
        inflater.beginPart();
        violation = inflater.take(piece, out, limit);
        require(inflater.madeOfPart() == out.size() - before, "a part is counted");
    });
    if (violation == FrameViolation::None)
        violation = inflater.finish(out, limit);
    require(out.size() <= limit, "a message keeps the limit");
    require(violation == FrameViolation::None || violation == FrameViolation::MessageTooBig
                || violation == FrameViolation::BadCompression,
            "it says what is wrong");
}

void sendAndRead(const QByteArray &bytes, int bits, bool takeover, quint32 seed)
{
    MessageDeflater deflater(bits, takeover);
    MessageInflater inflater(bits, takeover);
    for (int i = 0; i < 2; ++i) {
        QByteArray packed;
        fuzzing::inPieces(bytes, seed, 300, [&](const QByteArray &piece) { packed += deflater.take(piece, false); });
        packed += deflater.take({});
        QByteArray out;
        require(inflater.take(packed, out, 0) == FrameViolation::None, "it can be inflated");
        require(inflater.finish(out, 0) == FrameViolation::None, "it ends where it should");
        require(out == bytes, "it comes back as it was");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, size_t size)
{
    if (size < 2)
        return 0;
    const bool takeover = (data[0] & 1) == 0;
    const int bits = 9 + (data[0] >> 1) % 7;
    const QByteArray bytes(reinterpret_cast<const char *>(data) + 2, qsizetype(size) - 2);
    readAsSent(bytes, bits, takeover, data[1]);
    sendAndRead(bytes, bits, takeover, data[1]);
    return 0;
}
