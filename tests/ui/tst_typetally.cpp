// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/typeswindow.h"
#include "ui/messages/typetally.h"
#include "ui/models/memorysource.h"
#include "ui/panels/tableview.h"

#include <QAbstractItemModelTester>
#include <QTest>
#include <limits>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 second = 1'000'000;

template <typename Rows>
void append(Rows &rows, const QByteArray &type, qint64 timeUs, quint8 firstByte = 0x81, quint8 flags = 0,
            quint32 answers = 0)
{
    FrameRecord record;
    record.firstByte = firstByte;
    record.flags = flags;
    record.timeUs = timeUs;
    record.answers = answers;
    const QByteArray payload = type.isEmpty() ? QByteArray("xx") : "{\"type\":\"" + type + "\"}";
    record.wireLength = quint32(payload.size());
    rows.append(record, payload);
}

TypeCount countOf(const QList<TypeCount> &counts, const QByteArray &type, quint8 opcode = 1)
{
    for (const TypeCount &count : counts) {
        if (count.key() == std::pair(opcode, type))
            return count;
    }
    return {};
}

TypeTally tallyOf(const MemoryRows &rows)
{
    TypeTally tally;
    tally.add(rows, false, 10'000);
    return tally;
}

/// Rows that somebody stops reading as soon as he asks for one alone.
class StoppedRows final : public SearchableRows
{
public:
    MemoryRows rows;
    mutable std::atomic<bool> stop = false;
    mutable int asked = 0;

    [[nodiscard]] quint64 endRow() const override { return rows.endRow(); }
    void scan(quint64 first, quint64 end, Read read, const std::function<bool(RowStretch &)> &visit) const override
    {
        if (end == first + 1) {
            ++asked;
            stop = true;
        }
        rows.scan(first, end, read, visit);
    }
};

} // namespace

class TestTypeTally final : public QObject
{
    Q_OBJECT
private slots:
    void countsByType()
    {
        MemoryRows rows;
        append(rows, "move", 100 * second);
        append(rows, "move", 102 * second);
        append(rows, "chat", 101 * second);
        append(rows, {}, 103 * second, 0x82);
        append(rows, {}, 103 * second);
        append(rows, {}, 103 * second, 0x89);
        append(rows, "move", 103 * second, 0x81, RecordBroken);
        append(rows, "move", 103 * second, quint8(EventKind::Note), RecordEvent);
        const auto counts = tallyOf(rows).counts();
        QCOMPARE(counts.size(), 5);
        const TypeCount move = countOf(counts, "move");
        QCOMPARE(move.messages, 2U);
        QCOMPARE(move.bytes, 30U);
        QCOMPARE(move.lastUs, 102 * second);
        QCOMPARE(move.perSecond, 0.2);
        QCOMPARE(countOf(counts, {}, 2).messages, 1U);
        QCOMPARE(countOf(counts, {}, 9).messages, 1U);
    }

    void aRateIsThatOfTheLastTenSeconds()
    {
        MemoryRows rows;
        for (int i = 0; i < 100; ++i)
            append(rows, "old", i * second / 10);
        for (int i = 0; i < 50; ++i)
            append(rows, "new", 100 * second + i * second);
        const auto counts = tallyOf(rows).counts();
        QCOMPARE(countOf(counts, "old").perSecond, 0.0);
        QCOMPARE(countOf(counts, "new").perSecond, 1.0);
    }

    void timesAnswers()
    {
        MemoryRows rows;
        append(rows, "gone", 0, 0x81, 0, 7); // before the first row
        append(rows, {}, 100 * second, 0x89);
        append(rows, "ask", 101 * second);
        append(rows, {}, 102 * second, 0x8A, 0, 2);
        append(rows, "say", 103 * second, 0x81, 0, 2);
        for (int i = 0; i < 1'000; ++i) // those of other blocks
            append(rows, "say", (104 + i) * second, 0x81, 0, i == 999 ? 1'002 : 0);
        append(rows, "say", 1'104 * second, 0x81, 0, 1);
        append(rows, {}, 2'000 * second, 0x8A);
        const auto counts = tallyOf(rows).counts();
        QCOMPARE(countOf(counts, "gone").answers, 0U);
        QCOMPARE(countOf(counts, "ask").answers, 0U);
        const TypeCount pong = countOf(counts, {}, 0xA);
        QCOMPARE(pong.messages, 2U);
        QCOMPARE(pong.answers, 1U);
        QCOMPARE(pong.longestAnswerUs, 2 * second);
        QCOMPARE(pong.meanAnswerUs, 2 * second);
        const TypeCount say = countOf(counts, "say");
        QCOMPARE(say.answers, 3U);
        QCOMPARE(say.longestAnswerUs, 1'002 * second);
        QCOMPARE(say.meanAnswerUs, 335 * second);
        TypesModel model;
        model.apply(counts);
        for (int row = 0; row < model.rowCount(); ++row) {
            const QString mean = model.index(row, TypesModel::MeanAnswer).data().toString();
            QCOMPARE(mean.isEmpty(), model.at(row).answers == 0);
            if (model.at(row).opcode == 0xA)
                QCOMPARE(mean, u"2.00 s"_s);
            else if (!mean.isEmpty())
                QCOMPARE(model.index(row, TypesModel::LongestAnswer).data().toString(), u"16 min 42 s"_s);
        }
    }

    void stopsWithinABlock()
    {
        StoppedRows log;
        for (int i = 0; i < 50'000; ++i)
            append(log.rows, "ask", second);
        for (int i = 0; i < 20; ++i) // whose questions lie in blocks that are not kept, one here and one there
            append(log.rows, "say", second, 0x81, 0, i % 2 == 0 ? 50'000 : 40'000);
        TypeTally tally;
        tally.add(log, log.stop, 10'000);
        QCOMPARE(log.asked, 1);
        QCOMPARE(tally.countedTo(), 50'001U);
        QCOMPARE(countOf(tally.counts(), "say").answers, 1U);
        tally.add(log, false, 10'000);
        QCOMPARE(countOf(tally.counts(), "say").answers, 20U);
        QCOMPARE(countOf(tally.counts(), "ask").messages, 50'000U);
    }

    void timesOfADamagedFileHarmNothing()
    {
        constexpr qint64 first = std::numeric_limits<qint64>::min(), last = std::numeric_limits<qint64>::max();
        MemoryRows rows;
        append(rows, "ask", first);
        append(rows, "say", last, 0x81, 0, 1);
        append(rows, "ask", first);
        append(rows, "say", last, 0x81, 0, 1);
        append(rows, "back", first, 0x81, 0, 1);
        append(rows, "back", last - 1);
        append(rows, "back", first, 0x81, 0, 1);
        const auto counts = tallyOf(rows).counts();
        QCOMPARE(countOf(counts, "say").longestAnswerUs, last);
        QCOMPARE(countOf(counts, "say").meanAnswerUs, last / 2); // as much as fits
        QCOMPARE(countOf(counts, "back").answers, 2U);
        QVERIFY(countOf(counts, "back").meanAnswerUs < 0);
    }

    void aClockThatGoesBackHarmsNothing()
    {
        MemoryRows rows;
        append(rows, "a", -5 * second);
        append(rows, "a", 100 * second);
        append(rows, "a", -5 * second);
        append(rows, "a", 95 * second);
        append(rows, "a", 4'000'000'000LL * second);
        const TypeCount count = countOf(tallyOf(rows).counts(), "a");
        QCOMPARE(count.messages, 5U);
        QCOMPARE(count.bytes, 5U * 12);
        QCOMPARE(count.perSecond, 0.1);
    }

    void goesOnWhereItEnded()
    {
        MemoryRows rows;
        for (int i = 0; i < 30'000; ++i)
            append(rows, "a", second);
        TypeTally tally;
        int turns = 0;
        while (tally.countedTo() < rows.endRow() && ++turns < 1000)
            tally.add(rows, false, 0);
        QCOMPARE(countOf(tally.counts(), "a").messages, 30'000U);
        append(rows, "b", second);
        tally.add(rows, false, 1000);
        QCOMPARE(countOf(tally.counts(), "a").messages, 30'000U);
        QCOMPARE(countOf(tally.counts(), "b").messages, 1U);
    }

    void thereIsABound()
    {
        MemoryRows rows;
        for (int i = 0; i < 1'500; ++i)
            append(rows, "t" + QByteArray::number(i), second);
        const TypeTally tally = tallyOf(rows);
        QCOMPARE(size_t(tally.counts().size()), TypeTally::mostTypes);
        QCOMPARE(tally.others(), 500U);
    }

    void aWindowFollows()
    {
        MemorySource source;
        append(source, "move", second);
        QWidget parent;
        TypesWindow window(&source, &parent);
        const QAbstractItemModelTester tester(const_cast<TypesModel *>(window.model()));
        window.show();
        QTRY_COMPARE(window.model()->rowCount(), 1);
        append(source, "chat", second);
        append(source, "move", second);
        QTRY_COMPARE(window.model()->rowCount(), 2);
        QTRY_COMPARE(window.model()->at(1).messages, 2U);
        const auto *table = window.findChild<TableView *>();
        QCOMPARE(table->model()->index(0, TypesModel::Type).data().toString(), u"move"_s); // most bytes first
        const auto firstOrder = [table](int column) {
            return table->model()->headerData(column, Qt::Horizontal, Qt::InitialSortOrderRole).toInt();
        };
        QCOMPARE(firstOrder(TypesModel::LongestAnswer), int(Qt::DescendingOrder)); // what has none stands last
        QCOMPARE(firstOrder(TypesModel::Type), int(Qt::AscendingOrder));
        source.clear();
        QTRY_COMPARE(window.model()->rowCount(), 0);
    }
};

QTEST_MAIN(TestTypeTally)
#include "tst_typetally.moc"
