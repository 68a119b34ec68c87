// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Input: flags (1: client, 2: no limits), a seed for the cuts, then the bytes of the wire.
#include "protocol/framewriter.h"
#include "tests/fuzz/fuzzing.h"
#include "tests/protocol/recordingsink.h"

#include <QStringDecoder>

using namespace glasshouse;
using fuzzing::require;

namespace {

constexpr FrameLimits strict{300, 5};

/// Keeps the invariants while it records.
class CheckingSink final : public FrameSink
{
public:
    CheckingSink(const QByteArray &wire, FrameLimits limits) : m_wire(wire), m_limits(limits) { }

    RecordingSink record;

    bool frameReceived(const FrameHeader &header, QByteArrayView payload) override
    {
        require(quint64(payload.size()) == header.payloadLength, "a frame is whole");
        takeFromWire(header, payload);
        if (!isControl(header.opcode()))
            m_message.append(payload);
        return record.frameReceived(header, payload);
    }
    bool messageReceived(MessageKind kind, QByteArrayView payload) override
    {
        require(payload == m_message, "a message is its frames joined");
        require(m_limits.maxMessageBytes == 0 || payload.size() <= m_limits.maxMessageBytes,
                "a message keeps the limit");
        if (kind == MessageKind::Text) {
            QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
            const QString text = decoder(payload);
            require(!decoder.hasError() && text.toUtf8() == payload, "text is UTF-8");
        }
        m_message.clear();
        return record.messageReceived(kind, payload);
    }
    bool controlReceived(Opcode opcode, QByteArrayView payload) override
    {
        require(payload.size() <= 125, "a control frame is short");
        return record.controlReceived(opcode, payload);
    }
    void frameBroken(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) override
    {
        require(payload.size() <= 4096, "a broken frame shows little");
        require(violation != FrameViolation::None && closeCodeFor(violation) != 0, "a violation has a code");
        record.frameBroken(header, payload, violation);
    }

private:
    QByteArray m_wire;
    FrameLimits m_limits;
    QByteArray m_message;

    /// A correct frame is minimal, so that writing it again gives the bytes that came.
    void takeFromWire(const FrameHeader &header, QByteArrayView payload)
    {
        const auto opcode = Opcode(header.opcode());
        const QByteArray again = header.masked ? makeMaskedFrame(opcode, payload, header.maskKey, header.fin())
                                               : makeFrame(opcode, payload, header.fin());
        require(m_wire.startsWith(again), "frames are what stood on the wire");
        m_wire.remove(0, again.size());
    }
};

QByteArrayList outcome(const QByteArray &wire, bool client, FrameLimits limits, quint32 seed, int longest)
{
    FrameReader reader(client ? ReaderRole::Client : ReaderRole::Server, limits);
    CheckingSink sink(wire, limits);
    qsizetype fed = 0;
    fuzzing::inPieces(wire, seed, longest, [&](QByteArray piece) {
        fed += piece.size();
        const bool goesOn = reader.feed(piece.data(), piece.size(), sink);
        require(goesOn != reader.finished(), "feed() tells whether it has finished");
        require(reader.buffered() <= fed, "buffers grow only with what has arrived");
        require(reader.midway() || reader.buffered() == 0, "nothing is held between messages");
    });
    return sink.record.lines;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, size_t size)
{
    if (size < 2)
        return 0;
    const bool client = (data[0] & 1) != 0;
    const FrameLimits limits = (data[0] & 2) != 0 ? FrameLimits{0, 0} : strict;
    const QByteArray wire(reinterpret_cast<const char *>(data + 2), qsizetype(size - 2));
    const QByteArrayList whole = outcome(wire, client, limits, 0, int(size) * 1000);
    require(outcome(wire, client, limits, data[1], 20) == whole, "pieces give the same outcome");
    require(outcome(wire, client, limits, 0, 1) == whole, "single bytes give the same outcome");
    return 0;
}
