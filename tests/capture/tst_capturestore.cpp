// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/capturestore.h"
#include "server/capture/packedrows.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>
#include <atomic>
#include <cstdio>
#include <thread>
#include <xxhash.h>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// Rows numbered from `first`, each with "payload <number>" padded to `size` bytes.
QByteArray payloadFor(quint64 number, int size = 40)
{
    return QByteArray("payload " + QByteArray::number(number)).leftJustified(size, '.');
}

CaptureBatch batchFrom(quint64 first, int count, int size = 40)
{
    QByteArray payloads;
    RowPacker rows;
    for (quint64 i = first; i < first + static_cast<quint64>(count); ++i) {
        const QByteArray payload = payloadFor(i, size);
        rows.add({.timeUs = static_cast<qint64>(1000 + i), // two bytes for the first of a block
                  .connection = 7,
                  .wireLength = static_cast<quint32>(payload.size()),
                  .storedLength = static_cast<quint32>(payload.size()),
                  .payloadOffset = static_cast<quint32>(payloads.size()),
                  .firstByte = 0x81});
        payloads.append(payload);
    }
    CaptureBatch batch = rows.take();
    batch.payloads = payloads;
    return batch;
}

QStringList segmentsIn(const QString &directory)
{
    return QDir(directory).entryList({u"*.ghcap"_s}, QDir::Files, QDir::Name);
}

qint64 bytesIn(const QString &directory)
{
    qint64 bytes = 0;
    for (const QString &name : segmentsIn(directory))
        bytes += QFileInfo(QDir(directory).filePath(name)).size();
    return bytes;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QList<quint64> numbers(const QList<CapturedRow> &rows)
{
    QList<quint64> result;
    for (const CapturedRow &row : rows)
        result.append(row.number);
    return result;
}

bool allRight(const QList<CapturedRow> &rows, int size = 40)
{
    return std::ranges::all_of(rows, [size](const CapturedRow &row) {
        return row.payload == payloadFor(row.number, size)
            && row.record.timeUs == static_cast<qint64>(1000 + row.number);
    });
}

/// A block header with right checksum around any numbers.
QByteArray forgedHeader(quint32 rowCount, quint64 firstRow, quint32 rowBytes, quint32 payloadBytes,
                        quint64 bodyHash = 0)
{
    QByteArray raw(52, '\0');
    std::memcpy(raw.data(), "GHB1", 4);
    qToLittleEndian(rowCount, raw.data() + 4);
    qToLittleEndian(firstRow, raw.data() + 8);
    qToLittleEndian(rowBytes, raw.data() + 32);
    qToLittleEndian(payloadBytes, raw.data() + 36);
    qToLittleEndian(bodyHash, raw.data() + 40);
    qToLittleEndian(static_cast<quint32>(XXH3_64bits(raw.constData(), 48)), raw.data() + 48);
    return raw;
}

constexpr qsizetype rowsOfTen = 13 + 9 * 2; // packed: the first one tells everything, the others only how much later
constexpr qsizetype blockOfTen = 52 + rowsOfTen + 10 * 40;
constexpr qsizetype headOfSegment = 32;

} // namespace

class TestCaptureStore : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void readsBackWhatWasAppended();
    void readsRowsThatWaitForTheWriter();
    void opensWhatWasClosed();
    void saysWhatTheSessionIs();
    void refusesToCreateOverFiles();
    void refusesWhatIsNoCapture_data();
    void refusesWhatIsNoCapture();
    void beginsANewSegmentWhenOneIsFull();
    void discardsOldSegmentsForTheBudget();
    void leavesPayloadsOutThenLosesRows();
    void goesOnInAFreshSegmentWhenTheDiskIsBack();
    void losesRowsThatComeAfterClose();
    void closesInTimeHoweverMuchWaits();
    void notesRowsThatCouldNotBeWrittenAtTheEnd();
    void cutsATornTailAtEveryByte();
    void skipsACorruptBlockInTheMiddle_data();
    void skipsACorruptBlockInTheMiddle();
    void survivesAMissingSegment();
    void survivesHostileFiles_data();
    void survivesHostileFiles();
    void survivesAnyFlippedByte();
    void scansWithoutReadingMoreThanAsked();
    void readsFromManyThreadsWhileWriting();
    void readsWhatAKilledProgramWrote();

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_path;

    /// Three blocks of ten rows in one segment.
    void writeThreeBlocks();
    QString segmentPath() const { return QDir(m_path).filePath(u"000001.ghcap"_s); }
};

void TestCaptureStore::init()
{
    m_temporary = std::make_unique<QTemporaryDir>();
    m_path = m_temporary->filePath(u"session"_s);
}

void TestCaptureStore::writeThreeBlocks()
{
    CaptureStore store;
    QVERIFY(store.create({.directory = m_path}));
    for (quint64 first = 0; first < 30; first += 10)
        store.append(batchFrom(first, 10));
    store.close();
    QCOMPARE(contents(segmentPath()).size(), headOfSegment + 3 * blockOfTen);
}

void TestCaptureStore::readsBackWhatWasAppended()
{
    CaptureStore store;
    QVERIFY(store.create({.directory = m_path}));
    for (quint64 first = 0; first < 1000; first += 50)
        store.append(batchFrom(first, 50));
    store.flush();
    QCOMPARE(numbers(store.read(45, 10)), (QList<quint64>{45, 46, 47, 48, 49, 50, 51, 52, 53, 54}));
    const QList<CapturedRow> all = store.read(0, 5000);
    QCOMPARE(all.size(), 1000);
    QVERIFY(allRight(all));
    QVERIFY(store.read(1000, 10).isEmpty());
    QVERIFY(store.read(5, 0).isEmpty());
    QVERIFY(store.read(5, -1).isEmpty());
    QCOMPARE(store.row(999)->payload, payloadFor(999));
    QVERIFY(!store.row(1000));
    const CaptureStats stats = store.stats();
    QCOMPARE(stats.endRow, 1000U);
    QCOMPARE(stats.firstRow, 0U);
    QCOMPARE(stats.queuedBytes, 0);
    QCOMPARE(stats.bytesOnDisk, bytesIn(m_path));
}

/// Holds the writer's thread in the signal of a failed write: the deterministic slow disk.
class HeldWriter
{
public:
    explicit HeldWriter(CaptureStore &store, const QString &path)
    {
        QObject::connect(
            &store, &CaptureStore::writeFailed, &store,
            [this] {
                m_held.release();
                m_go.acquire();
            },
            Qt::DirectConnection);
        QDir(path).removeRecursively();
        store.append(batchFrom(0, 1));
        m_held.acquire();
        QDir().mkpath(path);
    }
    ~HeldWriter() { letGo(); }
    void letGo() { m_go.release(); }

private:
    QSemaphore m_held;
    QSemaphore m_go;
};

void TestCaptureStore::readsRowsThatWaitForTheWriter()
{
    CaptureStore store;
    QVERIFY(store.create({.directory = m_path}));
    HeldWriter writer(store, m_path);
    store.append(batchFrom(1, 20));
    store.append(batchFrom(21, 20));
    QCOMPARE(store.stats().endRow, 41U);
    QVERIFY(store.stats().queuedBytes > 0);
    QVERIFY(allRight(store.read(1, 100)));
    QCOMPARE(store.read(1, 100).size(), 40);
    writer.letGo();
    store.flush();
    QCOMPARE(store.read(1, 100).size(), 40);
    QCOMPARE(store.stats().queuedBytes, 0);
}

void TestCaptureStore::opensWhatWasClosed()
{
    writeThreeBlocks();
    CaptureStore store;
    QVERIFY(store.open(m_path));
    QCOMPARE(store.directory(), m_path);
    QCOMPARE(store.read(0, 100).size(), 30);
    QVERIFY(allRight(store.read(0, 100)));
    QCOMPARE(store.stats().endRow, 30U);
    QCOMPARE(store.stats().rowsLost, 0U);
    QCOMPARE(store.stats().bytesOnDisk, bytesIn(m_path));
    store.append(batchFrom(30, 1)); // read-only
    QCOMPARE(store.stats().rowsLost, 1U);
    QCOMPARE(store.read(0, 100).size(), 30);
}

void TestCaptureStore::saysWhatTheSessionIs()
{
    writeThreeBlocks();
    const QJsonObject session = QJsonDocument::fromJson(contents(QDir(m_path).filePath(u"session.json"_s))).object();
    QCOMPARE(session["format"_L1].toInt(), 4);
    QVERIFY(session["program"_L1].toString().startsWith("Glasshouse "_L1));
    QVERIFY(QDateTime::fromString(session["started"_L1].toString(), Qt::ISODateWithMs).isValid());
}

void TestCaptureStore::refusesToCreateOverFiles()
{
    writeThreeBlocks();
    CaptureStore store;
    const auto result = store.create({.directory = m_path});
    QVERIFY(!result);
    QCOMPARE(result.error().code, CaptureError::CannotCreate);
    CaptureStore below;
    QCOMPARE(below.create({.directory = segmentPath() + u"/below"_s}).error().code, CaptureError::CannotCreate);
}

void TestCaptureStore::refusesWhatIsNoCapture_data()
{
    QTest::addColumn<QByteArray>("session");
    QTest::addColumn<QByteArray>("segment");
    QTest::addColumn<int>("error");
    QTest::newRow("nothing there") << QByteArray() << QByteArray() << int(CaptureError::NotACapture);
    QTest::newRow("some other file") << QByteArray() << "not a segment at all, but long enough"_ba
                                     << int(CaptureError::NotACapture);
    QTest::newRow("a later format") << R"({"format":5})"_ba << QByteArray() << int(CaptureError::NotACapture);
    QTest::newRow("an empty session") << R"({"format":4})"_ba << QByteArray() << -1;
    QTest::newRow("an earlier format") << R"({"format":2})"_ba << QByteArray() << -1;
    QTest::newRow("no format") << R"({"format":0})"_ba << QByteArray() << int(CaptureError::NotACapture);
    QTest::newRow("a session file that is garbage") << "\x00\xff{{{"_ba << QByteArray() << -1;
}

void TestCaptureStore::refusesWhatIsNoCapture()
{
    QFETCH(QByteArray, session);
    QFETCH(QByteArray, segment);
    QFETCH(int, error);
    QVERIFY(QDir().mkpath(m_path));
    if (!session.isEmpty())
        overwrite(QDir(m_path).filePath(u"session.json"_s), session);
    if (!segment.isEmpty())
        overwrite(segmentPath(), segment);
    CaptureStore store;
    const auto result = store.open(m_path);
    QCOMPARE(result.ok() ? -1 : int(result.error().code), error);
    QVERIFY(store.read(0, 10).isEmpty());
}

void TestCaptureStore::beginsANewSegmentWhenOneIsFull()
{
    CaptureStore store;
    QVERIFY(store.create({.directory = m_path, .segmentBytes = headOfSegment + 2 * blockOfTen}));
    for (quint64 first = 0; first < 50; first += 10)
        store.append(batchFrom(first, 10));
    store.append(batchFrom(50, 1, 5000)); // longer than a segment: has one for itself
    store.close();
    QCOMPARE(segmentsIn(m_path),
             (QStringList{u"000001.ghcap"_s, u"000002.ghcap"_s, u"000003.ghcap"_s, u"000004.ghcap"_s}));
    QCOMPARE(store.read(0, 51).size(), 51);
    CaptureStore again;
    QVERIFY(again.open(m_path));
    QCOMPARE(again.read(0, 51).size(), 51);
}

void TestCaptureStore::discardsOldSegmentsForTheBudget()
{
    const qint64 segment = headOfSegment + 5 * blockOfTen;
    CaptureStore store;
    QVERIFY(store.create({.directory = m_path, .budgetBytes = 8 * segment})); // lowers the length of a segment
    for (quint64 first = 0; first < 1000; first += 10) {
        store.append(batchFrom(first, 10));
        store.flush();
        QVERIFY(bytesIn(m_path) <= 8 * segment);
        QCOMPARE(store.stats().bytesOnDisk, bytesIn(m_path));
    }
    QCOMPARE(segmentsIn(m_path).size(), 8);
    const CaptureStats stats = store.stats();
    QCOMPARE(stats.rowsDiscarded, 600U);
    QCOMPARE(stats.firstRow, 600U);
    QCOMPARE(stats.endRow, 1000U);
    QCOMPARE(stats.rowsLost, 0U);
    QVERIFY(store.read(0, 600).isEmpty());
    QCOMPARE(numbers(store.read(598, 4)), (QList<quint64>{600, 601}));
    QVERIFY(allRight(store.read(600, 400)));
    QCOMPARE(store.read(600, 400).size(), 400);
    store.close();
    CaptureStore again;
    QVERIFY(again.open(m_path));
    QCOMPARE(again.stats().rowsDiscarded, 600U);
    QCOMPARE(again.stats().firstRow, 600U);
}

void TestCaptureStore::leavesPayloadsOutThenLosesRows()
{
    constexpr qint64 batchBytes = rowsOfTen + 10 * 40;
    CaptureStore store;
    QVERIFY(store.create({.directory = m_path, .queueBytes = 2 * batchBytes}));
    HeldWriter writer(store, m_path); // row 0 is lost and counts for the queue while it is held
    store.append(batchFrom(1, 10));
    QCOMPARE(store.stats().payloadsOmitted, 0U);
    quint64 next = 11;
    // Without payloads a batch takes 41 bytes; (53 + 431 + 71 * 41 + 31) is the last that is not above four times the queue.
    constexpr int bareBatches = 72;
    for (int i = 0; i < bareBatches; ++i, next += 10)
        store.append(batchFrom(next, 10));
    QCOMPARE(store.stats().payloadsOmitted, 10U * bareBatches);
    QCOMPARE(store.stats().rowsLost, 1U);
    QVERIFY(store.stats().queuedBytes <= 4 * 2 * batchBytes);
    store.append(batchFrom(next, 10));
    QCOMPARE(store.stats().rowsLost, 11U);
    writer.letGo();
    store.flush();
    store.append(batchFrom(next + 10, 10));
    store.close();

    CaptureStore again;
    QVERIFY(again.open(m_path));
    QVERIFY(allRight(again.read(1, 10)));
    const QList<CapturedRow> bare = again.read(11, 10 * bareBatches);
    QCOMPARE(bare.size(), 10 * bareBatches);
    for (const CapturedRow &row : bare) {
        QVERIFY(row.payload.isEmpty());
        QVERIFY(row.record.flags & RecordPayloadOmitted);
        QCOMPARE(row.record.wireLength, 40U);
    }
    QCOMPARE(numbers(again.read(next - 1, 12)), (QList<quint64>{next - 1, next + 10}));
    QCOMPARE(again.stats().rowsLost, 10U);
}

void TestCaptureStore::goesOnInAFreshSegmentWhenTheDiskIsBack()
{
    CaptureStore store;
    QSignalSpy failed(&store, &CaptureStore::writeFailed);
    QSignalSpy back(&store, &CaptureStore::writesAgain);
    QVERIFY(store.create({.directory = m_path, .segmentBytes = 1})); // a segment for each block
    store.append(batchFrom(0, 10));
    store.flush();
    const QString aside = m_temporary->filePath(u"aside"_s);
    QVERIFY(QDir().rename(m_path, aside));
    store.append(batchFrom(10, 10));
    store.append(batchFrom(20, 10));
    store.flush();
    QVERIFY(store.stats().failed);
    QCOMPARE(store.stats().errorText, u"No such file or directory"_s);
    QCOMPARE(store.stats().rowsLost, 20U);
    QVERIFY(store.read(10, 20).isEmpty());
    QVERIFY(QDir().rename(aside, m_path));
    store.append(batchFrom(30, 10));
    store.flush();
    QVERIFY(!store.stats().failed);
    QCOMPARE(store.stats().rowsLost, 20U);
    QTRY_COMPARE(failed.size(), 1);
    QTRY_COMPARE(back.size(), 1);
    QCOMPARE(numbers(store.read(9, 22)), (QList<quint64>{9, 30}));
    store.close();
    CaptureStore again;
    QVERIFY(again.open(m_path));
    QCOMPARE(numbers(again.read(9, 22)), (QList<quint64>{9, 30}));
    QCOMPARE(again.stats().rowsLost, 20U);
}

void TestCaptureStore::losesRowsThatComeAfterClose()
{
    CaptureStore store;
    QVERIFY(store.create({.directory = m_path}));
    store.append(batchFrom(0, 10));
    store.close();
    store.append(batchFrom(10, 5));
    store.flush();
    QCOMPARE(store.stats().rowsLost, 5U);
    QCOMPARE(store.read(0, 100).size(), 10);
}

void TestCaptureStore::closesInTimeHoweverMuchWaits()
{
    CaptureStore store;
    QSignalSpy closed(&store, &CaptureStore::closed);
    QVERIFY(store.create({.directory = m_path, .closeMs = 0}));
    HeldWriter writer(store, m_path); // row 0 is lost
    for (quint64 first = 1; first < 1000; first += 9)
        store.append(batchFrom(first, 9));
    store.beginClose(); // the disk does not answer, and nobody waits for it
    store.append(batchFrom(1000, 5));
    QCOMPARE(closed.size(), 0);
    writer.letGo();
    store.close();
    QCOMPARE(store.stats().rowsLost, 1005U);
    QCOMPARE(store.stats().queuedBytes, 0);
    QTRY_COMPARE(closed.size(), 1);
    CaptureStore again;
    QVERIFY(again.open(m_path));
    const std::optional<CapturedRow> note = again.row(1005);
    QVERIFY(note && note->isEvent() && note->eventKind() == EventKind::Server);
    QCOMPARE(note->payload, R"({"event":"capture_cut_off","rowsLost":1005})"_ba);
    QCOMPARE(again.stats().rowsDiscarded, 1005U); // what is missing in front of the first row
}

// No later row shows the gap.
void TestCaptureStore::notesRowsThatCouldNotBeWrittenAtTheEnd()
{
    CaptureStore store;
    QVERIFY(store.create({.directory = m_path, .segmentBytes = 1})); // a segment for each block
    store.append(batchFrom(0, 10));
    store.flush();
    const QString aside = m_temporary->filePath(u"aside"_s);
    QVERIFY(QDir().rename(m_path, aside));
    store.append(batchFrom(10, 7));
    store.flush();
    QVERIFY(QDir().rename(aside, m_path));
    store.close();
    CaptureStore again;
    QVERIFY(again.open(m_path));
    QCOMPARE(numbers(again.read(9, 10)), (QList<quint64>{9, 17}));
    QCOMPARE(again.row(17)->payload, R"({"event":"capture_cut_off","rowsLost":7})"_ba);
    QCOMPARE(again.stats().rowsLost, 7U);
}

void TestCaptureStore::cutsATornTailAtEveryByte()
{
    writeThreeBlocks();
    const QByteArray whole = contents(segmentPath());
    const qsizetype lastBlock = headOfSegment + 2 * blockOfTen;
    for (qsizetype size = lastBlock; size < whole.size(); ++size) {
        overwrite(segmentPath(), whole.first(size));
        CaptureStore store;
        QVERIFY(store.open(m_path));
        QCOMPARE(store.read(0, 100).size(), 20);
        QCOMPARE(store.stats().endRow, 20U);
        QCOMPARE(QFileInfo(segmentPath()).size(), size); // the file is left as it is
    }
    for (qsizetype at = lastBlock; at < whole.size(); at += 7) { // the length is there, the bytes are not
        QByteArray holes = whole;
        holes.replace(at, whole.size() - at, QByteArray(whole.size() - at, '\0'));
        overwrite(segmentPath(), holes);
        CaptureStore store;
        QVERIFY(store.open(m_path));
        QCOMPARE(store.read(0, 100).size(), 20);
        QCOMPARE(store.stats().endRow, 20U);
    }
}

void TestCaptureStore::skipsACorruptBlockInTheMiddle_data()
{
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("rows");
    QTest::newRow("magic") << 0 << 20;
    QTest::newRow("row number") << 8 << 20;
    QTest::newRow("how many rows") << 4 << 20;
    QTest::newRow("checksum of the header") << 48 << 20;
    QTest::newRow("a row") << 52 + 5 << 20;
    QTest::newRow("a payload") << int(blockOfTen) - 1 << 20;
    QTest::newRow("its length") << 32 << 10; // the next one can not be found
}

void TestCaptureStore::skipsACorruptBlockInTheMiddle()
{
    QFETCH(int, offset);
    QFETCH(int, rows);
    writeThreeBlocks();
    QByteArray bytes = contents(segmentPath());
    const qsizetype at = headOfSegment + blockOfTen + offset;
    bytes[at] = static_cast<char>(bytes.at(at) ^ 0x55);
    overwrite(segmentPath(), bytes);
    CaptureStore store;
    QVERIFY(store.open(m_path));
    const QList<CapturedRow> read = store.read(0, 100);
    QCOMPARE(read.size(), rows);
    QVERIFY(allRight(read));
    QCOMPARE(read.last().number, rows == 20 ? 29U : 9U);
    QCOMPARE(store.stats().rowsLost, rows == 20 ? 10U : 0U);
    QVERIFY(!store.row(15));
    int scanned = 0;
    store.scanRows(0, 100, [&scanned](quint64, const RowView &) { return ++scanned > 0; });
    QCOMPARE(scanned, rows);
}

void TestCaptureStore::survivesAMissingSegment()
{
    CaptureStore store;
    QVERIFY(store.create({.directory = m_path, .segmentBytes = 1}));
    for (quint64 first = 0; first < 30; first += 10)
        store.append(batchFrom(first, 10));
    store.close();
    QVERIFY(QFile::remove(QDir(m_path).filePath(u"000002.ghcap"_s)));
    CaptureStore again;
    QVERIFY(again.open(m_path));
    QCOMPARE(numbers(again.read(9, 12)), (QList<quint64>{9, 20}));
    QCOMPARE(again.stats().rowsLost, 10U);
}

void TestCaptureStore::survivesHostileFiles_data()
{
    QTest::addColumn<QByteArray>("blocks"); // behind the three good ones
    const QByteArray rest(4000, 'z');
    QTest::newRow("more rows than the file has") << forgedHeader(0x100000, 30, 0x2000000, 0) + rest;
    QTest::newRow("more payload than the file has") << forgedHeader(1, 30, 1, 0x7fffffff) + rest;
    QTest::newRow("the largest numbers") << forgedHeader(0xffffffff, ~quint64{0}, 0xffffffff, 0xffffffff) + rest;
    QTest::newRow("no rows") << forgedHeader(0, 30, 0, 100) + rest;
    QTest::newRow("a row number that overflows") << forgedHeader(1, ~quint64{0}, 1, 0) + rest;
    QTest::newRow("rows again") << forgedHeader(1, 5, 1, 0) + rest;
    QTest::newRow("wrong body") << forgedHeader(1, 30, 1, 100, 1234) + rest;
    QTest::newRow("headers only") << forgedHeader(0, 30, 0, 0).repeated(1000);
    RowPacker outside;
    outside.add({.storedLength = 0xfffffff0, .payloadOffset = 0x20});
    const QByteArray body = outside.take().rows;
    const auto block = [&body](quint32 rowCount) {
        const quint64 hash = XXH3_64bits_withSeed("", 0, XXH3_64bits(body.constData(), size_t(body.size())));
        return forgedHeader(rowCount, 30, quint32(body.size()), 0, hash) + body;
    };
    QTest::newRow("a row that points outside") << block(1);
    QTest::newRow("more rows than there are bytes for") << block(0xfffff);
}

void TestCaptureStore::survivesHostileFiles()
{
    QFETCH(QByteArray, blocks);
    writeThreeBlocks();
    overwrite(segmentPath(), contents(segmentPath()) + blocks);
    CaptureStore store;
    QVERIFY(store.open(m_path));
    QCOMPARE(store.read(0, 1000).size(), 30);
    QVERIFY(allRight(store.read(0, 1000)));
    QVERIFY(!store.row(~quint64{0}));
    QVERIFY(store.read(~quint64{0} - 1, 100).isEmpty());
    QCOMPARE(store.stats().endRow, 30U);
}

void TestCaptureStore::survivesAnyFlippedByte()
{
    writeThreeBlocks();
    const QByteArray whole = contents(segmentPath());
    for (qsizetype at = 0; at < whole.size(); ++at) {
        QByteArray bytes = whole;
        bytes[at] = static_cast<char>(bytes.at(at) ^ (1 << (at % 8)));
        overwrite(segmentPath(), bytes);
        CaptureStore store;
        QVERIFY(store.open(m_path));
        const QList<CapturedRow> rows = store.read(0, 100);
        QVERIFY(rows.size() < 30);
        QVERIFY2(allRight(rows), QByteArray::number(at).constData());
    }
}

void TestCaptureStore::scansWithoutReadingMoreThanAsked()
{
    writeThreeBlocks();
    CaptureStore store;
    QVERIFY(store.open(m_path));
    QList<quint64> seen;
    bool right = true;
    const auto visit = [&](quint64 number, const RowView &row) {
        right = right && row.payload == payloadFor(number);
        seen.append(number);
        return number != 12;
    };
    store.scanRows(8, 30, visit);
    QCOMPARE(seen, (QList<quint64>{8, 9, 10, 11, 12}));
    seen.clear();
    store.scanRows(28, 1000, visit);
    QCOMPARE(seen, (QList<quint64>{28, 29}));
    store.scanRows(5, 5, visit);
    QCOMPARE(seen.size(), 2);
    QVERIFY(right);
}

void TestCaptureStore::readsFromManyThreadsWhileWriting()
{
    CaptureStore store;
    QVERIFY(store.create({.directory = m_path, .budgetBytes = 40 * blockOfTen})); // discards under the readers
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::atomic<quint64> rowsRead = 0;
    const auto reader = [&] {
        do {
            const CaptureStats stats = store.stats();
            const QList<CapturedRow> rows = store.read(stats.firstRow, static_cast<int>(stats.endRow - stats.firstRow));
            wrong += allRight(rows) ? 0 : 1;
            rowsRead += static_cast<quint64>(rows.size());
            store.scanRows(stats.firstRow, stats.endRow, [&](quint64 number, const RowView &row) {
                wrong += row.payload == payloadFor(number) ? 0 : 1;
                return true;
            });
        } while (!done);
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i)
        threads.emplace_back(reader);
    for (quint64 first = 0; first < 10'000; first += 10)
        store.append(batchFrom(first, 10));
    store.flush();
    done = true;
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(wrong, 0);
    QVERIFY(rowsRead > 0);
    const CaptureStats stats = store.stats();
    QCOMPARE(stats.rowsLost, 0U);
    QCOMPARE(stats.rowsDiscarded, stats.firstRow);
    QCOMPARE(store.read(stats.firstRow, 10'000).size(), static_cast<qsizetype>(10'000 - stats.firstRow));
}

void TestCaptureStore::readsWhatAKilledProgramWrote()
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {u"--append-for-ever"_s, m_path});
    QVERIFY(child.waitForStarted());
    quint64 flushed = 0;
    while (flushed < 2000 && child.waitForReadyRead()) {
        while (child.canReadLine())
            flushed = child.readLine().trimmed().toULongLong();
    }
    child.kill();
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);
    CaptureStore store;
    QVERIFY(store.open(m_path));
    const quint64 end = store.stats().endRow;
    QVERIFY(flushed >= 2000 && end >= flushed); // nothing that was in the file is gone
    const QList<CapturedRow> rows = store.read(0, static_cast<int>(end));
    QCOMPARE(static_cast<quint64>(rows.size()), end);
    QVERIFY(allRight(rows));
}

/// The child of the test above: says after each flush how many rows lie in the file.
static int appendForEver(const QString &path)
{
    CaptureStore store;
    if (!store.create({.directory = path, .segmentBytes = 50'000}))
        return 1;
    for (quint64 first = 0;; first += 10) {
        store.append(batchFrom(first, 10));
        if (first % 100 != 0)
            continue;
        store.flush();
        std::printf("%llu\n", static_cast<unsigned long long>(first + 10));
        std::fflush(stdout);
    }
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == "--append-for-ever"_L1)
        return appendForEver(arguments.at(2));
    TestCaptureStore test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_capturestore.moc"
