// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/end-to-end/faultrows.h"
#include "tests/support/networkpair.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

using End = NetworkPair::End;

const QStringList slowHeart{u"--heartbeat-seconds"_s, u"1"_s, u"--pong-seconds"_s, u"60"_s};

} // namespace

/// Faults of the network itself: server and client are in network namespaces of their own, with a cable between them. Skipped
/// where that is not allowed.
class TestFaultsNetwork : public QObject
{
    Q_OBJECT

    std::unique_ptr<NetworkPair> m_network;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<RawClient> m_client;

    void connectClient(const QStringList &options);

private slots:
    void init();
    void cleanup();

    void everythingIsSwallowed();
    void cableIsCut();
    void neighbourIsGone();
    void clientGetsAnotherAddress();
    void routerHasNoRoute();
    void cableComesBack();
};

void TestFaultsNetwork::init()
{
    m_network = std::make_unique<NetworkPair>();
    if (!m_network->fault().isEmpty())
        QSKIP(("no network namespaces here: " + m_network->fault()).constData());
}

void TestFaultsNetwork::cleanup()
{
    m_client.reset();
    if (m_server)
        QVERIFY2(m_server->stop() == 0, m_server->output().constData());
    m_server.reset();
    m_network.reset();
}

// The system of the server gives up after two repetitions, not after a quarter of an hour.
void TestFaultsNetwork::connectClient(const QStringList &options)
{
    QVERIFY(m_network->set(End::Server, u"ipv4/tcp_retries2"_s, "2"));
    const QString neighbours = u"ipv4/neigh/"_s + NetworkPair::cable(End::Server);
    QVERIFY(m_network->set(End::Server, neighbours + u"/mcast_solicit"_s, "1"));
    QVERIFY(m_network->set(End::Server, neighbours + u"/retrans_time_ms"_s, "100"));
    m_server = std::make_unique<ServerProcess>(options + QStringList{u"--bind"_s, NetworkPair::address(End::Server)});
    {
        const NetworkPair::Inside inside(*m_network, End::Server);
        QVERIFY2(m_server->start(), m_server->output().constData());
    }
    const NetworkPair::Inside inside(*m_network, End::Client);
    m_client =
        std::make_unique<RawClient>(m_server->port(), RawClient::Options{.host = NetworkPair::address(End::Server)});
    m_client->setAnswersPings(true);
    QVERIFY(m_client->upgrade());
}

// The last known neighbour is still believed to be there, and swallows everything.
void TestFaultsNetwork::everythingIsSwallowed()
{
    connectClient(slowHeart);
    QVERIFY(
        m_network->ip(End::Server,
                      {u"neigh"_s, u"replace"_s, NetworkPair::address(End::Client), u"lladdr"_s, u"02:00:00:00:00:99"_s,
                       u"nud"_s, u"permanent"_s, u"dev"_s, NetworkPair::cable(End::Server)}));
    verifyEnding(*m_server, {"network_timeout", "network"});
}

// As for a device that was carried out of the range: pings find out before the system does.
void TestFaultsNetwork::cableIsCut()
{
    connectClient(beats);
    QVERIFY(m_network->ip(End::Client, {u"link"_s, u"set"_s, NetworkPair::cable(End::Client), u"down"_s}));
    verifyEnding(*m_server, {"no_pong", "server", 0, 4007});
}

// The device is gone from the LAN: nobody answers for its address any more.
void TestFaultsNetwork::neighbourIsGone()
{
    connectClient(slowHeart);
    QVERIFY(m_network->ip(End::Client, {u"link"_s, u"set"_s, NetworkPair::cable(End::Client), u"arp"_s, u"off"_s}));
    QVERIFY(m_network->ip(End::Server, {u"neigh"_s, u"flush"_s, u"all"_s}));
    verifyEnding(*m_server, {"network_unreachable", "network"});
}

// It moved to another network.
void TestFaultsNetwork::clientGetsAnotherAddress()
{
    connectClient(slowHeart);
    QVERIFY(m_network->ip(End::Client, {u"addr"_s, u"flush"_s, u"dev"_s, NetworkPair::cable(End::Client)}));
    QVERIFY(m_network->ip(End::Client,
                          {u"addr"_s, u"add"_s, u"198.18.0.3/24"_s, u"dev"_s, NetworkPair::cable(End::Client)}));
    QVERIFY(m_network->ip(End::Server, {u"neigh"_s, u"flush"_s, u"all"_s}));
    verifyEnding(*m_server, {"network_unreachable", "network"});
}

// A router on the way, here the client's system, has no route any more and says so (ICMP).
void TestFaultsNetwork::routerHasNoRoute()
{
    const QString behind = u"198.18.1.2"_s;
    const auto client = [this](const char *words) {
        return m_network->ip(End::Client, QString::fromLatin1(words).split(u' '));
    };
    QVERIFY(client("addr add 198.18.1.2/32 dev lo"));
    QVERIFY(client("route replace 198.18.0.0/24 dev to-server src 198.18.1.2"));
    QVERIFY(m_network->ip(End::Server, {u"route"_s, u"add"_s, behind, u"via"_s, NetworkPair::address(End::Client)}));
    connectClient(slowHeart);
    QVERIFY(m_network->set(End::Client, u"ipv4/ip_forward"_s, "1"));
    QVERIFY(client("route add unreachable 198.18.1.2"));
    QVERIFY(client("addr del 198.18.1.2/32 dev lo"));
    QVERIFY(client("route replace 198.18.0.0/24 dev to-server")); // the one with that address went with it
    verifyEnding(*m_server, {"network_unreachable", "network"});
}

// A short gap is no end.
void TestFaultsNetwork::cableComesBack()
{
    connectClient({});
    QVERIFY(m_network->ip(End::Client, {u"link"_s, u"set"_s, NetworkPair::cable(End::Client), u"down"_s}));
    m_client->sendText("hello");
    QVERIFY(m_network->ip(End::Client, {u"link"_s, u"set"_s, NetworkPair::cable(End::Client), u"up"_s}));
    QVERIFY(m_client->waitForMessages(1, 10'000));
    sayBye(*m_client);
    verifyEnding(*m_server, {"client_closed", "client", 1000, 1000});
}

QTEST_GUILESS_MAIN(TestFaultsNetwork)
#include "tst_faults_network.moc"
