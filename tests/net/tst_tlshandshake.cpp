// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tlsfixture.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray handshakeRecord(const QByteArray &contents)
{
    return QByteArray("\x16\x03\x01", 3) + char(contents.size() >> 8) + char(contents.size()) + contents;
}

} // namespace

/// How TLS streams begin, and how they do not. Both pumps through the same tests.
class TestTlsHandshake final : public QObject, private TlsFixture
{
    Q_OBJECT

private slots:
    void initTestCase() { makeCertificate(); }
    void init() { choosePump(); }
    void cleanup() { closeAll(); }

    void knowsTheFirstByte();
    void tellsWhatWasAgreed_data() { addPumps(); }
    void tellsWhatWasAgreed();
    void takesUpSessionsAgain_data() { addPumps(); }
    void takesUpSessionsAgain();
    void servesQtsClient_data() { addPumps(); }
    void servesQtsClient();
    void takesOverFromWhoReadTheFirstBytes_data() { addPumps(); }
    void takesOverFromWhoReadTheFirstBytes();
    void tellsWhoLeavesInTheHandshake_data() { addPumps(); }
    void tellsWhoLeavesInTheHandshake();
    void waitsForAHandshakeThatStalls_data() { addPumps(); }
    void waitsForAHandshakeThatStalls();
    void refusesHandshakes_data();
    void refusesHandshakes();
    void refusesWhatIsNoTls_data();
    void refusesWhatIsNoTls();
    void staysSmallUnderKeyUpdates_data() { addPumps(); }
    void staysSmallUnderKeyUpdates();
    void endsAFloodWithoutData_data();
    void endsAFloodWithoutData();
    void takesKeyUpdatesBetweenData_data() { addPumps(); }
    void takesKeyUpdatesBetweenData();
    void takesAKeyUpdateWithEachRecord();
    void endsAFloodBetweenData();
    void doesNotRenegotiate_data() { addPumps(); }
    void doesNotRenegotiate();
};

void TestTlsHandshake::knowsTheFirstByte()
{
    QVERIFY(isTlsHello('\x16'));
    QVERIFY(!isTlsHello('G'));
    QVERIFY(!isTlsHello('\r')); // PROXY protocol, version 2
}

void TestTlsHandshake::tellsWhatWasAgreed()
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

void TestTlsHandshake::takesUpSessionsAgain()
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

void TestTlsHandshake::servesQtsClient()
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

void TestTlsHandshake::takesOverFromWhoReadTheFirstBytes()
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

void TestTlsHandshake::tellsWhoLeavesInTheHandshake()
{
    open();
    m_peer->step(); // the hello
    m_pair->endSending();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_sink.endText, "in the TLS handshake, when the certificate was shown: the client may not trust it");
    QCOMPARE(m_sink.sessions.size(), 0);
    QCOMPARE(m_sink.failures.size(), 0);
}

void TestTlsHandshake::waitsForAHandshakeThatStalls()
{
    open();
    m_peer->mostAtOnce = 10; // of the hello, and no more
    m_peer->step();
    LoopPair other;
    TlsRecorder sink;
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

void TestTlsHandshake::refusesHandshakes_data()
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

void TestTlsHandshake::refusesHandshakes()
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

void TestTlsHandshake::refusesWhatIsNoTls_data()
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

void TestTlsHandshake::refusesWhatIsNoTls()
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

void TestTlsHandshake::staysSmallUnderKeyUpdates()
{
    openAndShakeHands();
    m_peer->rawReceived.clear();
    m_peer->readsFromTheNet = false;
    for (int i = 0; i < 2'000; ++i) {
        m_peer->updateKeys();
        m_peer->step();
        turn();
    }
    QVERIFY(m_transport->queuedBytes() < 1'000);
    QVERIFY(m_pair->read().received.size() < 200'000);
}

void TestTlsHandshake::endsAFloodWithoutData_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<bool>("answered");
    QTest::addColumn<bool>("withData"); // a byte behind more than there may be
    QTest::addColumn<int>("updates");   // that are not too many yet
    QTest::addColumn<QByteArray>("words");
    for (const bool portable : {false, true}) {
        const auto add = [portable](const char *name, bool answered, bool withData, int updates, const char *words) {
            QTest::addRow("%s, %s", name, portable ? "portable" : "best")
                << portable << answered << withData << updates << QByteArray(words);
        };
        add("key updates", false, false, 2'400, "too many records without data");
        add("key updates, then data", false, true, 2'400, "too many records without data");
        add("key updates to be answered", true, false, 100, "the client renegotiates again and again");
    }
}

void TestTlsHandshake::endsAFloodWithoutData()
{
    QFETCH(bool, answered);
    QFETCH(bool, withData);
    QFETCH(int, updates);
    openAndShakeHands();
    for (int i = 0; i < updates; ++i)
        m_peer->updateKeys(answered);
    QVERIFY(turnUntil([this] { return m_peer->isIdle(); }));
    turn();
    QCOMPARE(m_sink.ends.size(), 0);
    for (int i = 0; i < 100; ++i)
        m_peer->updateKeys(answered);
    if (withData)
        m_peer->write("x");
    QVERIFY(turnUntil([this] { return m_sink.ends.size() == 1; }));
    QCOMPARE(m_sink.failures, QList<TlsFailure>{TlsFailure::Flood});
    QTEST(m_sink.words, "words");
    QCOMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::Flood});
    QCOMPARE(m_sink.endText, "TLS: " + m_sink.words);
}

void TestTlsHandshake::takesKeyUpdatesBetweenData()
{
    openAndShakeHands();
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 400; ++i)
            m_peer->updateKeys(false);
        m_peer->write("x");
        m_peer->step();
    }
    QVERIFY(turnUntil([this] { return m_sink.bytes == "xxxxx"; }));
    QCOMPARE(m_sink.ends.size(), 0);
}

void TestTlsHandshake::takesAKeyUpdateWithEachRecord()
{
    openAndShakeHands();
    for (int i = 0; i < 5'000; ++i) {
        m_peer->updateKeys(false);
        m_peer->write("x");
    }
    QVERIFY(turnUntil([this] { return m_sink.bytes.size() == 5'000; }));
    QCOMPARE(m_sink.ends.size(), 0);
}

// A byte now and then does not make data of it.
void TestTlsHandshake::endsAFloodBetweenData()
{
    openAndShakeHands();
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 2'000; ++i)
            m_peer->updateKeys(false);
        m_peer->write("x");
        m_peer->step();
    }
    QVERIFY(turnUntil([this] { return m_sink.ends.size() == 1; }));
    QCOMPARE(m_sink.failures, QList<TlsFailure>{TlsFailure::Flood});
    QVERIFY(m_sink.bytes.size() < 3); // the second round is one too many; its byte may come with it
}

void TestTlsHandshake::doesNotRenegotiate()
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

Q_DECLARE_METATYPE(glasshouse::TlsPeer::Options)
QTEST_GUILESS_MAIN(TestTlsHandshake)
#include "tst_tlshandshake.moc"
