// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/capturestore.h"
#include "server/capture/query/stretchsearch.h"
#include "server/capture/recorder.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(glasshouse::SearchableRows::Read)

namespace {

using Read = SearchableRows::Read;
using Results = std::vector<Found>;
const std::atomic<bool> goOn = false;

CaptureFilter text(const QString &words) { return {.content = Expression::text(words).value()}; }
CaptureFilter pattern(const QString &words) { return {.content = Expression::pattern(words).value()}; }

CaptureFilter with(CaptureFilter filter, const std::function<void(CaptureFilter &)> &change)
{
    change(filter);
    return filter;
}

QByteArray randomPayload(QRandomGenerator &random)
{
    const QByteArray n = QByteArray::number(random.bounded(1000));
    switch (random.bounded(10)) {
    case 0:
        return "{\"type\":\"chat\",\"data\":{\"text\":\"Hello no " + n + "\"}}";
    case 1:
        return "{\"type\":\"error\",\"data\":{\"code\":" + n + "}}";
    case 2:
        return "{\"data\":{\"" + QByteArray(5000, 'x') + "\":1},\"type\":\"chat\"}"; // no quick look finds that type
    case 3:
        return "{\"type\":\"t" + n + "\"}";
    case 4:
        return QByteArray(int(random.bounded(40)), 'x') + "hel";
    case 5:
        return "lo such words";
    default:
        return "{\"type\":\"move\",\"data\":{\"x\":" + n + ",\"y\":" + n + "}}";
    }
}

/// A frame of each kind that there is.
void recordOne(Recorder &recorder, QRandomGenerator &random)
{
    const ConnectionId connection{1 + random.bounded(quint32(9))};
    const QByteArray payload = randomPayload(random),
                     head = "\x81\x10"_ba + payload.chopped(payload.size() / 9) + ",\"seq\":";
    const auto length = quint64(payload.size());
    switch (random.bounded(12)) {
    case 0:
        recorder.frameIn(connection, {.firstByte = 0x88, .size = 2, .payloadLength = 2},
                         random.bounded(2) == 0 ? "\x03\xe8"_ba : "\x03\xea"_ba);
        break;
    case 1:
        recorder.frameIn(connection, {.firstByte = 0x89, .size = 2, .payloadLength = 3}, "hel"_ba);
        break;
    case 2:
        recorder.frameIn(connection, {.firstByte = 0x82, .size = 2, .payloadLength = length}, payload, 0,
                         random.bounded(2) == 0 ? FrameViolation::None : FrameViolation::NotMasked);
        break;
    case 3:
        recorder.event(connection, EventKind(random.bounded(16)), "{\"hello\":1}");
        break;
    case 4:
        recorder.redactedOut(connection, 0x81, 2, quint32(length) + 20, payload);
        break;
    case 5:
    case 6:
        recorder.frameOut(connection, {.firstByte = 0x81, .size = 2, .payloadLength = length}, payload);
        if (recorder.hasJustStored(payload))
            recorder.repeatedOut(connection, 0x81, 2);
        break;
    case 7:
    case 8:
        for (quint32 i = random.bounded(6); i > 0; --i)
            recorder.sequencedOut(ConnectionId{i}, head, 2, random.bounded(3) == 0 ? 7 : random.bounded(2'000'000), 60);
        break;
    default:
        recorder.frameIn(connection, {.firstByte = 0x81, .masked = true, .size = 6, .payloadLength = length}, payload);
    }
}

/// Of each row that is there.
Results searched(const SearchableRows &rows, const CaptureFilter &filter, Read read, bool fast)
{
    Results results;
    rows.scan(0, rows.endRow(), read, [&](RowStretch &stretch) {
        StretchSearch search(filter, stretch);
        for (quint64 number = stretch.firstRow(); number < stretch.endRow(); ++number)
            results.push_back(fast ? search.find(number, goOn) : search.findAlone(number, goOn));
        return true;
    });
    return results;
}

/// Counts how often payloads are read.
class CountedRows final : public SearchableRows
{
public:
    BlockPointer block;
    mutable int loads = 0;

    quint64 endRow() const override { return block->endRow(); }
    void scan(quint64 first, quint64 end, Read read, const std::function<bool(RowStretch &)> &visit) const override
    {
        CaptureBlock shown = *block;
        shown.isWhole = read == Read::RowsAndPayloads;
        loads += shown.isWhole ? 1 : 0;
        RowStretch stretch(std::make_shared<const CaptureBlock>(shown), first, end, [this] {
            ++loads;
            return block;
        });
        visit(stretch);
    }
};

} // namespace

class TestStretchSearch : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void findsWhatTheSlowWayFinds_data();
    void findsWhatTheSlowWayFinds();
    void readsPayloadsOnlyWhereTheyAreAskedFor_data();
    void readsPayloadsOnlyWhereTheyAreAskedFor();
    void findsByColumnsWherePayloadsAreDamaged();
    void findsNothingInWhatIsGone();

private:
    QTemporaryDir m_directory;
    CaptureStore m_store;
};

void TestStretchSearch::initTestCase()
{
    QVERIFY(m_store.create({.directory = m_directory.filePath(u"session"_s), .queueBytes = 2'000'000}));
    Recorder recorder(&m_store);
    QRandomGenerator random(11);
    for (int i = 0; i < 8'000; ++i) {
        recordOne(recorder, random);
        if (random.bounded(500) == 0)
            recorder.flush(); // blocks of all sizes
        if (i == 5'000) {     // one that waits without its payloads
            m_store.flush();
            recorder.flush();
            const QByteArray large(2'500'000, 'x');
            for (int j = 0; j < 3; ++j)
                recorder.frameIn(ConnectionId{1}, {.firstByte = 0x82, .size = 2, .payloadLength = 2'500'000}, large);
            recordOne(recorder, random);
            recorder.flush();
        }
    }
    recorder.flush();
    m_store.flush();
}

void TestStretchSearch::findsWhatTheSlowWayFinds_data()
{
    QTest::addColumn<CaptureFilter>("filter");
    QTest::newRow("nothing") << CaptureFilter{};
    QTest::newRow("events") << CaptureFilter{.events = true};
    QTest::newRow("connection") << CaptureFilter{.connections = {ConnectionId{3}, ConnectionId{8}}};
    QTest::newRow("way") << CaptureFilter{.direction = Direction::Out};
    QTest::newRow("type") << CaptureFilter{.types = {"chat"}};
    QTest::newRow("types") << CaptureFilter{.types = {"move", "t17", "t999", "none"}};
    QTest::newRow("errors") << CaptureFilter{.errorsOnly = true, .events = true};
    QTest::newRow("no control frames") << CaptureFilter{.controlFrames = false};
    QTest::newRow("size") << CaptureFilter{.size = {.least = 20, .most = 40}, .events = true};
    QTest::newRow("type and errors") << CaptureFilter{.types = {"error"}, .errorsOnly = true};
    for (const QString &words :
         {u"hello"_s, u"such words"_s, u"x"_s, u"7}"_s, u"seq\":7}"_s, u"}"_s, u"größe"_s, u"\":12"_s, u"s"_s})
        QTest::newRow(qPrintable(u"text: "_s + words)) << text(words);
    for (const QString &words :
         {u"hel+o"_s, u"^\\{\"type\":\"move"_s, u"\\}$"_s, u"\"seq\":7\\}$"_s, u"[0-9]{6,}"_s, u"^hel$"_s, u"^$"_s})
        QTest::newRow(qPrintable(u"pattern: "_s + words)) << pattern(words);
    QTest::newRow("text of a connection") << with(text(u"hello"_s), [](auto &f) { f.connections = {ConnectionId{2}}; });
    QTest::newRow("text of a type") << with(text(u"5"_s), [](auto &f) { f.types = {"chat"}; });
    QTest::newRow("pattern of errors") << with(pattern(u"code.:1\\d*"_s), [](auto &f) { f.errorsOnly = true; });
    QTest::newRow("text of events") << with(text(u"hello"_s), [](auto &f) { f.events = true; });
}

void TestStretchSearch::findsWhatTheSlowWayFinds()
{
    QFETCH(CaptureFilter, filter);
    Results slow;
    m_store.scanRows(0, m_store.endRow(), [&](quint64, const RowView &row) {
        slow.push_back(filter.find(row));
        return true;
    });
    QCOMPARE(slow.size(), size_t(m_store.endRow()));
    QVERIFY(searched(m_store, filter, StretchSearch::reads(filter), true) == slow);
    QVERIFY(searched(m_store, filter, Read::Rows, true) == slow);
    QVERIFY(searched(m_store, filter, Read::RowsAndPayloads, true) == slow);
    QVERIFY(searched(m_store, filter, Read::RowsAndPayloads, false) == slow);
    qInfo("%d of %d", int(std::ranges::count(slow, Found::Yes)), int(slow.size()));
}

void TestStretchSearch::readsPayloadsOnlyWhereTheyAreAskedFor_data()
{
    QTest::addColumn<CaptureFilter>("filter");
    QTest::addColumn<int>("loads");
    const auto text7 = [](quint32 connection) {
        return with(text(u"x"_s), [connection](auto &f) { f.connections = {ConnectionId{connection}}; });
    };
    QTest::newRow("connection") << CaptureFilter{.connections = {ConnectionId{1}}} << 0;
    QTest::newRow("way") << CaptureFilter{.direction = Direction::In} << 0;
    QTest::newRow("type") << CaptureFilter{.types = {"chat"}} << 0;
    QTest::newRow("size") << CaptureFilter{.size = {.least = 3}} << 0;
    QTest::newRow("time") << CaptureFilter{.timeUs = {.most = 3}} << 0;
    QTest::newRow("text") << text(u"x"_s) << 1;
    QTest::newRow("text of a connection that is there") << text7(1) << 1;
    QTest::newRow("text of one that is not") << text7(7) << 0;
    QTest::newRow("errors, which a close may be")
        << CaptureFilter{.connections = {ConnectionId{2}}, .errorsOnly = true} << 1;
    QTest::newRow("errors of who did not close")
        << CaptureFilter{.connections = {ConnectionId{1}}, .errorsOnly = true} << 0;
}

void TestStretchSearch::readsPayloadsOnlyWhereTheyAreAskedFor()
{
    QFETCH(CaptureFilter, filter);
    CountedRows rows;
    rows.block = std::make_shared<const CaptureBlock>(CaptureBlock{
        .rows = {{.timeUs = 2, .connection = 1, .wireLength = 1, .storedLength = 1, .firstByte = 0x81, .type = 2},
                 {.timeUs = 4, .connection = 2, .wireLength = 1, .storedLength = 1, .firstByte = 0x88}},
        .names = {{}, {}, "chat"},
        .payloads = "x"});
    (void)searched(rows, filter, StretchSearch::reads(filter), true);
    QTEST(rows.loads, "loads");
}

void TestStretchSearch::findsByColumnsWherePayloadsAreDamaged()
{
    const QString directory = m_directory.filePath(u"damaged"_s);
    {
        CaptureStore store;
        QVERIFY(store.create({.directory = directory}));
        Recorder recorder(&store);
        for (int block = 0; block < 2; ++block) {
            for (int i = 0; i < 10; ++i)
                recorder.frameIn(ConnectionId{1}, {.firstByte = 0x81, .size = 2, .payloadLength = 5}, "hello");
            recorder.flush();
        }
        store.flush();
    }
    QFile file(directory + u"/000001.ghcap"_s);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    const qsizetype at = bytes.indexOf("hello");
    QVERIFY(file.seek(at) && file.write("J") == 1);
    file.close();
    CaptureStore store;
    QVERIFY(store.open(directory));
    const CaptureFilter in{.direction = Direction::In};
    QCOMPARE(searched(store, in, Read::Rows, true), Results(20, Found::Yes));
    QCOMPARE(store.stats().rowsLost, 0U);
    QCOMPARE(searched(store, text(u"hello"_s), Read::RowsAndPayloads, true), Results(10, Found::Yes));
    QCOMPARE(store.stats().rowsLost, 10U); // now it is known
    QCOMPARE(searched(store, in, Read::Rows, true), Results(10, Found::Yes));
}

void TestStretchSearch::findsNothingInWhatIsGone()
{
    CaptureBlock block{.rows = {{.connection = 1, .storedLength = 1, .firstByte = 0x81}},
                       .names = {{}, {}},
                       .payloads = {},
                       .isWhole = false};
    RowStretch stretch(std::make_shared<const CaptureBlock>(block), 0, 1, [] { return BlockPointer(); });
    const CaptureFilter x = text(u"x"_s);
    StretchSearch search(x, stretch);
    QCOMPARE(search.find(0, goOn), Found::No);
    QCOMPARE(search.findAlone(0, goOn), Found::No);
}

QTEST_GUILESS_MAIN(TestStretchSearch)
#include "tst_stretchsearch.moc"
