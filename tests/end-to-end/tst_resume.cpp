// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/serverprocess.h"
#include "tests/support/sessionclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr int players = 4;
constexpr int rooms = 10;
constexpr int roundsARoom = 10;

} // namespace

/// docs/protocol.md, "Coming back", as clients live it.
class TestResume : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void losesNothing_data();
    void losesNothing();

private:
    using Clients = std::vector<std::unique_ptr<SessionClient>>;

    QRandomGenerator m_random;
    std::unique_ptr<ServerProcess> m_server;
    QByteArray m_target;  ///< of the room
    bool m_full = false;  ///< nobody else fits into the room
    int m_leftBehind = 0; ///< connections that were left open when their player came back

    [[nodiscard]] int below(int count) { return int(m_random.bounded(count)); }
    [[nodiscard]] bool start(const QStringList &arguments = {});
    [[nodiscard]] Clients joinAll() const;
    void chatter(Clients &clients, int count);
    void playRound(Clients &clients);
    void comeBackSomehow(SessionClient &client);
    void attack(const Clients &clients);
    void joinInVain();
    void settle(Clients &clients);
    void leaveSomehow(SessionClient &client);
    [[nodiscard]] QList<int> playersOfRooms() const;
};

void TestResume::initTestCase()
{
    bool isSet = false;
    const int wanted = qEnvironmentVariableIntValue("GLASSHOUSE_SEED", &isSet);
    const quint32 seed = isSet ? quint32(wanted) : QRandomGenerator::system()->bounded(1'000'000);
    m_random.seed(seed);
    qInfo("GLASSHOUSE_SEED=%u", seed);
}

bool TestResume::start(const QStringList &arguments)
{
    m_target = "/ws/room";
    m_server = std::make_unique<ServerProcess>(
        manyConnections() + QStringList{u"--message-rate"_s, u"0"_s, u"--message-burst"_s, u"0"_s} + arguments);
    return m_server->start();
}

TestResume::Clients TestResume::joinAll() const
{
    Clients clients;
    for (int who = 1; who <= players; ++who) {
        clients.push_back(std::make_unique<SessionClient>(m_server->port(), m_target, who));
        if (!clients.back()->join())
            return {};
    }
    return clients;
}

void TestResume::chatter(Clients &clients, int count)
{
    for (int i = 0; i < count; ++i)
        clients[size_t(below(players))]->say(below(3) == 0);
}

/// What does not end within five seconds is a fault; who has nobody to wait for says so at once.
void TestResume::settle(Clients &clients)
{
    QMap<int, int> said;
    for (const auto &client : clients)
        said[client->who()] = client->said();
    const auto settled = [&] {
        return std::all_of(clients.begin(), clients.end(), [&](auto &client) { return client->isSettled(said); });
    };
    const bool inTime = QTest::qWaitFor(settled);
    for (const auto &client : clients)
        QVERIFY2(client->faults().isEmpty(), client->faults().join('\n').constData());
    QVERIFY2(inTime, "something was lost");
}

void TestResume::playRound(Clients &clients)
{
    chatter(clients, below(10));
    if (below(2) == 0)
        settle(clients);
    QList<int> away;
    for (int victims = 1 + below(2); victims > 0; --victims) {
        const int who = below(players);
        if (away.contains(who))
            continue;
        away += who;
        const auto how = SessionClient::Cut(below(5));
        clients[size_t(who)]->cut(how);
        m_leftBehind += how == SessionClient::Cut::StaysBehind ? 1 : 0;
        chatter(clients, below(8));
    }
    for (const int who : away) {
        if (below(3) == 0)
            attack(clients);
        if (!m_full && below(4) == 0)
            joinInVain();
        comeBackSomehow(*clients[size_t(who)]);
        if (QTest::currentTestFailed())
            return;
    }
    if (below(2) == 0)
        attack(clients);
    settle(clients);
}

void TestResume::comeBackSomehow(SessionClient &client)
{
    for (int vain = below(4) - 1; vain > 0; --vain)
        client.comeBackInVain(SessionClient::Vain(below(3)), below(2) == 0);
    const bool back = client.comeBack();
    QVERIFY2(client.faults().isEmpty(), client.faults().join('\n').constData());
    QVERIFY2(back, "could not come back");
}

/// With a token that is spent, or that nearly is one. Whoever has the seat or waits for it never hears of it.
void TestResume::attack(const Clients &clients)
{
    const SessionClient &victim = *clients[size_t(below(players))];
    QByteArray token = victim.token();
    token[below(int(token.size()))] ^= 1;
    if (!victim.spentTokens().isEmpty() && below(4) != 0)
        token = victim.spentTokens().at(below(int(victim.spentTokens().size())));
    const QByteArray number = QByteArray::number(below(2) == 0 ? victim.seen() : below(1000));
    RawClient thief(m_server->port());
    QVERIFY(thief.upgrade(m_target + "?resume=" + token.toPercentEncoding() + "&seq=" + number));
    if (m_full) {
        QVERIFY(thief.waitForClose());
        QCOMPARE(int(thief.closeCode()), 4005);
        QVERIFY(thief.messages().isEmpty());
        return;
    }
    const QJsonObject data = thief.waitForType(u"connected"_s)["data"_L1].toObject();
    QCOMPARE(data["resumed"_L1].toBool(true), false);
    QVERIFY(!data["reason"_L1].toString().isEmpty());
    for (const auto &client : clients)
        QVERIFY(data["playerId"_L1].toString().toLatin1() != client->playerId());
    thief.sendText(R"({"type":"leave"})");
    QVERIFY(thief.waitForClose());
}

void TestResume::joinInVain()
{
    RawClient client(m_server->port());
    client.send(RawClient::upgradeHead(m_target));
    const int how = below(3);
    if (how > 0)
        QVERIFY(client.waitForResponse());
    if (how > 1)
        QVERIFY(client.waitForMessages(1));
    if (below(2) == 0)
        client.resetStream();
    else
        client.endStream();
}

/// Not all of them leave in a way that frees the seat at once, but all of them are gone in the end.
void TestResume::leaveSomehow(SessionClient &client)
{
    const int how = below(6);
    if (how == 0) {
        client.client().sendClose(1000);
        QVERIFY(client.client().waitForClose());
    } else if (how <= 3) {
        client.client().sendText(R"({"type":"leave"})");
        if (how == 1)
            QVERIFY(client.client().waitForClose());
        if (how == 3)
            client.cut(SessionClient::Cut::Reset);
    } else {
        client.cut(SessionClient::Cut(below(4)));
        if (how == 5)
            client.comeBackInVain(SessionClient::Vain(below(3)), below(2) == 0);
    }
}

/// In no order.
QList<int> TestResume::playersOfRooms() const
{
    RawClient client(m_server->port());
    QList<int> counts;
    if (!client.request("GET /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        return counts;
    const QJsonArray list = QJsonDocument::fromJson(client.body()).object()["rooms"_L1].toArray();
    for (const QJsonValue &room : list)
        counts += room["players"_L1].toInt();
    return counts;
}

void TestResume::losesNothing_data()
{
    QTest::addColumn<bool>("full");
    QTest::newRow("in rooms where others fit in") << false;
    QTest::newRow("in full rooms") << true;
}

void TestResume::losesNothing()
{
    QFETCH(bool, full);
    m_full = full;
    m_leftBehind = 0;
    QStringList arguments{u"--resume-seconds"_s, u"8"_s};
    if (full)
        arguments += QStringList{u"--max-players"_s, QString::number(players)};
    QVERIFY2(start(arguments), m_server->output().constData());
    for (int room = 0; room < rooms; ++room) {
        m_target = "/ws/room-" + QByteArray::number(room);
        Clients clients = joinAll();
        QCOMPARE(clients.size(), size_t(players));
        for (int round = 0; round < roundsARoom; ++round) {
            playRound(clients);
            if (full)
                QVERIFY(playersOfRooms().contains(players));
            if (QTest::currentTestFailed()) {
                qInfo("in round %d of room %d", round, room);
                return;
            }
        }
        for (const auto &client : clients)
            leaveSomehow(*client);
    }
    QTRY_COMPARE_WITH_TIMEOUT(playersOfRooms(), QList<int>(rooms, 0), 20'000);
    QVERIFY2(m_server->stop() == 0, m_server->output().constData());
    const QList<QJsonObject> endings = m_server->endings();
    QCOMPARE(std::count_if(endings.begin(), endings.end(),
                           [](const QJsonObject &ending) { return ending["cause"_L1] == "replaced"_L1; }),
             m_leftBehind);
}

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"
