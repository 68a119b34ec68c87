// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/dialer.h"
#include "net/transport/socketcalls.h"
#include "net/transport/socketpump.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <functional>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

struct Sink final : TransportSink
{
    QByteArrayList story;
    QByteArray bytes;
    QList<StreamEnd> ends;
    int allSents = 0;
    std::function<void()> onConnected;

    void connected() override
    {
        story += "connected";
        if (onConnected)
            onConnected();
    }
    void bytesArrived(char *data, qsizetype size) override
    {
        bytes.append(data, size);
        if (story.isEmpty() || story.last() != "bytes")
            story += "bytes";
    }
    void streamEnded(StreamEnd how, const QByteArray &text) override
    {
        ends += how;
        story += "ended: " + text;
    }
    void allSent() override { ++allSents; }
};

struct Dialed final : DialSink
{
    int found = 0;
    std::unique_ptr<Transport> transport;
    QByteArray notFound;
    std::optional<StreamEnd> how;
    std::function<void()> onFound;

    void hostFound() override
    {
        ++found;
        if (onFound)
            onFound();
    }
    void dialed(std::unique_ptr<Transport> stream) override { transport = std::move(stream); }
    void hostNotFound(const QByteArray &text) override { notFound = text; }
    void notConnected(StreamEnd end, const QByteArray &) override { how = end; }
    [[nodiscard]] bool isOver() const { return transport || !notFound.isEmpty() || how; }
};

/// A port that was free a moment ago.
quint16 unusedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// A SOCKS5 proxy (RFC 1928) without a name and a password: what asks it is connected to the target, whatever it asked for.
class Proxy final : public QTcpServer
{
public:
    explicit Proxy(quint16 target) : m_target(target) { listen(QHostAddress::LocalHost); }
    QByteArray asked;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *client = new QTcpSocket(this);
        auto *server = new QTcpSocket(client);
        server->setProxy(QNetworkProxy::NoProxy);
        client->setSocketDescriptor(descriptor);
        connect(client, &QTcpSocket::readyRead, client, [this, client, server] { heard(*client, *server); });
        connect(server, &QTcpSocket::connected, client,
                [client] { client->write(QByteArray::fromHex("05000001000000000000")); });
        connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
    }

private:
    quint16 m_target;

    void heard(QTcpSocket &client, QTcpSocket &server)
    {
        const QByteArray bytes = client.readAll();
        if (server.state() == QAbstractSocket::ConnectedState) {
            server.write(bytes);
        } else if (bytes.startsWith(QByteArray::fromHex("0501")) && bytes.size() >= 10) {
            asked = bytes.sliced(4, 4);
            server.connectToHost(QHostAddress::LocalHost, m_target);
        } else {
            client.write(QByteArray::fromHex("0500"));
        }
    }
};

} // namespace

/// Streams that we begin, through both pumps.
class TestConnecting final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void sendsWhatWaitedForTheConnection_data() { addPumps(); }
    void sendsWhatWaitedForTheConnection();
    void endsWhatWaitedForTheConnection_data() { addPumps(); }
    void endsWhatWaitedForTheConnection();
    void saysThatNobodyListens_data() { addPumps(); }
    void saysThatNobodyListens();
    void saysWhereNoWayLeads_data() { addPumps(); }
    void saysWhereNoWayLeads();
    void tellsItsFailureWhenReadingBegins_data() { addPumps(); }
    void tellsItsFailureWhenReadingBegins();
    void callsNobodyAfterAbort_data() { addPumps(); }
    void callsNobodyAfterAbort();
    void canBeAbortedFromWithin_data() { addPumps(); }
    void canBeAbortedFromWithin();
    void tellsEndsAndResetsApart_data();
    void tellsEndsAndResetsApart();
    void goesThroughAProxy();

    void dialsAnAddress_data() { addPumps(); }
    void dialsAnAddress();
    void triesOneAddressBehindTheOther_data() { addPumps(); }
    void triesOneAddressBehindTheOther();
    void saysWhyTheLastAddressFailed_data() { addPumps(); }
    void saysWhyTheLastAddressFailed();
    void saysThatNobodyKnowsTheName_data() { addPumps(); }
    void saysThatNobodyKnowsTheName();
    void stopsDialingWhenAborted_data() { addPumps(); }
    void stopsDialingWhenAborted();

private:
    std::unique_ptr<Pump> m_pump;
    std::unique_ptr<QTcpServer> m_server;
    std::unique_ptr<Transport> m_transport;
    Sink m_sink;
    bool m_isPortable = false;

    static void addPumps();
    void open(quint16 port);
    [[nodiscard]] QTcpSocket *peer() { return m_server->nextPendingConnection(); }
    [[nodiscard]] QTcpSocket *waitForPeer();
};

void TestConnecting::addPumps()
{
    QTest::addColumn<bool>("portable");
    QTest::newRow("best") << false;
    QTest::newRow("portable") << true;
}

void TestConnecting::init()
{
    m_isPortable = false;
    if (QTest::currentDataTag() != nullptr) {
        QFETCH(bool, portable);
        m_isPortable = portable;
    }
    m_sink = {};
    m_pump = Pump::create(m_isPortable);
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
}

void TestConnecting::cleanup()
{
    m_transport.reset();
    m_server.reset();
    m_pump.reset();
}

void TestConnecting::open(quint16 port)
{
    auto transport = m_pump->connectTo(QHostAddress(QHostAddress::LocalHost), port);
    QVERIFY(transport);
    m_transport = std::move(transport.value());
    m_transport->setSink(&m_sink);
    m_transport->setReading(true);
}

QTcpSocket *TestConnecting::waitForPeer()
{
    return QTest::qWaitFor([this] { return m_server->hasPendingConnections(); }) ? peer() : nullptr;
}

void TestConnecting::sendsWhatWaitedForTheConnection()
{
    open(m_server->serverPort());
    m_transport->send("hello");
    m_transport->flush();
    QVERIFY(!m_transport->peerEnded());
    QCOMPARE(m_sink.story, QByteArrayList()); // not from within
    QTcpSocket *client = waitForPeer();
    QVERIFY(client);
    QTRY_COMPARE(client->bytesAvailable(), 5);
    QCOMPARE(client->readAll(), "hello");
    client->write("welcome");
    QTRY_COMPARE(m_sink.bytes, "welcome");
    QCOMPARE(m_sink.story, (QByteArrayList{"connected", "bytes"}));
    QCOMPARE(m_transport->peerAddress(), QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(m_transport->peerPort(), m_server->serverPort());
    QVERIFY(!m_transport->peerEnded());
    QCOMPARE(m_transport->queuedBytes(), 0);
}

void TestConnecting::endsWhatWaitedForTheConnection()
{
    open(m_server->serverPort());
    m_transport->send("all of it");
    m_transport->closeWhenSent();
    m_transport->flush();
    QCOMPARE(m_sink.allSents, 0);
    QTcpSocket *client = waitForPeer();
    QVERIFY(client);
    QTRY_COMPARE(client->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(client->readAll(), "all of it");
    QCOMPARE(m_sink.allSents, 1);
}

void TestConnecting::saysThatNobodyListens()
{
    open(unusedPort());
    m_transport->send("to nobody");
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::Refused});
    QCOMPARE(m_sink.story, QByteArrayList{"ended: Connection refused"});
    QVERIFY(m_transport->peerEnded());
    QCOMPARE(m_transport->queuedBytes(), 0);
}

void TestConnecting::saysWhereNoWayLeads()
{
    const auto transport = m_pump->connectTo(QHostAddress(u"224.0.0.1"_s), 80); // no TCP to many at once
    QVERIFY(!transport);
    QCOMPARE(transport.error().code, StreamEnd::Unreachable);
    QVERIFY(!transport.error().text.isEmpty());
}

void TestConnecting::tellsItsFailureWhenReadingBegins()
{
    open(unusedPort());
    m_transport->setReading(false);
    QTRY_VERIFY(m_transport->peerEnded());
    QCOMPARE(m_sink.ends.size(), 0);
    m_transport->setReading(true);
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::Refused});
}

void TestConnecting::callsNobodyAfterAbort()
{
    open(m_server->serverPort());
    m_transport->abort();
    QVERIFY(m_transport->peerEnded());
    const auto other = m_pump->connectTo(QHostAddress(QHostAddress::LocalHost), m_server->serverPort());
    QVERIFY(other);
    Sink sink; // by the time this one is told, the first would have been, too
    other.value()->setSink(&sink);
    QTRY_COMPARE(sink.story.size(), 1);
    QCOMPARE(m_sink.story, QByteArrayList());
}

void TestConnecting::canBeAbortedFromWithin()
{
    m_sink.onConnected = [this] { m_transport->abort(Abort::WithReset); };
    open(m_server->serverPort());
    m_transport->send("unsent");
    QTRY_COMPARE(m_sink.story.size(), 1);
    QTcpSocket *client = waitForPeer();
    QVERIFY(client);
    QTRY_COMPARE(client->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(client->readAll(), "");
    QCOMPARE(m_sink.story, QByteArrayList{"connected"});
}

void TestConnecting::tellsEndsAndResetsApart_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<bool>("reset");
    QTest::newRow("best: end") << false << false;
    QTest::newRow("best: reset") << false << true;
    QTest::newRow("portable: end") << true << false;
    QTest::newRow("portable: reset") << true << true;
}

// Qt has one error for both; a second descriptor knows.
void TestConnecting::tellsEndsAndResetsApart()
{
    QFETCH(bool, reset);
    open(m_server->serverPort());
    QTcpSocket *client = waitForPeer();
    QVERIFY(client);
    QTRY_COMPARE(m_sink.story.size(), 1);
    if (reset)
        resetOnClose(client->socketDescriptor());
    client->abort();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{reset ? StreamEnd::Reset : StreamEnd::EndOfStream});
}

void TestConnecting::goesThroughAProxy()
{
    Proxy proxy(m_server->serverPort());
    auto pump = std::make_unique<SocketPump>();
    pump->setProxy({QNetworkProxy::Socks5Proxy, u"127.0.0.1"_s, proxy.serverPort()});
    m_pump = std::move(pump);
    auto transport = m_pump->connectTo(QHostAddress(u"127.1.2.3"_s), 4711); // only the proxy knows the way
    QVERIFY(transport);
    m_transport = std::move(transport.value());
    m_transport->setSink(&m_sink);
    m_transport->setReading(true);
    m_transport->send("through the proxy");
    QTcpSocket *client = waitForPeer();
    QVERIFY(client);
    QTRY_COMPARE(client->bytesAvailable(), 17);
    QCOMPARE(proxy.asked, QByteArray::fromHex("7f010203"));
    client->write("and back");
    QTRY_COMPARE(m_sink.bytes, "and back");
    QCOMPARE(m_sink.story, (QByteArrayList{"connected", "bytes"}));
}

void TestConnecting::dialsAnAddress()
{
    Dialed result;
    Dialer dialer(*m_pump, result);
    dialer.dial(u"127.0.0.1"_s, m_server->serverPort());
    QCOMPARE(result.found, 1);
    QTRY_VERIFY(result.transport);
    result.transport->setSink(&m_sink);
    result.transport->setReading(true);
    QTcpSocket *client = waitForPeer();
    QVERIFY(client);
    client->write("welcome");
    QTRY_COMPARE(m_sink.bytes, "welcome");
    QCOMPARE(m_sink.story, QByteArrayList{"bytes"}); // the sink of the owner hears nothing of the dialing
}

void TestConnecting::triesOneAddressBehindTheOther()
{
    Dialed result;
    Dialer dialer(*m_pump, result);
    // No TCP to many at once; nobody listens there; and here.
    dialer.dial({QHostAddress(u"224.0.0.1"_s), QHostAddress(u"127.0.0.2"_s), QHostAddress(u"127.0.0.1"_s)},
                m_server->serverPort());
    QTRY_VERIFY(result.isOver());
    QVERIFY(result.transport);
    QCOMPARE(result.transport->peerAddress(), QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(result.found, 1);
}

void TestConnecting::saysWhyTheLastAddressFailed()
{
    Dialed result;
    Dialer dialer(*m_pump, result);
    dialer.dial({QHostAddress(u"224.0.0.1"_s), QHostAddress(u"127.0.0.1"_s)}, unusedPort());
    QTRY_VERIFY(result.isOver());
    QCOMPARE(result.how, std::optional(StreamEnd::Refused));
}

void TestConnecting::saysThatNobodyKnowsTheName()
{
    Dialed result;
    Dialer dialer(*m_pump, result);
    dialer.dial(u"nobody.invalid"_s, 80);
    QTRY_VERIFY_WITH_TIMEOUT(result.isOver(), 30'000);
    QVERIFY(!result.notFound.isEmpty());
    QCOMPARE(result.found, 0);
}

void TestConnecting::stopsDialingWhenAborted()
{
    Dialed result;
    Dialer first(*m_pump, result);
    result.onFound = [&] { first.abort(); };
    first.dial(u"127.0.0.1"_s, m_server->serverPort());
    Dialed looking;
    Dialer second(*m_pump, looking);
    second.dial(u"localhost"_s, m_server->serverPort());
    second.abort();
    auto destroyed = std::make_unique<Dialer>(*m_pump, looking);
    destroyed->dial(u"localhost"_s, m_server->serverPort());
    destroyed.reset();
    Dialed other;
    Dialer third(*m_pump, other);
    third.dial(u"localhost"_s, m_server->serverPort());
    QTRY_VERIFY(other.isOver());
    QVERIFY(!result.isOver() && !looking.isOver());
}

QTEST_GUILESS_MAIN(TestConnecting)
#include "tst_connecting.moc"
