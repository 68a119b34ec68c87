// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// docs/protocol.md, "Coming back", rule by rule.
class TestResumeRules : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { QVERIFY2(m_server->stop() == 0, m_server->output().constData()); }

    void givesASeatUpWhenItsTimeIsOver();
    void freesASeatAtOnce_data();
    void freesASeatAtOnce();
    void keepsASeat_data();
    void keepsASeat();
    void keepsTheSeatOfWhoReadsTooSlowly();
    void replacesAConnection();
    void takesATokenOnce();
    void takesTheTokenBeforeUntilTheClientHasTheNewOne_data();
    void takesTheTokenBeforeUntilTheClientHasTheNewOne();
    void beginsAnewWhenTooMuchWasMissed();
    void letsBackIntoAFullRoom();
    void keepsItsTokensToItself();

private:
    struct Player
    {
        std::unique_ptr<RawClient> client;
        QJsonObject connected; ///< its first message
        [[nodiscard]] QJsonObject data() const { return connected["data"_L1].toObject(); }
        [[nodiscard]] QString id() const { return data()["playerId"_L1].toString(); }
        [[nodiscard]] QByteArray token() const { return data()["resume"_L1].toString().toLatin1(); }
        [[nodiscard]] bool resumed() const { return data()["resumed"_L1].toBool(); }
        RawClient *operator->() const { return client.get(); }
    };

    std::unique_ptr<ServerProcess> m_server;

    [[nodiscard]] bool start(const QStringList &arguments = {});
    [[nodiscard]] Player join(const QByteArray &query = {}, bool answersPings = true) const;
    [[nodiscard]] Player comeBack(const QByteArray &token, int seen, bool answersPings = true) const
    {
        return join("?resume=" + token + "&seq=" + QByteArray::number(seen), answersPings);
    }
    [[nodiscard]] int players() const;
    [[nodiscard]] QByteArray get(const QByteArray &path) const;
};

bool TestResumeRules::start(const QStringList &arguments)
{
    m_server = std::make_unique<ServerProcess>(manyConnections() + arguments);
    return m_server->start();
}

TestResumeRules::Player TestResumeRules::join(const QByteArray &query, bool answersPings) const
{
    Player player{std::make_unique<RawClient>(m_server->port()), {}};
    player->setAnswersPings(answersPings);
    if (player->upgrade("/ws/room" + query) && player->waitForMessages(1))
        player.connected = toObject(player->messages().first());
    return player;
}

QByteArray TestResumeRules::get(const QByteArray &path) const
{
    RawClient client(m_server->port());
    return client.request("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n") ? client.body() : QByteArray();
}

/// Of the only room.
int TestResumeRules::players() const
{
    const QJsonObject answer = QJsonDocument::fromJson(get("/api/v1/rooms")).object();
    return answer["rooms"_L1][0]["players"_L1].toInt(-1);
}

void TestResumeRules::givesASeatUpWhenItsTimeIsOver()
{
    QVERIFY2(start({u"--resume-seconds"_s, u"1"_s}), m_server->output().constData());
    const Player first = join();
    const Player second = join();
    second->resetStream();
    const QJsonObject dropped = first->waitForType(u"player_dropped"_s)["data"_L1].toObject();
    QCOMPARE(dropped, (QJsonObject{{u"playerId"_s, second.id()}, {u"secondsLeft"_s, 1}}));
    QCOMPARE(players(), 2);
    QCOMPARE(first->waitForType(u"player_left"_s)["data"_L1]["playerId"_L1].toString(), second.id());
    QCOMPARE(players(), 1);
    const Player late = comeBack(second.token(), 1);
    QVERIFY(!late.resumed());
    QVERIFY(!late.data()["reason"_L1].toString().isEmpty());
    QVERIFY(late.id() != second.id());
}

void TestResumeRules::freesASeatAtOnce_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("leave") << makeMaskedFrame(Opcode::Text, R"({"type":"leave"})", 7);
    QTest::newRow("1000") << makeMaskedFrame(Opcode::Close, closePayload(1000), 7);
    QTest::newRow("a frame without a mask") << makeFrame(Opcode::Text, "x");
    QTest::newRow("no UTF-8") << makeMaskedFrame(Opcode::Text, "\xff", 7);
    QTest::newRow("a message that is too big") << makeMaskedFrame(Opcode::Binary, QByteArray(70'000, 'x'), 7);
    QTest::newRow("bad messages") << makeMaskedFrame(Opcode::Text, "bad", 7).repeated(20);
}

void TestResumeRules::freesASeatAtOnce()
{
    QFETCH(QByteArray, bytes);
    QVERIFY2(start(), m_server->output().constData());
    const Player first = join();
    const Player second = join();
    second->send(bytes);
    // One of the two comes first.
    QVERIFY(first->waitForMessages(3));
    const QJsonObject heard = toObject(first->messages().at(2));
    QCOMPARE(heard["type"_L1].toString(), u"player_left"_s);
    QCOMPARE(heard["data"_L1]["playerId"_L1].toString(), second.id());
    QCOMPARE(players(), 1);
    QVERIFY(!comeBack(second.token(), 1).resumed());
}

void TestResumeRules::keepsASeat_data()
{
    using End = std::function<void(RawClient &)>;
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<End>("end");
    const auto row = [](const char *name, const QStringList &arguments, const End &end) {
        QTest::newRow(name) << arguments << end;
    };
    row("a reset", {}, [](RawClient &client) { client.resetStream(); });
    row("the end of the stream", {}, [](RawClient &client) { client.endStream(); });
    row("1001", {}, [](RawClient &client) { client.sendClose(1001); });
    row("a close frame without a mask, as of some proxies", {},
        [](RawClient &client) { client.send(makeFrame(Opcode::Close, closePayload(1001))); });
    row("a code of its own", {}, [](RawClient &client) { client.sendClose(4321); });
    row("a close without a code", {}, [](RawClient &client) { client.sendFrame(Opcode::Close, {}); });
    row("too many messages", {u"--message-burst"_s, u"5"_s, u"--message-rate"_s, u"1"_s},
        [](RawClient &client) { client.send(makeMaskedFrame(Opcode::Text, R"({"type":"auth"})", 7).repeated(45)); });
    row("half a message", {u"--message-seconds"_s, u"1"_s},
        [](RawClient &client) { client.send(makeMaskedFrame(Opcode::Text, "half", 7).first(7)); });
    row("no pong", {u"--heartbeat-seconds"_s, u"1"_s, u"--pong-seconds"_s, u"1"_s},
        [](RawClient &client) { client.setAnswersPings(false); });
}

void TestResumeRules::keepsASeat()
{
    QFETCH(QStringList, arguments);
    QFETCH(std::function<void(RawClient &)>, end);
    QVERIFY2(start(arguments), m_server->output().constData());
    const Player first = join();
    const Player second = join();
    end(*second.client);
    const QJsonObject dropped = first->waitForType(u"player_dropped"_s)["data"_L1].toObject();
    QCOMPARE(dropped, (QJsonObject{{u"playerId"_s, second.id()}, {u"secondsLeft"_s, 30}}));
    QCOMPARE(players(), 2);
    first->sendText(R"({"type":"missed"})");
    const Player back = comeBack(second.token(), 1);
    QVERIFY(back.resumed());
    QCOMPARE(back.id(), second.id());
    QCOMPARE(back.connected["seq"_L1].toInt(), 2);
    const int missed =
        back.data()["missed"_L1].toInt(); // with the error that it was told before, where it was too fast
    QVERIFY(missed >= 1);
    QCOMPARE(back->waitForType(u"missed"_s)["seq"_L1].toInt(), 2 + missed);
    QCOMPARE(first->waitForType(u"player_resumed"_s)["data"_L1].toObject(),
             (QJsonObject{{u"playerId"_s, second.id()}}));
    QCOMPARE(players(), 2);
}

void TestResumeRules::keepsTheSeatOfWhoReadsTooSlowly()
{
    QVERIFY2(start({u"--max-queue-bytes"_s, u"64k"_s, u"--byte-rate"_s, u"0"_s, u"--message-rate"_s, u"0"_s,
                    u"--message-burst"_s, u"0"_s}),
             m_server->output().constData());
    const Player first = join();
    const Player second = join();
    second->stopReading();
    const QByteArray ping = R"({"type":"ping","data":")" + QByteArray(60'000, 'x') + "\"}";
    for (int i = 0; i < 200 && m_server->endings().isEmpty(); ++i) {
        second->sendText(ping);
        QCoreApplication::processEvents();
    }
    QVERIFY(!first->waitForType(u"player_dropped"_s).isEmpty());
    QCOMPARE(m_server->ending()["cause"_L1].toString(), u"read_too_slowly"_s);
    const Player back = comeBack(second.token(), 1);
    QCOMPARE(back.id(), second.id());
    QCOMPARE(players(), 2);
}

void TestResumeRules::replacesAConnection()
{
    QVERIFY2(start(), m_server->output().constData());
    const Player first = join();
    const Player second = join();
    const Player again = comeBack(second.token(), 1);
    QVERIFY(again.resumed());
    QVERIFY(second->waitForClose());
    QCOMPARE(int(second->closeCode()), 4008);
    second->sendText(R"({"type":"from_the_old_one"})");
    again->sendText(R"({"type":"from_the_new_one"})");
    QVERIFY(first->waitForMessages(3)); // connected, player_joined: nobody was away
    QCOMPARE(toObject(first->messages().at(2))["type"_L1].toString(), u"from_the_new_one"_s);
    QCOMPARE(m_server->ending()["cause"_L1].toString(), u"replaced"_s);
    QCOMPARE(players(), 2);
}

void TestResumeRules::takesATokenOnce()
{
    QVERIFY2(start(), m_server->output().constData());
    const Player first = join();
    first->resetStream();
    const Player back = comeBack(first.token(), 1, false); // answers no ping
    QVERIFY(back.resumed());
    const Player thief = comeBack(first.token(), 1);
    QVERIFY(!thief.resumed());
    QVERIFY(thief.id() != first.id());
    back->sendText(R"({"type":"ping"})");
    QVERIFY(!back->waitForType(u"pong"_s).isEmpty()); // it is still there
    QVERIFY(!back->closed());
    QCOMPARE(players(), 2);
}

void TestResumeRules::takesTheTokenBeforeUntilTheClientHasTheNewOne_data()
{
    QTest::addColumn<bool>("answers");
    QTest::newRow("it answers the ping behind connected") << true;
    QTest::newRow("it does not") << false;
}

void TestResumeRules::takesTheTokenBeforeUntilTheClientHasTheNewOne()
{
    QFETCH(bool, answers);
    QVERIFY2(start(), m_server->output().constData());
    const Player first = join();
    first->resetStream();
    const Player back = comeBack(first.token(), 1, answers);
    QVERIFY(back.resumed());
    QTRY_COMPARE(back->pings().size(), 1);
    back->sendText(R"({"type":"ping"})"); // behind the pong
    QVERIFY(!back->waitForType(u"pong"_s).isEmpty());
    back->resetStream();
    QCOMPARE(comeBack(first.token(), 1).resumed(), !answers);
}

void TestResumeRules::beginsAnewWhenTooMuchWasMissed()
{
    QVERIFY2(start({u"--message-rate"_s, u"0"_s, u"--message-burst"_s, u"0"_s}), m_server->output().constData());
    const Player first = join();
    const Player second = join();
    second->resetStream();
    for (int i = 0; i < 300; ++i)
        first->sendText(R"({"type":"more"})");
    first->sendText(R"({"type":"ping"})");
    QVERIFY(!first->waitForType(u"pong"_s).isEmpty());
    const Player back = comeBack(second.token(), 1);
    QVERIFY(!back.resumed());
    QCOMPARE(back.data()["reason"_L1].toString(), u"too much was missed"_s);
    QCOMPARE(back.id(), second.id()); // the seat is its own all the same
    QCOMPARE(back.connected["seq"_L1].toInt(), 1);
    first->sendText(R"({"type":"next"})");
    QCOMPARE(back->waitForType(u"next"_s)["seq"_L1].toInt(), 2);
    QCOMPARE(players(), 2);
}

void TestResumeRules::letsBackIntoAFullRoom()
{
    QVERIFY2(start({u"--max-players"_s, u"1"_s}), m_server->output().constData());
    const Player first = join();
    first->resetStream();
    for (const QByteArray &query : {QByteArray(), "?resume=" + first.token().chopped(1)}) {
        const Player other = join(query);
        QVERIFY(other.connected.isEmpty());
        QVERIFY(other->waitForClose());
        QCOMPARE(int(other->closeCode()), 4005);
    }
    QVERIFY(comeBack(first.token(), 1).resumed());
}

// Nothing that the server writes or answers holds a token that a client got.
void TestResumeRules::keepsItsTokensToItself()
{
    QVERIFY2(start({u"--max-players"_s, u"3"_s, u"--log-level"_s, u"debug"_s}), m_server->output().constData());
    QByteArrayList tokens;
    const auto note = [&tokens](const Player &player) {
        tokens += player.token();
        return player.token().size() >= 22;
    };
    const Player first = join();
    const Player second = join();
    QVERIFY(note(first) && note(second));
    first->sendText(R"({"type":"chat","data":{"text":"canary-that-is-kept"}})");
    QVERIFY(!second->waitForType(u"chat"_s).isEmpty());
    const Player replacing = comeBack(second.token(), 2);
    QVERIFY(replacing.resumed() && note(replacing));
    replacing->resetStream();
    const Player back = comeBack(replacing.token(), 3);
    QVERIFY(back.resumed() && note(back));
    const Player used = comeBack(second.token(), 0); // takes the last seat
    QVERIFY(!used.resumed() && note(used));
    for (const QByteArray &target :
         {"/ws/room?seq=1&resume=" + second.token(), // the room is full
          "/ws/no.room?resume=" + first.token(), "/api/game?matchId=other&resume=" + first.token(),
          "/connection/websocket?RESUME=" + first.token()}) {
        RawClient client(m_server->port());
        QVERIFY(client.upgrade(target, "Referer: http://localhost/?resume=" + first.token() + "\r\n")
                || client.response().status == 404);
        QVERIFY(client.messages().isEmpty() || note({nullptr, toObject(client.messages().first())}));
    }
    (void)get("/?resume=" + first.token());
    for (const char *path : {"/api/v1/rooms", "/api/v1/config", "/health"}) {
        const QByteArray body = get(path);
        QVERIFY(!body.isEmpty());
        for (const QByteArray &token : std::as_const(tokens))
            QVERIFY2(!body.contains(token), path);
    }
    QCOMPARE(m_server->stop(), 0);

    bool canary = false;
    QByteArrayList written{m_server->output()};
    for (QDirIterator files(m_server->folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         files.hasNext();) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        written += file.readAll();
        canary = canary || written.last().contains("canary-that-is-kept");
    }
    QVERIFY(canary); // the search finds what is there
    QVERIFY(tokens.size() >= 6);
    for (const QByteArray &token : std::as_const(tokens)) {
        for (const QByteArray &bytes : std::as_const(written))
            QVERIFY(!bytes.contains(token.first(16)));
    }
}

QTEST_GUILESS_MAIN(TestResumeRules)
#include "tst_resume_rules.moc"
