// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "server/core/connection.h"
#include "server/games/relay.h"
#include "tests/support/faketransport.h"
#include "tests/support/turningclock.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

struct Owner final : ConnectionOwner
{
    int finished = 0;
    QList<EndingCause> limits;
    QByteArrayList tokens;
    QList<int> rtts;
    std::vector<std::function<void(Connection &)>> calls; ///< for later

    void connectionChanged(Connection &) override { }
    void connectionFinished(Connection &) override { ++finished; }
    void later(ConnectionId, std::function<void(Connection &)> call) override { calls.push_back(std::move(call)); }
    void limitHit(Connection &, EndingCause limit) override { limits += limit; }
    void authArrived(Connection &, QByteArrayView token) override { tokens += token.toByteArray(); }
    void rttMeasured(int ms) override { rtts += ms; }
};

QByteArray masked(Opcode opcode, QByteArrayView payload) { return makeMaskedFrame(opcode, payload, 0x11223344); }

} // namespace

/// One client on a stream without a network.
class TestConnection final : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void saysNothingBeforeItIsLetIn();
    void answersTheHandshakeFirst();
    void takesBytesBehindTheHead();
    void seatsItsPlayerBeforeItReads();
    void answersPings();
    void answersAClose_data();
    void answersAClose();
    void closesWithAReason();
    void sendsOneCloseOnly();
    void answersNoCloseBehindItsOwn();
    void cutsItsReasonAtACharacter();
    void sendsNoReasonThatIsNoText();
    void countsNoCloseThatDidNotLeave();
    void countsNoCloseThatWasLost();
    void triesAgainWhereTheSystemIsFull();
    void waitsForASlowReader_data();
    void waitsForASlowReader();
    void ownsItsCauses_data();
    void ownsItsCauses();
    void pingsByHand();
    void waitsForAToken();
    void endsWithItsTime();
    void takesNothingElseForAToken();
    void waitsForTheAnswerToItsToken();
    void holdsWhatComesBeforeTheAnswer();
    void readsNoMoreThanItMayHold();
    void endsWhereNobodyAnswers();
    void hearsOfTheEndBeforeTheAnswer();
    void refusesBehindTheHandshake();
    void limitsControlFrames();
    void dropsWhatComesTooFast();
    void dropsFromBatchesOneByOne();
    void tellsAnEchoOfItsLimit();
    void endsAFlood();
    void endsWhoGoesOnAfterTheClose();
    void leavesItsRoomLater();

private:
    TurningClock m_clock;
    Deadlines m_deadlines{m_clock};
    Recorder m_recorder{nullptr};
    ServerConfig m_config;
    Owner m_owner;
    FakeTransport *m_transport = nullptr; ///< owned by m_connection
    std::unique_ptr<Connection> m_connection;

    const QByteArray m_auth = masked(Opcode::Text, R"({"type":"auth","data":{"token":"abc"}})");

    void make(const QByteArray &early = {});
    /// Time passes, and whoever waited for it has heard of it.
    void turn(qint64 milliseconds)
    {
        struct Last final : DeadlineTarget
        {
            bool called = false;
            void deadlinePassed(qint64) override { called = true; }
        } last;
        m_clock.turn(milliseconds);
        m_deadlines.set(last, 0); // before all others, so that they are looked at now
        QTRY_VERIFY(last.called);
    }
    void enter();
};

void TestConnection::init()
{
    m_connection.reset();
    m_config = {};
    m_config.limits.heartbeatSeconds = 0;
    m_owner.finished = 0;
    m_owner.limits.clear();
    m_owner.tokens.clear();
    m_owner.rtts.clear();
    m_owner.calls.clear();
    make();
}

void TestConnection::make(const QByteArray &early)
{
    auto transport = std::make_unique<FakeTransport>();
    m_transport = transport.get();
    Upgrading upgrading{ConnectionId{7}, std::move(transport), QHostAddress(u"192.0.2.1"_s), {}, "GET /", early};
    upgrading.handshake = {"RESPONSE", "chess"};
    m_connection = std::make_unique<Connection>(std::move(upgrading),
                                                ConnectionContext{m_clock, m_deadlines, m_recorder, m_config, m_owner});
}

void TestConnection::enter()
{
    m_connection->enter(nullptr, {});
    m_transport->sent.clear();
}

void TestConnection::saysNothingBeforeItIsLetIn()
{
    QCOMPARE(m_transport->sent, "");
    QVERIFY(!m_transport->reading);
    QCOMPARE(m_connection->info().responseHead, "RESPONSE");
    QCOMPARE(m_connection->info().subprotocol, "chess");
}

void TestConnection::answersTheHandshakeFirst()
{
    m_connection->enter(nullptr, {});
    QCOMPARE(m_transport->sent, "RESPONSE");
    QVERIFY(m_transport->reading);
    m_connection->enter(nullptr, {});
    QCOMPARE(m_transport->sent, "RESPONSE");
}

void TestConnection::takesBytesBehindTheHead()
{
    const QByteArray frame = masked(Opcode::Text, "early bird");
    make(frame.first(5));
    m_connection->enter(nullptr, {});
    QCOMPARE(m_transport->sent, "RESPONSE");
    m_transport->peerSays(frame.sliced(5));
    QCOMPARE(m_transport->sent, "RESPONSE" + makeFrame(Opcode::Text, "early bird"));
}

void TestConnection::seatsItsPlayerBeforeItReads()
{
    Room room("lobby-1", "ABCD", std::make_unique<Relay>(), {}, m_clock);
    make(masked(Opcode::Text, R"({"type":"ping","data":1})"));
    m_connection->enter(&room, {u"Anna"_s, {}});
    QVERIFY(m_transport->sent.startsWith("RESPONSE"));
    const qsizetype connected = m_transport->sent.indexOf(R"("type":"connected")");
    QVERIFY(connected > 0);
    QVERIFY(m_transport->sent.indexOf(R"("type":"pong")") > connected);
    QCOMPARE(m_connection->counters().player, u"Anna"_s);
    m_connection.reset();
}

void TestConnection::answersPings()
{
    enter();
    for (const QByteArray &payload : {QByteArray("abc"), QByteArray(), QByteArray(125, 'p')}) {
        m_transport->sent.clear();
        m_transport->peerSays(masked(Opcode::Ping, payload));
        QCOMPARE(m_transport->sent, makeFrame(Opcode::Pong, payload));
    }
}

void TestConnection::answersAClose_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {0, 1000, 1001, 1008, 1011, 1012, 1014, 3000, 4000, 4999})
        QTest::addRow("%d", code) << code;
}

void TestConnection::answersAClose()
{
    QFETCH(int, code);
    const int told = code == 0 ? 1005 : code;
    enter();
    m_transport->peerSays(masked(Opcode::Close, closePayload(quint16(code), "bye")));
    QCOMPARE(m_transport->sent, makeFrame(Opcode::Close, closePayload(quint16(code))));
    QVERIFY(m_transport->ending); // our side, behind the answer
    m_transport->peerEnds(StreamEnd::EndOfStream);
    const Ending &ending = m_connection->ending();
    QCOMPARE(ending.cause, EndingCause::ClientClosed);
    QCOMPARE(int(ending.codeReceived), told);
    QCOMPARE(int(ending.codeSent), told);
    QCOMPARE(ending.reasonReceived, code == 0 ? "" : "bye");
    QVERIFY(ending.cleanly);
    QCOMPARE(m_owner.finished, 1);
}

void TestConnection::closesWithAReason()
{
    enter();
    m_connection->end(EndingCause::ReadTooSlowly, EndingSide::Server, "too slow");
    QCOMPARE(m_transport->sent, makeFrame(Opcode::Close, closePayload(4006, "too slow")));
    QCOMPARE(m_connection->ending().codeSent, 4006);
    QCOMPARE(m_connection->ending().reasonSent, "too slow");
    QVERIFY(!m_transport->aborted && !m_transport->ending); // the peer's answer is still to come
}

void TestConnection::sendsOneCloseOnly()
{
    enter();
    m_connection->end(EndingCause::Kicked, EndingSide::Operator, "off");
    m_connection->end(EndingCause::ServerShutdown, EndingSide::Operator, "down");
    m_transport->peerSays(makeFrame(Opcode::Text, "not masked"));
    m_connection->sendText("behind the close");
    m_connection->ping();
    QCOMPARE(m_transport->sent, makeFrame(Opcode::Close, closePayload(4009, "off")));
    QCOMPARE(m_connection->ending().cause, EndingCause::Kicked);
}

void TestConnection::answersNoCloseBehindItsOwn()
{
    enter();
    m_connection->end(EndingCause::Kicked, EndingSide::Operator, "off");
    m_transport->peerSays(masked(Opcode::Ping, "p") + masked(Opcode::Close, closePayload(4009)));
    QCOMPARE(m_transport->sent, makeFrame(Opcode::Close, closePayload(4009, "off")));
    QVERIFY(m_transport->ending);
    m_transport->peerEnds(StreamEnd::EndOfStream);
    QVERIFY(m_connection->ending().cleanly);
    QCOMPARE(m_connection->ending().codeReceived, 4009);
}

void TestConnection::cutsItsReasonAtACharacter()
{
    enter();
    m_connection->end(EndingCause::Kicked, EndingSide::Operator, QByteArray(122, 'x') + "\xE2\x82\xAC");
    QCOMPARE(m_transport->sent, makeFrame(Opcode::Close, closePayload(4009, QByteArray(122, 'x'))));
}

void TestConnection::sendsNoReasonThatIsNoText()
{
    enter();
    m_connection->end(EndingCause::Kicked, EndingSide::Operator, "a\xFF");
    QCOMPARE(m_transport->sent, makeFrame(Opcode::Close, closePayload(4009, "a\xEF\xBF\xBD")));
}

void TestConnection::countsNoCloseThatDidNotLeave()
{
    enter();
    m_transport->holds = true;
    m_connection->end(EndingCause::Kicked, EndingSide::Operator, "off");
    m_transport->peerEnds(StreamEnd::Reset, "reset");
    QCOMPARE(m_connection->ending().codeSent, 0);
    QCOMPARE(m_connection->ending().reasonSent, "");
    QCOMPARE(m_connection->ending().bytesOut, 0);
    QCOMPARE(m_connection->ending().cause, EndingCause::Kicked);
}

// The stream was dead before our close frame had left, and its queue with it.
void TestConnection::countsNoCloseThatWasLost()
{
    enter();
    m_transport->holds = true;
    m_connection->end(EndingCause::Kicked, EndingSide::Operator, "off");
    m_transport->dies();
    m_transport->peerEnds(StreamEnd::Reset, "reset");
    QCOMPARE(m_connection->ending().codeSent, 0);
    QCOMPARE(m_connection->ending().bytesOut, 0);
}

void TestConnection::triesAgainWhereTheSystemIsFull()
{
    m_config.limits.queueBytes = 1'000;
    make();
    enter();
    m_transport->holds = true;
    m_connection->sendText(QByteArray(2'000, 'x'));
    QCOMPARE(m_connection->ending().cause, EndingCause::ReadTooSlowly);
    QCOMPARE(m_transport->sent, "");
    m_transport->takesIfAsked = true;
    turn(100);
    QCOMPARE(m_transport->sent, makeFrame(Opcode::Close, closePayload(4006, "the outgoing queue passed its limit")));
    turn(2'000);
    QVERIFY(m_connection->isFinished());
    QCOMPARE(int(m_connection->ending().codeSent), 4006);
}

void TestConnection::waitsForASlowReader_data()
{
    QTest::addColumn<int>("takenASecond");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<int>("codeSent");
    QTest::newRow("nothing is taken") << 0 << 2 << 0;
    QTest::newRow("little is taken, for long") << 10 << 10 << 4006;
    QTest::newRow("everything was taken after a while") << 250 << 6 << 4006;
}

// What the system has may still be lost: the peer's has to take it.
void TestConnection::waitsForASlowReader()
{
    QFETCH(int, takenASecond);
    QFETCH(int, seconds);
    m_config.limits.queueBytes = 1'000;
    make();
    enter();
    m_transport->holds = true;
    m_transport->notTaken = 900;
    m_connection->sendText(QByteArray(2'000, 'x'));
    m_transport->takesAgain();
    m_transport->notTaken = 1'000; // with our close frame
    int passed = 0;
    for (; passed < 20 && !m_connection->isFinished(); ++passed) {
        m_transport->notTaken = qMax(0, m_transport->notTaken - takenASecond);
        for (int i = 0; i < 10 && !m_connection->isFinished(); ++i)
            turn(100);
    }
    QCOMPARE(passed, seconds);
    QTEST(int(m_connection->ending().codeSent), "codeSent");
}

void TestConnection::ownsItsCauses_data()
{
    QTest::addColumn<StreamEnd>("how");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<EndingCause>("cause");
    QTest::newRow("end") << StreamEnd::EndOfStream << QByteArray() << EndingCause::ClientVanished;
    QTest::newRow("reset") << StreamEnd::Reset << QByteArray("reset") << EndingCause::ConnectionReset;
    QTest::newRow("timeout") << StreamEnd::TimedOut << QByteArray("timed out") << EndingCause::NetworkTimeout;
    QTest::newRow("no way") << StreamEnd::Unreachable << QByteArray("no route") << EndingCause::NetworkUnreachable;
    QTest::newRow("error") << StreamEnd::Error << QByteArray("strange") << EndingCause::NetworkError;
    QTest::newRow("TLS") << StreamEnd::Error << QByteArray("TLS: bad record") << EndingCause::TlsBroken;
    QTest::newRow("flood") << StreamEnd::Flood << QByteArray("key updates") << EndingCause::TlsFlood;
}

void TestConnection::ownsItsCauses()
{
    QFETCH(StreamEnd, how);
    QFETCH(QByteArray, text);
    enter();
    m_transport->peerEnds(how, text);
    QTEST(m_connection->ending().cause, "cause");
    QTEST(m_connection->ending().detail, "text");
    QCOMPARE(m_connection->ending().stage, EndingStage::Open);
    QCOMPARE(m_connection->ending().code(), 1006);
    QVERIFY(m_transport->aborted);
    QCOMPARE(m_owner.finished, 1);
}

void TestConnection::pingsByHand()
{
    enter();
    m_connection->ping();
    const QByteArray payload = m_transport->sent.sliced(2);
    QCOMPARE(m_transport->sent, makeFrame(Opcode::Ping, payload));
    m_clock.turn(42);
    m_transport->peerSays(masked(Opcode::Pong, "something else"));
    m_transport->peerSays(masked(Opcode::Pong, payload));
    QCOMPARE(m_owner.rtts, QList<int>{42});
    QCOMPARE(m_connection->counters().rttMs, 42);
}

void TestConnection::waitsForAToken()
{
    m_connection->awaitAuth();
    QCOMPARE(m_transport->sent, "RESPONSE");
    m_transport->peerSays(masked(Opcode::Text, R"({"type":"auth","data":{"token":"abc"}})"));
    QCOMPARE(m_owner.tokens, QByteArrayList{"abc"});
    m_connection->enter(nullptr, {});
    m_transport->peerSays(masked(Opcode::Text, "hello"));
    QCOMPARE(m_transport->sent, "RESPONSE" + makeFrame(Opcode::Text, "hello"));
}

void TestConnection::endsWithItsTime()
{
    m_connection->limitLife(5'000);
    m_connection->enter(nullptr, {});
    m_transport->peerSays(masked(Opcode::Text, "hello"));
    turn(4'999);
    QCOMPARE(m_connection->ending().cause, EndingCause::Unknown);
    turn(1);
    QCOMPARE(m_connection->ending().cause, EndingCause::CheckOver);
    QCOMPARE(m_connection->ending().codeSent, 1000);
}

void TestConnection::takesNothingElseForAToken()
{
    m_connection->awaitAuth();
    m_transport->peerSays(masked(Opcode::Binary, R"({"type":"auth","data":{"token":"abc"}})"));
    QCOMPARE(m_owner.tokens, QByteArrayList());
    QCOMPARE(m_connection->ending().cause, EndingCause::TokenMissing);
}

// Whoever is asked about the token may take his time.
void TestConnection::waitsForTheAnswerToItsToken()
{
    m_connection->awaitAuth();
    QVERIFY(!m_connection->awaitsAnswer());
    m_transport->peerSays(m_auth);
    QVERIFY(m_connection->awaitsAnswer());
    turn(9'000);
    QCOMPARE(m_transport->sent, "RESPONSE");
    Room room("lobby-1", "ABCD", std::make_unique<Relay>(), {}, m_clock);
    m_connection->enter(&room, {u"Anna"_s, {}});
    QVERIFY(!m_connection->awaitsAnswer());
    QCOMPARE(room.players(), 1);
    turn(9'000);
    QVERIFY(!m_connection->isFinished());
    m_connection.reset();
}

void TestConnection::holdsWhatComesBeforeTheAnswer()
{
    m_connection->awaitAuth();
    m_transport->peerSays(m_auth + masked(Opcode::Text, "first") + masked(Opcode::Ping, "p"));
    m_transport->peerSays(masked(Opcode::Binary, "second"));
    QCOMPARE(m_transport->sent, "RESPONSE" + makeFrame(Opcode::Pong, "p"));
    m_transport->sent.clear();
    m_connection->enter(nullptr, {});
    QCOMPARE(m_transport->sent, makeFrame(Opcode::Text, "first") + makeFrame(Opcode::Binary, "second"));
    m_transport->peerSays(masked(Opcode::Text, "third"));
    QVERIFY(m_transport->sent.endsWith(makeFrame(Opcode::Text, "third")));
}

void TestConnection::readsNoMoreThanItMayHold()
{
    const QByteArray large = masked(Opcode::Binary, QByteArray(40'000, 'x'));
    m_connection->awaitAuth();
    m_transport->peerSays(m_auth + large);
    QVERIFY(m_transport->reading);
    m_transport->peerSays(large);
    QVERIFY(!m_transport->reading);
    m_connection->enter(nullptr, {});
    QVERIFY(m_transport->reading);
    QCOMPARE(m_connection->wireCounters().messagesOut, 2U);
}

void TestConnection::endsWhereNobodyAnswers()
{
    m_connection->awaitAuth();
    m_transport->peerSays(m_auth);
    turn(10'000);
    QCOMPARE(m_connection->ending().cause, EndingCause::AdmissionTimeout);
    QCOMPARE(m_connection->ending().codeSent, 4010);
    QVERIFY(!m_connection->awaitsAnswer()); // one that comes now is not heard
}

void TestConnection::hearsOfTheEndBeforeTheAnswer()
{
    m_connection->awaitAuth();
    m_transport->peerSays(m_auth);
    m_transport->peerEnds(StreamEnd::Reset);
    QVERIFY(m_connection->isFinished() && !m_connection->awaitsAnswer());
    QCOMPARE(m_connection->ending().cause, EndingCause::ConnectionReset);
    make();
    m_connection->awaitAuth();
    m_transport->peerSays(m_auth + masked(Opcode::Close, closePayload(1000, {})));
    QVERIFY(!m_connection->awaitsAnswer());
    QCOMPARE(m_connection->ending().cause, EndingCause::ClientClosed);
}

void TestConnection::refusesBehindTheHandshake()
{
    make(masked(Opcode::Text, "never read"));
    m_connection->refuse(EndingCause::NoSuchRoom, "there is no such room");
    QCOMPARE(m_transport->sent, "RESPONSE" + makeFrame(Opcode::Close, closePayload(4004, "there is no such room")));
    QCOMPARE(m_connection->ending().stage, EndingStage::Handshake);
    QCOMPARE(m_connection->counters().state, ConnectionState::Closing);
}

void TestConnection::limitsControlFrames()
{
    m_config.limits.controlRate = 2;
    make();
    enter();
    m_transport->peerSays(masked(Opcode::Ping, "1") + masked(Opcode::Pong, "2") + masked(Opcode::Ping, "3"));
    QCOMPARE(m_owner.limits, QList<EndingCause>{EndingCause::ControlRateExceeded});
    QCOMPARE(m_connection->ending().cause, EndingCause::ControlRateExceeded);
    QVERIFY(m_transport->sent.startsWith(makeFrame(Opcode::Pong, "1") + makeFrame(Opcode::Close, "").first(1)));
}

namespace {

const QByteArray ping = masked(Opcode::Text, R"({"type":"ping","data":{}})");
const QByteArray nonsense = masked(Opcode::Text, "x");

qsizetype countOf(const QByteArray &sent, const char *what) { return sent.count(what); }

} // namespace

void TestConnection::dropsWhatComesTooFast()
{
    Room room("lobby-1", "ABCD", std::make_unique<Relay>(), {.messageRate = 10, .messageBurst = 20}, m_clock);
    m_config.limits.messageRate = 10;
    m_config.limits.messageBurst = 20;
    make();
    m_connection->enter(&room, {u"Anna"_s, {}});
    QVERIFY(m_transport->sent.contains(R"("messageLimit":{"perSecond":10,"burst":20})"));
    m_transport->sent.clear();
    m_transport->peerSays(ping.repeated(25) + nonsense.repeated(20));
    QCOMPARE(countOf(m_transport->sent, R"("type":"pong")"), 20);
    QCOMPARE(countOf(m_transport->sent, R"("code":"rate_limited")"), 1); // once a second
    QVERIFY(m_transport->sent.contains(R"("perSecond":10,"burst":20)"));
    QCOMPARE(m_owner.limits, QList<EndingCause>{EndingCause::MessageRateExceeded});
    QCOMPARE(m_connection->counters().droppedMessages, 25U);
    QCOMPARE(m_connection->counters().badMessages, 0U); // what was dropped was not looked at
    QCOMPARE(m_connection->counters().state, ConnectionState::Open);
    m_clock.turn(1'000);
    m_transport->sent.clear();
    m_transport->peerSays(ping.repeated(12));
    QCOMPARE(countOf(m_transport->sent, R"("type":"pong")"), 10);
    QCOMPARE(countOf(m_transport->sent, R"("code":"rate_limited")"), 1);
    m_connection.reset();
}

// A batch costs as many messages as it holds.
void TestConnection::dropsFromBatchesOneByOne()
{
    Room room("lobby-1", "ABCD", std::make_unique<Relay>(), {.messageRate = 10, .messageBurst = 20}, m_clock);
    m_config.limits.messageRate = 10;
    m_config.limits.messageBurst = 20;
    make();
    m_connection->enter(&room, {u"Anna"_s, {}});
    m_transport->sent.clear();
    QByteArray batch(R"({"type":"batch","data":[)");
    for (int i = 0; i < 30; ++i)
        batch += (i == 0 ? "" : ",") + QByteArray(R"({"type":"ping","data":{},"id":)") + QByteArray::number(i) + '}';
    m_transport->peerSays(masked(Opcode::Text, batch + "]}"));
    QCOMPARE(countOf(m_transport->sent, R"("type":"pong")"), 20);
    QVERIFY(m_transport->sent.contains(R"("re":19)"));
    QCOMPARE(countOf(m_transport->sent, R"("code":"rate_limited")"), 1);
    QCOMPARE(m_connection->counters().droppedMessages, 10U);
    QCOMPARE(m_connection->counters().state, ConnectionState::Open);
    m_transport->peerSays(masked(Opcode::Text, batch + "]}")); // a whole one is dropped
    m_transport->peerSays(masked(Opcode::Text, R"({"type":"batch","data":[]})"));
    QCOMPARE(m_connection->counters().droppedMessages, 12U);
    m_clock.turn(2'000);
    m_transport->peerSays(masked(Opcode::Text, batch + "]}"));
    m_clock.turn(100);
    m_transport->peerSays(masked(Opcode::Text, batch.replace("\"ping\"", "\"leave\"") + "]}"));
    QCOMPARE(m_connection->ending().cause, EndingCause::LeftRoom);
    m_connection.reset();
}

void TestConnection::tellsAnEchoOfItsLimit()
{
    m_config.limits.messageRate = 10;
    m_config.limits.messageBurst = 20;
    make();
    enter();
    m_transport->peerSays(nonsense.repeated(25));
    QVERIFY(m_transport->sent.startsWith(makeFrame(Opcode::Text, "x").repeated(20)));
    QCOMPARE(countOf(m_transport->sent, "rate_limited"), 1);
}

void TestConnection::endsAFlood()
{
    m_config.limits.messageRate = 10;
    m_config.limits.messageBurst = 20;
    make();
    enter();
    m_transport->peerSays(nonsense.repeated(309));
    QCOMPARE(m_connection->counters().state, ConnectionState::Open);
    m_transport->peerSays(nonsense.repeated(2));
    QCOMPARE(m_connection->ending().cause, EndingCause::MessageRateExceeded);
    QCOMPARE(int(m_connection->ending().codeSent), 4002);
    QCOMPARE(m_connection->counters().droppedMessages, 290U);
}

void TestConnection::endsWhoGoesOnAfterTheClose()
{
    m_config.limits.byteRate = 0;
    make();
    enter();
    m_connection->end(EndingCause::Kicked, EndingSide::Operator, "off");
    const QByteArray more = masked(Opcode::Binary, QByteArray(60'000, 'x'));
    for (int i = 0; i < 17; ++i)
        m_transport->peerSays(more);
    QVERIFY(!m_connection->isFinished());
    m_transport->peerSays(more);
    QVERIFY(m_connection->isFinished());
    QVERIFY(m_transport->aborted);
}

void TestConnection::leavesItsRoomLater()
{
    Room room("lobby-1", "ABCD", std::make_unique<Relay>(), {}, m_clock);
    m_connection->enter(&room, {u"Anna"_s, {}});
    m_connection->end(EndingCause::Kicked, EndingSide::Operator, "off");
    QCOMPARE(room.players(), 1);
    QCOMPARE(m_owner.calls.size(), 1U);
    m_owner.calls.front()(*m_connection);
    QCOMPARE(room.players(), 0);
    m_transport->peerEnds(StreamEnd::EndOfStream);
    QCOMPARE(m_owner.calls.size(), 1U);
    m_connection.reset();
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
