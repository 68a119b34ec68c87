// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/wire/wire.h"
#include "protocol/framewriter.h"
#include "tests/support/faketransport.h"

#include <QRandomGenerator>
#include <QTest>
#include <limits>

using namespace glasshouse;

namespace {

QByteArray nameOf(quint8 opcode)
{
    switch (Opcode(opcode)) {
    case Opcode::Continuation:
        return "more";
    case Opcode::Text:
        return "text";
    case Opcode::Binary:
        return "binary";
    case Opcode::Close:
        return "close";
    case Opcode::Ping:
        return "ping";
    case Opcode::Pong:
        return "pong";
    }
    return QByteArray::number(opcode);
}

/// Writes down what a Wire finds, one line a call.
struct Sink final : WireSink
{
    QByteArrayList story;
    QByteArray bytes;
    QList<bool> midway;
    bool hears = true;
    bool goesOn = true;

    bool bytesSeen(QByteArrayView seen) override
    {
        bytes += seen;
        return hears;
    }
    void midwaySeen(bool is) override { midway += is; }
    bool messageSeen(MessageKind kind, QByteArrayView payload) override
    {
        story += (kind == MessageKind::Text ? "text " : "binary ") + payload.toByteArray();
        return goesOn;
    }
    bool controlSeen(Opcode opcode, QByteArrayView payload) override
    {
        story += nameOf(quint8(opcode)) + ' ' + payload.toByteArray();
        return opcode != Opcode::Close;
    }
    void violationSeen(FrameViolation violation, const FrameHeader &header) override
    {
        story += "violation " + describe(violation).toByteArray() + " in " + nameOf(header.opcode());
    }
    void wireEnded(StreamEnd how, const QByteArray &text) override
    {
        story += "ended " + QByteArray::number(int(how)) + ' ' + text;
    }
};

/// The log of a client, or a proxy in the middle.
struct Observer final : WireObserver
{
    QByteArrayList frames;
    QByteArray cameIn; ///< made again from what was told
    Wire *stops = nullptr;

    void frameIn(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) override
    {
        frames += (violation == FrameViolation::None ? "in " : "broken ") + nameOf(header.opcode()) + ' '
            + payload.toByteArray();
        cameIn += wireBytes(header, payload);
        if (stops != nullptr)
            stops->stop();
    }
    void frameOut(const FrameHeader &header, QByteArrayView payload) override
    {
        frames += "out " + nameOf(header.opcode()) + ' ' + payload.toByteArray();
    }
};

QByteArray masked(Opcode opcode, QByteArrayView payload, bool fin = true)
{
    return makeMaskedFrame(opcode, payload, 0x11223344, fin);
}

/// A frame that no writer of ours makes.
QByteArray oddFrame(quint8 firstByte, quint8 headerSize, QByteArrayView payload, bool isMasked = true)
{
    FrameHeader header;
    header.firstByte = firstByte;
    header.masked = isMasked;
    header.size = headerSize;
    header.maskKey = 0x11223344;
    header.payloadLength = quint64(payload.size());
    return wireBytes(header, payload);
}

} // namespace

/// Frames over a Transport, as either side.
class TestWire final : public QObject
{
    Q_OBJECT

private slots:
    void init() { make(); }

    void readsOnlyOnceItIsOpen();
    void givesMessages_data();
    void givesMessages();
    void takesBytesBehindTheHead();
    void showsTheBytesAsTheyCame();
    void saysWhetherAMessageIsIncomplete();
    void countsWhatGoesOver();
    void sendsFrames();
    void numbersSharedTexts_data();
    void numbersSharedTexts();
    void sharesWhatIsSentToMany();
    void masksAsAClient();
    void readsAsAClient();
    void drawsAKeyForEachFrame();
    void isDeafBehindAViolation_data();
    void isDeafBehindAViolation();
    void isDeafWhenTheSinkSaysStop();
    void isDeafWhenTheObserverStopsIt();
    void leavesBytesAloneThatAreNotToBeSeen();
    void passesTheEndOn();
    void showsEveryFrameToItsObserver();
    void passesOnWhatATolerantOneDoesNotLike_data();
    void passesOnWhatATolerantOneDoesNotLike();
    void endsWhereATolerantOneCanNotTellWhereAFrameEnds();
    void keepsTheLastFrames();
    void doesNotCountWhatIsDropped();
    void abortsItsTransport();

private:
    Sink m_sink;
    Observer m_observer;
    TurnClock m_clock;
    FakeTransport *m_transport = nullptr; ///< owned by m_wire
    std::unique_ptr<Wire> m_wire;

    void make(WireOptions options = {});
};

void TestWire::make(WireOptions options)
{
    m_sink = {};
    m_observer = {};
    options.limits = {1'000, 3};
    options.observer = &m_observer;
    auto transport = std::make_unique<FakeTransport>();
    m_transport = transport.get();
    m_wire = std::make_unique<Wire>(std::move(transport), m_sink, m_clock, options);
    m_wire->open();
}

void TestWire::readsOnlyOnceItIsOpen()
{
    auto transport = std::make_unique<FakeTransport>();
    const FakeTransport &seen = *transport;
    Wire wire(std::move(transport), m_sink, m_clock, {});
    QVERIFY(!seen.reading);
    wire.open();
    QVERIFY(seen.reading);
}

void TestWire::givesMessages_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("story");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArrayList &story) {
        QTest::newRow(name) << bytes << story;
    };
    row("text", masked(Opcode::Text, "hello"), {"text hello"});
    row("text that is no ASCII", masked(Opcode::Text, "\xC3\xA4\xF0\x9F\x90\x8E"), {"text \xC3\xA4\xF0\x9F\x90\x8E"});
    row("binary", masked(Opcode::Binary, QByteArrayView("\0\xFF", 2)), {QByteArray("binary \0\xFF", 9)});
    row("empty", masked(Opcode::Text, ""), {"text "});
    row("two", masked(Opcode::Text, "a") + masked(Opcode::Text, "b"), {"text a", "text b"});
    row("fragments", masked(Opcode::Text, "a", false) + masked(Opcode::Continuation, "b"), {"text ab"});
    row("a ping between fragments",
        masked(Opcode::Text, "a", false) + masked(Opcode::Ping, "p") + masked(Opcode::Continuation, "b"),
        {"ping p", "text ab"});
    row("pong", masked(Opcode::Pong, "x"), {"pong x"});
    row("as large as may be", masked(Opcode::Binary, QByteArray(1'000, 'x')), {"binary " + QByteArray(1'000, 'x')});
}

void TestWire::givesMessages()
{
    QFETCH(QByteArray, bytes);
    m_transport->peerSays(bytes);
    QTEST(m_sink.story, "story");
    m_sink.story.clear();
    for (const char byte : bytes) // and in the smallest pieces
        m_transport->peerSays(QByteArray(1, byte));
    QTEST(m_sink.story, "story");
}

void TestWire::takesBytesBehindTheHead()
{
    const QByteArray frame = masked(Opcode::Text, "early bird");
    m_wire->open(frame.first(5));
    QCOMPARE(m_sink.story.size(), 0);
    m_wire->takeEarly(frame.sliced(5));
    QCOMPARE(m_sink.story, QByteArrayList{"text early bird"});
}

void TestWire::showsTheBytesAsTheyCame()
{
    const QByteArray bytes = masked(Opcode::Text, "hello") + oddFrame(0xC1, 6, "what is this");
    m_transport->peerSays(bytes);
    m_transport->peerSays("and more"); // looked at or not
    QCOMPARE(m_sink.bytes, bytes + "and more");
}

void TestWire::saysWhetherAMessageIsIncomplete()
{
    const QByteArray frame = masked(Opcode::Text, "hello");
    m_transport->peerSays(frame);
    QCOMPARE(m_sink.midway, QList<bool>()); // the usual case costs no call
    m_transport->peerSays(frame.first(3));
    m_transport->peerSays(frame.sliced(3, 4));
    m_transport->peerSays(frame.sliced(7) + frame.first(1));
    m_transport->peerSays(frame.sliced(1));
    QCOMPARE(m_sink.midway, QList<bool>({true, true, true, false}));
}

void TestWire::countsWhatGoesOver()
{
    const QByteArray in = masked(Opcode::Text, "one") + masked(Opcode::Ping, "") + masked(Opcode::Binary, "twelve");
    m_transport->peerSays(in);
    m_wire->sendFrame(makeFrame(Opcode::Binary, "three"), 2);
    SequencedText text("{\"seq\":");
    m_wire->sendText(text, 12);
    m_wire->send(Opcode::Text, "four");
    m_wire->send(Opcode::Pong, "");
    const WireCounters &counters = m_wire->counters();
    QCOMPARE(counters.messagesIn, 2);
    QCOMPARE(counters.bytesIn, quint64(in.size()));
    QCOMPARE(counters.messagesOut, 3);
    QCOMPARE(counters.bytesOut, quint64(m_transport->sent.size()));
    QCOMPARE(m_wire->biggestMessage(), 6);
}

void TestWire::sendsFrames()
{
    SequencedText text("{\"seq\":");
    m_wire->sendText(text, 9);
    m_wire->sendText(text, 10);
    m_wire->send(Opcode::Ping, "12345678");
    m_wire->send(Opcode::Text, "hello");
    m_wire->sendClose(1012, "back soon");
    m_wire->sendClose(0);
    QCOMPARE(m_transport->sent,
             makeFrame(Opcode::Text, "{\"seq\":9}") + makeFrame(Opcode::Text, "{\"seq\":10}")
                 + makeFrame(Opcode::Ping, "12345678") + makeFrame(Opcode::Text, "hello")
                 + makeFrame(Opcode::Close, closePayload(1012, "back soon")) + makeFrame(Opcode::Close, ""));
}

void TestWire::numbersSharedTexts_data()
{
    QTest::addColumn<quint64>("number");
    for (const quint64 number : {quint64(0), quint64(9), quint64(10), quint64(99), quint64(100), quint64(4'294'967'296),
                                 quint64(std::numeric_limits<qint64>::max())})
        QTest::addRow("%llu", qulonglong(number)) << number;
}

void TestWire::numbersSharedTexts()
{
    QFETCH(quint64, number);
    const QByteArray whole = "{\"seq\":" + QByteArray::number(number) + '}';
    SequencedText text("{\"seq\":");
    m_wire->sendText(text, number);
    QCOMPARE(m_transport->sent, makeFrame(Opcode::Text, whole));
    QCOMPARE(m_observer.frames, QByteArrayList{"out text " + whole});
}

void TestWire::sharesWhatIsSentToMany()
{
    m_transport->holds = true;
    const QByteArray frame = makeFrame(Opcode::Binary, QByteArray(500, 'x'));
    SequencedText text(QByteArray(500, 'y'));
    m_wire->sendFrame(frame, 4);
    m_wire->sendText(text, 1);
    QVERIFY(!frame.isDetached() && !text.head(1).isDetached()); // another one has a part in them: the queue
}

void TestWire::masksAsAClient()
{
    QRandomGenerator keys(7);
    QRandomGenerator same(7);
    make({.role = ReaderRole::Client, .maskKeys = &keys});
    m_wire->send(Opcode::Text, "hello");
    m_wire->sendClose(1000, "bye");
    QByteArray expected = makeMaskedFrame(Opcode::Text, "hello", same.generate());
    expected += makeMaskedFrame(Opcode::Close, closePayload(1000, "bye"), same.generate());
    QCOMPARE(m_transport->sent, expected);
    QCOMPARE(m_observer.frames, QByteArrayList({"out text hello", "out close " + closePayload(1000, "bye")}));
}

void TestWire::readsAsAClient()
{
    QRandomGenerator keys(7);
    make({.role = ReaderRole::Client, .maskKeys = &keys});
    m_transport->peerSays(makeFrame(Opcode::Text, "hello") + masked(Opcode::Text, "not from a server"));
    QCOMPARE(m_sink.story, QByteArrayList({"text hello", "violation A server's frame is masked in text"}));
}

void TestWire::drawsAKeyForEachFrame()
{
    QRandomGenerator keys(7);
    make({.role = ReaderRole::Client, .maskKeys = &keys});
    m_wire->send(Opcode::Text, "same");
    const QByteArray first = std::exchange(m_transport->sent, {});
    m_wire->send(Opcode::Text, "same");
    QVERIFY(m_transport->sent != first);
}

void TestWire::isDeafBehindAViolation_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("violation");
    const auto row = [](const char *name, const QByteArray &bytes, FrameViolation violation, const char *opcode) {
        QTest::newRow(name) << bytes << "violation " + describe(violation).toByteArray() + " in " + opcode;
    };
    row("not masked", makeFrame(Opcode::Text, "hello"), FrameViolation::NotMasked, "text");
    row("no UTF-8", masked(Opcode::Text, "\xFF\xFE"), FrameViolation::InvalidUtf8, "text");
    row("too big", masked(Opcode::Binary, QByteArray(1'001, 'x')), FrameViolation::MessageTooBig, "binary");
    row("too many fragments",
        masked(Opcode::Text, "a", false) + masked(Opcode::Continuation, "b", false)
            + masked(Opcode::Continuation, "c", false) + masked(Opcode::Continuation, "d", false),
        FrameViolation::TooManyFragments, "more");
    row("half a close", masked(Opcode::Close, "x"), FrameViolation::InvalidCloseLength, "close");
}

void TestWire::isDeafBehindAViolation()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, violation);
    m_transport->peerSays(bytes + masked(Opcode::Text, "more"));
    m_transport->peerSays(masked(Opcode::Text, "and more"));
    QCOMPARE(m_sink.story, QByteArrayList{violation});
    QVERIFY(m_wire->reader().finished());
}

void TestWire::isDeafWhenTheSinkSaysStop()
{
    m_sink.goesOn = false;
    m_transport->peerSays(masked(Opcode::Text, "one") + masked(Opcode::Text, "two"));
    m_transport->peerSays(masked(Opcode::Text, "three"));
    QCOMPARE(m_sink.story, QByteArrayList{"text one"});
}

void TestWire::isDeafWhenTheObserverStopsIt()
{
    m_observer.stops = m_wire.get();
    m_transport->peerSays(masked(Opcode::Text, "one") + masked(Opcode::Text, "two"));
    m_transport->peerSays(masked(Opcode::Text, "three"));
    QCOMPARE(m_sink.story, QByteArrayList());
    QCOMPARE(m_observer.frames, QByteArrayList{"in text one"});
}

void TestWire::leavesBytesAloneThatAreNotToBeSeen()
{
    m_sink.hears = false;
    m_transport->peerSays(masked(Opcode::Text, "one"));
    QCOMPARE(m_sink.story.size(), 0);
}

void TestWire::passesTheEndOn()
{
    m_transport->peerEnds(StreamEnd::TimedOut, "timed out");
    QCOMPARE(m_sink.story, QByteArrayList{"ended " + QByteArray::number(int(StreamEnd::TimedOut)) + " timed out"});
}

void TestWire::showsEveryFrameToItsObserver()
{
    const QByteArray in =
        masked(Opcode::Text, "a", false) + masked(Opcode::Ping, "p") + masked(Opcode::Continuation, "b");
    m_transport->peerSays(in);
    m_wire->sendFrame(makeFrame(Opcode::Text, "echo"), 2);
    SequencedText text("{\"seq\":");
    m_wire->sendText(text, 12);
    m_wire->send(Opcode::Pong, "p");
    m_transport->peerSays(makeFrame(Opcode::Text, "not masked"));
    QCOMPARE(m_observer.frames,
             QByteArrayList({"in text a", "in ping p", "in more b", "out text echo", "out text {\"seq\":12}",
                             "out pong p", "broken text not masked"}));
    QVERIFY(m_observer.cameIn.startsWith(in));
}

void TestWire::passesOnWhatATolerantOneDoesNotLike_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("story");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArrayList &story) {
        QTest::newRow(name) << bytes << story;
    };
    const auto broke = [](FrameViolation violation, const char *opcode) {
        return "violation " + describe(violation).toByteArray() + " in " + opcode;
    };
    row("packed by an extension", oddFrame(0xC1, 6, "\xFF\x01"), {broke(FrameViolation::ReservedBits, "text")});
    row("packed, in fragments", oddFrame(0x41, 6, "\xFF") + masked(Opcode::Continuation, "\xFE"),
        {broke(FrameViolation::ReservedBits, "text")});
    row("an unknown opcode between fragments",
        masked(Opcode::Text, "a", false) + oddFrame(0x83, 6, "?") + masked(Opcode::Continuation, "b"),
        {broke(FrameViolation::UnknownOpcode, "3"), "text ab"});
    row("not masked", makeFrame(Opcode::Text, "clear"), {broke(FrameViolation::NotMasked, "text")});
    row("a long form of the length", oddFrame(0x81, 14, "hi"), {broke(FrameViolation::LengthNotMinimal, "text")});
    row("a long ping", masked(Opcode::Ping, QByteArray(300, 'p')), {broke(FrameViolation::ControlTooLong, "ping")});
    row("half a ping", masked(Opcode::Ping, "p", false), {broke(FrameViolation::ControlFragmented, "ping")});
    row("a close code of nobody", masked(Opcode::Close, closePayload(999)),
        {broke(FrameViolation::InvalidCloseCode, "close")});
    row("bad text", masked(Opcode::Text, "a\xFF"), {broke(FrameViolation::InvalidUtf8, "text")});
    row("text that stops short", masked(Opcode::Text, "a\xE2\x82"), {broke(FrameViolation::InvalidUtf8, "text")});
    row("bad text in the second of three",
        masked(Opcode::Text, "a", false) + masked(Opcode::Continuation, "\xFF", false)
            + masked(Opcode::Continuation, "c"),
        {broke(FrameViolation::InvalidUtf8, "more")});
    row("a part of nothing", masked(Opcode::Continuation, "b"),
        {broke(FrameViolation::UnexpectedContinuation, "more")});
    row("a part of nothing that is not the last", masked(Opcode::Continuation, "b", false),
        {broke(FrameViolation::UnexpectedContinuation, "more")});
    row("a message within another",
        masked(Opcode::Text, "a", false) + masked(Opcode::Text, "b") + masked(Opcode::Binary, "c"),
        {broke(FrameViolation::ExpectedContinuation, "text"), "binary c"});
    row("more fragments than may be",
        masked(Opcode::Text, "a", false) + masked(Opcode::Continuation, "b", false)
            + masked(Opcode::Continuation, "c", false) + masked(Opcode::Continuation, "d", false)
            + masked(Opcode::Continuation, "e"),
        {broke(FrameViolation::TooManyFragments, "more")});
    row("larger than may be, in parts",
        masked(Opcode::Binary, QByteArray(600, 'a'), false) + masked(Opcode::Continuation, QByteArray(600, 'b')),
        {broke(FrameViolation::MessageTooBig, "more")});
}

void TestWire::passesOnWhatATolerantOneDoesNotLike()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, story);
    bytes += masked(Opcode::Text, "and then");
    story += "text and then";
    make({.rigor = ReaderRigor::Tolerant});
    m_transport->peerSays(bytes);
    QCOMPARE(m_sink.story, story);
    QCOMPARE(m_observer.cameIn, bytes);
    m_sink.story.clear();
    for (const char byte : bytes)
        m_transport->peerSays(QByteArray(1, byte));
    QCOMPARE(m_sink.story, story);
    QCOMPARE(m_observer.cameIn, bytes + bytes);
    QCOMPARE(m_wire->reader().buffered(), 0);
}

void TestWire::endsWhereATolerantOneCanNotTellWhereAFrameEnds()
{
    make({.rigor = ReaderRigor::Tolerant});
    m_transport->peerSays(masked(Opcode::Binary, QByteArray(1'001, 'x')) + masked(Opcode::Text, "and then"));
    QCOMPARE(m_sink.story, QByteArrayList{"violation The message is too big in binary"});
    QVERIFY(m_wire->reader().finished());
}

void TestWire::keepsTheLastFrames()
{
    {
        const TurnClock::Turn turn(m_clock, 1'000'000);
        m_transport->peerSays(masked(Opcode::Text, "lost") + masked(Opcode::Text, "hello"));
        m_wire->send(Opcode::Text, "world");
    }
    {
        const TurnClock::Turn turn(m_clock, 3'000'000);
        SequencedText text("{\"seq\":");
        m_wire->sendText(text, 12);
        m_wire->sendClose(1000);
        m_transport->peerSays(makeFrame(Opcode::Binary, "not masked"));
    }
    const TurnClock::Turn turn(m_clock, 4'500'000);
    QCOMPARE(m_wire->lastFrames(),
             QList<LastFrame>({{Direction::In, 1, false, 5, 3'500},
                               {Direction::Out, 1, false, 5, 3'500},
                               {Direction::Out, 1, false, 10, 1'500},
                               {Direction::Out, 8, false, 2, 1'500},
                               {Direction::In, 2, true, 10, 1'500}}));
}

void TestWire::doesNotCountWhatIsDropped()
{
    m_wire->send(Opcode::Text, "sent");
    const quint64 sent = m_wire->counters().bytesOut;
    m_transport->holds = true;
    m_wire->send(Opcode::Text, "dropped");
    m_wire->dropQueue();
    QCOMPARE(m_wire->counters().bytesOut, sent);
    QCOMPARE(m_wire->counters().messagesOut, 1);
    m_wire->send(Opcode::Text, "never leaves");
    m_wire->discountUnsent();
    QCOMPARE(m_wire->counters().bytesOut, sent);
}

void TestWire::abortsItsTransport()
{
    bool aborted = false;
    m_transport->abortedFlag = &aborted;
    m_wire.reset();
    QVERIFY(aborted);
}

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
