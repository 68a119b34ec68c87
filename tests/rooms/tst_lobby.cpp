// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/lobby.h"
#include "tests/support/fragilegame.h"
#include "tests/support/recordingwire.h"
#include "tests/support/turningclock.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// The relay, and a game that throws where it is told to.
GameCatalog gamesWithOneThatBreaks(const QByteArray &where)
{
    const auto relay = [](quint64 seed, QByteArrayView options) { return builtInGames().make("relay", seed, options); };
    const auto broken = [where](quint64, QByteArrayView) -> Result<std::unique_ptr<Game>, GameError> {
        return std::unique_ptr<Game>(std::make_unique<FragileGame>(where));
    };
    return {{"relay", relay}, {"broken", broken}};
}

} // namespace

class TestLobby final : public QObject
{
    Q_OBJECT

private slots:
    void keepsARoomOfTheOperatorUntilSomebodyWasThere();
    void judgesRoomIds_data();
    void judgesRoomIds();
    void makesRoomsForWhoJoins();
    void makesNoRoomsUnlessItMay();
    void findsRoomsByIdAndCode();
    void givesCodesThatAreEasyToSay();
    void refusesRooms_data();
    void refusesRooms();
    void limitsRooms();
    void endsAnEmptyRoomToMakePlace_data();
    void endsAnEmptyRoomToMakePlace();
    void letsNobodyTakeAllRooms();
    void limitsPlayersOfARoom();
    void endsRoomsThatStayEmpty();
    void keepsRoomsWhereSomebodyIs();
    void keepsEmptyRoomsIfSoConfigured();
    void endsARoomThatIsOverOnceItIsEmpty();
    void letsNobodyIntoARoomThatIsOver();
    void closesAll();
    void tellsWhatComesAndGoes();
    void goesOnWithoutARoomThatFails();

private:
    TurningClock m_clock;
};

void TestLobby::judgesRoomIds_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("valid");
    QTest::newRow("letters and more") << QByteArray("Room_42-x") << true;
    QTest::newRow("a UUID") << QByteArray("6a9c7d0e-1b2f-4c3d-8e4f-0123456789ab") << true;
    QTest::newRow("one") << QByteArray("a") << true;
    QTest::newRow("64") << QByteArray(64, 'z') << true;
    QTest::newRow("65") << QByteArray(65, 'z') << false;
    QTest::newRow("none") << QByteArray() << false;
    for (const char c : QByteArray(" /.%{}@[`^:\\\"\t\x7f\xc3"))
        QTest::addRow("character %d", int(quint8(c))) << QByteArray("a" + QByteArray(1, c) + "b") << false;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << false;
}

void TestLobby::judgesRoomIds()
{
    QFETCH(QByteArray, id);
    QTEST(Lobby::isValidId(id), "valid");
}

void TestLobby::makesRoomsForWhoJoins()
{
    Lobby lobby({}, builtInGames(), m_clock);
    const auto made = lobby.forJoining("blue", {});
    QVERIFY(made);
    QCOMPARE(made.value()->id(), "blue");
    QCOMPARE(made.value()->game().kind(), QByteArrayView("relay"));
    QCOMPARE(lobby.forJoining("blue", "nonsense").value(), made.value()); // the kind matters for new rooms only
    QCOMPARE(lobby.size(), 1);
    QCOMPARE(lobby.forJoining("red", "chess").error().code, LobbyError::UnknownGame);
    QCOMPARE(lobby.forJoining("red!", {}).error().code, LobbyError::BadId);
    QCOMPARE(lobby.size(), 1);
}

void TestLobby::makesNoRoomsUnlessItMay()
{
    LobbySettings settings;
    settings.autoCreate = false;
    Lobby lobby(settings, builtInGames(), m_clock);
    QCOMPARE(lobby.forJoining("blue", {}).error().code, LobbyError::NoSuchRoom);
    QVERIFY(lobby.create("blue", {}));
    QVERIFY(lobby.forJoining("blue", {}));
}

void TestLobby::findsRoomsByIdAndCode()
{
    Lobby lobby({}, builtInGames(), m_clock);
    Room *room = lobby.create("blue", {}).value();
    QCOMPARE(lobby.find("blue"), room);
    QCOMPARE(lobby.find(room->code()), room);
    QCOMPARE(lobby.find(room->code().toLower()), room);
    QCOMPARE(lobby.find("Blue"), nullptr);
    QCOMPARE(lobby.find(""), nullptr);
    QCOMPARE(lobby.forJoining(room->code().toLower(), {}).value(), room);
    Room *unnamed = lobby.create({}, {}).value();
    QCOMPARE(unnamed->id(), unnamed->code());
    QCOMPARE(lobby.rooms(), (QList<Room *>{room, unnamed}));
}

void TestLobby::givesCodesThatAreEasyToSay()
{
    Lobby lobby({}, builtInGames(), m_clock);
    QSet<QByteArray> codes;
    const QRegularExpression easy(u"^[A-HJKMNP-Z2-9]{4}$"_s);
    for (int i = 0; i < 300; ++i) {
        const QByteArray code = lobby.create({}, {}).value()->code();
        QVERIFY2(easy.match(QString::fromLatin1(code)).hasMatch(), code.constData());
        codes.insert(code);
    }
    QCOMPARE(codes.size(), 300);
}

void TestLobby::refusesRooms_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("game");
    QTest::addColumn<LobbyError>("error");
    QTest::newRow("a bad id") << QByteArray("a b") << QByteArray() << LobbyError::BadId;
    QTest::newRow("an id that is taken") << QByteArray("taken") << QByteArray() << LobbyError::Exists;
    QTest::newRow("no such game") << QByteArray("new") << QByteArray("chess") << LobbyError::UnknownGame;
}

void TestLobby::refusesRooms()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, game);
    Lobby lobby({}, builtInGames(), m_clock);
    const Room *taken = lobby.create("taken", {}).value();
    const auto made = lobby.create(id, game);
    QVERIFY(!made);
    QTEST(made.error().code, "error");
    QVERIFY(!made.error().text.isEmpty());
    QCOMPARE(lobby.create(taken->code().toLower(), {}).error().code, LobbyError::Exists);
    QCOMPARE(lobby.size(), 1);
}

void TestLobby::limitsRooms()
{
    LobbySettings settings;
    settings.maxRooms = 2;
    Lobby lobby(settings, builtInGames(), m_clock);
    RecordingWire first;
    RecordingWire second;
    lobby.create({}, {}).value()->join(first, {}, 1);
    Room *b = lobby.create("b", {}).value();
    Seat &seat = b->join(second, {}, 2);
    QCOMPARE(lobby.create({}, {}).error().code, LobbyError::TooManyRooms);
    QCOMPARE(lobby.forJoining("c", {}).error().code, LobbyError::TooManyRooms);
    QVERIFY(lobby.forJoining("b", {}));
    b->drop(seat); // it may come back: the room is not empty
    QCOMPARE(lobby.forJoining("c", {}).error().code, LobbyError::TooManyRooms);
}

void TestLobby::endsAnEmptyRoomToMakePlace_data()
{
    QTest::addColumn<QByteArrayList>("rooms"); // in their order, a second apart: maker, then id
    QTest::addColumn<QByteArray>("leaves");
    QTest::newRow("the one of the only maker that waited longest")
        << QByteArrayList{"1a", "1b", "1c"} << QByteArray("a");
    QTest::newRow("of who has most") << QByteArrayList{"1a", "2b", "2c"} << QByteArray("b");
    QTest::newRow("of who has most, whoever came first")
        << QByteArrayList{"1a", "2b", "1c", "2d", "2e"} << QByteArray("b");
    QTest::newRow("of one each") << QByteArrayList{"3a", "1b", "2c"} << QByteArray("a");
    QTest::newRow("those where somebody is do not count")
        << QByteArrayList{"1a", "2B", "2C", "2D", "1e"} << QByteArray("a");
    QTest::newRow("the operator's wait for their players") << QByteArrayList{"0a", "0b", "0c", "1d"} << QByteArray("d");
    QTest::newRow("nobody's are of one maker") << QByteArrayList{"1a", "9b", "9c"} << QByteArray("b");
}

void TestLobby::endsAnEmptyRoomToMakePlace()
{
    QFETCH(QByteArrayList, rooms);
    LobbySettings settings;
    settings.maxRooms = int(rooms.size());
    settings.emptyRoomSeconds = 0;
    Lobby lobby(settings, builtInGames(), m_clock);
    QByteArrayList ended;
    lobby.setEndedCallback([&](const Room &room, RoomEnd why) {
        ended += room.id();
        QCOMPARE(why, RoomEnd::MadePlace);
    });
    RecordingWire wire;
    for (const QByteArray &one : rooms) {
        const RoomMaker maker = one.startsWith('9') ? RoomMaker() : RoomMaker(quint32(one.at(0)));
        Room *room = lobby.create(one.last(1), {}, {}, maker).value();
        if (one.startsWith('0'))
            room->waitForFirst();
        if (one.at(1) < 'a')
            room->join(wire, {}, 1);
        m_clock.turn(1'000);
    }
    QCOMPARE(lobby.create("new", "chess").error().code, LobbyError::UnknownGame); // makes no place
    QCOMPARE(lobby.create(rooms.first().last(1), {}).error().code, LobbyError::Exists);
    QCOMPARE(ended, QByteArrayList());
    QVERIFY(lobby.forJoining("new", {}, {}, RoomMaker(quint32(7))));
    QCOMPARE(lobby.size(), rooms.size());
    QTEST(ended.value(0), "leaves");
    QCOMPARE(ended.size(), 1);
}

// Two addresses that fill all rooms and go into none.
void TestLobby::letsNobodyTakeAllRooms()
{
    Lobby lobby({}, builtInGames(), m_clock);
    for (int i = 0; i < 1'000; ++i)
        QVERIFY(lobby.create({}, {}, {}, RoomMaker(quint32(1 + i % 2))));
    RecordingWire wire;
    for (int i = 0; i < 3; ++i) {
        const auto room = lobby.forJoining(QByteArray::number(i), {}, {}, RoomMaker(quint32(10 + i)));
        QVERIFY(room);
        room.value()->join(wire, {}, 1);
        for (int more = 0; more < 500; ++more)
            QVERIFY(lobby.create({}, {}, {}, RoomMaker(quint32(1 + more % 2))));
        QCOMPARE(lobby.find(QByteArray::number(i)), room.value());
    }
    QCOMPARE(lobby.size(), 1'000);
}

void TestLobby::limitsPlayersOfARoom()
{
    LobbySettings settings;
    settings.room.maxPlayers = 1;
    Lobby lobby(settings, builtInGames(), m_clock);
    Room *room = lobby.forJoining("a", {}).value();
    RecordingWire wire;
    Seat &seat = room->join(wire, {}, 1);
    QCOMPARE(lobby.forJoining("a", {}).error().code, LobbyError::RoomFull);
    room->leave(seat);
    QVERIFY(lobby.forJoining("a", {}));
}

void TestLobby::endsRoomsThatStayEmpty()
{
    Lobby lobby({}, builtInGames(), m_clock);
    QCOMPARE(lobby.nextTickMs(), -1);
    QVERIFY(lobby.create("a", {}));
    QCOMPARE(lobby.nextTickMs(), m_clock.monotonicMs() + 60'000);
    m_clock.turn(59'999);
    lobby.tick();
    QCOMPARE(lobby.size(), 1);
    QVERIFY(lobby.create("b", {}));
    m_clock.turn(1);
    lobby.tick();
    QCOMPARE(lobby.size(), 1);
    QCOMPARE(lobby.find("a"), nullptr);
    QVERIFY(lobby.find("b") != nullptr);
}

void TestLobby::keepsRoomsWhereSomebodyIs()
{
    Lobby lobby({}, builtInGames(), m_clock);
    Room *room = lobby.create("a", {}).value();
    RecordingWire wire;
    Seat &seat = room->join(wire, {}, 1);
    QCOMPARE(lobby.nextTickMs(), -1);
    m_clock.turn(3'600'000);
    lobby.tick();
    QCOMPARE(lobby.size(), 1);
    room->leave(seat);
    lobby.tick();
    QCOMPARE(lobby.size(), 1);
    m_clock.turn(60'000);
    lobby.tick();
    QCOMPARE(lobby.size(), 0);
}

void TestLobby::keepsEmptyRoomsIfSoConfigured()
{
    LobbySettings settings;
    settings.emptyRoomSeconds = 0;
    Lobby lobby(settings, builtInGames(), m_clock);
    QVERIFY(lobby.create("a", {}));
    QCOMPARE(lobby.nextTickMs(), -1);
    m_clock.turn(1'000'000'000);
    lobby.tick();
    QCOMPARE(lobby.size(), 1);
}

void TestLobby::endsARoomThatIsOverOnceItIsEmpty()
{
    Lobby lobby({}, builtInGames(), m_clock);
    Room *room = lobby.create("a", {}).value();
    RecordingWire wire;
    Seat &seat = room->join(wire, {}, 1);
    room->close(SeatEnd::RoomClosed, {});
    lobby.tick();
    QCOMPARE(lobby.size(), 1); // its players are on their way out
    room->leave(seat);
    lobby.tick();
    QCOMPARE(lobby.size(), 0);
}

void TestLobby::letsNobodyIntoARoomThatIsOver()
{
    Lobby lobby({}, builtInGames(), m_clock);
    lobby.create("a", {}).value()->close(SeatEnd::RoomClosed, {});
    QCOMPARE(lobby.forJoining("a", {}).error().code, LobbyError::NoSuchRoom);
}

void TestLobby::closesAll()
{
    Lobby lobby({}, builtInGames(), m_clock);
    RecordingWire first;
    RecordingWire second;
    (void)lobby.create("a", {}).value()->join(first, {}, 1);
    (void)lobby.create("b", {}).value()->join(second, {}, 2);
    lobby.closeAll(SeatEnd::ServerShutdown, "bye");
    QCOMPARE(first.end, SeatEnd::ServerShutdown);
    QCOMPARE(second.endReason, "bye");
}

void TestLobby::tellsWhatComesAndGoes()
{
    Lobby lobby({}, builtInGames(), m_clock);
    QByteArrayList story;
    lobby.setCreatedCallback([&](const Room &room) { story += "+" + room.id(); });
    lobby.setEndedCallback(
        [&](const Room &room, RoomEnd why) { story += (why == RoomEnd::Done ? "-" : "!") + room.id(); });
    QVERIFY(lobby.create("a", {}) && lobby.forJoining("b", {}) && lobby.forJoining("b", {}));
    m_clock.turn(60'000);
    lobby.tick();
    QCOMPARE(story, (QByteArrayList{"+a", "+b", "-a", "-b"}));
}

// The clock of all rooms asks each of them.
void TestLobby::goesOnWithoutARoomThatFails()
{
    Lobby lobby({}, gamesWithOneThatBreaks("nextTickMs"), m_clock);
    RecordingWire wire;
    QVERIFY(lobby.create("well", "relay"));
    Room *room = lobby.create("a", "broken").value();
    QCOMPARE(lobby.nextTickMs(), m_clock.monotonicMs()); // what is over and empty ends at once
    QVERIFY(room->isOver());
    lobby.tick();
    QVERIFY(lobby.find("a") == nullptr);
    QVERIFY(lobby.find("well") != nullptr);
}

void TestLobby::keepsARoomOfTheOperatorUntilSomebodyWasThere()
{
    LobbySettings settings;
    settings.room.resumeSeconds = 0;
    Lobby lobby(settings, builtInGames(), m_clock);
    Room *room = lobby.create("party", {}).value();
    room->waitForFirst();
    m_clock.turn(3'600'000);
    lobby.tick();
    QCOMPARE(lobby.find("party"), room);
    QCOMPARE(lobby.nextTickMs(), -1);
    RecordingWire wire;
    room->leave(room->join(wire, {}, 1));
    m_clock.turn(61'000);
    lobby.tick();
    QCOMPARE(lobby.find("party"), nullptr);
}

QTEST_GUILESS_MAIN(TestLobby)
#include "tst_lobby.moc"
