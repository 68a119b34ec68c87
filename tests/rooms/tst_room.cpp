// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/relay.h"
#include "server/rooms/room.h"
#include "tests/support/recordingwire.h"
#include "tests/support/turningclock.h"

#include <QJsonArray>
#include <QLoggingCategory>
#include <QTest>
#include <stdexcept>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// A game that answers, refuses, ends and fails on request.
class OddGame final : public Game
{
public:
    [[nodiscard]] QByteArrayView kind() const override { return "odd"; }
    [[nodiscard]] GamePhase phase() const override { return GamePhase::Playing; }
    [[nodiscard]] QByteArray state(qint64) const override { return R"({"board":[1,2]})"; }
    void joined(const Player &player, qint64, GameOutput &out) override { out.toPlayer(player.id, "hello", "{}"); }
    void left(const PlayerId &, qint64, GameOutput &) override { ++leavers; }
    bool start(qint64, QByteArray &, GameOutput &) override { return false; }
    void message(const PlayerId &from, const Envelope &envelope, qint64, GameOutput &out) override
    {
        if (envelope.type == QByteArrayView("throw"))
            throw std::runtime_error("a fault on purpose");
        if (envelope.type == QByteArrayView("throw_odd"))
            throw 7;
        if (envelope.type == QByteArrayView("over"))
            out.finished(QByteArray(R"([{"playerId":")" + from + R"(","place":1}])"));
        else
            out.reject(ErrorCode::UnknownType, "no \"such\" type");
    }
    void binary(const PlayerId &, QByteArrayView, qint64, GameOutput &out) override
    {
        out.reject(ErrorCode::Unsupported, "no binary messages");
    }
    [[nodiscard]] qint64 nextTickMs() const override { return 42; }
    void tick(qint64 now, GameOutput &out) override { out.toAll("tick", QByteArray::number(now)); }
    void end(qint64, GameOutput &out) override { out.finished("[]"); }
    void stoodStill(qint64 ms) override { stood += ms; }

    int leavers = 0;
    qint64 stood = 0;
};

} // namespace

class TestRoom final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLoggingCategory::setFilterRules(u"glasshouse.*=false"_s); }
    void init();

    void saysConnectedFirst();
    void tellsTheOthersWhoComesAndGoes();
    void namesWhoHasNoName();
    void escapesNames();
    void numbersEveryMessageOfASession();
    void answersPings_data();
    void answersPings();
    void answersWhatItCanNotUnderstand_data();
    void answersWhatItCanNotUnderstand();
    void namesTheRequestInAnAnswer_data();
    void namesTheRequestInAnAnswer();
    void givesAPingItsMembersBack_data();
    void givesAPingItsMembersBack();
    void endsAConnectionAfterTwentyBadMessagesInARow();
    void forgivesBadMessagesThatAreNotInARow();
    void judgesEveryMessageOfABatchOnItsOwn();
    void saysWhoIsReady();
    void letsTheFirstPlayerStart();
    void carriesChat();
    void takesOutOfChatWhatDoesHarm();
    void takesChatUpToItsLength_data();
    void takesChatUpToItsLength();
    void handlesABatchInOrder();
    void refusesBatches_data();
    void refusesBatches();
    void hearsNothingBehindALeave();
    void givesASeatUp();
    void passesGameMessagesOn();
    void asksNoTokenInAnOpenRoom();
    void endsOnlyTheRoomWhoseGameFails_data();
    void endsOnlyTheRoomWhoseGameFails();
    void endsEverySeatWhenItCloses();
    void carriesWhatTheOperatorSays();
    void runsTheClockOfItsGame();
    void reportsResults();

private:
    TurningClock m_clock;
    std::unique_ptr<Room> m_room;
    RecordingWire m_anna;
    RecordingWire m_ben;
    Seat *m_seat = nullptr;
    Seat *m_other = nullptr;

    void open(std::unique_ptr<Game> game, RoomSettings settings = {});
    void say(QByteArrayView text) { m_room->message(*m_seat, MessageKind::Text, text); }
    void forget();
};

void TestRoom::init() { open(std::make_unique<Relay>()); }

void TestRoom::open(std::unique_ptr<Game> game, RoomSettings settings)
{
    m_anna = {};
    m_ben = {};
    m_room = std::make_unique<Room>("lobby-1", "ABCD", std::move(game), settings, m_clock);
    m_seat = &m_room->join(m_anna, u"Anna"_s, 1);
    m_other = &m_room->join(m_ben, u"Ben"_s, 2);
}

void TestRoom::forget()
{
    m_anna.texts.clear();
    m_ben.texts.clear();
}

void TestRoom::saysConnectedFirst()
{
    const QJsonObject message = m_ben.at(0);
    QCOMPARE(message["type"_L1], u"connected"_s);
    QCOMPARE(message["seq"_L1], 1);
    const QJsonObject data = message["data"_L1].toObject();
    QCOMPARE(data["connectionId"_L1], u"c2"_s);
    QCOMPARE(data["playerId"_L1], QString::fromLatin1(m_other->player.id));
    QCOMPARE(data["name"_L1], u"Ben"_s);
    QCOMPARE(data["serverTime"_L1].toInteger(), m_clock.wallMs());
    QCOMPARE(data["heartbeatSeconds"_L1], 25);
    for (const auto key : {"resume"_L1, "resumeSeconds"_L1, "resumed"_L1})
        QVERIFY(data.contains(key));
    const QJsonObject room = data["room"_L1].toObject();
    QCOMPARE(room["id"_L1], u"lobby-1"_s);
    QCOMPARE(room["code"_L1], u"ABCD"_s);
    QCOMPARE(room["game"_L1], u"relay"_s);
    QCOMPARE(room["state"_L1], u"waiting"_s);
    const QJsonArray players = room["players"_L1].toArray();
    QCOMPARE(players.size(), 2);
    QCOMPARE(players[0].toObject()["name"_L1], u"Anna"_s);
    QVERIFY(m_seat->player.id != m_other->player.id);
}

void TestRoom::tellsTheOthersWhoComesAndGoes()
{
    QCOMPARE(m_anna.story(), "connected player_joined");
    QCOMPARE(m_ben.story(), "connected");
    const QJsonObject joined{
        {u"playerId"_s, QString::fromLatin1(m_other->player.id)}, {u"name"_s, u"Ben"_s}, {u"players"_s, 2}};
    QCOMPARE(m_anna.lastData(), joined);
    m_room->leave(*m_other);
    QJsonObject left = joined;
    left[u"players"_s] = 1;
    QCOMPARE(m_anna.story(), "connected player_joined player_left");
    QCOMPARE(m_anna.lastData(), left);
    QCOMPARE(m_ben.story(), "connected");
}

void TestRoom::namesWhoHasNoName()
{
    RecordingWire carl;
    RecordingWire dora;
    const Seat &third = m_room->join(carl, {}, 3);
    const Seat &fourth = m_room->join(dora, {}, 4);
    QVERIFY(!third.player.name.isEmpty());
    QVERIFY(third.player.name != fourth.player.name);
}

void TestRoom::escapesNames()
{
    RecordingWire carl;
    const QString name = u"\"},\\ <b>'&\u00E9"_s;
    (void)m_room->join(carl, name, 3);
    QCOMPARE(carl.at(0)["data"_L1].toObject()["name"_L1], name);
    QCOMPARE(m_anna.lastData()["name"_L1], name);
}

void TestRoom::numbersEveryMessageOfASession()
{
    for (int i = 0; i < 20; ++i) {
        say(R"({"type":"chat","data":{"text":"hi"}})");
        say(R"({"type":"ping"})");
    }
    for (const RecordingWire *wire : {&m_anna, &m_ben}) {
        for (qsizetype i = 0; i < wire->texts.size(); ++i)
            QCOMPARE(wire->at(i)["seq"_L1].toInteger(), i + 1);
    }
    QCOMPARE(m_ben.texts.size(), 21); // pongs are for one
}

void TestRoom::answersPings_data()
{
    QTest::addColumn<QByteArray>("ping");
    QTest::addColumn<QByteArray>("pong"); // serverTime aside
    QTest::newRow("without data") << QByteArray(R"({"type":"ping"})") << QByteArray("{}");
    QTest::newRow("empty data") << QByteArray(R"({"type":"ping","data":{ }})") << QByteArray("{}");
    QTest::newRow("a timestamp") << QByteArray(R"({"type":"ping","data":{"timestamp":123}})")
                                 << QByteArray(R"({"timestamp":123})");
    QTest::newRow("white space") << QByteArray("{\"type\":\"ping\",\"data\":{ \"a\" : [1] \n}}")
                                 << QByteArray(R"({"a":[1]})");
    QTest::newRow("a number") << QByteArray(R"({"type":"ping","data":5})") << QByteArray(R"({"value":5})");
    QTest::newRow("null") << QByteArray(R"({"type":"ping","data":null})") << QByteArray(R"({"value":null})");
    QTest::newRow("a text") << QByteArray(R"({"type":"ping","data":"{"})") << QByteArray(R"({"value":"{"})");
}

void TestRoom::answersPings()
{
    QFETCH(QByteArray, ping);
    QFETCH(QByteArray, pong);
    m_clock.turn(777);
    say(ping);
    QCOMPARE(m_anna.lastType(), u"pong"_s);
    QJsonObject data = m_anna.lastData();
    QCOMPARE(data.take("serverTime"_L1).toInteger(), m_clock.wallMs());
    QCOMPARE(data, QJsonDocument::fromJson(pong).object());
}

void TestRoom::answersWhatItCanNotUnderstand_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("no JSON") << QByteArray("hello") << QByteArray("bad_json");
    QTest::newRow("empty") << QByteArray("") << QByteArray("bad_json");
    QTest::newRow("cut off") << QByteArray(R"({"type":"ping")") << QByteArray("bad_json");
    QTest::newRow("too deep") << QByteArray(R"({"type":"move","data":)" + QByteArray(40, '[') + QByteArray(40, ']')
                                            + '}')
                              << QByteArray("bad_json");
    QTest::newRow("an array") << QByteArray("[]") << QByteArray("bad_envelope");
    QTest::newRow("no type") << QByteArray(R"({"data":{}})") << QByteArray("bad_envelope");
    QTest::newRow("a type in capitals") << QByteArray(R"({"type":"Ping"})") << QByteArray("bad_envelope");
    QTest::newRow("an empty type") << QByteArray(R"({"type":""})") << QByteArray("bad_envelope");
    QTest::newRow("a long type") << QByteArray(R"({"type":")" + QByteArray(65, 'a') + "\"}")
                                 << QByteArray("bad_envelope");
    QTest::newRow("an id of the wrong kind") << QByteArray(R"({"type":"ping","id":[]})") << QByteArray("bad_envelope");
    QTest::newRow("ready for what?") << QByteArray(R"({"type":"ready","data":{"status":"maybe"}})")
                                     << QByteArray("bad_data");
    QTest::newRow("ready with a list") << QByteArray(R"({"type":"ready","data":[]})") << QByteArray("bad_data");
    QTest::newRow("chat without text") << QByteArray(R"({"type":"chat","data":{}})") << QByteArray("bad_data");
    QTest::newRow("chat with a number") << QByteArray(R"({"type":"chat","data":{"text":5}})") << QByteArray("bad_data");
    QTest::newRow("chat that nobody sees")
        << QByteArray(R"({"type":"chat","data":{"text":"\u200b \u3164"}})") << QByteArray("bad_data");
    for (const char *message : {R"({"type":"chat","data":{"text":"\ud800"}})", R"({"type":"move","data":"\udc00"})",
                                R"({"type":"move","data":{"\ud83d":1}})", R"({"type":"ping","data":["\ud83d!"]})",
                                R"({"type":"move","id":"\ud800"})", R"({"type":"move","to":"\ud800"})",
                                R"({"type":"batch","data":[{"type":"move","data":"\ud800"}]})"})
        QTest::newRow(message) << QByteArray(message) << QByteArray("bad_json");
    QTest::newRow("relay to nobody") << QByteArray(R"({"type":"move","to":"nobody"})") << QByteArray("bad_data");
}

void TestRoom::answersWhatItCanNotUnderstand()
{
    QFETCH(QByteArray, message);
    forget();
    say(message);
    QTEST(m_anna.story(), "code");
    QVERIFY(!m_anna.lastData()["message"_L1].toString().isEmpty());
    QCOMPARE(m_ben.texts.size(), 0);
    QCOMPARE(m_seat->badTotal, 1);
    QVERIFY(!m_anna.end);
}

void TestRoom::namesTheRequestInAnAnswer_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QJsonValue>("re");
    QTest::newRow("a text") << QByteArray(R"({"type":"ping","id":"q1"})") << QJsonValue(u"q1"_s);
    QTest::newRow("a number") << QByteArray(R"({"type":"ping","id":7})") << QJsonValue(7);
    QTest::newRow("of an error") << QByteArray(R"({"type":"chat","id":8})") << QJsonValue(8);
    QTest::newRow("none") << QByteArray(R"({"type":"ping"})") << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("in a batch") << QByteArray(R"({"type":"batch","id":1,"data":[{"type":"ping","id":2}]})")
                                << QJsonValue(2);
    QTest::newRow("of an error in a batch")
        << QByteArray(R"({"type":"batch","id":1,"data":[{"type":"Bad","id":2}]})") << QJsonValue(2);
    QTest::newRow("none in a batch") << QByteArray(R"({"type":"batch","id":1,"data":[{"type":"ping"}]})")
                                     << QJsonValue(QJsonValue::Undefined);
}

void TestRoom::namesTheRequestInAnAnswer()
{
    QFETCH(QByteArray, message);
    QFETCH(QJsonValue, re);
    say(message);
    QCOMPARE(m_anna.last().value("re"_L1), re);
    QVERIFY(m_anna.answers.last());
    say(R"({"type":"chat","data":{"text":"hello"}})");
    QVERIFY(!m_anna.answers.last()); // it goes to everybody
}

void TestRoom::givesAPingItsMembersBack_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("before"); // of our serverTime
    QTest::newRow("nothing") << QByteArray("{ }") << QByteArray("{");
    QTest::newRow("members") << QByteArray(R"({"a":1, "b" : [2]})") << QByteArray(R"({"a":1,"b":[2],)");
    QTest::newRow("no object") << QByteArray("5") << QByteArray(R"({"value":5,)");
    QTest::newRow("a time of its own") << QByteArray(R"({"serverTime":0,"a":1})") << QByteArray(R"({"a":1,)");
    QTest::newRow("the same with an escape") << QByteArray(R"({"server\u0054ime":0})") << QByteArray("{");
}

void TestRoom::givesAPingItsMembersBack()
{
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, before);
    say(R"({"type":"ping","data":)" + data + '}');
    const QByteArray start = R"({"type":"pong","data":)" + before + R"("serverTime":)";
    QVERIFY2(m_anna.texts.last().startsWith(start), m_anna.texts.last().constData());
    QCOMPARE(m_anna.texts.last().count("serverTime"), 1);
}

void TestRoom::endsAConnectionAfterTwentyBadMessagesInARow()
{
    for (int i = 0; i < 19; ++i)
        say("bad");
    QVERIFY(!m_anna.end);
    say("bad");
    QCOMPARE(m_anna.end, SeatEnd::TooManyBadMessages);
    QVERIFY(!m_ben.end);
}

void TestRoom::forgivesBadMessagesThatAreNotInARow()
{
    for (int i = 0; i < 100; ++i)
        say(i % 20 == 19 ? QByteArrayView(R"({"type":"ping"})") : QByteArrayView("bad"));
    QVERIFY(!m_anna.end);
    QCOMPARE(m_seat->badTotal, 95);
}

void TestRoom::judgesEveryMessageOfABatchOnItsOwn()
{
    for (int i = 0; i < 30; ++i) // never two bad ones in a row
        say(R"({"type":"batch","data":[{"type":"chat"},{"type":"ping"}]})");
    QVERIFY(!m_anna.end);
    say(QByteArray(R"({"type":"batch","data":[)" + QByteArray(R"({"type":"chat"},)").repeated(25)
                   + R"({"type":"ping"}]})"));
    QCOMPARE(m_anna.end, SeatEnd::TooManyBadMessages);
    QCOMPARE(m_anna.ends, 1);
    QCOMPARE(m_seat->badTotal, 30 + 20);
}

void TestRoom::saysWhoIsReady()
{
    const QString id = QString::fromLatin1(m_seat->player.id);
    for (const auto &[message, status] : {std::pair{R"({"type":"ready"})", u"ready"_s},
                                          {R"({"type":"ready","data":{"status":"waiting"}})", u"waiting"_s},
                                          {R"({"type":"ready","data":{"status":"ready"}})", u"ready"_s}}) {
        say(message);
        const QJsonObject expected{{u"playerId"_s, id}, {u"status"_s, status}};
        QCOMPARE(m_anna.lastType(), u"player_ready"_s);
        QCOMPARE(m_anna.lastData(), expected);
        QCOMPARE(m_ben.lastData(), expected);
    }
}

void TestRoom::letsTheFirstPlayerStart()
{
    m_room->message(*m_other, MessageKind::Text, R"({"type":"start"})");
    QCOMPARE(m_ben.story(), "connected not_allowed");
    QCOMPARE(m_room->stateName(), QByteArrayView("waiting"));
    say(R"({"type":"start"})");
    QCOMPARE(m_anna.lastType(), u"game_started"_s);
    QCOMPARE(m_ben.lastType(), u"game_started"_s);
    QCOMPARE(m_room->stateName(), QByteArrayView("playing"));
    say(R"({"type":"start"})");
    QCOMPARE(m_anna.lastData()["code"_L1], u"not_allowed"_s);
    m_room->leave(*m_seat); // now Ben is the first, but the game plays
    m_room->message(*m_other, MessageKind::Text, R"({"type":"start"})");
    QCOMPARE(m_ben.lastData()["code"_L1], u"not_allowed"_s);
}

void TestRoom::carriesChat()
{
    say(R"({"type":"chat","data":{"text":"a \"quoted\" \u00e4\n\\"}})");
    const QJsonObject expected{{u"playerId"_s, QString::fromLatin1(m_seat->player.id)},
                               {u"name"_s, u"Anna"_s},
                               {u"text"_s, u"a \"quoted\" ä\n\\"_s}};
    QCOMPARE(m_anna.lastData(), expected);
    QCOMPARE(m_ben.lastData(), expected);
    QCOMPARE(m_ben.lastType(), u"chat"_s);
}

void TestRoom::takesOutOfChatWhatDoesHarm()
{
    say(R"({"type":"chat","data":{"text":"\u202eab\u001b[1m\r\nc"}})");
    QCOMPARE(m_ben.lastData()["text"_L1], u"ab[1m\nc"_s);
}

void TestRoom::takesChatUpToItsLength_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("500") << QByteArray(500, 'x') << QByteArray("chat");
    QTest::newRow("501") << QByteArray(501, 'x') << QByteArray("too_big");
    QTest::newRow("500 of two bytes") << QByteArray("ä").repeated(500) << QByteArray("chat");
    QTest::newRow("501 of two bytes") << QByteArray("ä").repeated(501) << QByteArray("too_big");
    QTest::newRow("500 of four bytes") << QByteArray("🐎").repeated(500) << QByteArray("chat");
    QTest::newRow("501 of four bytes") << QByteArray("🐎").repeated(501) << QByteArray("too_big");
}

void TestRoom::takesChatUpToItsLength()
{
    QFETCH(QByteArray, text);
    forget();
    say(QByteArray(R"({"type":"chat","data":{"text":")" + text + "\"}}"));
    QTEST(m_anna.story(), "answer");
}

void TestRoom::handlesABatchInOrder()
{
    forget();
    say(R"({"type":"batch","data":[{"type":"ping"},{"type":"chat","data":{"text":"x"}},{"bad":1},{"type":"move","data":3}]})");
    QCOMPARE(m_anna.story(), "pong chat bad_envelope");
    QCOMPARE(m_ben.story(), "chat move");
    QCOMPARE(m_ben.last()["from"_L1], QString::fromLatin1(m_seat->player.id));
}

void TestRoom::refusesBatches_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("story");
    const auto batch = [](int count) {
        return QByteArray("[" + QByteArray(R"({"type":"ping"},)").repeated(count).chopped(1) + "]");
    };
    QTest::newRow("64") << batch(64) << QByteArray("pong ").repeated(64).trimmed();
    QTest::newRow("65") << batch(65) << QByteArray("bad_data");
    QTest::newRow("no array") << QByteArray("{}") << QByteArray("bad_data");
    QTest::newRow("empty") << QByteArray("[]") << QByteArray();
    QTest::newRow("nested") << QByteArray(R"([{"type":"batch","data":[]},{"type":"ping"}])")
                            << QByteArray("bad_envelope pong");
    QTest::newRow("no objects") << QByteArray("[1]") << QByteArray("bad_envelope");
}

void TestRoom::refusesBatches()
{
    QFETCH(QByteArray, data);
    forget();
    say(QByteArray(R"({"type":"batch","data":)" + data + '}'));
    QTEST(m_anna.story(), "story");
}

void TestRoom::hearsNothingBehindALeave()
{
    forget();
    say(R"({"type":"batch","data":[{"type":"leave"},{"type":"chat","data":{"text":"still here"}},{"type":"leave"}]})");
    say(R"({"type":"chat","data":{"text":"still here"}})");
    QCOMPARE(m_anna.end, SeatEnd::Left);
    QCOMPARE(m_anna.ends, 1);
    QCOMPARE(m_ben.story(), "");
}

void TestRoom::givesASeatUp()
{
    QCOMPARE(m_room->players(), 2);
    QCOMPARE(m_room->emptySinceMs(), -1);
    m_room->leave(*m_seat);
    QCOMPARE(m_room->emptySinceMs(), -1);
    m_clock.turn(5);
    m_room->leave(*m_other);
    QCOMPARE(m_room->players(), 0);
    QCOMPARE(m_room->emptySinceMs(), m_clock.monotonicMs());
    (void)m_room->join(m_anna, {}, 3);
    QCOMPARE(m_room->emptySinceMs(), -1);
}

void TestRoom::passesGameMessagesOn()
{
    forget();
    const QString id = QString::fromLatin1(m_seat->player.id);
    say(R"({"type":"move","data":{"n":1.0e2},"id":5})");
    QCOMPARE(m_ben.texts,
             QList<QByteArray>{
                 QByteArray(R"({"type":"move","data":{"n":1.0e2},"from":")" + m_seat->player.id + R"(","seq":2})")});
    say(QByteArray(R"({"type":"move","to":")" + m_seat->player.id + "\"}"));
    QCOMPARE(m_anna.last()["from"_L1], id);
    m_room->message(*m_seat, MessageKind::Binary, QByteArrayView("\0\xFF", 2));
    QCOMPARE(m_ben.binaries, QList<QByteArray>{QByteArray("\0\xFF", 2)});
    QCOMPARE(m_anna.binaries.size(), 0);
    QCOMPARE(m_anna.story(), "move");
}

void TestRoom::asksNoTokenInAnOpenRoom()
{
    forget();
    say(R"({"type":"auth","data":{"token":"x"}})");
    QCOMPARE(m_ben.story(), "");
    QCOMPARE(m_seat->badTotal, 0);
}

void TestRoom::endsOnlyTheRoomWhoseGameFails_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("with an exception") << QByteArray(R"({"type":"throw"})");
    QTest::newRow("with something else") << QByteArray(R"({"type":"throw_odd"})");
    QTest::newRow("within a batch") << QByteArray(R"({"type":"batch","data":[{"type":"throw"},{"type":"over"}]})");
}

void TestRoom::endsOnlyTheRoomWhoseGameFails()
{
    QFETCH(QByteArray, message);
    open(std::make_unique<OddGame>());
    forget();
    say(message);
    QVERIFY(m_room->isOver());
    QCOMPARE(m_room->stateName(), QByteArrayView("finished"));
    for (const RecordingWire *wire : {&m_anna, &m_ben}) {
        QCOMPARE(wire->end, SeatEnd::RoomFailed);
        QCOMPARE(wire->ends, 1);
        QCOMPARE(wire->texts.size(), 0);
    }
    say(R"({"type":"ping"})");
    QCOMPARE(m_anna.texts.size(), 0);
    m_room->leave(*m_seat);
    m_room->leave(*m_other);
    QCOMPARE(m_room->nextTickMs(), -1);
}

void TestRoom::endsEverySeatWhenItCloses()
{
    m_room->close(SeatEnd::RoomClosed, "bedtime");
    m_room->close(SeatEnd::ServerShutdown, "twice");
    for (const RecordingWire *wire : {&m_anna, &m_ben}) {
        QCOMPARE(wire->end, SeatEnd::RoomClosed);
        QCOMPARE(wire->endReason, "bedtime");
        QCOMPARE(wire->ends, 1);
    }
}

void TestRoom::carriesWhatTheOperatorSays()
{
    forget();
    QVERIFY(m_room->broadcast(R"({"type":"notice","data":{"text":"hi"}})"));
    QVERIFY(!m_room->broadcast("hi"));
    QVERIFY(!m_room->broadcast(R"({"type":"NOTICE"})"));
    QCOMPARE(m_anna.story(), "notice");
    QCOMPARE(m_ben.story(), "notice");
    QVERIFY(!m_ben.last().contains("from"_L1));
    QVERIFY(m_room->start());
    QVERIFY(!m_room->start());
    QCOMPARE(m_ben.story(), "notice game_started");
}

void TestRoom::runsTheClockOfItsGame()
{
    auto rules = std::make_unique<OddGame>();
    const OddGame &game = *rules;
    open(std::move(rules));
    QCOMPARE(m_anna.story(), "connected hello player_joined");
    QVERIFY(m_room->nextTickMs() <= m_clock.monotonicMs()); // it asks for a tick in the past
    QCOMPARE(m_room->tick(), m_clock.monotonicMs() + 1);
    QCOMPARE(m_ben.last()["data"_L1].toInteger(), m_clock.wallMs());
    const QJsonObject state = m_ben.at(0)["data"_L1].toObject()["room"_L1].toObject()["gameState"_L1].toObject();
    QCOMPARE(state["board"_L1].toArray().size(), 2);
    const int leaversBefore = game.leavers;
    m_room->leave(*m_other);
    QCOMPARE(game.leavers, leaversBefore + 1);
}

void TestRoom::reportsResults()
{
    open(std::make_unique<OddGame>());
    say(R"({"type":"over"})");
    QCOMPARE(m_ben.lastType(), u"game_finished"_s);
    QCOMPARE(m_ben.lastData()["results"_L1].toArray().size(), 1);
    say(R"({"type":"dance","id":3})");
    QCOMPARE(m_anna.lastData()["code"_L1], u"unknown_type"_s);
    QCOMPARE(m_anna.lastData()["message"_L1], u"no \"such\" type"_s);
    QCOMPARE(m_anna.last()["re"_L1], 3);
    m_room->message(*m_seat, MessageKind::Binary, "x");
    QCOMPARE(m_anna.lastData()["code"_L1], u"unsupported"_s);
    QVERIFY(!m_anna.last().contains("re"_L1));
}

QTEST_GUILESS_MAIN(TestRoom)
#include "tst_room.moc"
