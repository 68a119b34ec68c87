// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventrows.h"
#include "ui/connections/eventtrace.h"
#include "ui/models/memoryrows.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 startMs = 1'700'000'000'000;

quint64 add(MemoryRows &rows, qint64 afterMs, quint32 connection, EventKind kind, const QByteArray &payload = "{}")
{
    FrameRecord record;
    record.timeUs = (startMs + afterMs) * 1000;
    record.connection = connection;
    record.flags = RecordEvent;
    record.firstByte = quint8(kind);
    rows.append(record, payload);
    return rows.endRow() - 1;
}

quint64 addFrame(MemoryRows &rows, qint64 afterMs, quint32 connection, quint8 flags = 0)
{
    FrameRecord record;
    record.timeUs = (startMs + afterMs) * 1000;
    record.connection = connection;
    record.flags = flags;
    record.firstByte = 0x81;
    rows.append(record, "x");
    return rows.endRow() - 1;
}

QByteArray room(const QString &id)
{
    RoomInfo info;
    info.id = id;
    return roomToJson(info);
}

ServerEvent eventOf(EventCode code, qint64 afterMs, quint32 connection = 0, const QString &room = {})
{
    ServerEvent event;
    event.code = code;
    event.timeMs = startMs + afterMs;
    event.connection = ConnectionId{connection};
    event.room = room;
    return event;
}

} // namespace

class TestEventTrace final : public QObject
{
    Q_OBJECT
private:
    /// The rows of an afternoon.
    MemoryRows m_rows;
    std::atomic<bool> m_stop = false;

    [[nodiscard]] std::optional<quint64> rowOf(const ServerEvent &event, qint64 sinceMs = startMs) const
    {
        return rowOfEvent(event, sinceMs, m_rows, m_stop);
    }

private slots:
    void initTestCase()
    {
        add(m_rows, 0, 0, EventKind::RoomCreated, room(u"main"_s));         // 0
        add(m_rows, 1, 0, EventKind::RoomCreated, room(u"blue"_s));         // 1
        add(m_rows, 2, 1, EventKind::ConnectionOpened);                     // 2
        addFrame(m_rows, 3, 1);                                             // 3
        add(m_rows, 900, 2, EventKind::RequestRefused);                     // 4
        addFrame(m_rows, 1'000, 7, RecordBroken);                           // 5
        add(m_rows, 1'001, 1, EventKind::ConnectionEnded);                  // 6
        add(m_rows, 1'002, 7, EventKind::ConnectionEnded);                  // 7
        add(m_rows, 5'000, 0, EventKind::Operator, actionToJson("pause"));  // 8
        add(m_rows, 5'900, 0, EventKind::Operator, actionToJson("go_on"));  // 9
        add(m_rows, 6'500, 0, EventKind::Operator, actionToJson("pause"));  // 10
        add(m_rows, 7'000, 9, EventKind::Operator, actionToJson("kick"));   // 11
        add(m_rows, 9'000, 0, EventKind::RoomEnded, room(u"blue"_s));       // 12
        add(m_rows, 60'000, 0, EventKind::Operator, actionToJson("pause")); // 13
    }

    void leadsToTheRow_data()
    {
        QTest::addColumn<ServerEvent>("event");
        QTest::addColumn<int>("row"); // −1: none
        QTest::newRow("a room") << eventOf(EventCode::RoomCreated, 0, 0, u"blue"_s) << 1;
        QTest::newRow("a room that is over") << eventOf(EventCode::RoomEnded, 9'000, 0, u"blue"_s) << 12;
        QTest::newRow("a room that made place") << eventOf(EventCode::RoomMadePlace, 9'000, 0, u"blue"_s) << 12;
        QTest::newRow("another room") << eventOf(EventCode::RoomEnded, 9'000, 0, u"main"_s) << -1;
        QTest::newRow("an end") << eventOf(EventCode::ConnectionEnded, 1'001, 1) << 6;
        QTest::newRow("a frame at fault") << eventOf(EventCode::ConnectionEnded, 1'002, 7) << 5;
        QTest::newRow("a refusal") << eventOf(EventCode::RequestRefused, 900, 2) << 4;
        QTest::newRow("the end of who was refused") << eventOf(EventCode::ConnectionEnded, 900, 2) << 4;
        QTest::newRow("the nearest in time") << eventOf(EventCode::OperatorPaused, 6'300) << 10;
        QTest::newRow("the other one") << eventOf(EventCode::OperatorPaused, 5'100) << 8;
        QTest::newRow("another action") << eventOf(EventCode::OperatorWentOn, 5'900) << 9;
        QTest::newRow("of a connection") << eventOf(EventCode::OperatorKicked, 7'000, 9) << 11;
        QTest::newRow("of another one") << eventOf(EventCode::OperatorKicked, 7'000, 8) << -1;
        QTest::newRow("too long before") << eventOf(EventCode::OperatorEnded, 30'000) << -1;
        QTest::newRow("nobody writes it down") << eventOf(EventCode::ServerStarted, 0) << -1;
    }

    void leadsToTheRow()
    {
        QFETCH(ServerEvent, event);
        QFETCH(int, row);
        QCOMPARE(rowOf(event).value_or(quint64(-1)), quint64(row));
    }

    void looksAtNothingThatIsTooOld()
    {
        QCOMPARE(rowOf(eventOf(EventCode::OperatorPaused, 60'000)), std::optional(quint64{13}));
        QCOMPARE(rowOf(eventOf(EventCode::OperatorPaused, 1'000)), std::nullopt);
    }

    void breaksOff()
    {
        m_stop = true;
        QCOMPARE(rowOf(eventOf(EventCode::ConnectionEnded, 1'001, 1)), std::nullopt);
        m_stop = false;
    }
};

QTEST_GUILESS_MAIN(TestEventTrace)
#include "tst_eventtrace.moc"
