// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Input: flags (1: client, 2: no limits, 4: tolerant), a seed for the cuts, then what the peer says. Every message comes back,
// every ping is answered, and a proxy passes every frame on to somebody else.
#include "net/wire/wire.h"
#include "protocol/framewriter.h"
#include "tests/fuzz/fuzzing.h"
#include "tests/support/faketransport.h"

using namespace glasshouse;
using fuzzing::require;

namespace {

struct Flags
{
    bool client;
    bool noLimits;
    bool tolerant;

    explicit Flags(quint8 byte) : client((byte & 1) != 0), noLimits((byte & 2) != 0), tolerant((byte & 4) != 0) { }
    [[nodiscard]] FrameLimits limits() const { return noLimits ? FrameLimits{0, 0} : FrameLimits{300, 5}; }
    [[nodiscard]] bool canPassOver(const FrameHeader &header) const
    {
        const qint64 limit = limits().maxMessageBytes;
        return tolerant && (header.payloadLength >> 63) == 0 && (limit == 0 || qint64(header.payloadLength) <= limit);
    }
};

/// Reads what a Wire has sent, as the peer of it would.
struct Peer final : FrameSink
{
    QByteArrayList frames;

    bool frameReceived(const FrameHeader &header, QByteArrayView payload) override
    {
        frames += QByteArray(1, char(header.opcode())) + payload.toByteArray();
        return true;
    }
    bool messageReceived(MessageKind, QByteArrayView) override { return true; }
    bool controlReceived(Opcode, QByteArrayView) override { return true; }
    void frameBroken(const FrameHeader &, QByteArrayView, FrameViolation) override
    {
        require(false, "what is sent keeps the rules");
    }
};

/// A Wire over a stream without a network, whoever uses it, and whoever looks at it.
class End final : public WireSink, public WireObserver
{
public:
    QByteArrayList story;

    explicit End(Flags flags)
        : m_flags(flags),
          m_wire(transport(m_transport), *this, m_clock,
                 {.role = flags.client ? ReaderRole::Client : ReaderRole::Server,
                  .limits = flags.limits(),
                  .rigor = flags.tolerant ? ReaderRigor::Tolerant : ReaderRigor::Strict,
                  .observer = this,
                  .maskKeys = flags.client ? &m_keys : nullptr}),
          m_next(transport(m_nextTransport), *this, m_clock, {})
    {
        m_wire.open();
    }

    void hear(QByteArray bytes)
    {
        m_fed += bytes.size();
        m_transport->peerSays(std::move(bytes));
        require(m_wire.counters().bytesIn == quint64(m_fed) && m_seen.size() == m_fed,
                "every byte is counted and shown");
        require(m_midway == m_wire.reader().midway(), "it is told whether something is incomplete");
        require(m_wire.reader().buffered() <= m_fed, "buffers grow only with what has arrived");
    }
    void check() const
    {
        require(m_wire.counters().messagesIn == m_messages, "messages are counted");
        require(m_wire.counters().bytesOut == quint64(m_transport->sent.size()), "what is sent is counted");
        const QByteArray &passedOn = m_nextTransport->sent;
        require(m_seen.startsWith(passedOn), "frames are passed on byte for byte");
        const bool isComplete = !m_wire.reader().midway() && !m_wire.reader().finished();
        require(!isComplete || passedOn == m_seen, "no frame is left out");
        checkAnswers(m_transport->sent);
    }

    bool bytesSeen(QByteArrayView bytes) override
    {
        m_seen += bytes;
        return true;
    }
    void midwaySeen(bool midway) override { m_midway = midway; }
    bool messageSeen(MessageKind kind, QByteArrayView payload) override
    {
        require(m_flags.noLimits || payload.size() <= m_flags.limits().maxMessageBytes, "a message keeps the limit");
        ++m_messages;
        story += (kind == MessageKind::Text ? "text " : "binary ") + payload.toByteArray();
        answer(kind == MessageKind::Text ? Opcode::Text : Opcode::Binary, payload);
        return !payload.startsWith("stop");
    }
    bool controlSeen(Opcode opcode, QByteArrayView payload) override
    {
        require(payload.size() <= 125, "a control frame is short");
        story += "control " + QByteArray::number(int(opcode)) + ' ' + payload.toByteArray();
        if (opcode != Opcode::Pong)
            answer(opcode == Opcode::Ping ? Opcode::Pong : opcode, payload);
        return opcode != Opcode::Close;
    }
    void violationSeen(FrameViolation violation, const FrameHeader &header) override
    {
        story += "violation " + describe(violation).toByteArray();
        require(m_wire.reader().finished() != m_flags.canPassOver(header), "a tolerant one reads on where it can");
    }
    void wireEnded(StreamEnd, const QByteArray &) override { }

    void frameIn(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) override
    {
        const bool isLast = violation != FrameViolation::None && !m_flags.canPassOver(header);
        require(isLast ? payload.size() <= 4096 : quint64(payload.size()) == header.payloadLength, "a frame is whole");
        if (!isLast)
            m_next.passOn(header, payload);
    }
    void frameOut(const FrameHeader &header, QByteArrayView payload) override
    {
        require(header.masked == m_flags.client, "a client masks, a server does not");
        require(payload == QByteArrayView(m_answers.constLast()).sliced(1), "what is shown is what is sent");
    }

private:
    Flags m_flags;
    TurnClock m_clock;
    QRandomGenerator m_keys{7};
    FakeTransport *m_transport = nullptr;
    FakeTransport *m_nextTransport = nullptr;
    Wire m_wire;
    Wire m_next; ///< the other leg of the proxy
    QByteArray m_seen;
    QByteArrayList m_answers;
    qint64 m_fed = 0;
    quint64 m_messages = 0;
    bool m_midway = false;

    static std::unique_ptr<Transport> transport(FakeTransport *&seen)
    {
        auto made = std::make_unique<FakeTransport>();
        seen = made.get();
        return made;
    }
    void answer(Opcode opcode, QByteArrayView payload)
    {
        m_answers += QByteArray(1, char(opcode)) + payload.toByteArray();
        m_wire.send(opcode, QByteArrayView(m_answers.constLast()).sliced(1));
    }
    void checkAnswers(QByteArray sent) const
    {
        Peer peer;
        FrameReader reader(m_flags.client ? ReaderRole::Server : ReaderRole::Client, {0, 0});
        std::ignore = reader.feed(sent.data(), sent.size(), peer);
        require(peer.frames == m_answers && !reader.midway(), "the peer reads what was sent");
    }
};

QByteArrayList outcome(const QByteArray &wire, Flags flags, quint32 seed, int longest)
{
    End end(flags);
    fuzzing::inPieces(wire, seed, longest, [&end](const QByteArray &piece) { end.hear(piece); });
    end.check();
    return end.story;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, size_t size)
{
    if (size < 2)
        return 0;
    const Flags flags(data[0]);
    const QByteArray wire(reinterpret_cast<const char *>(data + 2), qsizetype(size - 2));
    const QByteArrayList whole = outcome(wire, flags, 0, int(size) * 1000);
    require(outcome(wire, flags, data[1], 20) == whole, "pieces give the same outcome");
    require(outcome(wire, flags, 0, 1) == whole, "single bytes give the same outcome");
    return 0;
}
