// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/pump.h"
#include "server/net/selfsigned.h"
#include "server/net/tlstransport.h"
#include "tests/server/tlspeer.h"

#include <QDeadlineTimer>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

struct Sink final : TransportSink, TlsSink
{
    QByteArray bytes;
    QList<StreamEnd> ends;
    QByteArray endText;
    QList<TlsFailure> failures;
    QByteArray words;
    QList<TlsSession> sessions;
    int allSents = 0;
    int pieces = 0;
    std::function<void()> onBytes, onDone, onFailed;

    void bytesArrived(char *data, qsizetype size) override
    {
        bytes.append(data, size);
        ++pieces;
        std::fill_n(data, size, 'X'); // they may be changed in place
        if (onBytes)
            onBytes();
    }
    void streamEnded(StreamEnd how, const QByteArray &text) override
    {
        ends += how;
        endText = text;
    }
    void allSent() override { ++allSents; }
    void handshakeDone(const TlsSession &session) override
    {
        sessions += session;
        if (onDone)
            onDone();
    }
    void tlsFailed(TlsFailure kind, const QByteArray &text) override
    {
        failures += kind;
        words = text;
        if (onFailed)
            onFailed();
    }
};

QByteArray numbered(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char((i * 7 + i / 251) & 0xFF);
    return bytes;
}

QByteArray handshakeRecord(const QByteArray &contents)
{
    return QByteArray("\x16\x03\x01", 3) + char(contents.size() >> 8) + char(contents.size()) + contents;
}

} // namespace

/// Both pumps through the same tests; `portable` is the one on QTcpSocket.
class TestTlsTransport final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void knowsTheFirstByte();
    void echoes_data();
    void echoes();
    void tellsWhatWasAgreed_data() { addPumps(); }
    void tellsWhatWasAgreed();
    void takesUpSessionsAgain_data() { addPumps(); }
    void takesUpSessionsAgain();
    void servesQtsClient_data() { addPumps(); }
    void servesQtsClient();
    void takesWhatIsDripped_data() { addPumps(); }
    void takesWhatIsDripped();
    void takesOverFromWhoReadTheFirstBytes_data() { addPumps(); }
    void takesOverFromWhoReadTheFirstBytes();
    void sendsWhatWasQueuedBeforeTheHandshake_data() { addPumps(); }
    void sendsWhatWasQueuedBeforeTheHandshake();
    void putsSmallChunksOfATurnIntoOneRecord_data() { addPumps(); }
    void putsSmallChunksOfATurnIntoOneRecord();
    void keepsTheOrderOfAllSizes_data() { addPumps(); }
    void keepsTheOrderOfAllSizes();
    void givesManyRecordsTogether_data() { addPumps(); }
    void givesManyRecordsTogether();
    void flushesAtOnceOnDemand_data() { addPumps(); }
    void flushesAtOnceOnDemand();
    void countsAllThatWaits_data() { addPumps(); }
    void countsAllThatWaits();
    void staysInFrameWhenTheQueueIsDropped_data() { addPumps(); }
    void staysInFrameWhenTheQueueIsDropped();
    void closesWhenAllIsSent_data() { addPumps(); }
    void closesWhenAllIsSent();
    void hearsThePeerAfterItsOwnEnd_data() { addPumps(); }
    void hearsThePeerAfterItsOwnEnd();
    void sendsNothingBehindItsEnd_data() { addPumps(); }
    void sendsNothingBehindItsEnd();
    void tellsTheEndOfThePeersSide_data() { addPumps(); }
    void tellsTheEndOfThePeersSide();
    void tellsThatAStreamWasCutOff_data() { addPumps(); }
    void tellsThatAStreamWasCutOff();
    void tellsResets_data() { addPumps(); }
    void tellsResets();
    void tellsWhoLeavesInTheHandshake_data() { addPumps(); }
    void tellsWhoLeavesInTheHandshake();
    void waitsForAHandshakeThatStalls_data() { addPumps(); }
    void waitsForAHandshakeThatStalls();
    void refusesHandshakes_data();
    void refusesHandshakes();
    void refusesWhatIsNoTls_data();
    void refusesWhatIsNoTls();
    void deliversWhatCameBeforeABrokenRecord_data() { addPumps(); }
    void deliversWhatCameBeforeABrokenRecord();
    void staysSmallUnderKeyUpdates_data() { addPumps(); }
    void staysSmallUnderKeyUpdates();
    void doesNotRenegotiate_data() { addPumps(); }
    void doesNotRenegotiate();
    void canBeAbortedFromWithin_data();
    void canBeAbortedFromWithin();
    void callsNobodyAfterAbort_data() { addPumps(); }
    void callsNobodyAfterAbort();
    void resetsWhenAbortedWithUnsentBytes_data() { addPumps(); }
    void resetsWhenAbortedWithUnsentBytes();
    void readsNothingWhilePaused_data() { addPumps(); }
    void readsNothingWhilePaused();
    void canBePausedFromWithin_data() { addPumps(); }
    void canBePausedFromWithin();
    void servesManyFairly_data() { addPumps(); }
    void servesManyFairly();

private:
    QTemporaryDir m_folder;
    QByteArray m_certFile;
    std::optional<TlsContext> m_context;
    std::unique_ptr<Pump> m_pump;
    std::unique_ptr<LoopPair> m_pair;
    std::unique_ptr<TlsPeer> m_peer;
    std::unique_ptr<TlsTransport> m_transport;
    Sink m_sink;
    bool m_isPortable = false;

    static void addPumps();
    void open(const TlsPeer::Options &options = {}, int buffer = 0);
    void openAndShakeHands(const TlsPeer::Options &options = {}, int buffer = 0);
    static void turn() { QCoreApplication::processEvents(); }
    /// Turns and steps of the peer until the fact is there.
    template <typename Fact>
    [[nodiscard]] bool turnUntil(Fact fact)
    {
        for (QDeadlineTimer deadline(20'000); !fact();) {
            if (deadline.hasExpired())
                return false;
            turn();
            m_peer->step();
        }
        return true;
    }
};

void TestTlsTransport::addPumps()
{
    QTest::addColumn<bool>("portable");
    QTest::newRow("best") << false;
    QTest::newRow("portable") << true;
}

void TestTlsTransport::initTestCase()
{
    QVERIFY(m_folder.isValid());
    const SelfSignedRequest request{.names = {u"localhost"_s, u"127.0.0.1"_s},
                                    .certFile = m_folder.filePath(u"cert.pem"_s),
                                    .keyFile = m_folder.filePath(u"key.pem"_s)};
    const auto made = makeSelfSigned(request);
    QVERIFY2(made.ok(), made ? "" : made.error().text.constData());
    const auto context = TlsContext::load(request.certFile, request.keyFile);
    QVERIFY2(context.ok(), context ? "" : context.error().text.constData());
    m_context = context.value();
    m_certFile = request.certFile.toUtf8();
}

void TestTlsTransport::init()
{
    m_isPortable = false;
    if (QTest::currentDataTag() != nullptr) {
        QFETCH(bool, portable);
        m_isPortable = portable;
    }
    m_pump = Pump::create(m_isPortable);
}

void TestTlsTransport::cleanup()
{
    m_transport.reset();
    m_peer.reset();
    m_pair.reset();
    m_pump.reset();
    m_sink = {};
}

void TestTlsTransport::open(const TlsPeer::Options &options, int buffer)
{
    m_transport.reset();
    m_peer.reset();
    m_sink = {};
    m_pair = std::make_unique<LoopPair>(buffer);
    m_peer = std::make_unique<TlsPeer>(*m_pair, options);
    auto inner = m_pump->adopt(m_pair->takeEnd());
    QVERIFY(inner);
    m_transport = std::make_unique<TlsTransport>(std::move(inner), *m_context);
    m_transport->setSink(&m_sink);
    m_transport->setTlsSink(&m_sink);
    m_transport->setReading(true);
}

void TestTlsTransport::openAndShakeHands(const TlsPeer::Options &options, int buffer)
{
    open(options, buffer);
    QVERIFY(turnUntil([this] { return m_sink.sessions.size() == 1 && m_peer->isOpen(); }));
}

void TestTlsTransport::knowsTheFirstByte()
{
    QVERIFY(isTlsHello('\x16'));
    QVERIFY(!isTlsHello('G'));
    QVERIFY(!isTlsHello('\r')); // PROXY protocol, version 2
}

void TestTlsTransport::echoes_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("size");
    for (const bool portable : {false, true}) {
        for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            for (const int size : {1, 16'384, 16'385, 5 * 1024 * 1024})
                QTest::addRow("%s, %s, %d bytes", portable ? "portable" : "best",
                              version == TLS1_2_VERSION ? "TLS 1.2" : "TLS 1.3", size)
                    << portable << version << size;
        }
    }
}

void TestTlsTransport::echoes()
{
    QFETCH(int, version);
    QFETCH(int, size);
    openAndShakeHands({.minVersion = version, .maxVersion = version, .trusts = m_certFile, .verifies = true});
    const QByteArray much = numbered(size);
    m_sink.onBytes = [this, echoed = qsizetype(0)]() mutable {
        m_transport->send(m_sink.bytes.sliced(echoed));
        echoed = m_sink.bytes.size();
    };
    m_peer->write(much);
    QVERIFY(turnUntil([&] { return m_peer->received.size() >= much.size(); }));
    QVERIFY(m_sink.bytes == much);
    QVERIFY(m_peer->received == much);
    QCOMPARE(m_transport->queuedBytes(), 0);
    QCOMPARE(m_sink.ends.size(), 0);
}

void TestTlsTransport::tellsWhatWasAgreed()
{
    open({.alpn = QByteArray("\x02h2\x08http/1.1"), .name = "game.lan"});
    QVERIFY(m_transport->isHandshaking());
    QCOMPARE(m_transport->peerAddress(), QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(m_transport->peerPort(), m_pair->peerPort());
    QVERIFY(turnUntil([this] { return m_sink.sessions.size() == 1; }));
    QVERIFY(!m_transport->isHandshaking());
    QCOMPARE(m_sink.sessions[0].version, "TLSv1.3");
    QVERIFY(m_sink.sessions[0].cipher.startsWith("TLS_"));
    QCOMPARE(m_sink.sessions[0].alpn, "http/1.1");
    QCOMPARE(m_sink.sessions[0].server, "game.lan");
    QVERIFY(!m_sink.sessions[0].resumed);
    QCOMPARE(m_transport->session()->version, "TLSv1.3");
    openAndShakeHands({.maxVersion = TLS1_2_VERSION});
    QCOMPARE(m_sink.sessions[0].version, "TLSv1.2");
    QVERIFY(m_sink.sessions[0].cipher.startsWith("ECDHE-"));
    QCOMPARE(m_sink.sessions[0].alpn, "");
    QCOMPARE(m_sink.sessions[0].server, "");
}

void TestTlsTransport::takesUpSessionsAgain()
{
    openAndShakeHands();
    m_transport->send("x"); // behind the tickets
    QVERIFY(turnUntil([this] { return m_peer->received == "x"; }));
    const std::shared_ptr<SSL_SESSION> session(SSL_get1_session(m_peer->ssl()), SSL_SESSION_free);
    m_peer->closeNotify(); // a session that was cut off is not taken up
    open();
    QCOMPARE(SSL_set_session(m_peer->ssl(), session.get()), 1);
    QVERIFY(turnUntil([this] { return m_sink.sessions.size() == 1; }));
    QVERIFY(m_sink.sessions[0].resumed);
}

void TestTlsTransport::servesQtsClient()
{
    struct Listener final : QTcpServer
    {
        qintptr descriptor = -1;
        void incomingConnection(qintptr accepted) override { descriptor = accepted; }
    } listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    QSslSocket client;
    QSslConfiguration configuration = client.sslConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(QString::fromUtf8(m_certFile)));
    client.setSslConfiguration(configuration);
    client.connectToHostEncrypted(u"127.0.0.1"_s, listener.serverPort());
    client.write("hello");
    QTRY_VERIFY(listener.descriptor >= 0);
    m_transport = std::make_unique<TlsTransport>(m_pump->adopt(listener.descriptor), *m_context);
    m_transport->setSink(&m_sink);
    m_transport->setReading(true);
    m_sink.onBytes = [this] { m_transport->send("welcome"); };
    QTRY_COMPARE(m_sink.bytes, "hello");
    QTRY_COMPARE(client.bytesAvailable(), 7);
    client.disconnectFromHost();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_sink.endText, "");
}

void TestTlsTransport::takesWhatIsDripped()
{
    open();
    m_peer->mostAtOnce = 1;
    m_sink.onDone = [this] { m_transport->send("first"); };
    QVERIFY(turnUntil([this] { return m_peer->received == "first"; }));
    m_peer->write("one byte at a time");
    QVERIFY(turnUntil([this] { return m_sink.bytes == "one byte at a time"; }));
    QCOMPARE(m_sink.pieces, 1); // a record comes whole or not at all
}

void TestTlsTransport::takesOverFromWhoReadTheFirstBytes()
{
    struct First final : TransportSink
    {
        std::function<void(QByteArrayView)> onBytes;
        void bytesArrived(char *data, qsizetype size) override { onBytes({data, size}); }
        void streamEnded(StreamEnd, const QByteArray &) override { }
        void allSent() override { }
    } first;
    m_pair = std::make_unique<LoopPair>();
    m_peer = std::make_unique<TlsPeer>(*m_pair);
    auto plain = m_pump->adopt(m_pair->takeEnd());
    first.onBytes = [&](QByteArrayView bytes) {
        QVERIFY(isTlsHello(bytes.front()));
        m_transport = std::make_unique<TlsTransport>(std::move(plain), *m_context);
        m_transport->setSink(&m_sink);
        m_transport->setTlsSink(&m_sink);
        m_transport->setReading(true);
        m_transport->feed(bytes);
    };
    plain->setSink(&first);
    plain->setReading(true);
    m_peer->mostAtOnce = 100; // in the middle of the hello
    QVERIFY(turnUntil([this] { return m_peer->isOpen(); }));
    m_peer->write("in");
    m_transport->send("out");
    QVERIFY(turnUntil([this] { return m_peer->received == "out" && m_sink.bytes == "in"; }));
}

void TestTlsTransport::sendsWhatWasQueuedBeforeTheHandshake()
{
    open();
    m_transport->send("early");
    m_transport->flush();
    turn();
    QCOMPARE(m_transport->queuedBytes(), 5);
    QCOMPARE(m_pair->read().received, "");
    m_transport->closeWhenSent();
    QVERIFY(turnUntil([this] { return m_peer->received == "early" && m_peer->sawCloseNotify(); }));
    QCOMPARE(m_sink.allSents, 1);
}

void TestTlsTransport::putsSmallChunksOfATurnIntoOneRecord()
{
    openAndShakeHands({.maxVersion = TLS1_2_VERSION}); // no records of TLS 1.3 in between
    m_peer->rawReceived.clear();
    QByteArray expected;
    for (int i = 0; i < 500; ++i) {
        OutChunk chunk{"a message for all, number ", 3, {'0', char('a' + i % 26), ';'}};
        expected += chunk.shared + QByteArray(chunk.tail.data(), 3);
        m_transport->send(chunk);
        m_transport->send(QByteArray()); // nothing is nothing
    }
    QCOMPARE(m_transport->queuedBytes(), expected.size());
    m_peer->step();
    QCOMPARE(m_peer->rawReceived, ""); // not before the turn ends
    turn();
    m_peer->step();
    QCOMPARE(m_peer->received, expected);
    QCOMPARE(m_peer->recordSizes().size(), 1); // of 14,500 bytes
    m_peer->rawReceived.clear();
    for (int i = 0; i < 4'000; ++i)
        m_transport->send("0123456789");
    turn();
    QVERIFY(turnUntil([&] { return m_peer->received.size() == expected.size() + 40'000; }));
    QCOMPARE(m_peer->recordSizes().size(), 3);
    QCOMPARE(m_transport->queuedBytes(), 0);
}

void TestTlsTransport::keepsTheOrderOfAllSizes()
{
    openAndShakeHands();
    QByteArray expected;
    const QByteArray source = numbered(60'000);
    for (const int size : {1, 16'383, 16'384, 0, 16'385, 3, 50'000, 16'384, 7, 32'768, 100, 15'000, 15'000}) {
        OutChunk chunk{source.sliced(size % 97, size), 2, {char(size), 'z'}};
        expected += chunk.shared + QByteArray(chunk.tail.data(), 2);
        m_transport->send(chunk);
    }
    QVERIFY(turnUntil([&] { return m_peer->received.size() == expected.size(); }));
    QVERIFY(m_peer->received == expected);
}

void TestTlsTransport::givesManyRecordsTogether()
{
    openAndShakeHands();
    QByteArray expected;
    for (int i = 0; i < 100; ++i) {
        const QByteArray message = "message " + QByteArray::number(i) + ';';
        m_peer->write(message);
        expected += message;
    }
    m_peer->step();
    QTRY_COMPARE(m_sink.bytes, expected);
    QVERIFY(m_sink.pieces <= 2);
}

void TestTlsTransport::flushesAtOnceOnDemand()
{
    openAndShakeHands();
    m_transport->send("now");
    m_transport->flush();
    QCOMPARE(m_peer->step().received, "now");
    QCOMPARE(m_transport->queuedBytes(), 0);
}

void TestTlsTransport::countsAllThatWaits()
{
    openAndShakeHands({}, 4'096);
    m_peer->readsFromTheNet = false;
    const QByteArray chunk = numbered(100'000);
    QByteArray expected;
    while (m_transport->queuedBytes() < 2'000'000) {
        m_transport->send(chunk);
        expected += chunk;
        m_transport->flush();
        turn();
        QVERIFY2(expected.size() < 50'000'000, "nothing stays in the queue");
    }
    QVERIFY(m_transport->queuedBytes() <= expected.size() + 1'000);
    m_peer->readsFromTheNet = true;
    QVERIFY(turnUntil([&] { return m_peer->received.size() == expected.size(); }));
    QVERIFY(m_peer->received == expected);
    QVERIFY(turnUntil([&] { return m_transport->queuedBytes() == 0; }));
}

void TestTlsTransport::staysInFrameWhenTheQueueIsDropped()
{
    openAndShakeHands({}, 4'096);
    m_peer->readsFromTheNet = false;
    const QByteArray frame = numbered(10'000);
    size_t frames = 0;
    while (m_transport->queuedBytes() < 2'000'000) {
        m_transport->send(frame);
        ++frames;
        m_transport->flush();
    }
    const size_t dropped = m_transport->dropQueue();
    QVERIFY(dropped > 150);
    QVERIFY(m_transport->queuedBytes() < 300'000); // what is encrypted has to leave
    m_transport->send("end");
    m_transport->closeWhenSent();
    m_peer->readsFromTheNet = true;
    QVERIFY(turnUntil([&] { return m_peer->sawCloseNotify(); }));
    QVERIFY(m_peer->received.endsWith("end"));
    const qsizetype whole = m_peer->received.size() / frame.size();
    QCOMPARE(m_peer->received.size() - 3, whole * frame.size());
    QCOMPARE(size_t(whole) + dropped, frames);
    for (qsizetype i = 0; i < whole; ++i)
        QVERIFY(QByteArrayView(m_peer->received).sliced(i * frame.size(), frame.size()) == frame);
}

void TestTlsTransport::closesWhenAllIsSent()
{
    openAndShakeHands({}, 4'096);
    const QByteArray much = numbered(5'000'000);
    m_transport->send(much);
    m_transport->closeWhenSent();
    turn();
    QCOMPARE(m_sink.allSents, 0);
    QVERIFY(turnUntil([&] { return m_peer->sawCloseNotify() && m_pair->sawEnd(); }));
    QVERIFY(m_peer->received == much);
    QVERIFY(!m_pair->sawReset());
    QCOMPARE(m_sink.allSents, 1);
    QCOMPARE(m_sink.ends.size(), 0);
    m_pair->close();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_sink.endText, ""); // who was told our end owes no close_notify
}

void TestTlsTransport::hearsThePeerAfterItsOwnEnd()
{
    openAndShakeHands();
    m_transport->send("bye");
    m_transport->closeWhenSent();
    QVERIFY(turnUntil([&] { return m_peer->sawCloseNotify(); }));
    QCOMPARE(m_peer->received, "bye");
    m_peer->write("one more thing");
    QVERIFY(turnUntil([this] { return m_sink.bytes == "one more thing"; }));
    m_peer->closeNotify();
    QVERIFY(turnUntil([this] { return m_sink.ends == QList<StreamEnd>{StreamEnd::EndOfStream}; }));
}

void TestTlsTransport::sendsNothingBehindItsEnd()
{
    openAndShakeHands();
    m_transport->closeWhenSent();
    QTRY_COMPARE(m_sink.allSents, 1);
    m_transport->send("too late");
    m_transport->flush();
    turn();
    QCOMPARE(m_transport->queuedBytes(), 0);
    QVERIFY(turnUntil([&] { return m_peer->sawCloseNotify() && m_pair->sawEnd(); }));
    QCOMPARE(m_peer->received, "");
    QCOMPARE(m_sink.allSents, 1);
}

void TestTlsTransport::tellsTheEndOfThePeersSide()
{
    openAndShakeHands();
    m_peer->write("last words");
    m_peer->closeNotify();
    QVERIFY(turnUntil([this] { return m_sink.ends.size() == 1; }));
    QCOMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_sink.endText, "");
    QCOMPARE(m_sink.bytes, "last words");
    QVERIFY(m_transport->peerEnded());
    m_transport->send("an answer"); // our side is still open, on both pumps: TCP has not ended
    m_transport->closeWhenSent();
    char buffer[100];
    QByteArray heard;
    QVERIFY(turnUntil([&] {
        const int got = SSL_read(m_peer->ssl(), buffer, sizeof buffer);
        heard.append(buffer, qMax(got, 0));
        return heard + m_peer->received == "an answer";
    }));
    m_pair->close();
    turn();
    QCOMPARE(m_sink.ends.size(), 1);
}

void TestTlsTransport::tellsThatAStreamWasCutOff()
{
    openAndShakeHands();
    m_peer->write("half a mess");
    m_peer->step();
    m_pair->endSending();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QVERIFY(m_sink.endText.contains("without close_notify"));
    QCOMPARE(m_sink.bytes, "half a mess");
    QVERIFY(m_transport->peerEnded());
    QCOMPARE(m_sink.failures.size(), 0);
}

void TestTlsTransport::tellsResets()
{
    openAndShakeHands();
    m_pair->reset();
    QTRY_COMPARE(m_sink.ends.size(), 1);
    // Qt has one error for both.
    QCOMPARE(m_sink.ends.first(), m_isPortable ? StreamEnd::EndOfStream : StreamEnd::Reset);
    m_transport->send("is anybody there?");
    m_transport->flush();
    turn();
    QCOMPARE(m_transport->queuedBytes(), 0);
    QCOMPARE(m_sink.ends.size(), 1);
}

void TestTlsTransport::tellsWhoLeavesInTheHandshake()
{
    open();
    m_peer->step();
    QVERIFY(turnUntil([this] { return !m_peer->rawReceived.isEmpty() || m_peer->isOpen(); }));
    open();
    m_peer->step(); // the hello
    m_pair->endSending();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_sink.endText, "in the TLS handshake");
    QCOMPARE(m_sink.sessions.size(), 0);
    QCOMPARE(m_sink.failures.size(), 0);
}

void TestTlsTransport::waitsForAHandshakeThatStalls()
{
    open();
    m_pair->send(m_peer->step().takeRaw().first(0));
    LoopPair other;
    Sink sink;
    const auto transport = m_pump->adopt(other.takeEnd());
    transport->setSink(&sink);
    transport->setReading(true);
    other.send("x");
    QTRY_COMPARE(sink.bytes, "x");
    QVERIFY(m_transport->isHandshaking());
    QCOMPARE(m_sink.ends.size(), 0);
    QCOMPARE(m_sink.failures.size(), 0);
    m_transport->closeWhenSent(); // nothing waits: no reason to wait for it
    QVERIFY(turnUntil([this] { return m_pair->read().sawEnd(); }));
}

void TestTlsTransport::refusesHandshakes_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<TlsPeer::Options>("options");
    QTest::addColumn<TlsFailure>("failure");
    QTest::addColumn<QByteArray>("words");
    const auto add = [](const char *name, const TlsPeer::Options &options, TlsFailure failure, const char *words) {
        for (const bool portable : {false, true})
            QTest::addRow("%s, %s", name, portable ? "portable" : "best")
                << portable << options << failure << QByteArray(words);
    };
    add("TLS 1.1", {.minVersion = TLS1_VERSION, .maxVersion = TLS1_1_VERSION}, TlsFailure::Version,
        "unsupported protocol");
    add("no forward secrecy", {.maxVersion = TLS1_2_VERSION, .ciphers = "AES128-SHA256:@SECLEVEL=0"},
        TlsFailure::Version, "no shared cipher");
    add("not trusted, TLS 1.2", {.maxVersion = TLS1_2_VERSION, .verifies = true}, TlsFailure::CertificateRefused,
        "tlsv1 alert unknown ca");
    add("not trusted, TLS 1.3", {.verifies = true}, TlsFailure::CertificateRefused, "tlsv1 alert unknown ca");
    add("HTTP/2 only", {.alpn = QByteArray("\x02h2")}, TlsFailure::Broken, "no application protocol");
}

void TestTlsTransport::refusesHandshakes()
{
    QFETCH(TlsPeer::Options, options);
    QFETCH(TlsFailure, failure);
    QFETCH(QByteArray, words);
    open(options);
    QVERIFY(turnUntil([this] { return m_sink.ends.size() == 1; }));
    QCOMPARE(m_sink.failures, QList<TlsFailure>{failure});
    QCOMPARE(m_sink.words, words);
    QCOMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::Error});
    QCOMPARE(m_sink.endText, "TLS: " + words);
    QCOMPARE(m_sink.sessions.size(), 0);
    QCOMPARE(*m_transport->failure(), failure);
    m_transport->abort();
    QVERIFY(turnUntil([this] { return m_peer->error != 0; })); // the alert got there
}

void TestTlsTransport::refusesWhatIsNoTls_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("words");
    QByteArray endless = handshakeRecord(QByteArray("\x01\x00\x3E\x80", 4));
    for (int i = 0; i < 12'000; ++i)
        endless += handshakeRecord(QByteArray(1, '\0'));
    for (const bool portable : {false, true}) {
        const auto add = [portable](const char *name, const QByteArray &bytes, const char *words) {
            QTest::addRow("%s, %s", name, portable ? "portable" : "best") << portable << bytes << QByteArray(words);
        };
        add("HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "http request");
        add("a proxy's HTTP", "CONNECT x:443 HTTP/1.1\r\n\r\n", "https proxy request");
        add("garbage behind 0x16", "\x16garbage that is long enough", "wrong version number");
        add("garbage in a record", handshakeRecord(QByteArray(200, 'x')), "");
        add("an alert first", QByteArray("\x15\x03\x01\x00\x02\x02\x28", 7), "");
        add("a hello in a byte a record", endless, "the handshake is longer than any client needs");
    }
}

void TestTlsTransport::refusesWhatIsNoTls()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, words);
    open();
    qint64 sent = 0;
    m_sink.onFailed = [this] { m_transport->abort(); };
    QTRY_VERIFY([&] {
        sent += sent < bytes.size() ? qMax<qint64>(m_pair->send(QByteArrayView(bytes).sliced(sent)), 0) : 0;
        return m_sink.failures.size() == 1;
    }());
    QCOMPARE(m_sink.failures, QList<TlsFailure>{TlsFailure::Broken});
    QCOMPARE(m_sink.words, words.isEmpty() ? m_sink.words : words);
    QVERIFY(!m_sink.words.isEmpty());
    QCOMPARE(m_sink.ends.size(), 0); // it was aborted
}

void TestTlsTransport::deliversWhatCameBeforeABrokenRecord()
{
    openAndShakeHands();
    m_peer->write("fine");
    QByteArray raw = m_peer->takeRaw();
    m_peer->write("broken");
    raw += m_peer->takeRaw();
    raw[raw.size() - 1] = char(raw.back() ^ 1);
    QCOMPARE(m_pair->send(raw), raw.size());
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::Error});
    QCOMPARE(m_sink.bytes, "fine");
    QCOMPARE(m_sink.failures, QList<TlsFailure>{TlsFailure::Broken});
    QCOMPARE(m_sink.words, "decryption failed or bad record mac");
    QVERIFY(turnUntil([this] { return ERR_GET_REASON(m_peer->error) == SSL_R_SSLV3_ALERT_BAD_RECORD_MAC; }));
}

void TestTlsTransport::staysSmallUnderKeyUpdates()
{
    openAndShakeHands();
    m_peer->rawReceived.clear();
    m_peer->readsFromTheNet = false;
    for (int i = 0; i < 2'000; ++i) {
        m_peer->updateKeys();
        SSL_do_handshake(m_peer->ssl());
        m_peer->step();
        turn();
    }
    QVERIFY(m_transport->queuedBytes() < 1'000);
    QVERIFY(m_pair->read().received.size() < 200'000);
}

void TestTlsTransport::doesNotRenegotiate()
{
    openAndShakeHands({.maxVersion = TLS1_2_VERSION});
    SSL_renegotiate(m_peer->ssl());
    SSL_do_handshake(m_peer->ssl());
    m_peer->step();
    // OpenSSL's client takes the answer for the end.
    QVERIFY(turnUntil([this] { return m_peer->error != 0 || !m_sink.ends.isEmpty(); }));
    QCOMPARE(ERR_GET_REASON(m_peer->error), SSL_R_NO_RENEGOTIATION);
    QCOMPARE(m_sink.sessions.size(), 1);
}

void TestTlsTransport::canBeAbortedFromWithin_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<QByteArray>("where");
    for (const bool portable : {false, true}) {
        for (const char *where : {"bytes", "done", "failed"})
            QTest::addRow("%s, %s", where, portable ? "portable" : "best") << portable << QByteArray(where);
    }
}

void TestTlsTransport::canBeAbortedFromWithin()
{
    QFETCH(QByteArray, where);
    open({.verifies = where == "failed"});
    const auto leave = [this] {
        m_transport->send("no");
        m_transport->abort();
    };
    (where == "bytes" ? m_sink.onBytes : where == "done" ? m_sink.onDone : m_sink.onFailed) = leave;
    m_peer->step();
    if (where == "bytes") {
        QVERIFY(turnUntil([this] { return m_peer->isOpen(); }));
        m_peer->write(numbered(500'000));
    }
    QVERIFY(turnUntil([this] { return m_pair->read().sawReset() || m_pair->sawEnd(); }));
    turn();
    QCOMPARE(m_sink.pieces, where == "bytes" ? 1 : 0);
    QCOMPARE(m_sink.ends.size(), 0);
    QCOMPARE(m_sink.allSents, 0);
}

void TestTlsTransport::callsNobodyAfterAbort()
{
    openAndShakeHands();
    m_peer->write("unheard");
    m_peer->step();
    m_transport->send("unsent");
    m_transport->closeWhenSent();
    m_transport->abort();
    m_transport->abort();
    m_transport->send("nor this");
    m_transport->flush();
    m_transport->setReading(true);
    m_pair->close();
    LoopPair other; // by the time its bytes are here, those of the first would be, too
    Sink sink;
    const auto transport = m_pump->adopt(other.takeEnd());
    transport->setSink(&sink);
    transport->setReading(true);
    other.send("x");
    QTRY_COMPARE(sink.bytes, "x");
    QCOMPARE(m_sink.bytes, "");
    QCOMPARE(m_sink.ends.size(), 0);
    QCOMPARE(m_sink.allSents, 0);
}

void TestTlsTransport::resetsWhenAbortedWithUnsentBytes()
{
    openAndShakeHands();
    m_transport->send("unsent");
    m_transport->abort();
    QTRY_VERIFY(m_pair->read().sawReset());
    QVERIFY(!m_pair->sawEnd());
    openAndShakeHands();
    m_transport->send("all of it");
    m_transport->flush();
    m_transport->abort();
    QVERIFY(turnUntil([this] { return m_pair->sawEnd(); }));
    QCOMPARE(m_peer->received, "all of it");
    QVERIFY(!m_pair->sawReset());
}

void TestTlsTransport::readsNothingWhilePaused()
{
    openAndShakeHands();
    m_transport->setReading(false);
    m_peer->write("early");
    m_peer->closeNotify();
    m_peer->step();
    LoopPair other;
    Sink sink;
    const auto transport = m_pump->adopt(other.takeEnd());
    transport->setSink(&sink);
    transport->setReading(true);
    other.send("x");
    QTRY_COMPARE(sink.bytes, "x");
    QCOMPARE(m_sink.bytes, "");
    m_transport->setReading(true);
    QCOMPARE(m_sink.bytes, ""); // never inside of the call
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_sink.bytes, "early");
}

void TestTlsTransport::canBePausedFromWithin()
{
    openAndShakeHands();
    m_sink.onBytes = [this] { m_transport->setReading(false); };
    const QByteArray much = numbered(1'000'000);
    m_peer->write(much);
    QVERIFY(turnUntil([this] { return m_sink.pieces == 1; }));
    for (int i = 0; i < 20; ++i) {
        turn();
        m_peer->step();
    }
    QCOMPARE(m_sink.pieces, 1);
    m_transport->setReading(true); // and at once again: one piece a time
    QVERIFY(turnUntil([this] { return m_sink.pieces == 2; }));
    m_sink.onBytes = [this] {
        m_transport->setReading(false);
        m_transport->setReading(true);
    };
    m_transport->setReading(true);
    m_peer->closeNotify();
    QVERIFY(turnUntil([&] { return m_sink.ends.size() == 1; }));
    QVERIFY(m_sink.bytes == much);
}

void TestTlsTransport::servesManyFairly()
{
    constexpr int count = 40;
    struct Client
    {
        LoopPair pair;
        TlsPeer peer{pair};
        Sink sink;
        std::unique_ptr<TlsTransport> transport;
    };
    std::vector<std::unique_ptr<Client>> clients;
    int heard = 0;
    for (int i = 0; i < count; ++i) {
        auto client = std::make_unique<Client>();
        client->transport = std::make_unique<TlsTransport>(m_pump->adopt(client->pair.takeEnd()), *m_context);
        client->transport->setSink(&client->sink);
        client->transport->setReading(true);
        clients.push_back(std::move(client));
    }
    // Each message of one goes to all the others.
    for (const auto &client : clients) {
        client->sink.onBytes = [&] {
            ++heard;
            for (const auto &other : clients)
                other->transport->send("12345678");
        };
    }
    QVector<bool> said(count, false);
    QTRY_VERIFY([&] {
        bool done = heard == count;
        for (int i = 0; i < count; ++i) {
            TlsPeer &peer = clients[size_t(i)]->peer;
            peer.step();
            if (peer.isOpen() && !said[i]) {
                peer.write("go");
                said[i] = true;
            }
            done = done && peer.received.size() == qsizetype(8) * count;
        }
        return done;
    }());
}

Q_DECLARE_METATYPE(glasshouse::TlsPeer::Options)
QTEST_GUILESS_MAIN(TestTlsTransport)
#include "tst_tlstransport.moc"
