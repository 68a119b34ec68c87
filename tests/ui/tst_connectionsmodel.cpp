// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventrows.h"
#include "ui/models/cellroles.h"
#include "ui/models/connectionsmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

Snapshot opening(quint32 first, quint32 count, qint64 timeMs = 1000)
{
    Snapshot snapshot;
    snapshot.timeMs = timeMs;
    for (quint32 id = first; id < first + count; ++id) {
        ConnectionInfo info;
        info.id = ConnectionId{id};
        info.address = u"10.0.0.1"_s;
        snapshot.opened.append(info);
    }
    return snapshot;
}

ConnectionCounters counters(quint32 id, quint64 messages = 0, const QString &room = {})
{
    ConnectionCounters c;
    c.id = ConnectionId{id};
    c.messagesIn = messages;
    c.room = room;
    return c;
}

Snapshot endingOf(quint32 first, quint32 count, EndingCause cause = EndingCause::ClientClosed)
{
    Snapshot snapshot;
    for (quint32 id = first; id < first + count; ++id) {
        ConnectionEnded ended;
        ended.counters = counters(id);
        ended.ending.cause = cause;
        snapshot.ended.append(ended);
    }
    return snapshot;
}

} // namespace

class TestConnectionsModel : public QObject
{
    Q_OBJECT
private slots:
    void insertsAsOne_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("none") << 0;
        QTest::newRow("one") << 1;
        QTest::newRow("10,000") << 10'000;
    }
    void insertsAsOne()
    {
        QFETCH(int, count);
        ConnectionsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.apply(opening(1, quint32(count)));
        QCOMPARE(model.rowCount(), count);
        QCOMPARE(model.openCount(), count);
        QCOMPARE(inserted.size(), count > 0 ? 1 : 0);
    }

    void changesAreFewRanges()
    {
        ConnectionsModel model;
        model.apply(opening(1, 10));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        Snapshot snapshot;
        snapshot.timeMs = 1100;
        for (const quint32 id : {8U, 2U, 3U, 4U}) // rows 1–3 and 7
            snapshot.changed.append(counters(id, 5));
        model.apply(snapshot);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
        QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 3);
        QCOMPARE(changed.at(1).at(0).toModelIndex().row(), 7);
    }

    void unknownConnectionsAreIgnored()
    {
        ConnectionsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Snapshot snapshot = endingOf(5, 1);
        snapshot.changed.append(counters(7));
        model.apply(snapshot);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.openCount(), 0);
    }

    void endedOnesStayWithTheirCause()
    {
        ConnectionsModel model;
        model.apply(opening(1, 2));
        model.apply(endingOf(2, 1, EndingCause::ReadTooSlowly));
        QCOMPARE(model.openCount(), 1);
        const QModelIndex because = model.index(1, ConnectionsModel::Because);
        QCOMPARE(because.data().toString(), QString::fromUtf8(endingText(EndingCause::ReadTooSlowly).sentence));
        QVERIFY(because.data(Qt::ForegroundRole).isValid());
        QCOMPARE(model.at(1).counters.state, ConnectionState::Ended);
    }

    void whoLeftIsRemembered()
    {
        ConnectionsModel model;
        Snapshot snapshot = opening(1, 1);
        snapshot.changed = {counters(1, 0, u"main"_s)};
        snapshot.changed.first().player = u"Ada"_s;
        model.apply(snapshot);
        model.apply(endingOf(1, 1)); // its last counters have no room any more
        QCOMPARE(model.at(0).counters.player, u"Ada"_s);
        QCOMPARE(model.at(0).counters.room, u"main"_s);
    }

    void refusedOnesAreListed()
    {
        ConnectionsModel model;
        Snapshot snapshot = opening(1, 1);
        snapshot.ended = endingOf(1, 1, EndingCause::OriginRefused).ended;
        snapshot.ended.first().counters.state = ConnectionState::Refused;
        model.apply(snapshot);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.openCount(), 0);
        QVERIFY(model.index(0, ConnectionsModel::State).data().toString().contains(u"refused"_s));
    }

    void whoIsTurnedAwayAfterTheUpgradeCountsAsRefused()
    {
        ConnectionsModel model;
        model.apply(opening(1, 2));
        model.apply(endingOf(1, 1, EndingCause::OriginRefused)); // its last state is ended
        model.apply(endingOf(2, 1, EndingCause::TokenRanOut));
        QCOMPARE(model.at(0).counters.state, ConnectionState::Refused);
        QCOMPARE(model.at(1).counters.state, ConnectionState::Ended);
        QCOMPARE(model.refusedCount(), 1);
        QCOMPARE(model.openCount(), 0);
    }

    void keepsTheNewestThatEnded()
    {
        ConnectionsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(opening(1, 1500));
        model.apply(endingOf(1, 700));   // 1–700
        model.apply(endingOf(801, 600)); // 801–1400; 701–800 and 1401–1500 stay open
        QCOMPARE(model.openCount(), 200);
        QCOMPARE(model.rowCount(), 200 + ConnectionsModel::endedKept);
        QVERIFY(model.find(ConnectionId{300}) == nullptr);
        QCOMPARE(model.rowOf(ConnectionId{301}), 0);
        QCOMPARE(model.at(model.rowOf(ConnectionId{1500})).info.id, ConnectionId{1500});
    }

    void ratesAreDifferencesOverTwoSeconds()
    {
        ConnectionsModel model;
        QSignalSpy sampled(&model, &ConnectionsModel::sampled);
        model.apply(opening(1, 1, 10'000));
        Snapshot next;
        next.timeMs = 11'000;
        next.changed = {counters(1, 30)};
        model.apply(next); // too early
        QCOMPARE(sampled.size(), 1);
        next.timeMs = 12'000;
        next.changed = {counters(1, 100)};
        model.apply(next);
        QCOMPARE(model.at(0).rate, 50.0);
        next.timeMs = 14'000;
        next.changed.clear(); // it fell silent
        model.apply(next);
        QCOMPARE(model.at(0).rate, 0.0);
    }

    void knowsRoomsAndTimes()
    {
        ConnectionsModel model;
        model.apply(opening(1, 4));
        Snapshot snapshot;
        for (quint32 id = 1; id <= 4; ++id) {
            snapshot.changed.append(counters(id, 0, id < 3 ? u"main"_s : u"other"_s));
            snapshot.changed.last().rttMs = int(id) * 10;
        }
        QCOMPARE(model.rttPercentile(0.5), -1);
        model.apply(snapshot);
        QCOMPARE(model.inRoom(u"main"_s), (QList{ConnectionId{1}, ConnectionId{2}}));
        QCOMPARE(model.rttPercentile(0.5), 20);
        QCOMPARE(model.rttPercentile(1), 40);
    }

    void runsAreKeptApart()
    {
        ConnectionsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Snapshot first = opening(1, 3);
        first.changed = {counters(1, 0, u"main"_s)};
        model.apply(first);
        model.apply(endingOf(2, 1, EndingCause::ReadTooSlowly));
        model.beginRun();
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.openCount(), 0);
        for (int row = 0; row < 3; ++row)
            QVERIFY(model.at(row).isOver());
        QCOMPARE(model.rowOf(ConnectionId{2}), -1); // a number of the other run
        QVERIFY(model.inRoom(u"main"_s).isEmpty());
        Snapshot second = opening(1, 2);
        second.whole = true;
        model.apply(second);
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.openCount(), 2);
        QCOMPARE(model.rowOf(ConnectionId{2}), 4);
        QCOMPARE(model.rowOf(ConnectionId{2}, 0), 1);
        model.apply(endingOf(2, 1));
        QCOMPARE(model.at(1).ending->cause, EndingCause::ReadTooSlowly);
        QCOMPARE(model.at(4).ending->cause, EndingCause::ClientClosed);
        QVERIFY(model.index(3, 0).data(RunRole) != model.index(2, 0).data(RunRole));
    }

    void earlierRunsGoFirst()
    {
        ConnectionsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(opening(1, 600));
        model.beginRun();
        model.apply(opening(1, 600));
        model.apply(endingOf(1, 600));
        QCOMPARE(model.rowCount(), ConnectionsModel::endedKept);
        QCOMPARE(model.rowOf(ConnectionId{1}), 400);
        QCOMPARE(model.at(model.rowOf(ConnectionId{600})).info.id, ConnectionId{600});
    }

    void aWholeSnapshotBeginsAnew()
    {
        ConnectionsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(opening(1, 4));
        Snapshot whole = opening(3, 3); // 1 and 2 ended while nobody was listening
        whole.whole = true;
        model.apply(whole);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.openCount(), 3);
        QCOMPARE(model.rowOf(ConnectionId{3}), 0);
    }

    void aRecordedSessionIsShownAsALiveOne()
    {
        const auto row = [](EventKind kind, quint32 connection, const QByteArray &json) {
            CapturedRow event;
            event.record = {
                .timeUs = 5'000'000, .connection = connection, .firstByte = quint8(kind), .flags = RecordEvent};
            event.payload = json;
            return event;
        };
        ConnectionInfo info;
        info.address = u"192.0.2.1"_s;
        ConnectionEnded ended;
        ended.ending.cause = EndingCause::ReadTooSlowly;
        ended.counters.player = u"Ada"_s;
        ended.counters.room = u"blue"_s;
        ended.counters.messagesIn = 12;
        EventRowReader reader;
        reader.add(row(EventKind::ConnectionOpened, 1, openedToJson(info)));
        reader.add(row(EventKind::ConnectionOpened, 2, openedToJson(info)));
        reader.add(row(EventKind::ConnectionEnded, 2, endedToJson(ended)));
        ConnectionsModel model;
        model.apply(reader.take());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.openCount(), 1);
        const auto cell = [&model](int column) { return model.index(1, column).data().toString(); };
        QCOMPARE(cell(ConnectionsModel::Player), u"Ada"_s);
        QCOMPARE(cell(ConnectionsModel::Room), u"blue"_s);
        QCOMPARE(cell(ConnectionsModel::Address), u"192.0.2.1"_s);
        QCOMPARE(cell(ConnectionsModel::In), u"12"_s);
        QCOMPARE(cell(ConnectionsModel::Because), QString::fromUtf8(endingText(EndingCause::ReadTooSlowly).sentence));
    }
};

QTEST_MAIN(TestConnectionsModel)
#include "tst_connectionsmodel.moc"
