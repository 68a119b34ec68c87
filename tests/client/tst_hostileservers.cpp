// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/deflate/messagedeflate.h"
#include "tests/client/subject.h"

#include <QFile>
#include <ctime>
#include <memory>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;
using State = TestClientState;

namespace {

/// How much this process works at most between two turns of its loop, in milliseconds. Counted is its own time, so that others on
/// the machine do not matter; on Windows clock() counts all.
class TurnWatch final : public QObject
{
public:
    TurnWatch()
    {
        connect(&m_timer, &QTimer::timeout, this, [this] { turn(); });
        m_timer.start(1);
    }
    [[nodiscard]] qint64 longestMs() const { return m_longest * 1'000 / CLOCKS_PER_SEC; }
    [[nodiscard]] int turns() const { return m_turns; }
    /// What was done until now was the test's.
    void forget() { m_last = std::clock(); }
    void turn()
    {
        const std::clock_t now = std::clock();
        m_longest = qMax(m_longest, now - m_last);
        m_last = now;
        ++m_turns;
    }

private:
    QTimer m_timer;
    std::clock_t m_last = std::clock();
    std::clock_t m_longest = 0;
    int m_turns = 0;
};

/// Of this process: resident, in bytes; 0 where the system does not say.
qint64 residentBytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * 4096;
}

/// Says the same again and again, as fast as it is read.
class Flood final : public QObject
{
public:
    Flood(FakePeer &peer, const QByteArray &bytes) : QObject(&peer), m_peer(peer), m_bytes(bytes)
    {
        connect(peer.socket(), &QTcpSocket::bytesWritten, this, [this] { pour(); });
        pour();
    }
    qint64 said = 0;

private:
    FakePeer &m_peer;
    QByteArray m_bytes;

    void pour()
    {
        while (m_peer.socket()->isOpen() && m_peer.socket()->bytesToWrite() < 256 * 1024) {
            m_peer.write(m_bytes);
            said += m_bytes.size();
        }
    }
};

QByteArray announcing(quint8 firstByte, quint64 length)
{
    FrameHeader header;
    header.firstByte = firstByte;
    header.size = 10;
    header.payloadLength = length;
    return QByteArrayView(HeaderBytes(header)).toByteArray();
}

} // namespace

/// Servers that mean harm, over real sockets: the client ends with the right fault, in time, and holds no more than its bounds.
class TestHostileServers final : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void silentServer();
    void drippingHead();
    void headWithoutEnd();
    void refusalWithoutEnd();
    void fragmentsWithoutEnd_data();
    void fragmentsWithoutEnd();
    void announcedGigabyte_data();
    void announcedGigabyte();
    void announcedGigabyteThatIsAllowed();
    void deflateBomb_data();
    void deflateBomb();
    void maskedFrames();
    void badText();
    void closeWithoutAnEnd();
    void closeThatIsNotAnswered();
    void bytesBehindTheClose();
    void pingsWithoutEnd();
    void pingsThatNobodyLetsUsAnswer();
    void redirectsWithoutEnd();

private:
    std::unique_ptr<TurnWatch> m_turns; ///< of the case that runs
};

void TestHostileServers::init() { m_turns = std::make_unique<TurnWatch>(); }

// However much comes, the loop goes on turning. At most 65 ms were measured, of a bomb, with the server in the same thread; sanitizers
// cost up to five times as much.
void TestHostileServers::cleanup()
{
    constexpr qint64 mostMs = 400;
    m_turns->turn();
    QVERIFY2(m_turns->longestMs() < mostMs, qPrintable(QString::number(m_turns->longestMs())));
}

void TestHostileServers::silentServer()
{
    FakeServer server;
    server.answer = [](FakePeer &) {};
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.openingMs = 200;
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TimeoutUpgrading);
}

// Each byte comes in time, and all of them do not.
void TestHostileServers::drippingHead()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        auto *drip = new QTimer(&peer);
        connect(drip, &QTimer::timeout, &peer, [&peer, drip] {
            peer.write(drip->property("begun").toBool() ? "X" : "HTTP/1.1 101 Switching Protocols\r\nX: ");
            drip->setProperty("begun", true);
        });
        drip->start(5);
    };
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.openingMs = 300;
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TimeoutUpgrading);
    QVERIFY(subject.ending().responseHead.size() < 16 * 1024);
}

void TestHostileServers::headWithoutEnd()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.write("HTTP/1.1 101 Switching Protocols\r\n");
        new Flood(peer, "X-" + QByteArray(900, 'x') + ": y\r\n");
    };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::BadResponseHead);
    QVERIFY(subject.ending().responseHead.size() <= 17 * 1024);
}

void TestHostileServers::refusalWithoutEnd()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.write("HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n");
        new Flood(peer, QByteArray(10'000, 'x'));
    };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::HttpUnavailable);
    QVERIFY(subject.ending().bodyCut);
    QVERIFY(subject.ending().responseBody.size() <= 64 * 1024);
}

void TestHostileServers::fragmentsWithoutEnd_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::addColumn<Fault>("fault");
    QTest::newRow("empty ones") << QByteArray() << Fault::ProtocolViolation;
    QTest::newRow("a byte each") << "x"_ba << Fault::ProtocolViolation;
    QTest::newRow("a kilobyte each") << QByteArray(1024, 'x') << Fault::MessageTooBig;
}

void TestHostileServers::fragmentsWithoutEnd()
{
    QFETCH(QByteArray, piece);
    QFETCH(TestClientFault, fault);
    FakeServer server;
    server.answer = [&](FakePeer &peer) {
        peer.write(peer.acceptance() + makeFrame(Opcode::Text, "x", false));
        new Flood(peer, makeFrame(Opcode::Continuation, piece, false).repeated(100));
    };
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.maxMessageBytes = 1'000'000;
    subject.client.connectToServer(options);
    QTRY_COMPARE_WITH_TIMEOUT(subject.endings.size(), 1, 30'000);
    QCOMPARE(subject.ending().fault, fault);
    QVERIFY(subject.messages.isEmpty());
}

void TestHostileServers::announcedGigabyte_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a frame") << announcing(0x82, 1ULL << 30);
    QTest::newRow("a compressed frame") << announcing(0xC2, 1ULL << 30);
    QTest::newRow("a second fragment") << makeFrame(Opcode::Binary, "x", false) + announcing(0x80, 1ULL << 30);
}

// It ends at the header: nobody waits for the gigabyte.
void TestHostileServers::announcedGigabyte()
{
    QFETCH(QByteArray, bytes);
    FakeServer server;
    server.answer = [&](FakePeer &peer) {
        peer.write(peer.acceptance("Sec-WebSocket-Extensions: permessage-deflate\r\n") + bytes);
    };
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.deflate.offered = true;
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::MessageTooBig);
    QCOMPARE(subject.ending().codeSent, 1009);
}

// What is announced costs nothing before it comes.
void TestHostileServers::announcedGigabyteThatIsAllowed()
{
    const qint64 before = residentBytes();
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.write(peer.acceptance() + announcing(0x82, 1ULL << 30) + QByteArray(1000, 'x'));
    };
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.maxMessageBytes = 0;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    server.last()->socket()->flush();
    server.last()->end();
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::Vanished);
    QVERIFY(residentBytes() - before < 200'000'000);
}

void TestHostileServers::deflateBomb_data()
{
    QTest::addColumn<bool>("fragments");
    QTest::newRow("one frame") << false;
    QTest::newRow("fragments") << true;
}

// A gigabyte of zeros is a megabyte on the wire.
void TestHostileServers::deflateBomb()
{
    QFETCH(bool, fragments);
    MessageDeflater deflater;
    const QByteArray zeros(1024 * 1024, '\0');
    const QByteArray first = deflater.take(zeros, false);
    const QByteArray bomb = first + deflater.take(zeros, false).repeated(1023); // they all look the same from here
    QVERIFY(bomb.size() < 2'000'000);
    const qint64 before = residentBytes();
    m_turns->forget();
    FakeServer server;
    server.answer = [&](FakePeer &peer) {
        peer.write(peer.acceptance("Sec-WebSocket-Extensions: permessage-deflate\r\n"));
        FrameHeader header = headerFor(Opcode::Binary, fragments ? 1000 : quint64(bomb.size()), {}, !fragments);
        header.firstByte |= compressedBit;
        peer.write(wireBytes(header, fragments ? bomb.first(1000) : bomb));
        for (qsizetype at = 1000; fragments && at < bomb.size(); at += 1000)
            peer.write(
                makeFrame(Opcode::Continuation, bomb.sliced(at, qMin<qsizetype>(1000, bomb.size() - at)), false));
    };
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.deflate.offered = true;
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::MessageTooBig);
    QCOMPARE(subject.ending().codeSent, 1009);
    QVERIFY(subject.messages.isEmpty());
    QVERIFY(residentBytes() - before < 300'000'000); // 16 MiB are allowed to it
}

void TestHostileServers::maskedFrames()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.write(peer.acceptance());
        new Flood(peer, makeMaskedFrame(Opcode::Text, "hello", 7));
    };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::ProtocolViolation);
    QVERIFY(subject.messages.isEmpty());
}

void TestHostileServers::badText()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.write(peer.acceptance() + announcing(0x81, 10'000'000) + "\xFF"); // the rest never comes
    };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::InvalidUtf8);
    QCOMPARE(subject.ending().codeSent, 1007);
}

void TestHostileServers::closeWithoutAnEnd()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.endsAfterClose = peer.answersClose = false;
        peer.write(peer.acceptance() + makeFrame(Opcode::Close, closePayload(1000)));
    };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::ClosedByServer);
    QVERIFY(!subject.ending().cleanly);
}

void TestHostileServers::closeThatIsNotAnswered()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.endsAfterClose = peer.answersClose = false;
        peer.write(peer.acceptance());
        new Flood(peer, makeFrame(Opcode::Text, "la la la").repeated(100));
    };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY(!subject.messages.isEmpty());
    QCOMPARE(subject.client.close(), TestClientSend::Sent);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::CloseNotAnswered);
}

void TestHostileServers::bytesBehindTheClose()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.endsAfterClose = peer.answersClose = false;
        peer.write(peer.acceptance() + makeFrame(Opcode::Close, closePayload(1001)));
        new Flood(peer, makeFrame(Opcode::Text, "not yet").repeated(100));
    };
    Subject subject;
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::ClosedByServer);
    QCOMPARE(subject.ending().codeReceived, 1001);
    QVERIFY(subject.messages.isEmpty());
}

// All are answered as long as the server takes the answers, and the loop goes on turning.
void TestHostileServers::pingsWithoutEnd()
{
    FakeServer server;
    Flood *flood = nullptr;
    server.answer = [&](FakePeer &peer) {
        peer.write(peer.acceptance());
        flood = new Flood(peer, makeFrame(Opcode::Ping, "p").repeated(1000));
    };
    Subject subject;
    qsizetype pings = 0;
    qint64 queued = 0;
    connect(&subject.client, &TestClient::frameReceived, this, [&](const FrameHeader &header) {
        pings += header.opcode() == 9 ? 1 : 0;
        queued = qMax(queued, subject.client.queuedBytes());
    });
    subject.client.connectToServer(optionsFor(server.url()));
    QTRY_VERIFY_WITH_TIMEOUT(pings > 100'000, 30'000);
    QVERIFY(m_turns->turns() > 0);
    QVERIFY(queued <= subject.client.options().maxQueueBytes + 200);
    QVERIFY(subject.isOpen());
    QCOMPARE(subject.client.close(), TestClientSend::Sent);
    delete flood;
    QTRY_COMPARE(subject.endings.size(), 1);
}

// It pings and never reads: what we answer is bounded by the queue, and the rest is left out.
void TestHostileServers::pingsThatNobodyLetsUsAnswer()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.write(peer.acceptance());
        peer.socket()->disconnect(&peer);
        peer.socket()->setReadBufferSize(1);
        new Flood(peer, makeFrame(Opcode::Ping, QByteArray(125, 'p')).repeated(100));
    };
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.maxQueueBytes = 100'000;
    qint64 queued = 0;
    qsizetype pings = 0;
    connect(&subject.client, &TestClient::frameReceived, this, [&] {
        ++pings;
        queued = qMax(queued, subject.client.queuedBytes());
    });
    subject.client.connectToServer(options);
    QTRY_VERIFY_WITH_TIMEOUT(pings > 100'000, 30'000);
    QVERIFY(queued <= options.maxQueueBytes + 200);
    QVERIFY(subject.framesOut.size() < pings);
    QVERIFY(subject.isOpen());
    subject.client.abort();
    QCOMPARE(subject.ending().fault, Fault::Aborted);
}

void TestHostileServers::redirectsWithoutEnd()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.write("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
    };
    Subject subject;
    TestClientOptions options = optionsFor(server.url());
    options.maxRedirects = 20;
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TooManyRedirects);
    QCOMPARE(server.peers.size(), 21);
}

QTEST_GUILESS_MAIN(TestHostileServers)
#include "tst_hostileservers.moc"
