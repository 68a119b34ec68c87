// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/cellroles.h"
#include "ui/models/eventsmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// The same proxies fold, what is said of them differs.
ServerEvent eventOf(const QString &proxy, AddressDoubt doubt, qint64 timeMs = 0)
{
    ServerEvent event;
    event.code = EventCode::AddressDoubted;
    event.address = proxy;
    event.doubt = doubt;
    event.timeMs = timeMs;
    return event;
}

/// Never folds.
ServerEvent unlike(qint64 number)
{
    ServerEvent event;
    event.code = EventCode::EventsLeftOut;
    event.number = number;
    return event;
}

/// Counts the lines that are looked at.
class CountingFilter final : public QSortFilterProxyModel
{
public:
    mutable int looks = 0;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &) const override
    {
        ++looks;
        return row >= 0;
    }
};

constexpr AddressDoubt first = AddressDoubt::Unreadable;
constexpr AddressDoubt second = AddressDoubt::Conflict;

} // namespace

class TestEventsModel : public QObject
{
    Q_OBJECT
private slots:
    void equalOnesFold_data()
    {
        QTest::addColumn<bool>("together");
        QTest::newRow("in one snapshot") << true;
        QTest::newRow("one after the other") << false;
    }
    void equalOnesFold()
    {
        QFETCH(bool, together);
        EventsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QList<ServerEvent> events{eventOf(u"a"_s, first, 1), eventOf(u"b"_s, first, 2),
                                        eventOf(u"a"_s, second, 3)};
        if (together) {
            model.append(events);
        } else {
            for (const ServerEvent &one : events)
                model.append({one});
        }
        QCOMPARE(model.rowCount(), 2);
        const int row = together ? 0 : 1; // a later snapshot moves it to the end
        QCOMPARE(model.countAt(row), 2);
        QCOMPARE(model.at(row).doubt, second);
        QCOMPARE(model.at(row).timeMs, 3);
        QCOMPARE(model.index(row, EventsModel::Count).data().toString(), u"×2"_s);
        QCOMPARE(model.index(1 - row, EventsModel::Count).data().toString(), QString());
    }

    void saysThatFoldedConnectionsDiffer()
    {
        EventsModel model;
        const auto add = [&model](quint32 connection) {
            ServerEvent event;
            event.code = EventCode::ConnectionEnded;
            event.cause = EndingCause::ClientClosed;
            event.player = u"Ada"_s;
            event.connection = ConnectionId{connection};
            model.append({event});
            return model.index(0, EventsModel::Text).data().toString();
        };
        QVERIFY(!add(7).contains(u"like it"_s));
        QVERIFY(add(9).endsWith(u" – the last of 2 like it"_s)); // and not that #9 was closed twice
        QCOMPARE(model.rowCount(), 1);
    }

    void saysThatFoldedRoomsDiffer()
    {
        EventsModel model;
        const auto add = [&model](const QString &room) {
            ServerEvent event;
            event.code = EventCode::RoomCreated;
            event.room = room;
            model.append({event});
            return model.index(0, EventsModel::Text).data().toString();
        };
        QCOMPARE(add(u"A"_s), u"Room A was created"_s);
        QCOMPARE(add(u"A"_s), u"Room A was created"_s);
        QCOMPARE(add(u"B"_s), u"Room B was created – the last of 3 like it"_s);
        QCOMPARE(add(u"B"_s), u"Room B was created – the last of 4 like it"_s);
    }

    void showsTheLastWhereOneUndoesTheOther()
    {
        EventsModel model;
        ServerEvent paused;
        paused.code = EventCode::AcceptingPaused;
        ServerEvent resumed;
        resumed.code = EventCode::AcceptingResumed;
        model.append({paused, resumed});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, EventsModel::Text).data().toString(), u"New connections are accepted again"_s);
    }

    void runsAreKeptApart()
    {
        EventsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ServerEvent ending;
        ending.code = EventCode::ConnectionEnded;
        ending.cause = EndingCause::ReadTooSlowly;
        ending.connection = ConnectionId{3};
        ending.player = u"Grace"_s;
        model.append({ending, ending});
        model.beginRun();
        model.append({ending});
        QCOMPARE(model.rowCount(), 2); // another #3
        QCOMPARE(model.countAt(0), 2);
        QCOMPARE(model.countAt(1), 1);
        QCOMPARE(model.runAt(0), 0);
        QCOMPARE(model.runAt(1), 1);
        QVERIFY(model.index(0, 0).data(RunRole) != model.index(1, 0).data(RunRole));
        model.append({ending});
        QCOMPARE(model.countAt(1), 2);
    }

    void thoseWithoutKeyNeverFold()
    {
        EventsModel model;
        model.append({unlike(1), unlike(1)});
        model.append({unlike(1)});
        QCOMPARE(model.rowCount(), 3);
    }

    void foldsAgainAfterManyMoves()
    {
        EventsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int i = 0; i < 50; ++i)
            model.append({eventOf(QString::number(i % 7), first), unlike(i)});
        QCOMPARE(model.rowCount(), 57);
        int sum = 0;
        for (int row = 0; row < model.rowCount(); ++row)
            sum += model.countAt(row);
        QCOMPARE(sum, 100);
    }

    void aFloodIsFilteredOnce()
    {
        EventsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        CountingFilter filter;
        filter.setSourceModel(&model);
        QList<ServerEvent> all, flood;
        for (int i = 0; i < EventsModel::mostLines; ++i) {
            all << eventOf(QString::number(i), first);
            if (i % 2 == 0)
                flood << eventOf(QString::number(i), second);
        }
        model.append(all);
        QCOMPARE(filter.rowCount(), EventsModel::mostLines);
        const QPersistentModelIndex still = filter.index(11, EventsModel::Text), moved = filter.index(500, 0);
        filter.looks = 0;
        model.append(flood);
        QCOMPARE(filter.rowCount(), EventsModel::mostLines);
        QVERIFY2(filter.looks <= 2 * EventsModel::mostLines, QByteArray::number(filter.looks).constData());
        QCOMPARE(still.row(), 5); // the line is the same: 11
        QCOMPARE(model.at(still.row()).address, u"11"_s);
        QCOMPARE(moved.row(), 500 + 250);
        QCOMPARE(model.at(moved.row()).address, u"500"_s);
        QCOMPARE(model.countAt(moved.row()), 2);
        model.append({flood.last(), flood.first()}); // in the order in which they came
        QCOMPARE(model.at(model.rowCount() - 2).address, flood.last().address);
        QCOMPARE(model.at(model.rowCount() - 1).address, flood.first().address);
        QSignalSpy laidOut(&model, &QAbstractItemModel::layoutChanged);
        model.append({flood.first()}); // is the last one already
        QCOMPARE(laidOut.size(), 0);
    }

    void isBounded_data()
    {
        QTest::addColumn<int>("batch");
        QTest::newRow("one by one") << 1;
        QTest::newRow("a flood") << 5000;
    }
    void isBounded()
    {
        QFETCH(int, batch);
        EventsModel model;
        std::optional<QAbstractItemModelTester> tester;
        if (batch > 1) // looks at every line after every change
            tester.emplace(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QList<ServerEvent> events;
        for (int i = 0; i < 5000; ++i) {
            events.append(eventOf(QString::number(i), first));
            if (events.size() == batch) {
                model.append(events);
                events.clear();
            }
        }
        QCOMPARE(model.rowCount(), EventsModel::mostLines);
        QCOMPARE(model.at(model.rowCount() - 1).address, u"4999"_s);
        model.append({eventOf(u"0"_s, first)}); // forgotten: a new line
        QCOMPARE(model.countAt(model.rowCount() - 1), 1);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestEventsModel)
#include "tst_eventsmodel.moc"
