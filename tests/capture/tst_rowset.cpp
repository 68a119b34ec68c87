// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/query/rowset.h"

#include <QRandomGenerator>
#include <QTest>
#include <algorithm>

using namespace glasshouse;
using Numbers = std::vector<quint64>;

namespace {

constexpr quint64 span = RowChunk::span;

Numbers numbersIn(const RowSet &set, quint64 first = 0, quint64 end = RowSet::noEnd)
{
    Numbers numbers;
    set.forEachRun(first, end, [&numbers](quint64 begin, quint64 behind) {
        for (; begin < behind; ++begin)
            numbers.push_back(begin);
    });
    return numbers;
}

RowSet setOf(const Numbers &numbers)
{
    RowSet set;
    for (const quint64 number : numbers)
        set.append(number);
    return set;
}

/// Every `step`th number of [first, end).
Numbers every(quint64 step, quint64 first, quint64 end)
{
    Numbers numbers;
    for (; first < end; first += step)
        numbers.push_back(first);
    return numbers;
}

/// Runs and gaps of random lengths, up to those.
Numbers runs(quint32 seed, quint32 longestRun, quint32 longestGap, size_t count)
{
    QRandomGenerator random(seed);
    Numbers numbers;
    for (quint64 number = random.bounded(longestGap); numbers.size() < count;
         number += 1 + random.bounded(longestGap)) {
        for (quint32 left = 1 + random.bounded(longestRun); left > 0; --left)
            numbers.push_back(number++);
    }
    return numbers;
}

/// Changes its ways: what was the smallest form is not any more.
Numbers changing()
{
    Numbers numbers = every(1000, 0, 20'000);
    const auto add = [&numbers](const Numbers &more) { numbers.insert(numbers.end(), more.begin(), more.end()); };
    add(every(1, 20'000, 30'000));
    add(every(2, 30'000, 65'000));
    add(every(1, 65'000, 70'000));
    add(every(3, 70'000, 100'000));
    add(every(1, 100'000, 2 * span));
    add(every(2, 2 * span, 3 * span));
    add(every(40'000, 3 * span, 40 * span));
    return numbers;
}

void addPatterns()
{
    QTest::addColumn<Numbers>("numbers");
    QTest::newRow("nothing") << Numbers{};
    QTest::newRow("the first") << Numbers{0};
    QTest::newRow("the last of a chunk") << Numbers{span - 1};
    QTest::newRow("both sides of a border") << Numbers{span - 1, span};
    QTest::newRow("far away") << Numbers{3, quint64{1} << 40, (quint64{1} << 62) - 1};
    QTest::newRow("all") << every(1, 0, 3 * span + 5);
    QTest::newRow("all, from the middle") << every(1, span - 700, 2 * span + 5);
    QTest::newRow("every second") << every(2, 1, 3 * span);
    QTest::newRow("every third") << every(3, 0, 3 * span);
    QTest::newRow("every 13th") << every(13, 0, 3 * span);
    QTest::newRow("one in a thousand") << every(1000, 17, 20 * span);
    QTest::newRow("one in a million") << every(1'000'000, 999'999, 500 * span);
    QTest::newRow("changing") << changing();
    QTest::newRow("short runs") << runs(1, 3, 3, 100'000);
    QTest::newRow("long runs") << runs(2, 5000, 50, 300'000);
    QTest::newRow("long gaps") << runs(3, 20, 5000, 50'000);
    QTest::newRow("runs of bitmaps' words") << runs(4, 130, 130, 200'000);
    QTest::newRow("gaps of chunks") << runs(5, 70'000, 200'000, 500'000);
}

/// Where something may go wrong, and some others.
Numbers probes(const Numbers &numbers)
{
    Numbers probes{0, 1, 511, 512, 513, span - 1, span, span + 1, 2 * span, RowSet::noEnd - 1};
    QRandomGenerator random(99);
    for (int i = 0; i < 400 && !numbers.empty(); ++i) {
        const quint64 number = numbers[random.bounded(quint32(numbers.size()))];
        probes.insert(probes.end(), {number, number + 1, number > 0 ? number - 1 : 0});
        probes.push_back(random.bounded(quint32(std::min<quint64>(numbers.back() + 2, 0x7fffffff))));
    }
    if (!numbers.empty())
        probes.insert(probes.end(), {numbers.back(), numbers.back() + 1, numbers.back() + span});
    return probes;
}

/// Asks a set everything that a vector can answer.
void compare(const RowSet &set, const Numbers &numbers)
{
    QCOMPARE(set.size(), quint64(numbers.size()));
    QVERIFY(numbers.empty() || set.next() > numbers.back());
    QCOMPARE(set.isEmpty(), numbers.empty());
    QCOMPARE(numbersIn(set), numbers);
    for (const quint64 number : probes(numbers)) {
        const auto at = std::ranges::lower_bound(numbers, number);
        QCOMPARE(set.rank(number), quint64(at - numbers.begin()));
        QCOMPARE(set.contains(number), at != numbers.end() && *at == number);
    }
    const size_t step = std::max<size_t>(1, numbers.size() / 1000);
    for (size_t index = 0; index < numbers.size(); index += step)
        QCOMPARE(set.at(index), numbers[index]);
    for (size_t index = numbers.size(); index > 0; index -= std::min(index, 7 * step)) // the other way round
        QCOMPARE(set.at(index - 1), numbers[index - 1]);
}

} // namespace

class TestRowSet : public QObject
{
    Q_OBJECT
private slots:
    void answersAsAVector_data() { addPatterns(); }
    void answersAsAVector();
    void takesRuns_data() { addPatterns(); }
    void takesRuns();
    void takesBatches_data() { addPatterns(); }
    void takesBatches();
    void takesAPartOfABatch_data() { addPatterns(); }
    void takesAPartOfABatch();
    void dropsWhatIsBefore_data() { addPatterns(); }
    void dropsWhatIsBefore();
    void goesOnAfterItDropped_data() { addPatterns(); }
    void goesOnAfterItDropped();
    void visitsAPart_data() { addPatterns(); }
    void visitsAPart();
    void onlyRises();
    void needsLittleMemory_data();
    void needsLittleMemory();
    void isAValue();
};

void TestRowSet::answersAsAVector()
{
    QFETCH(Numbers, numbers);
    compare(setOf(numbers), numbers);
}

void TestRowSet::takesRuns()
{
    QFETCH(Numbers, numbers);
    RowSet set;
    for (auto first = numbers.begin(); first != numbers.end();) {
        auto last = first;
        while (std::next(last) != numbers.end() && *std::next(last) == *last + 1)
            ++last;
        set.append(*first, *last + 1);
        first = std::next(last);
    }
    compare(set, numbers);
}

void TestRowSet::takesBatches()
{
    QFETCH(Numbers, numbers);
    QRandomGenerator random(7);
    RowSet set;
    for (auto first = numbers.begin(); first != numbers.end();) {
        const auto last = first + std::min<qsizetype>(1 + random.bounded(50'000), numbers.end() - first);
        set.append(setOf({first, last}));
        first = last;
    }
    compare(set, numbers);
    RowSet copy;
    copy.append(set);
    compare(copy, numbers);
}

void TestRowSet::takesAPartOfABatch()
{
    QFETCH(Numbers, numbers);
    const RowSet all = setOf(numbers);
    const quint64 end = numbers.empty() ? 100 : numbers.back() + 1;
    for (const auto &[first, last] : {std::pair{end / 3, end / 3 * 2},
                                      {end / 2, end},
                                      {quint64{0}, end / 5},
                                      {span, 2 * span},
                                      {end, end + 7},
                                      {end / 2, end / 3}}) {
        RowSet part;
        part.append(all, first, last);
        const auto from = std::ranges::lower_bound(numbers, first), to = std::ranges::lower_bound(numbers, last);
        compare(part, from < to ? Numbers{from, to} : Numbers{});
        QCOMPARE(all.countIn(first, last), part.size());
    }
}

void TestRowSet::dropsWhatIsBefore()
{
    QFETCH(Numbers, numbers);
    RowSet set = setOf(numbers);
    const quint64 end = numbers.empty() ? 100 : numbers.back() + 1;
    for (const quint64 number : {end / 9, end / 10, end / 4, end / 2, end - end / 50, end - 1, end, end + 10}) {
        set.dropBefore(number);
        if (number != end / 10) // does not come back
            numbers.erase(numbers.begin(), std::ranges::lower_bound(numbers, number));
        compare(set, numbers);
        RowSet copy; // leaves out what was dropped
        copy.append(set);
        compare(copy, numbers);
    }
    QVERIFY(set.isEmpty());
}

void TestRowSet::goesOnAfterItDropped()
{
    QFETCH(Numbers, numbers);
    RowSet set;
    Numbers kept;
    for (size_t i = 0; i < numbers.size(); ++i) {
        set.append(numbers[i]);
        kept.push_back(numbers[i]);
        if (i % 30'011 == 17) {
            set.dropBefore(numbers[i - 7]);
            kept.erase(kept.begin(), kept.end() - 8);
        } else if (i % 50'021 == 29) {
            set.dropBefore(numbers[i] + 1); // everything
            kept.clear();
        }
    }
    compare(set, kept);
}

void TestRowSet::visitsAPart()
{
    QFETCH(Numbers, numbers);
    const RowSet set = setOf(numbers);
    const Numbers borders = probes(numbers);
    for (size_t i = 0; i < 30 && i + 1 < borders.size(); ++i) {
        const auto [first, end] = std::minmax(borders[i], borders[borders.size() - 1 - i]);
        const Numbers wanted{std::ranges::lower_bound(numbers, first), std::ranges::lower_bound(numbers, end)};
        QCOMPARE(numbersIn(set, first, end), wanted);
    }
}

void TestRowSet::onlyRises()
{
    RowSet set{5, 6, 6, 3, 9};
    QCOMPARE(numbersIn(set), (Numbers{5, 6, 9}));
    set.append(8, 12);
    QCOMPARE(numbersIn(set), (Numbers{5, 6, 9, 10, 11}));
    set.append({11, 12});
    set.dropBefore(200);
    set.append(100);
    set.append(RowSet{150, 250});
    QCOMPARE(numbersIn(set), (Numbers{250}));
    set.append(7, 7);
    set.append(300, 290);
    QCOMPARE(set.size(), 1U);
}

void TestRowSet::needsLittleMemory_data()
{
    QTest::addColumn<quint64>("step");
    QTest::addColumn<qsizetype>("most");
    QTest::newRow("every row") << quint64{1} << qsizetype{4 * 1024};
    QTest::newRow("every second") << quint64{2} << qsizetype{137 * 1024}; // a bit for each row, and an index
    QTest::newRow("every fourth") << quint64{4} << qsizetype{137 * 1024};
    QTest::newRow("every tenth") << quint64{10} << qsizetype{137 * 1024};
    QTest::newRow("every 50th") << quint64{50} << qsizetype{43 * 1024};
    QTest::newRow("one in a thousand") << quint64{1000} << qsizetype{5 * 1024};
    QTest::newRow("none") << quint64{2'000'000} << qsizetype{256};
}

// Of a million rows; a list of numbers would take up to 8 MB.
void TestRowSet::needsLittleMemory()
{
    QFETCH(quint64, step);
    QFETCH(qsizetype, most);
    RowSet set = setOf(every(step, step > 1'000'000 ? 0 : step - 1, 1'000'000));
    QVERIFY2(set.bytes() <= most, QByteArray::number(set.bytes()).constData());
    set.dropBefore(990'000);
    QVERIFY2(set.bytes() <= most / 4 + 4096, QByteArray::number(set.bytes()).constData());
}

void TestRowSet::isAValue()
{
    RowSet one{1, 2, 3};
    RowSet other = one;
    one.dropBefore(3);
    other.append(4);
    QCOMPARE(numbersIn(one), (Numbers{3}));
    QCOMPARE(numbersIn(other), (Numbers{1, 2, 3, 4}));
    other.clear();
    QVERIFY(other.isEmpty());
    other.append(0);
    QCOMPARE(numbersIn(other), (Numbers{0}));
}

QTEST_GUILESS_MAIN(TestRowSet)
#include "tst_rowset.moc"
