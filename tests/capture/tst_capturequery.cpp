// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/capturestore.h"
#include "server/capture/query/capturequery.h"
#include "server/capture/recorder.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

FrameRecord frame(quint8 opcode, quint8 flags = 0, quint32 connection = 1)
{
    return {.connection = connection, .firstByte = static_cast<quint8>(0x80 | opcode), .flags = flags};
}

CaptureFilter textFilter(const QString &text)
{
    CaptureFilter filter;
    filter.content = Expression::text(text).value();
    return filter;
}

CaptureFilter expressionFilter(const QString &pattern)
{
    CaptureFilter filter;
    filter.content = Expression::pattern(pattern).value();
    return filter;
}

/// Collects what a query finds.
struct Collected
{
    explicit Collected(CaptureQuery &query)
    {
        QObject::connect(&query, &CaptureQuery::found, &query, [this](const RowSet &more, quint64 to, quint64 passed) {
            more.forEachRun(0, RowSet::noEnd, [this](quint64 first, quint64 end) {
                for (; first < end; ++first)
                    rows.push_back(first);
            });
            rising = rising && to > scannedTo;
            scannedTo = to;
            notSearched += passed;
            ++batches;
        });
    }

    std::vector<quint64> rows;
    quint64 scannedTo = 0;
    quint64 notSearched = 0;
    int batches = 0;
    bool rising = true;
};

BlockPointer blockOfX(quint64 firstRow, qsizetype count)
{
    FrameRecord record = frame(1);
    record.storedLength = 1;
    return std::make_shared<const CaptureBlock>(CaptureBlock{.firstRow = firstRow,
                                                             .rows = QList<FrameRecord>(count, record),
                                                             .names = QList<QByteArray>(MessageTypes::firstName),
                                                             .payloads = "x"});
}

/// Rows on a disk that hangs, after `before` rows.
class RowsThatHang final : public SearchableRows
{
public:
    explicit RowsThatHang(quint64 before = 0) : m_before(before) { }
    mutable QSemaphore reached, goOn;

    quint64 endRow() const override { return m_before + 2; }
    void scan(quint64 first, quint64 end, Read /*read*/, const std::function<bool(RowStretch &)> &visit) const override
    {
        if (m_before > 0) {
            RowStretch stretch(blockOfX(0, qsizetype(m_before)), first, end);
            visit(stretch);
        }
        reached.release();
        goOn.acquire();
        RowStretch stretch(blockOfX(m_before, 2), first, end);
        visit(stretch);
    }

private:
    quint64 m_before;
};

} // namespace

class TestCaptureQuery : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void findsTheTypeAtTheTop_data();
    void findsTheTypeAtTheTop();
    void filtersByKind_data();
    void filtersByKind();
    void filtersByContent_data();
    void filtersByContent();
    void knowsWhenItIsEmpty();
    void findsRowsAndKeepsUp();
    void handsResultsOverInFewBatches();
    void handsTheFirstScreenfulOverAtOnce_data();
    void handsTheFirstScreenfulOverAtOnce();
    void neverWaitsForASearch();
    void breaksOffAMillionRows();
    void countsWhatWasNotSearchedToItsEnd();
    void beginsWithTheOldestRowThatIsThere();
    void comesToTheEndWhereTheLastRowsWereLost();
    void knowsHowLongAnswersTook();
    void looksForNoTimesThatNobodyAsksFor();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::shared_ptr<CaptureStore> m_store;

    void add(int count, const QByteArray &payload);
};

void TestCaptureQuery::init()
{
    m_store.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_shared<CaptureStore>();
    QVERIFY(m_store->create({.directory = m_directory->path()}));
}

void TestCaptureQuery::add(int count, const QByteArray &payload)
{
    Recorder recorder(m_store.get());
    for (int i = 0; i < count; ++i)
        recorder.frameIn(ConnectionId{1}, {.firstByte = 0x81, .size = 2}, payload);
    recorder.flush();
}

void TestCaptureQuery::findsTheTypeAtTheTop_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("type");
    const auto row = [](const char *name, const QByteArray &payload, const QByteArray &type) {
        QTest::newRow(name) << payload << type;
    };
    row("first", R"({"type":"chat","data":{}})", "chat");
    row("last", R"({"data":{"a":[1,{"b":"}"}],"type":"inner"},"id":"x","n":-1.5e3,"type":"chat"})", "chat");
    row("white space", " \r\n{ \"data\" : true ,\t\"type\"\n: \"chat\" }", "chat");
    row("strings with everything", R"({"data":"\"type\":\"no\",{[\\","type":"chat"})", "chat");
    row("only inside", R"({"data":{"type":"inner"}})", "");
    row("no string", R"({"type":7})", "");
    row("empty", R"({"type":""})", "");
    row("an array", R"([{"type":"chat"}])", "");
    row("no object", "type", "");
    row("nothing", "", "");
    row("cut off", R"({"type":"cha)", "");
    row("cut off in an escape", "{\"type\":\"cha\\", "");
    row("cut off in a member", R"({"data":{"a":)", "");
    row("unbalanced", R"({"data":]]]],"type":"chat"})", "");
    row("too far behind", R"({"data":")" + QByteArray(5000, 'x') + R"(","type":"chat"})", "");
}

void TestCaptureQuery::findsTheTypeAtTheTop()
{
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, type);
    QCOMPARE(quickType(payload).toByteArray(), type);
}

void TestCaptureQuery::filtersByKind_data()
{
    QTest::addColumn<CaptureFilter>("filter");
    QTest::addColumn<FrameRecord>("record");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("passes");
    const auto row = [](const char *name, const CaptureFilter &filter, const FrameRecord &record,
                        const QByteArray &payload,
                        bool passes) { QTest::newRow(name) << filter << record << payload << passes; };
    const CaptureFilter in{.direction = Direction::In};
    row("in", in, frame(1), "", true);
    row("not out", in, frame(1, RecordOut), "", false);
    row("an event has no direction", {.direction = Direction::In, .events = true}, frame(0, RecordEvent), "", false);
    const CaptureFilter chat{.types = {"chat", "ping"}};
    row("type", chat, frame(1), R"({"type":"ping"})", true);
    row("other type", chat, frame(1), R"({"type":"move"})", false);
    row("binary has no type", chat, frame(2), R"({"type":"ping"})", false);
    row("no type", chat, frame(1), "{}", false);
    const CaptureFilter two{.connections = {ConnectionId{2}, ConnectionId{3}}};
    row("connection", two, frame(1, 0, 3), "", true);
    row("other connection", two, frame(1, 0, 1), "", false);
    const CaptureFilter unsorted{.connections = {ConnectionId{7}, ConnectionId{9}, ConnectionId{3}, ConnectionId{7}}};
    row("the first of them", unsorted, frame(1, 0, 7), "", true);
    row("the last of them", unsorted, frame(1, 0, 3), "", true);
    row("one between them", unsorted, frame(1, 0, 8), "", false);
    const CaptureFilter errors{.errorsOnly = true};
    row("broken", errors, frame(3, RecordBroken), "", true);
    row("error envelope", errors, frame(1, RecordOut), R"({"type":"error","data":{}})", true);
    row("other envelope", errors, frame(1), R"({"type":"chat"})", false);
    row("close 1000", errors, frame(8), "\x03\xe8"_ba, false);
    row("close 1001", errors, frame(8), "\x03\xe9 bye"_ba, false);
    row("close 1002", errors, frame(8), "\x03\xea"_ba, true);
    row("close 4001", errors, frame(8), "\x0f\xa1"_ba, true);
    row("empty close", errors, frame(8), "", false);
    row("close of one byte", errors, frame(8), "x", true);
    const CaptureFilter errorEvents{.errorsOnly = true, .events = true};
    const FrameRecord refusal{.firstByte = quint8(EventKind::RequestRefused), .flags = RecordEvent};
    row("refusal", errorEvents, refusal, "{}", true);
    row("refusal, no events wanted", errors, refusal, "{}", false);
    row("other event", errorEvents, frame(0, RecordEvent), "{}", false);
    const CaptureFilter sized{.size = {.least = 10, .most = 20}, .events = true};
    const auto ofSize = [](quint32 size) { return FrameRecord{.wireLength = size, .firstByte = 0x82}; };
    row("too small", sized, ofSize(9), "", false);
    row("just large enough", sized, ofSize(10), "", true);
    row("just small enough", sized, ofSize(20), "", true);
    row("too large", sized, ofSize(21), "", false);
    row("an event has no size", sized, {.wireLength = 15, .flags = RecordEvent}, "", false);
    row("no largest size", {.size = {.least = 10}}, ofSize(0xffffffff), "", true);
    const CaptureFilter timed{.timeUs = {.least = 1000, .most = 2000}, .events = true};
    const auto at = [](qint64 us, quint8 flags = 0) {
        return FrameRecord{.timeUs = us, .firstByte = 0x82, .flags = flags};
    };
    row("too early", timed, at(999), "", false);
    row("the first moment", timed, at(1000), "", true);
    row("the last moment", timed, at(2000), "", true);
    row("too late", timed, at(2001), "", false);
    row("an event has a time", timed, {.timeUs = 1500, .firstByte = quint8(EventKind::Server), .flags = RecordEvent},
        "", true);
    row("no last moment", {.timeUs = {.least = 1000}}, at(3000), "", true);
    const CaptureFilter noControl{.controlFrames = false};
    row("ping", noControl, frame(9), "", false);
    row("close", noControl, frame(8), "", false);
    row("text", noControl, frame(1), "", true);
    row("broken ping shows", noControl, frame(9, RecordBroken), "", true);
    row("events are off", {}, frame(0, RecordEvent), "{}", false);
    row("events are on", {.events = true}, frame(0, RecordEvent), "{}", true);
    const FrameRecord sample{.firstByte = quint8(EventKind::Sample), .flags = RecordEvent};
    row("no samples", {.events = true}, sample, "{}", false);
}

void TestCaptureQuery::filtersByKind()
{
    QFETCH(CaptureFilter, filter);
    QFETCH(FrameRecord, record);
    QFETCH(QByteArray, payload);
    QFETCH(bool, passes);
    QCOMPARE(filter.find({record, payload}), passes ? Found::Yes : Found::No);
}

void TestCaptureQuery::filtersByContent_data()
{
    QTest::addColumn<CaptureFilter>("filter");
    QTest::addColumn<FrameRecord>("record");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<Found>("found");
    const QByteArray longer(70 * 1024 * 1024, 'x');
    const FrameRecord omitted = frame(1, RecordPayloadOmitted);
    CaptureFilter otherConnection = textFilter(u"x"_s);
    otherConnection.connections = {ConnectionId{7}};
    QTest::newRow("text") << textFilter(u"Hello"_s) << frame(1) << "say hello"_ba << Found::Yes;
    QTest::newRow("text, not there") << textFilter(u"hello"_s) << frame(1) << "help"_ba << Found::No;
    QTest::newRow("text, far behind") << textFilter(u"end"_s) << frame(1) << QByteArray(longer + "end") << Found::Yes;
    QTest::newRow("expression") << expressionFilter(u"^\\{\"n\":[0-9]+\\}$"_s) << frame(1) << R"({"n":123})"_ba
                                << Found::Yes;
    QTest::newRow("expression, not there")
        << expressionFilter(u"n.*[0-9]"_s) << frame(1) << R"({"n":"x"})"_ba << Found::No;
    QTest::newRow("expression, too far") << expressionFilter(u"e+nd"_s) << frame(1) << longer << Found::NotToTheEnd;
    QTest::newRow("left out") << textFilter(u"x"_s) << omitted << QByteArray() << Found::NotToTheEnd;
    QTest::newRow("left out, but another's") << otherConnection << omitted << QByteArray() << Found::No;
    QTest::newRow("left out, not asked for")
        << CaptureFilter{.errorsOnly = true} << omitted << QByteArray() << Found::No;
    QTest::newRow("left out, and nothing to search") << CaptureFilter{} << omitted << QByteArray() << Found::Yes;
}

void TestCaptureQuery::filtersByContent()
{
    QFETCH(CaptureFilter, filter);
    QFETCH(FrameRecord, record);
    QFETCH(QByteArray, payload);
    QTEST(filter.find({record, payload}), "found");
}

void TestCaptureQuery::knowsWhenItIsEmpty()
{
    QVERIFY(CaptureFilter().isEmpty());
    QVERIFY(CaptureFilter{.events = true}.isEmpty());
    QVERIFY(!textFilter(u"x"_s).isEmpty());
    QVERIFY(!expressionFilter(u"x"_s).isEmpty());
    QVERIFY(!CaptureFilter{.direction = Direction::Out}.isEmpty());
    QVERIFY(!CaptureFilter{.types = {"x"}}.isEmpty());
    QVERIFY(!CaptureFilter{.connections = {ConnectionId{1}}}.isEmpty());
    QVERIFY(!CaptureFilter{.errorsOnly = true}.isEmpty());
    QVERIFY(!CaptureFilter{.controlFrames = false}.isEmpty());
    QVERIFY(!CaptureFilter{.size = {.least = 0}}.isEmpty());
    QVERIFY(!CaptureFilter{.timeUs = {.most = 0}}.isEmpty());
}

void TestCaptureQuery::findsRowsAndKeepsUp()
{
    add(3, "one");
    add(2, "Two");
    CaptureQuery query(m_store, textFilter(u"two"_s));
    QCOMPARE(query.filter(), textFilter(u"two"_s));
    Collected found(query);
    query.follow();
    QTRY_COMPARE(found.scannedTo, 5U);
    QCOMPARE(found.rows, (std::vector<quint64>{3, 4}));
    add(1, "one");
    add(1, "two");
    query.follow();
    QTRY_COMPARE(found.scannedTo, 7U);
    QCOMPARE(found.rows, (std::vector<quint64>{3, 4, 6}));
    QVERIFY(found.rising);
}

void TestCaptureQuery::handsResultsOverInFewBatches()
{
    constexpr int count = 200'000;
    add(count, "x");
    CaptureQuery query(m_store, {});
    Collected found(query);
    QElapsedTimer timer;
    timer.start();
    query.follow();
    QTRY_COMPARE(found.scannedTo, quint64{count});
    QCOMPARE(found.rows.size(), size_t{count});
    QVERIFY(std::ranges::is_sorted(found.rows));
    QVERIFY2(found.batches <= 2 + timer.elapsed() / 33, QByteArray::number(found.batches).constData());
}

void TestCaptureQuery::handsTheFirstScreenfulOverAtOnce_data()
{
    QTest::addColumn<CaptureFilter>("filter");
    QTest::newRow("by columns") << CaptureFilter{.connections = {ConnectionId{1}}};
    QTest::newRow("by text") << textFilter(u"x"_s);
    QTest::newRow("by expression") << expressionFilter(u"x+"_s);
}

void TestCaptureQuery::handsTheFirstScreenfulOverAtOnce()
{
    QFETCH(CaptureFilter, filter);
    auto rows = std::make_shared<RowsThatHang>(120);
    CaptureQuery query(rows, filter);
    Collected found(query);
    query.follow();
    rows->reached.acquire();
    QTRY_VERIFY(found.rows.size() >= 50); // although the disk hangs
    QVERIFY(found.scannedTo < 122);
    rows->goOn.release();
    QTRY_COMPARE(found.scannedTo, 122U);
    QCOMPARE(found.rows.size(), size_t{122});
}

void TestCaptureQuery::neverWaitsForASearch()
{
    auto rows = std::make_shared<RowsThatHang>();
    const std::weak_ptr<RowsThatHang> life = rows;
    auto query = std::make_unique<CaptureQuery>(rows, textFilter(u"x"_s));
    Collected found(*query);
    query->follow();
    rows->reached.acquire();
    query.reset(); // would never come back if it waited
    RowsThatHang &hanging = *rows;
    rows.reset();
    QVERIFY(!life.expired()); // the thread still reads them
    hanging.goOn.release();
    QTRY_VERIFY(life.expired());
    QCOMPARE(found.batches, 0);
    CaptureQuery neverStarted(m_store, {});
}

void TestCaptureQuery::breaksOffAMillionRows()
{
    constexpr quint64 count = 1'000'000;
    for (int i = 0; i < 10; ++i)
        add(count / 10, QByteArray(40, 'a') + 'b');
    const CaptureFilter slow = expressionFilter(u"[ab]*a[ab]{900}c"_s);
    auto query = std::make_unique<CaptureQuery>(m_store, slow);
    Collected first(*query);
    query->follow();
    QTRY_VERIFY(first.batches > 0);
    QElapsedTimer timer;
    timer.start();
    query = std::make_unique<CaptureQuery>(m_store, textFilter(u"b"_s)); // another filter
    Collected second(*query);
    query->follow();
    QVERIFY2(timer.elapsed() < patience * 1000, QByteArray::number(timer.elapsed()).constData());
    QTRY_VERIFY_WITH_TIMEOUT(second.scannedTo == count, 60'000); // the other thread does not go on
    QCOMPARE(second.rows.size(), size_t{count});
    QVERIFY(first.scannedTo < count);
}

void TestCaptureQuery::countsWhatWasNotSearchedToItsEnd()
{
    add(3, QByteArray(2 * Expression::mostBytes, 'x'));
    add(2, "xyz");
    CaptureQuery query(m_store, expressionFilter(u"y+z"_s));
    Collected found(query);
    query.follow();
    QTRY_COMPARE(found.scannedTo, 5U);
    QCOMPARE(found.rows, (std::vector<quint64>{3, 4}));
    QCOMPARE(found.notSearched, 3U);
    add(1, QByteArray(2 * Expression::mostBytes, 'x'));
    query.follow();
    QTRY_COMPARE(found.notSearched, 4U);
}

void TestCaptureQuery::beginsWithTheOldestRowThatIsThere()
{
    m_store = std::make_shared<CaptureStore>();
    QVERIFY(m_store->create({.directory = m_directory->filePath(u"small"_s), .budgetBytes = 10'000}));
    for (int i = 0; i < 100; ++i)
        add(10, QByteArray(100, 'x'));
    m_store->flush();
    const quint64 first = m_store->stats().firstRow;
    QVERIFY(first > 0);
    CaptureQuery query(m_store, {});
    Collected found(query);
    query.follow();
    QTRY_COMPARE(found.scannedTo, 1000U);
    QCOMPARE(found.rows.front(), first);
    QCOMPARE(found.rows.size(), size_t(1000 - first));
}

void TestCaptureQuery::comesToTheEndWhereTheLastRowsWereLost()
{
    add(3, "x");
    m_store->close();
    add(2, "x");
    CaptureQuery query(m_store, {});
    Collected found(query);
    query.follow();
    QTRY_COMPARE(found.scannedTo, 5U);
    QCOMPARE(found.rows.size(), size_t{3});
}

namespace {

/// Rows of a pong each, in blocks of their own: each answers the row so many blocks before.
class FarPongs final : public SearchableRows
{
public:
    explicit FarPongs(quint32 distance) : m_distance(distance) { }
    mutable int scans = 0;

    static constexpr quint64 count = 40;
    quint64 endRow() const override { return count; }
    void scan(quint64 first, quint64 end, Read /*read*/, const std::function<bool(RowStretch &)> &visit) const override
    {
        ++scans;
        for (; first < std::min(end, count); ++first) {
            CaptureBlock block{.firstRow = first,
                               .rows = {frame(0xA)},
                               .names = QList<QByteArray>(MessageTypes::firstName),
                               .payloads = {}};
            block.rows[0].timeUs = qint64(first) * 1'000;
            block.rows[0].answers = m_distance;
            RowStretch stretch(std::make_shared<const CaptureBlock>(block), first, end);
            if (!visit(stretch))
                return;
        }
    }

private:
    quint32 m_distance;
};

CaptureFilter conditionFilter(const char *words)
{
    CaptureFilter filter;
    filter.condition = Condition::read(QString::fromLatin1(words)).value();
    return filter;
}

} // namespace

void TestCaptureQuery::knowsHowLongAnswersTook()
{
    for (const quint32 distance : {1U, 5U, 20U}) {
        const auto rows = std::make_shared<FarPongs>(distance);
        CaptureQuery query(rows, conditionFilter(QByteArray("answer == " + QByteArray::number(distance)).constData()));
        const Collected found(query);
        query.follow();
        QTRY_COMPARE(found.scannedTo, FarPongs::count);
        QCOMPARE(found.rows.size(), size_t(FarPongs::count - distance)); // the first ones answer what never was
        QCOMPARE(rows->scans, distance < 8 ? 1 : 1 + int(FarPongs::count - distance)); // others were kept
    }
}

void TestCaptureQuery::looksForNoTimesThatNobodyAsksFor()
{
    const auto rows = std::make_shared<FarPongs>(20);
    CaptureQuery query(rows, conditionFilter("opcode == pong || answer > 3"));
    const Collected found(query);
    query.follow();
    QTRY_COMPARE(found.scannedTo, FarPongs::count);
    QCOMPARE(found.rows.size(), size_t(FarPongs::count));
    QCOMPARE(rows->scans, 1);
}

QTEST_GUILESS_MAIN(TestCaptureQuery)
#include "tst_capturequery.moc"
