// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/neighboursearch.h"
#include "ui/models/memoryrows.h"

#include <QSignalSpy>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Way = NeighbourSearch::Way;

namespace {

/// Row i is of connection 9 where `of` has it, else of connection 1.
std::shared_ptr<MemoryRows> filled(int count, const QSet<int> &of)
{
    auto rows = std::make_shared<MemoryRows>();
    rows->setBounds(1'000'000, 1LL << 30);
    for (int i = 0; i < count; ++i) {
        FrameRecord record;
        record.firstByte = 0x81;
        record.connection = of.contains(i) ? 9 : 1;
        rows->append(record, "x");
    }
    return rows;
}

NeighbourSearch::Question question(quint64 from, Way way, quint64 first, quint64 end)
{
    NeighbourSearch::Question question;
    question.filter.connections = {ConnectionId{9}};
    question.from = from;
    question.way = way;
    question.among.append(first, end);
    return question;
}

} // namespace

class TestNeighbourSearch final : public QObject
{
    Q_OBJECT
private slots:
    void findsTheNearest_data()
    {
        QTest::addColumn<quint64>("from");
        QTest::addColumn<bool>("forwards");
        QTest::addColumn<quint64>("first");
        QTest::addColumn<int>("found");
        QTest::newRow("next") << quint64(10) << true << quint64(0) << 20;
        QTest::newRow("not itself") << quint64(20) << true << quint64(0) << 99'000;
        QTest::newRow("none behind") << quint64(99'000) << true << quint64(0) << -1;
        QTest::newRow("before") << quint64(30) << false << quint64(0) << 20;
        QTest::newRow("far before") << quint64(99'000) << false << quint64(0) << 20;
        QTest::newRow("the first row of all") << quint64(5) << false << quint64(0) << 0;
        QTest::newRow("none before") << quint64(0) << false << quint64(0) << -1;
        QTest::newRow("not shown") << quint64(5) << false << quint64(3) << -1;
        QTest::newRow("nearer ones are not shown") << quint64(10) << true << quint64(21) << 99'000;
    }
    void findsTheNearest()
    {
        QFETCH(quint64, from);
        QFETCH(bool, forwards);
        QFETCH(quint64, first);
        QFETCH(int, found);
        const auto rows = filled(100'000, {0, 20, 99'000});
        const std::atomic<bool> stop = false;
        const auto number = NeighbourSearch::nearest(
            *rows, question(from, forwards ? Way::Forwards : Way::Backwards, first, 100'000), stop);
        QCOMPARE(number ? int(*number) : -1, found);
    }

    void tellsElsewhere()
    {
        const auto rows = filled(1'000, {20});
        NeighbourSearch search;
        QSignalSpy found(&search, &NeighbourSearch::found), nothing(&search, &NeighbourSearch::nothingFound);
        search.find(rows, question(10, Way::Forwards, 0, 1'000));
        QTRY_COMPARE(found.size(), 1);
        QCOMPARE(found[0][0].toULongLong(), 20U);
        search.find(rows, question(30, Way::Forwards, 0, 1'000));
        QTRY_COMPARE(nothing.size(), 1);
    }

    void whatIsBrokenOffSaysNothing()
    {
        const auto rows = filled(500'000, {});
        NeighbourSearch search;
        QSignalSpy found(&search, &NeighbourSearch::found), nothing(&search, &NeighbourSearch::nothingFound);
        search.find(rows, question(0, Way::Forwards, 0, 500'000));
        search.stop();
        QTRY_COMPARE(rows.use_count(), 1);
        QCoreApplication::processEvents();
        QCOMPARE(found.size() + nothing.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestNeighbourSearch)
#include "tst_neighboursearch.moc"
