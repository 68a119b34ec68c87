// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "server/core/seating.h"
#include "server/games/relay.h"
#include "tests/support/recordingwire.h"
#include "tests/support/turningclock.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestSeating final : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void forgetsMessagesThatHaveNoPlace();
    void givesEchoesBack_data();
    void givesEchoesBack();
    void takesASeat();
    void takesTheSeatOfItsSession();
    void confirmsThatASessionGoesOn();
    void tellsWhyASessionDoesNotGoOn();
    void leavesOrWaits_data();
    void leavesOrWaits();
    void takesNothingFromOneWhoIsAboutToLeave();
    void losesItsSeatToAnotherConnection();
    void remembersItsPlayer();
    void knowsWhoseSeatWaits_data();
    void knowsWhoseSeatWaits();

private:
    TurningClock m_clock;
    std::unique_ptr<Room> m_room;
    RecordingWire m_wire;
    RecordingWire m_next; ///< the connection after it
    std::unique_ptr<Seating> m_seating;

    [[nodiscard]] static QByteArray resumeToken(const RecordingWire &wire)
    {
        return wire.at(0)["data"_L1].toObject()["resume"_L1].toString().toLatin1();
    }
};

void TestSeating::init()
{
    m_wire = {};
    m_next = {};
    m_room = std::make_unique<Room>("lobby-1", "ABCD", std::make_unique<Relay>(), RoomSettings{}, m_clock);
    m_seating = std::make_unique<Seating>(m_wire, 1);
}

void TestSeating::forgetsMessagesThatHaveNoPlace()
{
    m_seating->message(MessageKind::Text, "hello");
    QCOMPARE(m_wire.inOrder, QByteArrayList());
    QCOMPARE(m_seating->playersInRoom(), -1);
    QVERIFY(!m_seating->beginLeaving(false));
    m_seating->leave(false);
}

void TestSeating::givesEchoesBack_data()
{
    QTest::addColumn<MessageKind>("kind");
    QTest::addColumn<int>("size");
    QTest::newRow("text") << MessageKind::Text << 5;
    QTest::newRow("binary") << MessageKind::Binary << 0;
    QTest::newRow("long") << MessageKind::Text << 70'000;
}

void TestSeating::givesEchoesBack()
{
    QFETCH(MessageKind, kind);
    QFETCH(int, size);
    const QByteArray payload(size, 'x');
    m_seating->echo();
    m_seating->message(kind, payload);
    QCOMPARE(m_wire.inOrder, QByteArrayList{payload});
    QCOMPARE(kind == MessageKind::Text ? m_wire.texts : m_wire.binaries, QByteArrayList{payload});
}

void TestSeating::takesASeat()
{
    QVERIFY(!m_seating->enter(*m_room, {u"Anna"_s, {}}));
    QCOMPARE(m_wire.story(), "connected");
    QCOMPARE(m_seating->player().name, u"Anna"_s);
    QCOMPARE(m_seating->room(), u"lobby-1"_s);
    QCOMPARE(m_seating->playersInRoom(), 1);
    m_seating->message(MessageKind::Text, "no envelope");
    QCOMPARE(m_seating->badMessages(), 1);
    QCOMPARE(m_seating->badInARow(), 1);
}

void TestSeating::takesTheSeatOfItsSession()
{
    QVERIFY(!m_seating->enter(*m_room, {u"Anna"_s, {}}));
    const PlayerId id = m_seating->player().id;
    m_seating->leave(true);
    Seating next(m_next, 2);
    QVERIFY(next.enter(*m_room, {{}, {resumeToken(m_wire), 1}}));
    QCOMPARE(next.player().id, id);
    QCOMPARE(next.player().name, u"Anna"_s);
    QCOMPARE(m_room->players(), 1);
}

void TestSeating::confirmsThatASessionGoesOn()
{
    QVERIFY(!m_seating->enter(*m_room, {u"Anna"_s, {}}));
    const QByteArray before = resumeToken(m_wire);
    m_seating->leave(true);
    Seating next(m_next, 2);
    QVERIFY(next.enter(*m_room, {{}, {before, 1}}));
    next.confirm();
    next.confirm(); // every pong comes here
    next.leave(true);
    QVERIFY(m_room->seatFor({before}) == nullptr); // else the token before were still good
    QVERIFY(m_room->seatFor({resumeToken(m_next)}) != nullptr);
}

void TestSeating::tellsWhyASessionDoesNotGoOn()
{
    QVERIFY(!m_seating->enter(*m_room, {u"Anna"_s, {"nobody's", 1}}));
    QVERIFY(m_wire.texts.at(0).contains("there is no such session"));
}

void TestSeating::leavesOrWaits_data()
{
    QTest::addColumn<bool>("comesBack");
    QTest::newRow("leaves") << false;
    QTest::newRow("waits") << true;
}

void TestSeating::leavesOrWaits()
{
    QFETCH(bool, comesBack);
    QVERIFY(!m_seating->enter(*m_room, {u"Anna"_s, {}}));
    Seating other(m_next, 2); // so that the room goes on
    QVERIFY(!other.enter(*m_room, {u"Ben"_s, {}}));
    QVERIFY(m_seating->beginLeaving(comesBack));
    QCOMPARE(m_room->players(), 2); // not yet: the room may be in the middle of something
    m_seating->leave(comesBack);
    QCOMPARE(m_room->players(), comesBack ? 2 : 1);
    QCOMPARE(m_room->seatFor({resumeToken(m_wire)}) != nullptr, comesBack);
    QVERIFY(!m_seating->beginLeaving(comesBack));
}

void TestSeating::takesNothingFromOneWhoIsAboutToLeave()
{
    QVERIFY(!m_seating->enter(*m_room, {u"Anna"_s, {}}));
    QVERIFY(m_seating->beginLeaving(false));
    m_seating->message(MessageKind::Text, R"({"type":"ping","data":1})");
    QCOMPARE(m_wire.story(), "connected");
}

void TestSeating::losesItsSeatToAnotherConnection()
{
    QVERIFY(!m_seating->enter(*m_room, {u"Anna"_s, {}}));
    m_seating->message(MessageKind::Text, "no envelope");
    m_seating->lose();
    QVERIFY(!m_seating->beginLeaving(false));
    m_seating->leave(false);
    QCOMPARE(m_room->players(), 1); // the seat is the other's
    QCOMPARE(m_seating->badMessages(), 1);
    QCOMPARE(m_seating->badInARow(), 0);
}

void TestSeating::remembersItsPlayer()
{
    QVERIFY(!m_seating->enter(*m_room, {u"Anna"_s, {}}));
    m_seating->message(MessageKind::Text, "no envelope");
    m_seating->leave(false);
    QCOMPARE(m_seating->player().name, u"Anna"_s);
    QCOMPARE(m_seating->room(), u"lobby-1"_s);
    QCOMPARE(m_seating->badMessages(), 1);
    QCOMPARE(m_seating->playersInRoom(), -1);
}

void TestSeating::knowsWhoseSeatWaits_data()
{
    QTest::addColumn<EndingCause>("cause");
    QTest::addColumn<int>("codeReceived");
    QTest::addColumn<bool>("cutByAProxy");
    QTest::addColumn<bool>("waits");
    QTest::newRow("left as it should be") << EndingCause::ClientClosed << 1000 << false << false;
    QTest::newRow("the page was closed") << EndingCause::ClientClosed << 1001 << false << true;
    QTest::newRow("closed without a code") << EndingCause::ClientClosed << 1005 << false << true;
    QTest::newRow("the line was cut") << EndingCause::ClientVanished << 0 << false << true;
    QTest::newRow("read too slowly") << EndingCause::ReadTooSlowly << 0 << false << true;
    QTest::newRow("broke the protocol") << EndingCause::ProtocolError << 0 << false << false;
    QTest::newRow("a proxy broke it") << EndingCause::ProtocolError << 0 << true << true;
    QTest::newRow("was removed") << EndingCause::Kicked << 0 << false << false;
    QTest::newRow("left the room") << EndingCause::LeftRoom << 0 << false << false;
}

void TestSeating::knowsWhoseSeatWaits()
{
    QFETCH(EndingCause, cause);
    QFETCH(int, codeReceived);
    QFETCH(bool, cutByAProxy);
    Ending ending;
    ending.cause = cause;
    ending.codeReceived = quint16(codeReceived);
    QTEST(keepsSeat(ending, cutByAProxy), "waits");
}

QTEST_GUILESS_MAIN(TestSeating)
#include "tst_seating.moc"
