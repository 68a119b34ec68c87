// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/seatrows.h"

#include "server/capture/capturestore.h"
#include "server/events/eventrows.h"
#include "server/games/relay.h"
#include "tests/support/recordingwire.h"
#include "tests/support/turningclock.h"

#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestSeatRows final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void tellsWhoSitsWhere();
    void hidesNamesThatAreToBeHidden();
    void costsNothingWithoutACapture();

private:
    TurningClock m_clock;
    RecordingWire m_anna, m_back;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<CaptureStore> m_store;
    std::unique_ptr<Recorder> m_recorder;
    std::unique_ptr<Room> m_room;

    void record(const Redactor &redactor = {});
    [[nodiscard]] QList<CapturedRow> rows() const;
};

void TestSeatRows::init()
{
    m_room = std::make_unique<Room>("blue", "K7QF", std::make_unique<Relay>(), RoomSettings(), m_clock);
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<CaptureStore>();
    QVERIFY(m_store->create({.directory = m_directory->path()}));
    m_recorder = std::make_unique<Recorder>(m_store.get());
    m_room->setSeatCallback(
        [this](const Room &room, const SeatChange &change) { recordSeat(*m_recorder, room, change); });
}

QList<CapturedRow> TestSeatRows::rows() const
{
    m_recorder->flush();
    return m_store->read(0, 100);
}

void TestSeatRows::tellsWhoSitsWhere()
{
    Seat &anna = m_room->join(m_anna, u"Anna"_s, 7, {}, "user-1");
    const SeatRow sits{
        .room = u"blue"_s, .seat = 1, .playerId = anna.player.id, .name = u"Anna"_s, .subject = "user-1"};
    m_room->drop(anna);
    m_room->resume(anna, m_back, 9, {.token = anna.token, .lastSeen = 0, .subject = "user-1"});
    m_room->resume(anna, m_anna, 10, {.token = anna.token, .lastSeen = 0, .subject = "user-1"});
    m_room->leave(anna);
    SeatRow replaced = sits;
    replaced.before = ConnectionId{9};
    const QList<std::tuple<EventKind, quint32, SeatRow>> expected{{EventKind::SeatTaken, 7, sits},
                                                                  {EventKind::SeatDropped, 7, sits},
                                                                  {EventKind::SeatResumed, 9, sits},
                                                                  {EventKind::SeatResumed, 10, replaced},
                                                                  {EventKind::SeatLeft, 10, sits}};
    const QList<CapturedRow> found = rows();
    QCOMPARE(found.size(), expected.size());
    for (qsizetype i = 0; i < found.size(); ++i) {
        const auto &[kind, connection, row] = expected.at(i);
        QVERIFY(found[i].isEvent());
        QCOMPARE(found[i].eventKind(), kind);
        QCOMPARE(found[i].record.connection, connection);
        QVERIFY(seatFromJson(found[i].payload) == row);
    }
}

void TestSeatRows::hidesNamesThatAreToBeHidden()
{
    m_recorder->setRedactor(Redactor({"name"}));
    m_room->join(m_anna, u"Anna"_s, 7);
    const QList<CapturedRow> found = rows();
    QCOMPARE(found.size(), 1);
    QVERIFY(!found[0].payload.contains("Anna"));
    QCOMPARE(seatFromJson(found[0].payload).room, u"blue"_s);
}

void TestSeatRows::costsNothingWithoutACapture()
{
    Recorder off(nullptr);
    m_room->setSeatCallback([&off](const Room &room, const SeatChange &change) { recordSeat(off, room, change); });
    m_room->join(m_anna, u"Anna"_s, 7);
    QVERIFY(!off.pending());
    QVERIFY(rows().isEmpty());
}

QTEST_GUILESS_MAIN(TestSeatRows)
#include "tst_seatrows.moc"
