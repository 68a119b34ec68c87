// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/relay.h"
#include "server/rooms/lobby.h"
#include "tests/support/recordingwire.h"
#include "tests/support/turningclock.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// docs/protocol.md, "Coming back", in a room without sockets.
class TestRoomSessions final : public QObject
{
    Q_OBJECT

private slots:
    void init() { open(); }

    void givesEveryConnectionATokenOfItsOwn();
    void comesBackToItsSeat();
    void sendsWhatWasMissed_data();
    void sendsWhatWasMissed();
    void keepsTextsAndBinariesInOrder();
    void sendsNoOldConnectedAgain();
    void goesOnCountingBehindWhatWasMissed();
    void tellsTheOthers();
    void showsWhoDroppedToThoseWhoJoin();
    void takesNoSeatWithAWrongToken_data();
    void takesNoSeatWithAWrongToken();
    void takesATokenOnce();
    void takesTheTokenBeforeWhereConnectedWasLost();
    void takesTheTokenBeforeHoweverOftenConnectedWasLost();
    void takesNoTokenBeforeOnceTheClientHasTheNewOne();
    void takesNoTokenBeforeFromASeatThatHasAWire();
    void knowsThatAWireHasEnded();
    void replacesAConnection();
    void givesASeatUpWhenItsTimeIsOver();
    void givesSeatsUpOneAfterTheOther();
    void letsBackIntoAFullRoom();
    void livesAsLongAsSomebodyMayComeBack();
    void letsTheFirstPlayerWhoIsThereStart();
    void dropsInsideOfItsOwnMessage_data();
    void dropsInsideOfItsOwnMessage();
    void givesASeatUpAtOnce_data();
    void givesASeatUpAtOnce();
    void letsNobodyBackIntoARoomThatIsOver();
    void forgivesBadMessagesOfTheConnectionBefore();

private:
    TurningClock m_clock;
    std::unique_ptr<Room> m_room;
    RecordingWire m_anna;
    RecordingWire m_ben;
    RecordingWire m_back; ///< Anna's next connection
    Seat *m_seat = nullptr;
    Seat *m_other = nullptr;

    void open(RoomSettings settings = {});
    void say(Seat &seat, QByteArrayView text) { m_room->message(seat, MessageKind::Text, text); }
    void sayNumbers(int first, int last);
    Seat *comeBack(RecordingWire &wire, const QByteArray &token, quint64 lastSeen, quint32 connection = 9);
    [[nodiscard]] static QByteArray tokenOf(const RecordingWire &wire);
    [[nodiscard]] static QByteArrayList shortly(const RecordingWire &wire);
};

void TestRoomSessions::open(RoomSettings settings)
{
    m_anna = {};
    m_ben = {};
    m_back = {};
    m_room = std::make_unique<Room>("lobby-1", "ABCD", std::make_unique<Relay>(), settings, m_clock);
    m_seat = &m_room->join(m_anna, u"Anna"_s, 1);
    m_other = &m_room->join(m_ben, u"Ben"_s, 2);
}

/// Ben says them, so they go to Anna.
void TestRoomSessions::sayNumbers(int first, int last)
{
    for (int i = first; i <= last; ++i)
        say(*m_other, QByteArray(R"({"type":"n","data":)" + QByteArray::number(i) + '}'));
}

Seat *TestRoomSessions::comeBack(RecordingWire &wire, const QByteArray &token, quint64 lastSeen, quint32 connection)
{
    Seat *seat = m_room->seatFor({token});
    if (seat != nullptr)
        m_room->resume(*seat, wire, connection, {token, lastSeen});
    return seat;
}

/// Of its last `connected`.
QByteArray TestRoomSessions::tokenOf(const RecordingWire &wire)
{
    QByteArray token;
    for (qsizetype i = 0; i < wire.texts.size(); ++i) {
        const QJsonObject message = wire.at(i);
        if (message["type"_L1] == "connected"_L1)
            token = message["data"_L1].toObject()["resume"_L1].toString().toLatin1();
    }
    return token;
}

/// "1 connected", "2 player_joined", "3 n 17", "binary".
QByteArrayList TestRoomSessions::shortly(const RecordingWire &wire)
{
    QByteArrayList list;
    for (const QByteArray &message : wire.inOrder) {
        const QJsonObject object = QJsonDocument::fromJson(message).object();
        const QJsonValue data = object["data"_L1];
        list += object.isEmpty()
            ? message
            : QByteArray(QByteArray::number(object["seq"_L1].toInt()) + ' ' + object["type"_L1].toString().toLatin1()
                         + (data.isDouble() ? ' ' + QByteArray::number(data.toInt()) : QByteArray()));
    }
    return list;
}

void TestRoomSessions::givesEveryConnectionATokenOfItsOwn()
{
    static const QRegularExpression opaque(u"^[A-Za-z0-9_-]{22,}$"_s); // 128 bits or more, fit for a query
    QSet<QByteArray> tokens{tokenOf(m_ben)};
    QByteArray token = tokenOf(m_anna);
    for (int i = 0; i < 50; ++i) {
        QVERIFY(opaque.match(QString::fromLatin1(token)).hasMatch());
        QVERIFY(!tokens.contains(token));
        tokens += token;
        QVERIFY(comeBack(m_back, token, 0) == m_seat);
        token = tokenOf(m_back);
    }
}

void TestRoomSessions::comesBackToItsSeat()
{
    const QJsonObject before = m_anna.at(0)["data"_L1].toObject();
    m_room->drop(*m_seat);
    QCOMPARE(m_room->players(), 2);
    QCOMPARE(m_room->dropped(), 1);
    QVERIFY(comeBack(m_back, tokenOf(m_anna), 2) == m_seat);
    QCOMPARE(m_room->dropped(), 0);
    const QJsonObject connected = m_back.at(0);
    const QJsonObject data = connected["data"_L1].toObject();
    QCOMPARE(connected["seq"_L1], 3);
    QCOMPARE(data["resumed"_L1], true);
    QVERIFY(!data.contains("reason"_L1));
    QCOMPARE(data["connectionId"_L1], u"c9"_s);
    QCOMPARE(data["resumeSeconds"_L1], 30);
    for (const auto same : {"playerId"_L1, "name"_L1})
        QCOMPARE(data[same], before[same]);
    QVERIFY(data["resume"_L1] != before["resume"_L1]);
    QCOMPARE(data["room"_L1].toObject()["players"_L1].toArray().size(), 2);
    say(*m_seat, R"({"type":"n","data":5})");
    QCOMPARE(m_ben.last()["from"_L1], before["playerId"_L1]);
    QVERIFY(!m_anna.end); // its connection was gone before
}

void TestRoomSessions::sendsWhatWasMissed_data()
{
    QTest::addColumn<int>("messages"); // sent in all, behind `connected` and player_joined
    QTest::addColumn<int>("size");     // of each
    QTest::addColumn<quint64>("lastSeen");
    QTest::addColumn<int>("sentAgain"); // -1: the session does not go on
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, int messages, int size, quint64 lastSeen, int sentAgain) {
        const QString reason = sentAgain >= 0 ? QString() : u"too much was missed"_s;
        QTest::newRow(name) << messages << size << lastSeen << sentAgain << reason;
    };
    row("nothing", 10, 1, 12, 0);
    row("one", 10, 1, 11, 1);
    row("some", 10, 1, 5, 7);
    row("everything but its connected", 10, 1, 1, 11);
    row("everything", 10, 1, 0, 11);
    row("256", 300, 1, 46, 256);
    row("257", 300, 1, 45, -1);
    row("all of many", 300, 1, 0, -1);
    row("almost 256 KiB", 4, 65'000, 2, 4);
    row("more than 256 KiB", 5, 65'000, 2, -1);
    row("more than 256 KiB, half of it seen", 8, 65'000, 6, 4);
    row("one that is larger than 256 KiB", 1, 300'000, 2, -1);
    row("nothing, behind one that is larger than 256 KiB", 1, 300'000, 3, 0);
    QTest::newRow("a number that was not sent") << 10 << 1 << quint64(13) << -1 << u"there was no such message"_s;
    QTest::newRow("the largest number") << 10 << 1 << ~quint64(0) << -1 << u"there was no such message"_s;
}

void TestRoomSessions::sendsWhatWasMissed()
{
    QFETCH(int, messages);
    QFETCH(int, size);
    QFETCH(quint64, lastSeen);
    QFETCH(int, sentAgain);
    m_room->drop(*m_seat);
    for (int i = 0; i < messages; ++i)
        say(*m_other, QByteArray(R"({"type":"n","data":")" + QByteArray(size, 'x') + "\"}"));
    QVERIFY(comeBack(m_back, tokenOf(m_anna), lastSeen) == m_seat); // the seat in any case
    const QJsonObject data = m_back.at(0)["data"_L1].toObject();
    QCOMPARE(data["resumed"_L1].toBool(), sentAgain >= 0);
    QTEST(data["reason"_L1].toString(), "reason");
    QCOMPARE(m_back.texts.size(), 1 + qMax(0, sentAgain));
    const quint64 first = sentAgain < 0 ? 1 : lastSeen + 1;
    for (qsizetype i = 0; i < m_back.texts.size(); ++i)
        QCOMPARE(quint64(m_back.at(i)["seq"_L1].toInteger()), first + quint64(i));
    sayNumbers(1, 1);
    QCOMPARE(quint64(m_back.last()["seq"_L1].toInteger()), first + quint64(m_back.texts.size()) - 1);
}

void TestRoomSessions::keepsTextsAndBinariesInOrder()
{
    m_room->drop(*m_seat);
    sayNumbers(1, 2);
    m_room->message(*m_other, MessageKind::Binary, "\x01\x02");
    sayNumbers(3, 3);
    m_room->message(*m_other, MessageKind::Binary, QByteArray(70'000, 'b'));
    m_room->message(*m_other, MessageKind::Binary, "");
    sayNumbers(4, 4);
    (void)comeBack(m_back, tokenOf(m_anna), 2);
    const QByteArrayList expected{"3 connected",           "4 n 1", "5 n 2", "\x01\x02", "7 n 3",
                                  QByteArray(70'000, 'b'), "",      "10 n 4"};
    QCOMPARE(shortly(m_back), expected);
    // It saw up to the first binary message: what it counted is what the room counted.
    RecordingWire again;
    m_room->drop(*m_seat);
    (void)comeBack(again, tokenOf(m_back), 6);
    const QByteArrayList rest{"7 connected", "8 n 3", QByteArray(70'000, 'b'), "", "11 n 4"};
    QCOMPARE(shortly(again), rest);
}

void TestRoomSessions::sendsNoOldConnectedAgain()
{
    sayNumbers(1, 1);
    m_room->drop(*m_seat);
    sayNumbers(2, 2);
    (void)comeBack(m_back, tokenOf(m_anna), 0); // 1 connected, 2 player_joined, 3, 4
    const QByteArrayList expected{"1 connected", "2 player_joined", "3 n 1", "4 n 2"};
    QCOMPARE(shortly(m_back), expected);
    for (int i = 0; i < 3; ++i) { // none of these is seen
        RecordingWire lost;
        m_room->drop(*m_seat);
        (void)comeBack(lost, i == 0 ? tokenOf(m_back) : m_seat->tokenBefore, 3);
    }
    RecordingWire again;
    m_room->drop(*m_seat);
    (void)comeBack(again, m_seat->tokenBefore, 3);
    const QByteArrayList rest{"4 connected", "5 n 2"};
    QCOMPARE(shortly(again), rest);
}

void TestRoomSessions::goesOnCountingBehindWhatWasMissed()
{
    m_room->drop(*m_seat);
    sayNumbers(1, 3);
    (void)comeBack(m_back, tokenOf(m_anna), 2); // 3 connected, 4 to 6
    m_room->drop(*m_seat);
    sayNumbers(4, 4);
    RecordingWire again;
    (void)comeBack(again, tokenOf(m_back), 5);
    sayNumbers(5, 5);
    const QByteArrayList expected{"6 connected", "7 n 3", "8 n 4", "9 n 5"};
    QCOMPARE(shortly(again), expected);
}

void TestRoomSessions::tellsTheOthers()
{
    const QString id = QString::fromLatin1(m_seat->player.id);
    m_ben.texts.clear();
    m_room->drop(*m_seat);
    const QJsonObject dropped{{u"playerId"_s, id}, {u"secondsLeft"_s, 30}};
    QCOMPARE(m_ben.story(), "player_dropped");
    QCOMPARE(m_ben.lastData(), dropped);
    (void)comeBack(m_back, tokenOf(m_anna), 2);
    QCOMPARE(m_ben.story(), "player_dropped player_resumed");
    QCOMPARE(m_ben.lastData(), (QJsonObject{{u"playerId"_s, id}}));
    QCOMPARE(m_back.story(), "connected"); // neither of it is news to itself
}

void TestRoomSessions::showsWhoDroppedToThoseWhoJoin()
{
    const auto dropped = [](const RecordingWire &wire) {
        QByteArray story;
        const QJsonArray players = wire.at(0)["data"_L1]["room"_L1]["players"_L1].toArray();
        for (const QJsonValue &player : players)
            story += player["dropped"_L1].toBool() ? '-' : '+';
        return story;
    };
    m_room->drop(*m_other);
    RecordingWire carl;
    (void)m_room->join(carl, u"Carl"_s, 3);
    QCOMPARE(dropped(carl), "+-+");
    m_room->drop(*m_seat);
    (void)comeBack(m_back, tokenOf(m_anna), 1);
    QCOMPARE(dropped(m_back), "+-+");
}

void TestRoomSessions::takesNoSeatWithAWrongToken_data()
{
    QTest::addColumn<std::function<QByteArray(QByteArray)>>("spoil");
    const auto row = [](const char *name, std::function<QByteArray(QByteArray)> spoil) {
        QTest::newRow(name) << spoil;
    };
    row("none", [](const QByteArray &) { return QByteArray(); });
    row("a part", [](const QByteArray &token) { return token.chopped(1); });
    row("more", [](const QByteArray &token) { return QByteArray(token + 'A'); });
    row("a NUL more", [](const QByteArray &token) { return QByteArray(token + '\0'); });
    row("the first character is another", [](QByteArray token) {
        token[0] = token[0] == 'A' ? 'B' : 'A';
        return token;
    });
    row("the last character is another", [](QByteArray token) {
        token.back() = token.back() == 'A' ? 'B' : 'A';
        return token;
    });
    row("other case",
        [](const QByteArray &token) { return token == token.toLower() ? token.toUpper() : token.toLower(); });
    row("of another room", [](const QByteArray &) {
        const TurningClock clock;
        RecordingWire wire;
        Room room("lobby-2", "EFGH", std::make_unique<Relay>(), {}, clock);
        (void)room.join(wire, {}, 1);
        return tokenOf(wire);
    });
}

void TestRoomSessions::takesNoSeatWithAWrongToken()
{
    QFETCH(std::function<QByteArray(QByteArray)>, spoil);
    const QByteArray spoiled = spoil(tokenOf(m_anna));
    QVERIFY(m_room->seatFor({spoiled}) == nullptr); // a seat that is taken, and one that waits
    m_room->drop(*m_seat);
    QVERIFY(m_room->seatFor({spoiled}) == nullptr);
    const Seat &joined = m_room->join(m_back, u"Eve"_s, 9, "there is no such session");
    QVERIFY(&joined != m_seat);
    QCOMPARE(m_back.at(0)["seq"_L1], 1);
    const QJsonObject data = m_back.at(0)["data"_L1].toObject();
    QCOMPARE(data["resumed"_L1], false);
    QCOMPARE(data["reason"_L1], u"there is no such session"_s);
    QCOMPARE(m_room->dropped(), 1);
    QVERIFY(m_room->seatFor({tokenOf(m_anna)}) == m_seat);
}

void TestRoomSessions::takesATokenOnce()
{
    const QByteArray first = tokenOf(m_anna);
    (void)comeBack(m_back, first, 2);
    Room::confirm(*m_seat);
    QVERIFY(m_room->seatFor({first}) == nullptr);
    m_room->drop(*m_seat);
    QVERIFY(m_room->seatFor({first}) == nullptr);
    QVERIFY(m_room->seatFor({tokenOf(m_back)}) == m_seat);
    QVERIFY(m_room->seatFor({}) == nullptr); // the token before is empty now
}

void TestRoomSessions::takesTheTokenBeforeWhereConnectedWasLost()
{
    const QByteArray first = tokenOf(m_anna);
    m_room->drop(*m_seat);
    RecordingWire lost;
    (void)comeBack(lost, first, 2);
    m_room->drop(*m_seat);
    sayNumbers(1, 1);
    QVERIFY(comeBack(m_back, first, 2) == m_seat);
    const QByteArrayList expected{"3 connected", "4 n 1"};
    QCOMPARE(shortly(m_back), expected);
    QVERIFY(m_room->seatFor({tokenOf(lost)}) == nullptr);
}

void TestRoomSessions::takesTheTokenBeforeHoweverOftenConnectedWasLost()
{
    const QByteArray first = tokenOf(m_anna);
    for (int i = 0; i < 5; ++i) {
        m_room->drop(*m_seat);
        RecordingWire lost;
        QVERIFY(comeBack(lost, first, 2) == m_seat);
        QCOMPARE(lost.at(0)["data"_L1]["resumed"_L1], true);
        m_back = lost;
    }
    // Now it got the new one, and uses it: the first is of no worth any more.
    m_room->drop(*m_seat);
    QVERIFY(comeBack(m_back, tokenOf(m_back), 3) == m_seat);
    m_room->drop(*m_seat);
    QVERIFY(m_room->seatFor({first}) == nullptr);
}

void TestRoomSessions::takesNoTokenBeforeOnceTheClientHasTheNewOne()
{
    const QByteArray first = tokenOf(m_anna);
    m_room->drop(*m_seat);
    (void)comeBack(m_back, first, 2);
    Room::confirm(*m_seat);
    m_room->drop(*m_seat);
    QVERIFY(m_room->seatFor({first}) == nullptr);
    QVERIFY(comeBack(m_back, tokenOf(m_back), 3) == m_seat);
}

void TestRoomSessions::takesNoTokenBeforeFromASeatThatHasAWire()
{
    const QByteArray first = tokenOf(m_anna);
    m_room->drop(*m_seat);
    (void)comeBack(m_back, first, 2);
    QVERIFY(m_room->seatFor({first}) == nullptr); // not confirmed, but there
    QVERIFY(!m_back.end);
}

// The stream is dead, but drop() comes only at the end of the turn: the client may be back before.
void TestRoomSessions::knowsThatAWireHasEnded()
{
    const QByteArray first = tokenOf(m_anna);
    m_room->drop(*m_seat);
    RecordingWire lost;
    (void)comeBack(lost, first, 2);
    m_ben.texts.clear();
    QVERIFY(m_room->seatFor({first}) == nullptr);
    lost.dead = true;
    QVERIFY(comeBack(m_back, first, 2) == m_seat);
    QCOMPARE(lost.end, SeatEnd::Replaced);
    QCOMPARE(m_ben.story(), ""); // it was never away
    QVERIFY(m_room->seatFor({first}) == nullptr);
    m_seat->leaving = true;
    QVERIFY(m_room->seatFor({tokenOf(m_back)}) == nullptr);
}

void TestRoomSessions::replacesAConnection()
{
    m_ben.texts.clear();
    QVERIFY(comeBack(m_back, tokenOf(m_anna), 2) == m_seat);
    QCOMPARE(m_anna.end, SeatEnd::Replaced);
    QCOMPARE(m_anna.ends, 1);
    QCOMPARE(m_back.at(0)["data"_L1]["resumed"_L1], true);
    QCOMPARE(m_ben.story(), "");
    QCOMPARE(m_room->players(), 2);
    const qsizetype before = m_anna.texts.size();
    sayNumbers(1, 1);
    QCOMPARE(m_anna.texts.size(), before);
    QCOMPARE(m_back.lastType(), u"n"_s);
    RecordingWire wrong; // does not end the one that is there
    QVERIFY(comeBack(wrong, tokenOf(m_anna), 2) == nullptr);
    QVERIFY(!m_back.end);
}

void TestRoomSessions::givesASeatUpWhenItsTimeIsOver()
{
    m_room->drop(*m_seat);
    m_ben.texts.clear();
    const QByteArray token = tokenOf(m_anna);
    const QString id = QString::fromLatin1(m_seat->player.id);
    QCOMPARE(m_room->secondsLeft(*m_seat), 30);
    QCOMPARE(m_room->secondsLeft(*m_other), -1);
    QCOMPARE(m_room->nextTickMs(), m_clock.monotonicMs() + 30'000);
    m_clock.turn(29'999);
    QCOMPARE(m_room->tick(), m_clock.monotonicMs() + 1);
    QCOMPARE(m_room->secondsLeft(*m_seat), 1);
    QCOMPARE(m_room->players(), 2);
    QVERIFY(m_room->seatFor({token}) == m_seat);
    m_clock.turn(1);
    QCOMPARE(m_room->tick(), -1);
    QCOMPARE(m_room->players(), 1);
    QVERIFY(m_room->seatFor({token}) == nullptr);
    const QJsonObject left{{u"playerId"_s, id}, {u"name"_s, u"Anna"_s}, {u"players"_s, 1}};
    QCOMPARE(m_ben.story(), "player_left");
    QCOMPARE(m_ben.lastData(), left);
}

void TestRoomSessions::givesSeatsUpOneAfterTheOther()
{
    QList<RecordingWire> wires(4);
    QList<Seat *> seats;
    for (RecordingWire &wire : wires)
        seats += &m_room->join(wire, {}, 3);
    m_room->drop(*seats[2]);
    m_clock.turn(10'000);
    m_room->drop(*seats[0]);
    m_room->drop(*seats[3]); // two at the same time
    m_clock.turn(5'000);
    QVERIFY(comeBack(m_back, tokenOf(wires[2]), 4) == seats[2]); // the first of them is back
    QCOMPARE(m_room->nextTickMs(), m_clock.monotonicMs() + 25'000);
    m_clock.turn(5'000);
    m_room->drop(*seats[2]);
    m_clock.turn(20'000);
    QCOMPARE(m_room->tick(), m_clock.monotonicMs() + 10'000);
    QCOMPARE(m_room->players(), 4);
    m_clock.turn(60'000);
    QCOMPARE(m_room->tick(), -1);
    QCOMPARE(m_room->players(), 3);
    QCOMPARE(m_room->dropped(), 0);
}

void TestRoomSessions::letsBackIntoAFullRoom()
{
    LobbySettings settings;
    settings.room.maxPlayers = 2;
    Lobby lobby(settings, builtInGames(), m_clock);
    Room &room = *lobby.forJoining("blue", {}).value();
    Seat &first = room.join(m_anna, {}, 1);
    (void)room.join(m_ben, {}, 2);
    room.drop(first);
    QVERIFY(room.isFull()); // the seat waits
    const QByteArray token = tokenOf(m_anna);
    QCOMPARE(lobby.forJoining("blue", {}).error().code, LobbyError::RoomFull);
    QCOMPARE(lobby.forJoining("blue", {}, {token.chopped(1)}).error().code, LobbyError::RoomFull);
    QCOMPARE(lobby.forJoining("blue", {}, {token}).value(), &room);
    m_clock.turn(30'000);
    lobby.tick();
    QVERIFY(!room.isFull());
}

void TestRoomSessions::livesAsLongAsSomebodyMayComeBack()
{
    Lobby lobby({}, builtInGames(), m_clock);
    Room &room = *lobby.forJoining("blue", {}).value();
    room.drop(room.join(m_anna, {}, 1));
    QCOMPARE(room.emptySinceMs(), -1);
    QCOMPARE(lobby.nextTickMs(), m_clock.monotonicMs() + 30'000);
    m_clock.turn(30'000);
    lobby.tick();
    QCOMPARE(room.players(), 0);
    QCOMPARE(lobby.nextTickMs(), m_clock.monotonicMs() + 60'000); // empty from here on
    m_clock.turn(60'000);
    lobby.tick();
    QCOMPARE(lobby.size(), 0);
}

void TestRoomSessions::letsTheFirstPlayerWhoIsThereStart()
{
    m_room->drop(*m_seat);
    m_ben.texts.clear();
    QVERIFY(comeBack(m_back, tokenOf(m_anna), 2) == m_seat); // first again
    say(*m_other, R"({"type":"start"})");
    QCOMPARE(m_ben.lastData()["code"_L1], u"not_allowed"_s);
    m_room->drop(*m_seat);
    say(*m_other, R"({"type":"start"})");
    QCOMPARE(m_ben.lastType(), u"game_started"_s);
}

void TestRoomSessions::dropsInsideOfItsOwnMessage_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("story"); // what Ben hears
    QTest::newRow("an answer") << QByteArray(R"({"type":"ping"})") << QByteArray("player_dropped");
    QTest::newRow("an error") << QByteArray("nonsense") << QByteArray("player_dropped");
    QTest::newRow("a broadcast") << QByteArray(R"({"type":"chat","data":{"text":"x"}})")
                                 << QByteArray("player_dropped chat");
    QTest::newRow("a start") << QByteArray(R"({"type":"start"})") << QByteArray("player_dropped game_started");
    QTest::newRow("a batch") << QByteArray(R"({"type":"batch","data":[{"type":"ping"},{"type":"leave"},{"bad":1}]})")
                             << QByteArray("player_dropped");
}

void TestRoomSessions::dropsInsideOfItsOwnMessage()
{
    QFETCH(QByteArray, message);
    m_ben.texts.clear();
    m_anna.onSend = [this] { m_room->drop(*m_seat); };
    say(*m_seat, message);
    QTEST(m_ben.story(), "story");
    QCOMPARE(m_room->dropped(), 1);
    QVERIFY(!m_anna.end);
    QVERIFY(comeBack(m_back, tokenOf(m_anna), 2) == m_seat);
    QCOMPARE(m_back.texts.size(), 2); // what it was sent when it dropped is sent again
}

void TestRoomSessions::givesASeatUpAtOnce_data()
{
    QTest::addColumn<int>("resumeSeconds");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("where seats do not wait") << 0 << QByteArray(R"({"type":"ping"})");
    QTest::newRow("who said leave") << 30 << QByteArray(R"({"type":"leave"})");
}

void TestRoomSessions::givesASeatUpAtOnce()
{
    QFETCH(int, resumeSeconds);
    QFETCH(QByteArray, message);
    open({.resumeSeconds = resumeSeconds});
    const QJsonObject data = m_anna.at(0)["data"_L1].toObject();
    QCOMPARE(data["resume"_L1].isNull(), resumeSeconds == 0);
    QCOMPARE(data["resumeSeconds"_L1], resumeSeconds);
    m_ben.texts.clear();
    say(*m_seat, message);
    m_room->drop(*m_seat);
    QCOMPARE(m_ben.story(), "player_left");
    QCOMPARE(m_room->players(), 1);
    QCOMPARE(m_room->nextTickMs(), -1);
    for (const QByteArray &token : {QByteArray(), QByteArray("null"), tokenOf(m_anna)})
        QVERIFY(m_room->seatFor({token}) == nullptr);
}

void TestRoomSessions::letsNobodyBackIntoARoomThatIsOver()
{
    m_room->drop(*m_seat);
    m_room->close(SeatEnd::RoomClosed, "bedtime");
    QVERIFY(m_room->seatFor({tokenOf(m_anna)}) == nullptr);
    QVERIFY(m_room->seatFor({tokenOf(m_ben)}) == nullptr);
    QCOMPARE(m_room->players(), 1); // who dropped is not waited for
    QCOMPARE(m_room->nextTickMs(), -1);
    m_room->drop(*m_other);
    QCOMPARE(m_room->players(), 0);
    QCOMPARE(m_room->emptySinceMs(), m_clock.monotonicMs());
}

void TestRoomSessions::forgivesBadMessagesOfTheConnectionBefore()
{
    for (int i = 0; i < 19; ++i)
        say(*m_seat, "bad");
    m_room->drop(*m_seat);
    (void)comeBack(m_back, tokenOf(m_anna), 2);
    QCOMPARE(m_seat->badTotal, 0); // counted for that connection
    for (int i = 0; i < 19; ++i)
        say(*m_seat, "bad");
    QVERIFY(!m_back.end);
    say(*m_seat, "bad");
    QCOMPARE(m_back.end, SeatEnd::TooManyBadMessages);
    QCOMPARE(m_seat->badTotal, 20);
}

QTEST_GUILESS_MAIN(TestRoomSessions)
#include "tst_roomsessions.moc"
