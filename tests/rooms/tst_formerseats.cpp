// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/horserace.h"
#include "server/rooms/room.h"
#include "tests/support/recordingwire.h"
#include "tests/support/turningclock.h"

#include <QJsonArray>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// Who is the same one to a game, after the seat was given up: seen by the purse of a horse race.
class TestFormerSeats final : public QObject
{
    Q_OBJECT

private slots:
    void knowsWhoComesBack_data();
    void knowsWhoComesBack();
    void knowsAgainAndAgain();
    void knowsWhoseTimeWasUp();
    void takesATokenOnce();
    void forgetsTheOldest();

private:
    TurningClock m_clock;
    std::unique_ptr<Room> m_room;
    RecordingWire m_wire;

    void makeRoom()
    {
        m_wire = {};
        m_room = std::make_unique<Room>("r", "R", std::make_unique<HorseRace>(1),
                                        RoomSettings{.maxPlayers = 0, .resumeSeconds = 30}, m_clock);
    }
    Seat &join(const QByteArray &subject = {}, const QByteArray &token = {})
    {
        return m_room->join(m_wire, u"Ada"_s, 1, token.isEmpty() ? QByteArrayView() : "there is no such session",
                            subject, token);
    }
    void bet(Seat &seat)
    {
        m_room->message(seat, MessageKind::Text, R"({"type":"place_bet","data":{"horse":1,"stake":100}})");
    }
    int chips(const Seat &seat)
    {
        const QJsonObject state = QJsonDocument::fromJson(m_room->gameState()).object();
        for (const QJsonValue &line : state["players"_L1].toArray()) {
            if (line["playerId"_L1].toString() == QLatin1StringView(seat.player.id))
                return line["chips"_L1].toInt();
        }
        return -1;
    }
};

void TestFormerSeats::knowsWhoComesBack_data()
{
    QTest::addColumn<QByteArray>("subject");
    QTest::addColumn<QByteArray>("nextSubject");
    QTest::addColumn<bool>("withToken");
    QTest::addColumn<bool>("known");
    QTest::newRow("by the subject") << "ada"_ba
                                    << "ada"_ba << false << true;
    QTest::newRow("by the subject, with a token") << "ada"_ba
                                                  << "ada"_ba << true << true;
    QTest::newRow("another subject") << "ada"_ba
                                     << "eve"_ba << false << false;
    QTest::newRow("another subject, with a token") << "ada"_ba
                                                   << "eve"_ba << true << false;
    QTest::newRow("by the resume token") << QByteArray() << QByteArray() << true << true;
    QTest::newRow("by name alone") << QByteArray() << QByteArray() << false << false;
    QTest::newRow("who had a subject, by the token alone") << "ada"_ba << QByteArray() << true << false;
}

void TestFormerSeats::knowsWhoComesBack()
{
    QFETCH(QByteArray, subject);
    QFETCH(QByteArray, nextSubject);
    QFETCH(bool, withToken);
    QFETCH(bool, known);
    makeRoom();
    join("somebody else");
    Seat &first = join(subject);
    bet(first);
    QCOMPARE(chips(first), 900);
    const QByteArray token = first.token;
    m_room->leave(first);
    QCOMPARE(chips(join(nextSubject, withToken ? token : QByteArray())), known ? 900 : 1'000);
}

void TestFormerSeats::knowsAgainAndAgain()
{
    makeRoom();
    join("somebody else");
    QByteArray token;
    for (int stay = 1; stay <= 5; ++stay) {
        Seat &seat = join({}, token);
        bet(seat);
        QCOMPARE(chips(seat), 1'000 - 100 * stay);
        token = seat.token;
        m_room->leave(seat);
    }
}

void TestFormerSeats::knowsWhoseTimeWasUp()
{
    makeRoom();
    join("somebody else");
    Seat &seat = join();
    bet(seat);
    const QByteArray token = seat.token;
    m_room->drop(seat);
    m_clock.turn(31'000);
    m_room->tick();
    QCOMPARE(m_room->players(), 1);
    QVERIFY(chips(join({}, token)) != 1'000); // won or lost meanwhile
}

void TestFormerSeats::takesATokenOnce()
{
    makeRoom();
    join("somebody else");
    Seat &seat = join();
    bet(seat);
    const QByteArray token = seat.token;
    m_room->leave(seat);
    QCOMPARE(chips(join({}, token)), 900);
    QCOMPARE(chips(join({}, token)), 1'000);
}

void TestFormerSeats::forgetsTheOldest()
{
    FormerSeats former;
    for (size_t i = 0; i <= FormerSeats::most; ++i) {
        Seat seat;
        seat.token = "token " + QByteArray::number(qulonglong(i));
        seat.player.account = "guest " + QByteArray::number(qulonglong(i));
        former.remember(seat);
    }
    QCOMPARE(former.take("token 0"), QByteArray());
    QCOMPARE(former.take("token 1"), "guest 1");
    QCOMPARE(former.take("token 1"), QByteArray());
    QCOMPARE(former.take({}), QByteArray());
}

QTEST_GUILESS_MAIN(TestFormerSeats)
#include "tst_formerseats.moc"
