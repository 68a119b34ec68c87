// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/descriptors.h"
#include "server/events/eventtext.h"
#include "server/events/samples.h"
#include "server/inprocesshost.h"
#include "tests/support/rawclient.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// Everything that the snapshots of a Host told.
struct Seen
{
    QHash<ConnectionId, ConnectionInfo> opened;
    QHash<ConnectionId, ConnectionCounters> changed;
    QList<ConnectionEnded> ended;
    QByteArrayList events;
    Snapshot last;

    explicit Seen(Host &host)
    {
        QObject::connect(&host, &Host::snapshot, &host, [this](const Snapshot &snapshot) { take(snapshot); });
        host.setSnapshotsWanted(true);
    }
    Q_DISABLE_COPY_MOVE(Seen)

    void take(const Snapshot &snapshot)
    {
        for (const ConnectionInfo &info : snapshot.opened)
            opened.insert(info.id, info);
        for (const ConnectionCounters &counters : snapshot.changed)
            changed.insert(counters.id, counters);
        ended += snapshot.ended;
        for (const ServerEvent &event : snapshot.events)
            events += eventType(event.code).kind;
        last = snapshot;
    }
    [[nodiscard]] ConnectionId idOf(const QString &player) const
    {
        for (const ConnectionCounters &counters : changed) {
            if (counters.player == player)
                return counters.id;
        }
        return {};
    }
    [[nodiscard]] RoomInfo room(const QString &id) const
    {
        for (const RoomInfo &info : last.rooms) {
            if (info.id == id)
                return info;
        }
        return {};
    }
};

} // namespace

class TestHost final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLoggingCategory::setFilterRules(u"glasshouse.*=false"_s); }
    void cleanup();

    void startsStopsAndStartsAgain();
    void ignoresWhatDoesNotFitItsState();
    void stopsWhileItStarts();
    void namesWhoHasThePort();
    void refusesAnAddressThatIsNone();
    void servesHttpAndPlayers();
    void tellsEverythingInSnapshots();
    void givesNoSnapshotsThatNobodyWants();
    void tellsWhoWasRefused();
    void kicks();
    void failsToKickWhoIsGone();
    void pings();
    void sendsToOne();
    void broadcasts_data();
    void broadcasts();
    void startsARoom();
    void closesARoom();
    void createsRooms();
    void tellsEveryoneThatItStops();
    void stopsWithManyClientsInTime();
    void canBeDestroyedWhileItRuns();
    void canBeDestroyedWhileItStops();
    void drainsUntilNobodyPlays();
    void samplesHowLongItDrains();
    void takesOtherLimitsWhileItRuns();
    void doesNotStartWithoutItsKey();
    void opensWhileSomebodyBringsAToken();
    void keepsACapture();
    void leavesNothingOpen();

private:
    std::unique_ptr<Host> m_host = std::make_unique<InProcessHost>();

    [[nodiscard]] static ServerConfig quiet();
    void start(const ServerConfig &config = quiet());
    void stop();
    [[nodiscard]] quint16 port() const { return m_host->listenInfo().port; }
    [[nodiscard]] std::unique_ptr<RawClient> join(const QByteArray &name, const QByteArray &room = "blue") const;
};

ServerConfig TestHost::quiet()
{
    ServerConfig config;
    config.port = 0;
    config.bindAddress = u"127.0.0.1"_s;
    config.capture = false;
    config.limits.connectionsPerAddress = 0;
    config.limits.connectionRatePerAddress = 0;
    config.limits.headsPerAddress = 0;
    return config;
}

void TestHost::start(const ServerConfig &config)
{
    m_host->start(config);
    QTRY_COMPARE(m_host->state(), ServerState::Running);
    QVERIFY(port() != 0);
}

void TestHost::stop()
{
    m_host->stop();
    QTRY_COMPARE(m_host->state(), ServerState::Stopped);
}

void TestHost::cleanup() { m_host = std::make_unique<InProcessHost>(); }

std::unique_ptr<RawClient> TestHost::join(const QByteArray &name, const QByteArray &room) const
{
    auto client = std::make_unique<RawClient>(port());
    const bool joined =
        client->upgrade(QByteArray("/ws/" + room + "?name=" + name)) && !client->waitForType(u"connected"_s).isEmpty();
    return joined ? std::move(client) : nullptr;
}

void TestHost::startsStopsAndStartsAgain()
{
    QSignalSpy states(m_host.get(), &Host::stateChanged);
    QSignalSpy started(m_host.get(), &Host::started);
    QSignalSpy stopped(m_host.get(), &Host::stopped);
    QCOMPARE(m_host->state(), ServerState::Stopped);
    for (int i = 1; i <= 3; ++i) {
        start();
        QCOMPARE(started.size(), i);
        QCOMPARE(started.last().first().value<ListenInfo>().port, port());
        QVERIFY(join("Anna"));
        stop();
        QTRY_COMPARE(stopped.size(), i);
        QVERIFY(!RawClient(port()).connected());
    }
    QList<ServerState> seen;
    for (const auto &arguments : states)
        seen += arguments.first().value<ServerState>();
    const QList<ServerState> once{ServerState::Starting, ServerState::Running, ServerState::Stopping,
                                  ServerState::Stopped};
    QCOMPARE(seen, once + once + once);
}

void TestHost::ignoresWhatDoesNotFitItsState()
{
    QSignalSpy states(m_host.get(), &Host::stateChanged);
    m_host->stop();
    m_host->kick(ConnectionId{1}, {});
    m_host->broadcast(u"blue"_s, "{}");
    QCOMPARE(states.size(), 0);
    start();
    const quint16 first = port();
    m_host->start(quiet());
    QCOMPARE(m_host->state(), ServerState::Running);
    QCOMPARE(port(), first);
    m_host->stop();
    m_host->stop();
    m_host->start(quiet());
    QCOMPARE(m_host->state(), ServerState::Stopping);
    QTRY_COMPARE(m_host->state(), ServerState::Stopped);
}

void TestHost::stopsWhileItStarts()
{
    QSignalSpy states(m_host.get(), &Host::stateChanged);
    QSignalSpy stopped(m_host.get(), &Host::stopped);
    m_host->start(quiet());
    m_host->stop();
    QTRY_COMPARE(stopped.size(), 1);
    QList<ServerState> seen;
    for (const auto &arguments : states)
        seen += arguments.first().value<ServerState>();
    QCOMPARE(seen, (QList<ServerState>{ServerState::Starting, ServerState::Stopping, ServerState::Stopped}));
}

void TestHost::namesWhoHasThePort()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    ServerConfig config = quiet();
    config.port = other.serverPort();
    QSignalSpy failed(m_host.get(), &Host::startFailed);
    QSignalSpy stopped(m_host.get(), &Host::stopped);
    m_host->start(config);
    QTRY_COMPARE(failed.size(), 1);
    const QString text = faultText(failed.first().first().value<Fault>());
    QCOMPARE(m_host->state(), ServerState::Failed);
    QCOMPARE(faultText(*m_host->fault()), text);
    QVERIFY2(text.contains(QString::number(config.port)), qPrintable(text));
#ifdef Q_OS_LINUX
    QVERIFY2(text.contains(u"tst_host (PID %1)"_s.arg(QCoreApplication::applicationPid())), qPrintable(text));
#endif
    QCOMPARE(stopped.size(), 0);
    const quint16 instead = m_host->fault()->freePort;
    QVERIFY(instead > 0 && instead != config.port);
    config.port = instead;
    start(config);
    QCOMPARE(port(), instead);
    m_host->stop();
    QTRY_COMPARE(m_host->state(), ServerState::Stopped);
    config.port = other.serverPort();
    other.close();
    start(config); // and now it is free
    QCOMPARE(port(), config.port);
    QVERIFY(!m_host->fault());
}

void TestHost::refusesAnAddressThatIsNone()
{
    QSignalSpy failed(m_host.get(), &Host::startFailed);
    ServerConfig config = quiet();
    config.bindAddress = u"nowhere"_s;
    m_host->start(config);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(faultText(*m_host->fault()).contains(u"nowhere"_s));
    config.bindAddress = u"192.0.2.1"_s; // for documentation: nobody has it
    m_host->start(config);
    QTRY_COMPARE(failed.size(), 2);
    QCOMPARE(m_host->state(), ServerState::Failed);
    QCOMPARE(*m_host->fault(), (Fault{FaultCode::NoSuchAddress, {u"192.0.2.1"_s}}));
}

void TestHost::servesHttpAndPlayers()
{
    start();
    RawClient http(port());
    QVERIFY(http.request("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    QCOMPARE(http.response().status, 200);
    QVERIFY(http.answerIsFramed());
    RawClient echo(port());
    QVERIFY(echo.upgrade("/echo"));
    echo.sendText("hello");
    QVERIFY(echo.waitForMessages(1));
    QCOMPARE(echo.messages().first().payload, "hello");
    const auto anna = join("Anna");
    const auto ben = join("Ben");
    QVERIFY(anna && ben);
    ben->sendText(R"({"type":"move","data":5})");
    QCOMPARE(anna->waitForType(u"move"_s).value("data"_L1), 5);
}

void TestHost::tellsEverythingInSnapshots()
{
    Seen seen(*m_host);
    start();
    const auto anna = join("Anna");
    QVERIFY(anna);
    anna->sendText(R"({"type":"ping"})");
    anna->sendText("bad");
    QTRY_VERIFY(seen.idOf(u"Anna"_s) != ConnectionId{});
    const ConnectionId id = seen.idOf(u"Anna"_s);
    QTRY_COMPARE(seen.changed[id].messagesIn, 2);
    const ConnectionCounters counters = seen.changed[id];
    QCOMPARE(counters.room, u"blue"_s);
    QCOMPARE(counters.state, ConnectionState::Open);
    QCOMPARE(counters.messagesOut, 3); // connected, pong, error
    QCOMPARE(counters.badMessages, 1);
    QVERIFY(counters.bytesIn > 0 && counters.bytesOut > 0 && !counters.playerId.isEmpty());
    QCOMPARE(seen.opened[id].address, u"127.0.0.1"_s);
    QVERIFY(seen.opened[id].requestHead.startsWith("GET /ws/blue"));
    QVERIFY(seen.opened[id].responseHead.startsWith("HTTP/1.1 101"));
    QTRY_COMPARE(seen.last.totals.open, 1);
    QCOMPARE(seen.last.totals.upgraded, 1);
    QCOMPARE(seen.last.totals.rooms, 1);
    QTRY_COMPARE(seen.room(u"blue"_s).players, 1);
    QCOMPARE(seen.room(u"blue"_s).game, u"relay"_s);
    QCOMPARE(seen.room(u"blue"_s).maxPlayers, 64);
    QVERIFY(seen.events.contains("server_started") && seen.events.contains("room_created"));
    anna->sendClose(1000, "bye");
    QTRY_COMPARE(seen.ended.size(), 1);
    const Ending ending = seen.ended.first().ending;
    QCOMPARE(ending.cause, EndingCause::ClientClosed);
    QCOMPARE(ending.codeReceived, 1000);
    QCOMPARE(ending.reasonReceived, "bye");
    QVERIFY(ending.cleanly);
    QCOMPARE(seen.ended.first().counters.messagesIn, 2);
    QTRY_COMPARE(seen.last.totals.open, 0);
    QCOMPARE(seen.last.totals.ended, 1);
    QCOMPARE(seen.last.totals.messagesIn, 2);
    QCOMPARE(seen.last.totals.faults, 0);
    QCOMPARE(seen.last.totals.endings.value(int(EndingCause::ClientClosed)), 1);
    QVERIFY(seen.events.contains("connection_ended"));
}

void TestHost::givesNoSnapshotsThatNobodyWants()
{
    QSignalSpy snapshots(m_host.get(), &Host::snapshot);
    start();
    QVERIFY(join("Anna"));
    stop();
    QCOMPARE(snapshots.size(), 0);
}

void TestHost::tellsWhoWasRefused()
{
    Seen seen(*m_host);
    start();
    RawClient bad(port());
    QVERIFY(bad.request("GET / HTTP/1.1\r\n\r\n"));
    QTRY_COMPARE(seen.ended.size(), 1);
    QCOMPARE(seen.ended.first().ending.cause, EndingCause::BadHead);
    QCOMPARE(seen.ended.first().ending.httpStatus, 400);
    QCOMPARE(seen.ended.first().counters.state, ConnectionState::Refused);
    QVERIFY(seen.opened.contains(seen.ended.first().counters.id));
    QVERIFY(seen.events.contains("request_refused"));
    QTRY_COMPARE(seen.last.totals.refused, 1);
    QCOMPARE(seen.last.totals.upgraded, 0);
    RawClient served(port());
    QVERIFY(served.request("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    QTRY_COMPARE(seen.last.totals.httpServed, 1);
    QTRY_COMPARE(seen.ended.size(), 2);
    QCOMPARE(seen.ended.last().ending.cause, EndingCause::HttpServed);
    QCOMPARE(seen.last.totals.refused, 1); // this was none
    QCOMPARE(seen.last.totals.faults, 1);
}

void TestHost::kicks()
{
    Seen seen(*m_host);
    start();
    const auto anna = join("Anna");
    const auto ben = join("Ben");
    QTRY_VERIFY(seen.idOf(u"Anna"_s) != ConnectionId{});
    m_host->kick(seen.idOf(u"Anna"_s), u"too loud"_s);
    QVERIFY(anna->waitForClose());
    QCOMPARE(anna->closeCode(), 4009);
    QCOMPARE(anna->closeReason(), "too loud");
    QVERIFY(!ben->waitForType(u"player_left"_s).isEmpty());
    QTRY_COMPARE(seen.ended.size(), 1);
    QCOMPARE(seen.ended.first().ending.cause, EndingCause::Kicked);
    QCOMPARE(seen.ended.first().ending.side, EndingSide::Operator);
    QVERIFY(seen.events.contains("operator"));
    QVERIFY(ben->connected());
}

void TestHost::failsToKickWhoIsGone()
{
    start();
    QSignalSpy failed(m_host.get(), &Host::actionFailed);
    m_host->kick(ConnectionId{4711}, {});
    m_host->send(ConnectionId{4711}, "x");
    m_host->broadcast(u"nowhere"_s, R"({"type":"a"})");
    m_host->startRoom(u"nowhere"_s);
    m_host->closeRoom(u"nowhere"_s, {});
    QTRY_COMPARE(failed.size(), 5);
    for (const auto &arguments : failed)
        QVERIFY(!faultText(arguments.first().value<Fault>()).isEmpty());
}

void TestHost::pings()
{
    Seen seen(*m_host);
    ServerConfig config = quiet();
    config.limits.heartbeatSeconds = 0;
    start(config);
    const auto anna = join("Anna");
    anna->setAnswersPings(true);
    QTRY_VERIFY(seen.idOf(u"Anna"_s) != ConnectionId{});
    QCOMPARE(seen.changed[seen.idOf(u"Anna"_s)].rttMs, -1);
    m_host->ping(seen.idOf(u"Anna"_s));
    QTRY_VERIFY(seen.changed[seen.idOf(u"Anna"_s)].rttMs >= 0);
    QCOMPARE(anna->pings().size(), 1);
}

void TestHost::sendsToOne()
{
    Seen seen(*m_host);
    start();
    const auto anna = join("Anna");
    const auto ben = join("Ben");
    QTRY_VERIFY(seen.idOf(u"Ben"_s) != ConnectionId{});
    m_host->send(seen.idOf(u"Ben"_s), "as it is");
    QTRY_VERIFY(ben->messages().contains(RawClient::Message{MessageKind::Text, "as it is"}));
    QVERIFY(!anna->messages().contains(RawClient::Message{MessageKind::Text, "as it is"}));
}

void TestHost::broadcasts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isEnvelope");
    QTest::newRow("an envelope") << QByteArray(R"({"type":"notice","data":{"text":"hi"}})") << true;
    QTest::newRow("none") << QByteArray("hi") << false;
    QTest::newRow("no type") << QByteArray("{}") << false;
}

void TestHost::broadcasts()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isEnvelope);
    start();
    const auto anna = join("Anna");
    const auto ben = join("Ben");
    QSignalSpy failed(m_host.get(), &Host::actionFailed);
    m_host->broadcast(u"blue"_s, text);
    if (isEnvelope) {
        QCOMPARE(anna->waitForType(u"notice"_s).value("data"_L1).toObject().value("text"_L1), u"hi"_s);
        QVERIFY(!ben->waitForType(u"notice"_s).isEmpty());
    } else {
        QTRY_COMPARE(failed.size(), 1);
    }
}

void TestHost::startsARoom()
{
    Seen seen(*m_host);
    start();
    const auto anna = join("Anna");
    m_host->startRoom(u"blue"_s);
    QVERIFY(!anna->waitForType(u"game_started"_s).isEmpty());
    QTRY_COMPARE(seen.room(u"blue"_s).state, u"playing"_s);
    QSignalSpy failed(m_host.get(), &Host::actionFailed);
    m_host->startRoom(u"blue"_s);
    QTRY_COMPARE(failed.size(), 1);
}

void TestHost::closesARoom()
{
    Seen seen(*m_host);
    start();
    const auto anna = join("Anna");
    const auto ben = join("Ben", "red");
    m_host->closeRoom(u"blue"_s, u"bedtime"_s);
    QVERIFY(anna->waitForClose());
    QCOMPARE(anna->closeCode(), 1000);
    QCOMPARE(anna->closeReason(), "bedtime");
    QTRY_COMPARE(seen.ended.size(), 1);
    QCOMPARE(seen.ended.first().ending.cause, EndingCause::RoomClosed);
    QTRY_VERIFY(seen.events.contains("room_ended"));
    QTRY_COMPARE(seen.last.rooms.size(), 1);
    QVERIFY(ben->connected());
    QVERIFY(join("Anna")); // a new room of the same name
}

void TestHost::createsRooms()
{
    ServerConfig config = quiet();
    config.autoCreateRooms = false;
    start(config);
    QSignalSpy created(m_host.get(), &Host::roomCreated);
    QSignalSpy failed(m_host.get(), &Host::actionFailed);
    m_host->createRoom(u"relay"_s, u"blue"_s);
    QTRY_COMPARE(created.size(), 1);
    QCOMPARE(created.first().first(), u"blue"_s);
    QVERIFY(join("Anna"));
    m_host->createRoom(u"relay"_s);
    QTRY_COMPARE(created.size(), 2);
    QVERIFY(join("Ben", created.last().first().toString().toUtf8()));
    m_host->createRoom(u"relay"_s, u"blue"_s);
    m_host->createRoom(u"chess"_s);
    m_host->createRoom(u"relay"_s, u"a b"_s);
    QTRY_COMPARE(failed.size(), 3);
    QCOMPARE(created.size(), 2);
}

void TestHost::tellsEveryoneThatItStops()
{
    Seen seen(*m_host);
    start();
    const auto anna = join("Anna");
    RawClient echo(port());
    QVERIFY(echo.upgrade("/echo"));
    RawClient half(port()); // its head never comes
    half.send("GET / HT");
    m_host->stop();
    QVERIFY(anna->waitForClose());
    QVERIFY(echo.waitForClose());
    QCOMPARE(anna->closeCode(), 1001);
    QCOMPARE(echo.closeCode(), 1001);
    QVERIFY(half.waitForEnd());
    QTRY_COMPARE(m_host->state(), ServerState::Stopped);
    const auto shutdowns = std::count_if(seen.ended.begin(), seen.ended.end(), [](const ConnectionEnded &one) {
        return one.ending.cause == EndingCause::ServerShutdown;
    });
    QCOMPARE(shutdowns, 2);
}

void TestHost::stopsWithManyClientsInTime()
{
    start();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<RawClient>(port()));
        QVERIFY(clients.back()->upgrade(i % 2 == 0 ? "/echo" : "/ws/r" + QByteArray::number(i / 50)));
        clients.back()->setAnswersClose(i % 3 != 0); // some never answer
    }
    QElapsedTimer timer;
    timer.start();
    m_host->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_host->state(), ServerState::Stopped, 10'000);
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    for (const auto &client : clients) {
        QVERIFY(client->waitForClose());
        QCOMPARE(client->closeCode(), 1001);
    }
}

void TestHost::canBeDestroyedWhileItRuns()
{
    start();
    const auto anna = join("Anna");
    RawClient stubborn(port());
    QVERIFY(stubborn.upgrade("/echo"));
    stubborn.setAnswersClose(false);
    QElapsedTimer timer;
    timer.start();
    m_host.reset();
    QVERIFY2(timer.elapsed() < 4'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(anna->waitForClose());
    QCOMPARE(anna->closeCode(), 1001);
}

void TestHost::canBeDestroyedWhileItStops()
{
    start();
    const quint16 closing = port();
    m_host->stop();
    // The main loop does not turn: the network thread is done before anybody here hears of it.
    for (bool open = true; open;) {
        QTcpSocket probe;
        probe.connectToHost(QHostAddress::LocalHost, closing);
        open = probe.waitForConnected();
    }
    QElapsedTimer timer;
    timer.start();
    m_host.reset();
    QVERIFY2(timer.elapsed() < 3'000, qPrintable(QString::number(timer.elapsed())));
}

void TestHost::drainsUntilNobodyPlays()
{
    start();
    const auto ada = join("Ada");
    QSignalSpy states(m_host.get(), &Host::stateChanged);
    m_host->drain(600);
    QCOMPARE(m_host->state(), ServerState::Draining);
    QVERIFY(!ada->waitForType(u"server_closing"_s).isEmpty());
    RawClient late(port());
    QVERIFY(late.upgrade("/ws/blue"));
    QVERIFY(late.waitForClose());
    QCOMPARE(late.closeCode(), 1001);
    ada->sendClose(1000);
    QTRY_COMPARE(m_host->state(), ServerState::Stopped);
}

void TestHost::samplesHowLongItDrains()
{
    const QTemporaryDir folder;
    ServerConfig config = quiet();
    config.capture = true;
    config.captureDirectory = folder.path();
    start(config);
    const auto ada = join("Ada");
    m_host->drain(600);
    const auto hasSample = [this] {
        const QList<CapturedRow> rows = m_host->capture()->read(0, 1'000);
        return std::any_of(rows.begin(), rows.end(), [](const CapturedRow &row) {
            return row.isEvent() && row.eventKind() == EventKind::Sample
                && sampleFromJson(row.payload).totals.drainSecondsLeft > 0;
        });
    };
    QTRY_VERIFY(hasSample());
}

void TestHost::takesOtherLimitsWhileItRuns()
{
    start();
    const auto ada = join("Ada");
    QSignalSpy reloaded(m_host.get(), &Host::reloaded);
    ServerConfig config = m_host->config();
    config.limits.messageBytes = 100;
    config.limits.players = 1;
    m_host->reload(config);
    QTRY_COMPARE(reloaded.size(), 1);
    QVERIFY(reloaded.first().first().toStringList().isEmpty());
    RawClient full(port());
    QVERIFY(full.upgrade("/ws/blue"));
    QVERIFY(full.waitForClose());
    QCOMPARE(full.closeCode(), 4005);
    ada->sendText(QByteArray(101, 'x')); // holds for who is there as well
    QVERIFY(ada->waitForClose());
    QCOMPARE(ada->closeCode(), 1009);
}

void TestHost::doesNotStartWithoutItsKey()
{
    ServerConfig config = quiet();
    config.auth = AuthMode::Token;
    m_host->start(config);
    QTRY_COMPARE(m_host->state(), ServerState::Failed);
    QVERIFY(faultText(*m_host->fault()).contains(u"jwt-secret-file"_s));
}

void TestHost::opensWhileSomebodyBringsAToken()
{
    ServerConfig config = quiet();
    config.auth = AuthMode::Token;
    config.token.secret = "a secret that nobody else knows, 32";
    start(config);
    RawClient waiting(port());
    QVERIFY(waiting.upgrade("/ws/blue"));
    QSignalSpy reloaded(m_host.get(), &Host::reloaded);
    config = m_host->config();
    config.auth = AuthMode::Open;
    m_host->reload(config);
    QTRY_COMPARE(reloaded.size(), 1);
    waiting.sendText(R"({"type":"auth","data":{"token":"a.b.c"}})");
    QVERIFY(!waiting.waitForType(u"connected"_s).isEmpty());
}

void TestHost::keepsACapture()
{
    const QTemporaryDir folder;
    ServerConfig config = quiet();
    config.capture = true;
    config.captureDirectory = folder.path();
    Seen seen(*m_host);
    start(config);
    QVERIFY(m_host->capture());
    const auto anna = join("Anna");
    anna->sendText(R"({"type":"ping"})");
    QVERIFY(!anna->waitForType(u"pong"_s).isEmpty());
    stop();
    const auto capture = m_host->capture();
    QVERIFY(capture);
    QVERIFY(capture->stats().endRow >= 3);
    start(config);
    QVERIFY(m_host->capture() != capture); // a session each, and the old one may still be read
}

void TestHost::leavesNothingOpen()
{
    start();
    QVERIFY(join("Anna"));
    stop(); // whatever the first time keeps for good
    const int before = openDescriptors();
    for (int i = 0; i < 5; ++i) {
        start();
        QVERIFY(join("Anna"));
        RawClient http(port());
        QVERIFY(http.request("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        stop();
    }
    QTRY_VERIFY2(openDescriptors() <= before, qPrintable(QString::number(openDescriptors() - before)));
}

QTEST_GUILESS_MAIN(TestHost)
#include "tst_host.moc"
