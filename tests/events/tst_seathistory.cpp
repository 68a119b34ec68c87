// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/seathistory.h"

#include "protocol/framewriter.h"
#include "server/capture/capturestore.h"
#include "server/capture/recorder.h"
#include "server/events/eventrows.h"
#include "server/events/seatedplayers.h"

#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const std::atomic<bool> never = false;

/// Events and nothing else: a seat that row n takes is player n's.
class ManySeats final : public SearchableRows
{
public:
    struct Row
    {
        quint64 connection = 0;
        EventKind kind = EventKind::SeatTaken;
    };
    ManySeats(quint64 count, std::function<Row(quint64 row)> rowAt) : m_count(count), m_rowAt(std::move(rowAt)) { }
    /// On connection n modulo `connections` + 1.
    ManySeats(quint64 count, quint64 connections)
        : ManySeats(count, [connections](quint64 row) { return Row{row % connections + 1}; })
    { }
    [[nodiscard]] quint64 endRow() const override { return m_count; }
    void scan(quint64 first, quint64 end, Read /*read*/, const std::function<bool(RowStretch &)> &visit) const override
    {
        for (quint64 from = first; from < std::min(end, m_count); from += blockRows) {
            CaptureBlock block{
                .firstRow = from, .rows = {}, .names = QList<QByteArray>(MessageTypes::firstName), .payloads = {}};
            for (quint64 row = from; row < std::min(from + blockRows, m_count); ++row) {
                const QByteArray json =
                    seatToJson({.room = u"main"_s, .seat = 1, .playerId = {}, .name = QString::number(row)});
                const Row shown = m_rowAt(row);
                block.rows.append({.connection = quint32(shown.connection),
                                   .storedLength = quint32(json.size()),
                                   .payloadOffset = quint32(block.payloads.size()),
                                   .firstByte = quint8(shown.kind),
                                   .flags = RecordEvent});
                block.payloads += json;
            }
            RowStretch stretch(std::make_shared<const CaptureBlock>(std::move(block)), from, end);
            if (!visit(stretch))
                return;
        }
    }

private:
    static constexpr quint64 blockRows = 1'000;
    quint64 m_count;
    std::function<Row(quint64 row)> m_rowAt;
};

} // namespace

class TestSeatHistory final : public QObject
{
    Q_OBJECT
private slots:
    void knowsWhatTheFieldPlayerKnows()
    {
        QTemporaryDir folder;
        CaptureStore store;
        QVERIFY(store.create({.directory = folder.path()}));
        Recorder recorder(&store);
        const auto sit = [&](quint32 connection, EventKind kind, const QString &name) {
            recorder.event(ConnectionId{connection}, kind,
                           seatToJson({.room = u"main"_s, .seat = 1, .playerId = {}, .name = name}));
        };
        const auto say = [&](quint32 connection) {
            recorder.frameIn(ConnectionId{connection}, headerFor(Opcode::Text, 1), "x");
        };
        say(1);
        sit(1, EventKind::SeatTaken, u"Ada"_s);
        say(1);
        recorder.flush();
        sit(2, EventKind::SeatTaken, u"Bob"_s);
        say(2);
        sit(1, EventKind::SeatDropped, u"Ada"_s);
        sit(3, EventKind::SeatResumed, u"Ada"_s);
        say(1);
        say(3);
        recorder.flush();
        sit(2, EventKind::SeatTaken, u"Cid"_s);
        say(2);
        recorder.event(ConnectionId{2}, EventKind::ConnectionEnded, "{}");
        say(2);
        say(4);
        recorder.flush();
        SeatHistory history;
        QCOMPARE(history.playerOf(ConnectionId{1}, 2), QByteArray());
        history.learn(store, 3, never, 60'000); // and goes on
        history.learn(store, store.endRow(), never, 60'000);
        QCOMPARE(history.learntTo(), store.endRow());
        SeatedPlayers players;
        quint64 rows = 0;
        store.scanRows(0, store.endRow(), [&](quint64 number, const RowView &row) {
            if (isEvent(row.record))
                players.add(row);
            const ConnectionId connection{row.record.connection};
            const QByteArrayView expected = players.playerOf({.number = number, .connection = connection});
            [&] { QCOMPARE(history.playerOf(connection, number), expected.toByteArray()); }();
            ++rows;
            return true;
        });
        QCOMPARE(rows, 14U);
        QCOMPARE(history.playerOf(ConnectionId{2}, 4), QByteArray("Bob"));
        QCOMPARE(history.playerOf(ConnectionId{2}, 100), QByteArray("Cid"));
    }

    void forgetsTheOldest()
    {
        const ManySeats rows(SeatHistory::mostSeats + 2'000, 500);
        SeatHistory history;
        history.learn(rows, rows.endRow(), never, 60'000);
        QCOMPARE(history.playerOf(ConnectionId{1}, 500), QByteArray());
        QCOMPARE(history.playerOf(ConnectionId{1}, 1'999), QByteArray());
        QCOMPARE(history.playerOf(ConnectionId{1}, 2'000), QByteArray("2000"));
        QCOMPARE(history.playerOf(ConnectionId{1}, 2'499), QByteArray("2000"));
        QCOMPARE(history.playerOf(ConnectionId{2}, 101'999), QByteArray("101501"));
    }

    void whoSitsIsNotForgotten_data()
    {
        QTest::addColumn<bool>("end");
        QTest::newRow("others take seats again") << false;
        QTest::newRow("others come and go") << true;
    }
    void whoSitsIsNotForgotten()
    {
        QFETCH(bool, end);
        const auto rowAt = [end](quint64 row) -> ManySeats::Row {
            if (row == 0)
                return {1};
            return end ? ManySeats::Row{row / 2 + 2, row % 2 == 0 ? EventKind::SeatTaken : EventKind::ConnectionEnded}
                       : ManySeats::Row{row % 500 + 2};
        };
        const quint64 count = (end ? 2 : 1) * SeatHistory::mostSeats + 2'000;
        SeatHistory history;
        const ManySeats rows(count, rowAt);
        history.learn(rows, count, never, 60'000);
        QCOMPARE(history.playerOf(ConnectionId{1}, count), QByteArray("0"));
        QCOMPARE(history.playerOf(ConnectionId{3}, 3), QByteArray()); // was the first to go
        const auto last = ConnectionId{quint32(rowAt(count - 2).connection)};
        QCOMPARE(history.playerOf(last, count), QByteArray::number(count - 2));
    }

    void thereIsABoundOfThoseWhoSit()
    {
        const quint64 count = SeatHistory::mostSeats + 10;
        const ManySeats rows(count, count); // all of them sit
        SeatHistory history;
        history.learn(rows, count, never, 60'000);
        QCOMPARE(history.playerOf(ConnectionId{10}, count), QByteArray());
        QCOMPARE(history.playerOf(ConnectionId{11}, count), QByteArray("10"));
        QCOMPARE(history.playerOf(ConnectionId{quint32(count)}, count), QByteArray::number(count - 1));
    }

    void stopsAndGoesOn()
    {
        const ManySeats rows(5'000, 1);
        SeatHistory history;
        const std::atomic<bool> stop = true;
        history.learn(rows, rows.endRow(), stop, 60'000);
        QCOMPARE(history.learntTo(), 1'000U);
        history.learn(rows, rows.endRow(), never, 0);
        QCOMPARE(history.learntTo(), 2'000U);
        history.learn(rows, 10'000, never, 60'000); // more than there is
        QCOMPARE(history.learntTo(), 10'000U);
        QCOMPARE(history.playerOf(ConnectionId{1}, 4'999), QByteArray("4999"));
    }
};

QTEST_APPLESS_MAIN(TestSeatHistory)
#include "tst_seathistory.moc"
