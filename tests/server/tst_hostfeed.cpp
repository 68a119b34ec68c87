// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/inprocesshost.h"

#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

// What a Host tells somebody who does not listen for a while, or comes late.

namespace {

/// A client that does its work without the main loop: nobody takes snapshots meanwhile.
class BlockingClient
{
public:
    explicit BlockingClient(quint16 port)
    {
        m_socket.connectToHost(QHostAddress::LocalHost, port);
        m_socket.waitForConnected();
    }
    QByteArray ask(const QByteArray &request)
    {
        m_socket.write(request);
        while (m_socket.waitForReadyRead(5'000))
            ;
        return m_socket.readAll();
    }
    bool join(const QByteArray &name)
    {
        m_socket.write("GET /ws/blue?name=" + name
                       + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
        QByteArray got;
        while (!got.contains("\"connected\"") && m_socket.waitForReadyRead(5'000))
            got += m_socket.readAll();
        return got.contains("\"connected\"");
    }
    void leave() { m_socket.abort(); }

private:
    QTcpSocket m_socket;
};

QByteArray metric(quint16 port, const QByteArray &name)
{
    const QByteArray page =
        BlockingClient(port).ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    for (const QByteArray &line : page.split('\n')) {
        if (line.startsWith(name + ' '))
            return line.mid(name.size() + 1).trimmed();
    }
    return {};
}

} // namespace

class TestHostFeed final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLoggingCategory::setFilterRules(u"glasshouse.*=false"_s); }
    void init();
    void cleanup() { m_host.reset(); }

    void tellsOfPlayersHoweverManyWereRefused();
    void tellsALateOneEverythingThatIsOpen();
    void tellsNewsWithoutSnapshots();

private:
    std::unique_ptr<Host> m_host;

    [[nodiscard]] quint16 port() const { return m_host->listenInfo().port; }
};

void TestHostFeed::init()
{
    m_host = std::make_unique<InProcessHost>();
    ServerConfig config;
    config.port = 0;
    config.bindAddress = u"127.0.0.1"_s;
    config.capture = false;
    config.limits.connectionsPerAddress = 0;
    config.limits.connectionRatePerAddress = 0;
    config.limits.headsPerAddress = 0;
    config.limits.brokenRequestRate = 0;
    config.limits.requestRate = 0;
    m_host->start(config);
    QTRY_COMPARE(m_host->state(), ServerState::Running);
}

void TestHostFeed::tellsOfPlayersHoweverManyWereRefused()
{
    constexpr int refusals = 6'000;
    QHash<ConnectionId, QString> players;
    QSet<ConnectionId> opened;
    QHash<ConnectionId, Ending> ended;
    quint64 refused = 0;
    quint64 listed = 0;
    quint64 leftOut = 0;
    quint64 served = 0;
    connect(m_host.get(), &Host::snapshot, this, [&](const Snapshot &snapshot) {
        for (const ConnectionInfo &info : snapshot.opened)
            opened.insert(info.id);
        for (const ConnectionEnded &one : snapshot.ended) {
            ended.insert(one.counters.id, one.ending);
            players.insert(one.counters.id, one.counters.player);
            listed += one.counters.state == ConnectionState::Refused ? 1 : 0;
        }
        leftOut += snapshot.leftOut.requests;
        refused = snapshot.totals.refused;
        served = snapshot.totals.httpServed;
    });
    m_host->setSnapshotsWanted(true);
    BlockingClient stays(port());
    QVERIFY(stays.join("Ada"));
    QTRY_VERIFY(opened.contains(ConnectionId{1}));
    // Nobody reads from here on.
    for (int i = 0; i < refusals; ++i)
        QVERIFY(BlockingClient(port()).ask("no HTTP\r\n\r\n").startsWith("HTTP/1.1 400"));
    stays.leave();
    BlockingClient passes(port());
    QVERIFY(passes.join("Ben"));
    passes.leave();
    while (metric(port(), "glasshouse_connections") != "0")
        ;
    // And now somebody does.
    QTRY_COMPARE(refused, quint64(refusals));
    QTRY_VERIFY(leftOut > 0);
    QCOMPARE(listed + leftOut, refused + served); // counted, if not listed
    QTRY_VERIFY(players.values().contains(u"Ada"_s));
    QVERIFY(players.values().contains(u"Ben"_s));
    const ConnectionId ben = players.key(u"Ben"_s);
    QVERIFY(opened.contains(ben));
    QVERIFY(ended.contains(ben));
}

void TestHostFeed::tellsALateOneEverythingThatIsOpen()
{
    BlockingClient ada(port());
    QVERIFY(ada.join("Ada"));
    QTRY_COMPARE(metric(port(), "glasshouse_connections"), "1");
    std::optional<Snapshot> first;
    connect(m_host.get(), &Host::snapshot, this, [&](const Snapshot &snapshot) {
        if (!first)
            first = snapshot;
    });
    m_host->setSnapshotsWanted(true);
    QTRY_VERIFY(first);
    QVERIFY(first->whole);
    QCOMPARE(first->opened.size(), 1);
    QVERIFY(first->opened.first().requestHead.startsWith("GET /ws/blue"));
    QCOMPARE(first->changed.size(), 1);
    QCOMPARE(first->changed.first().player, u"Ada"_s);
    QCOMPARE(first->rooms.size(), 1);
}

// As the log wants it: nobody finds out how it stands.
void TestHostFeed::tellsNewsWithoutSnapshots()
{
    QSignalSpy snapshots(m_host.get(), &Host::snapshot);
    QList<EventCode> events;
    QStringList players;
    connect(m_host.get(), &Host::news, this, [&](const News &news) {
        for (const ServerEvent &event : news.events)
            events += event.code;
        for (const ConnectionEnded &one : news.ended)
            players += one.counters.player;
    });
    m_host->setNewsWanted(true);
    BlockingClient ada(port());
    QVERIFY(ada.join("Ada"));
    QTRY_VERIFY(events.contains(EventCode::RoomCreated));
    ada.leave();
    QTRY_COMPARE(players, QStringList{u"Ada"_s});
    m_host->stop();
    QTRY_COMPARE(m_host->state(), ServerState::Stopped);
    QCOMPARE(events.last(), EventCode::ServerStopping);
    QCOMPARE(snapshots.size(), 0);
}

QTEST_GUILESS_MAIN(TestHostFeed)
#include "tst_hostfeed.moc"
