// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/relay.h"
#include "server/rooms/room.h"
#include "tests/support/recordingwire.h"
#include "tests/support/turningclock.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// What sessions keep, over all rooms.
class TestResumeMemory final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void countsWhatIsSharedOnce();
    void givesEverythingBack_data();
    void givesEverythingBack();
    void takesFromWhoWaitsLongest();
    void takesFromWhoWasSentNothingForLongest();
    void sendsWhatWasMissedWithoutAGap();
    void keepsNothingWhileSessionsAreOff();
    void staysBelowItsBound();
    void resumesWhoMissedNothing();

private:
    TurningClock m_clock;
    std::shared_ptr<ResumeMemory> m_memory;
    std::vector<std::unique_ptr<Room>> m_rooms;
    std::vector<std::unique_ptr<RecordingWire>> m_wires;
    quint32 m_connections = 0;

    Room &makeRoom()
    {
        return *m_rooms.emplace_back(std::make_unique<Room>("r", "R", std::make_unique<Relay>(),
                                                            RoomSettings{.maxPlayers = 0}, m_clock, m_memory));
    }
    Seat &join(Room &room)
    {
        return room.join(*m_wires.emplace_back(std::make_unique<RecordingWire>()), {}, ++m_connections);
    }
    /// So many bytes to this one.
    static void tell(Room &room, Seat &seat, int bytes)
    {
        room.message(seat, MessageKind::Text,
                     "{\"type\":\"ping\",\"data\":{\"x\":\"" + QByteArray(bytes, 'x') + "\"}}");
    }
    /// What the client hears that comes back and has seen all until `lastSeen`.
    QJsonObject comeBack(Room &room, Seat &seat, quint64 lastSeen)
    {
        RecordingWire &wire = *m_wires.emplace_back(std::make_unique<RecordingWire>());
        room.resume(seat, wire, ++m_connections, {seat.token, lastSeen});
        return wire.at(0)["data"_L1].toObject();
    }
};

void TestResumeMemory::init()
{
    m_rooms.clear();
    m_wires.clear();
    m_memory = std::make_shared<ResumeMemory>(1'000'000);
}

void TestResumeMemory::countsWhatIsSharedOnce()
{
    Room &room = makeRoom();
    Seat &first = join(room);
    for (int i = 0; i < 20; ++i)
        join(room);
    const qint64 before = m_memory->bytes();
    room.message(first, MessageKind::Text, R"({"type":"move","data":")" + QByteArray(50'000, 'x') + "\"}");
    QVERIFY2(m_memory->bytes() - before < 60'000, qPrintable(QString::number(m_memory->bytes() - before)));
    QVERIFY(m_memory->bytes() - before >= 50'000);
}

void TestResumeMemory::givesEverythingBack_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("they leave") << 0;
    QTest::newRow("their time is up") << 1;
    QTest::newRow("the room is closed") << 2;
    QTest::newRow("the room goes") << 3;
}

void TestResumeMemory::givesEverythingBack()
{
    QFETCH(int, how);
    Room &room = makeRoom();
    Seat &first = join(room);
    Seat &second = join(room);
    for (int i = 0; i < 10; ++i)
        tell(room, i % 2 == 0 ? first : second, 10'000);
    QVERIFY(m_memory->bytes() > 100'000);
    room.drop(second);
    if (how == 0) {
        room.leave(first);
        room.leave(second);
    } else if (how == 1) {
        room.drop(first);
        m_clock.turn(31'000);
        room.tick();
    } else if (how == 2) {
        room.leave(first);
        room.close(SeatEnd::RoomClosed, {});
    } else {
        m_rooms.clear();
    }
    QCOMPARE(m_memory->bytes(), 0);
}

void TestResumeMemory::takesFromWhoWaitsLongest()
{
    std::vector<Seat *> seats;
    for (int i = 0; i < 5; ++i) {
        Room &room = makeRoom();
        seats.push_back(&join(room));
        for (int j = 0; j < 4; ++j)
            tell(room, *seats.back(), 60'000); // 240,000 each
        if (i < 4)
            room.drop(*seats.back());
    }
    QVERIFY(m_memory->bytes() <= 1'000'000);
    const QJsonObject oldest = comeBack(*m_rooms[0], *seats[0], 1);
    QCOMPARE(oldest["resumed"_L1].toBool(), false);
    QCOMPARE(oldest["reason"_L1].toString(), u"what was missed is not kept any more: too many sessions waited"_s);
    for (int i = 1; i < 4; ++i)
        QCOMPARE(comeBack(*m_rooms[size_t(i)], *seats[size_t(i)], 1)["resumed"_L1].toBool(), true);
    QCOMPARE(seats[0]->sequence, 1); // its state is fresh, and its session goes on
}

// So those who fill their logs and fall silent can not take them from everybody else.
void TestResumeMemory::takesFromWhoWasSentNothingForLongest()
{
    std::vector<Seat *> seats;
    for (int i = 0; i < 6; ++i) {
        Room &room = makeRoom();
        seats.push_back(&join(room));
        for (int j = 0; j < 4; ++j)
            tell(room, *seats.back(), 60'000);
    }
    QVERIFY(m_memory->bytes() <= 1'000'000);
    for (size_t i : {5, 4, 3, 0, 1}) {
        m_rooms[i]->drop(*seats[i]);
        QCOMPARE(comeBack(*m_rooms[i], *seats[i], 1)["resumed"_L1].toBool(), i > 1);
    }
}

// A seat that loses its log while it is there keeps what it is sent from then on, also after it has dropped.
void TestResumeMemory::sendsWhatWasMissedWithoutAGap()
{
    m_memory = std::make_shared<ResumeMemory>(100'000);
    Room &room = makeRoom();
    Seat &other = join(room);
    Seat &seat = join(room);
    const auto move = [&](int number) {
        room.message(other, MessageKind::Text, R"({"type":"move","data":)" + QByteArray::number(number) + '}');
    };
    tell(room, seat, 60'000);
    const quint64 early = seat.sequence;
    tell(room, seat, 60'000);
    QCOMPARE(seat.log.size(), 0);
    for (int i = 0; i < 10; ++i)
        move(i);
    room.drop(seat);
    const quint64 seen = seat.sequence;
    for (int i = 10; i < 15; ++i)
        move(i);
    QCOMPARE(comeBack(room, seat, seen)["resumed"_L1].toBool(), true);
    const RecordingWire &wire = *m_wires.back();
    QCOMPARE(wire.last()["data"_L1].toInt(), 14);
    QCOMPARE(wire.at(1)["data"_L1].toInt(), 10);
    room.drop(seat);
    QCOMPARE(comeBack(room, seat, early)["resumed"_L1].toBool(), false);
}

void TestResumeMemory::keepsNothingWhileSessionsAreOff()
{
    SeatTable table(30, m_clock, m_memory);
    RecordingWire wire;
    Seat &seat = table.add(wire, {}, 1, {});
    const auto send = [&] {
        SequencedText text(envelopeBody("note", "{}"));
        table.send(seat, text);
    };
    send();
    send();
    table.setResumeSeconds(0);
    send();
    table.setResumeSeconds(30);
    send();
    QCOMPARE(seat.log.size(), 1);
    QVERIFY(!table.takeMissed(seat, 2));
}

// A flood of sessions that come, are told much, and drop.
void TestResumeMemory::staysBelowItsBound()
{
    for (int i = 0; i < 200; ++i) {
        Room &room = makeRoom();
        Seat &seat = join(room);
        for (int j = 0; j < 6; ++j) {
            tell(room, seat, 60'000);
            QVERIFY(m_memory->bytes() <= 1'100'000); // and what is on its way
        }
        room.drop(seat);
    }
    m_rooms.clear();
    QCOMPARE(m_memory->bytes(), 0);
}

void TestResumeMemory::resumesWhoMissedNothing()
{
    Room &room = makeRoom();
    Seat &seat = join(room);
    tell(room, seat, 60'000);
    room.drop(seat);
    const quint64 seen = seat.sequence;
    for (int i = 0; i < 10; ++i) {
        Room &other = makeRoom();
        Seat &loud = join(other);
        for (int j = 0; j < 4; ++j)
            tell(other, loud, 60'000);
        other.drop(loud);
    }
    QCOMPARE(seat.log.size(), 0);
    QCOMPARE(comeBack(room, seat, seen)["resumed"_L1].toBool(), true);
}

QTEST_GUILESS_MAIN(TestResumeMemory)
#include "tst_resumememory.moc"
