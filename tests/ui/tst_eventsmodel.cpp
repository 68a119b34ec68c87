// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/eventsmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

ServerEvent eventOf(const QByteArray &key, const QString &text, qint64 timeMs = 0)
{
    ServerEvent event;
    event.foldKey = key;
    event.text = text;
    event.timeMs = timeMs;
    return event;
}

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
        const QList<ServerEvent> events{eventOf("a", u"first"_s, 1), eventOf("b", u"other"_s, 2),
                                        eventOf("a", u"second"_s, 3)};
        if (together) {
            model.append(events);
        } else {
            for (const ServerEvent &one : events)
                model.append({one});
        }
        QCOMPARE(model.rowCount(), 2);
        const int row = together ? 0 : 1; // a later snapshot moves it to the end
        QCOMPARE(model.countAt(row), 2);
        QCOMPARE(model.at(row).text, u"second"_s);
        QCOMPARE(model.at(row).timeMs, 3);
        QCOMPARE(model.index(row, EventsModel::Count).data().toString(), u"×2"_s);
        QCOMPARE(model.index(1 - row, EventsModel::Count).data().toString(), QString());
    }

    void saysThatFoldedRoomsDiffer()
    {
        EventsModel model;
        const auto add = [&model](const QString &text, const QByteArray &kind = "room_created") {
            ServerEvent event = eventOf("room", text);
            event.kind = kind;
            model.append({event});
            return model.index(0, EventsModel::Text).data().toString();
        };
        QCOMPARE(add(u"A was made"_s), u"A was made"_s);
        QCOMPARE(add(u"A was made"_s), u"A was made"_s);
        QCOMPARE(add(u"B was made"_s), u"B was made – the last of 3 like it"_s);
        QCOMPARE(add(u"B was made"_s), u"B was made – the last of 4 like it"_s);
        QCOMPARE(add(u"B has ended"_s, "room_ended"), u"B has ended"_s);
        QCOMPARE(model.at(0).text, u"B has ended"_s);
    }

    void thoseWithoutKeyNeverFold()
    {
        EventsModel model;
        model.append({eventOf({}, u"x"_s), eventOf({}, u"x"_s)});
        model.append({eventOf({}, u"x"_s)});
        QCOMPARE(model.rowCount(), 3);
    }

    void foldsAgainAfterManyMoves()
    {
        EventsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int i = 0; i < 50; ++i)
            model.append({eventOf("k" + QByteArray::number(i % 7), QString::number(i)), eventOf({}, u"between"_s)});
        QCOMPARE(model.rowCount(), 57);
        int sum = 0;
        for (int row = 0; row < model.rowCount(); ++row)
            sum += model.countAt(row);
        QCOMPARE(sum, 100);
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
            events.append(eventOf("key" + QByteArray::number(i), QString::number(i)));
            if (events.size() == batch) {
                model.append(events);
                events.clear();
            }
        }
        QCOMPARE(model.rowCount(), EventsModel::mostLines);
        QCOMPARE(model.at(model.rowCount() - 1).text, u"4999"_s);
        model.append({eventOf("key0", u"back"_s)}); // forgotten: a new line
        QCOMPARE(model.countAt(model.rowCount() - 1), 1);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestEventsModel)
#include "tst_eventsmodel.moc"
