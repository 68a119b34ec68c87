// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/capturestore.h"

#include "base/currentthread.h"
#include "base/privatefiles.h"
#include "base/turnclock.h"
#include "server/capture/packedrows.h"
#include "server/capture/segmentfile.h"
#include "server/capture/sessiondirectory.h"
#include "server/capture/writequeue.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <thread>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 leastSegments = 8; // in the budget: discarding takes an eighth of the log at most
using StoreResult = Result<bool, CaptureError>;
using SteadyClock = std::chrono::steady_clock;

StoreResult failure(CaptureError code, const QString &text) { return Error<CaptureError>{code, text.toUtf8()}; }

qint64 segmentLimit(const CaptureOptions &options)
{
    const qint64 share = options.budgetBytes / leastSegments;
    return options.budgetBytes > 0 ? std::min(options.segmentBytes, share) : options.segmentBytes;
}

/// What is left of rows that were lost at the end of a session, where no later row would show the gap.
CaptureBatch noteOfLoss(quint64 rows)
{
    const QByteArray json = "{\"event\":\"capture_cut_off\",\"rowsLost\":" + QByteArray::number(rows) + '}';
    const auto size = static_cast<quint32>(json.size());
    RowPacker packer;
    packer.add({.timeUs = steadyWallUs(),
                .wireLength = size,
                .storedLength = size,
                .firstByte = static_cast<quint8>(EventKind::Server),
                .flags = RecordEvent});
    CaptureBatch batch = packer.take();
    batch.payloads = json;
    return batch;
}

} // namespace

class CaptureStore::Private
{
public:
    explicit Private(CaptureStore *store) : q(store) { }

    CaptureStore *const q;
    CaptureOptions options;
    mutable std::mutex mutex; // guards everything up to the blank line
    std::condition_variable arrived, written;
    WriteQueue queue; // the front one is being written
    CaptureIndex index;
    BlockCache cache;
    CaptureStats totals;
    std::vector<quint64> samples; // rows, rising; one comes a second
    quint64 nextRow = 0;
    quint64 writtenEnd = 0; // one behind the last row that the writer has written
    bool running = false;
    SteadyClock::time_point closeBy; // once it does not run

    SegmentReader reader; // has a lock of its own, never taken inside of `mutex`
    std::unique_ptr<SegmentWriter> writer;
    std::thread thread;

    void start();
    void run();
    void queueChanged();
    void dropLate();
    void noteLossAtEnd();
    void writeBlock(const PackedBlock &block);
    void makeRoom(qint64 bytes, quint32 openSegment);
    void added(const IndexEntry &entry);
    void lost(const PackedBlock &block, const QString &text);

    void takeSegment(QFile &file, quint32 number);
    void dropTornTail();
    enum class Want : quint8 { Rows, Whole, Keep }; // keep it in the cache
    [[nodiscard]] BlockPointer blockFrom(quint64 row, Want want);
    void dropCorrupt(const IndexEntry &entry);
};

void CaptureStore::Private::start()
{
    reader.setDirectory(options.directory);
    totals.budgetBytes = options.budgetBytes;
    queue.setLimit(options.queueBytes);
    running = true;
    thread = std::thread([this] { run(); });
}

void CaptureStore::Private::run()
{
    // Where writer and games share a core, the games come first: what the writer can not keep up with goes without payload.
    // A weight of a tenth is still enough for the rows.
    yieldToOtherThreads();
    std::unique_lock lock(mutex);
    for (;;) {
        arrived.wait(lock, [this] { return !running || !queue.isEmpty(); });
        dropLate();
        if (queue.isEmpty())
            break;
        const PackedPointer block = queue.front();
        lock.unlock();
        writeBlock(*block);
        lock.lock();
        queue.pop(block);
        queueChanged();
    }
    lock.unlock();
    noteLossAtEnd();
    writer->close();
    emit q->closed();
}

/// However they were lost: the gap would not be seen.
void CaptureStore::Private::noteLossAtEnd()
{
    std::unique_lock lock(mutex);
    const quint64 rows = nextRow - writtenEnd;
    if (rows == 0)
        return;
    const quint64 number = nextRow++;
    lock.unlock();
    writeBlock({number, noteOfLoss(rows)});
}

/// What could not be written in time. Needs the lock.
void CaptureStore::Private::dropLate()
{
    if (running || SteadyClock::now() < closeBy)
        return;
    totals.rowsLost += queue.clear();
    queueChanged();
}

/// Needs the lock.
void CaptureStore::Private::queueChanged()
{
    totals.queuedBytes = queue.bytes();
    q->m_takesPayloads.store(queue.takesPayloads(), std::memory_order_relaxed);
    written.notify_all();
}

void CaptureStore::Private::writeBlock(const PackedBlock &block)
{
    const qint64 bytes = blockHeaderSize + block.batch.bytes();
    makeRoom(bytes, writer->prepare(bytes));
    if (!writer->isOpen()) {
        if (const std::optional<QString> error = writer->openNext())
            return lost(block, *error);
        const std::scoped_lock lock(mutex);
        index.addSegment(writer->number(), writer->size());
    }
    const Result<IndexEntry, bool> entry = writer->write(block);
    if (!entry)
        return lost(block, QString::fromUtf8(entry.error().text));
    added(entry.value());
}

/// Removes the oldest segments until `bytes` more are within the budget.
void CaptureStore::Private::makeRoom(qint64 bytes, quint32 openSegment)
{
    for (;;) {
        quint32 oldest = 0;
        {
            const std::scoped_lock lock(mutex);
            if (options.budgetBytes <= 0 || index.segments().empty() || index.bytes() + bytes <= options.budgetBytes)
                return;
            oldest = index.segments().front().number;
            if (oldest == openSegment)
                return;
            totals.rowsDiscarded += index.dropOldestSegment();
            const quint64 first = index.entries().empty() ? 0 : index.entries().front().firstRow;
            samples.erase(samples.begin(), std::lower_bound(samples.begin(), samples.end(), first));
        }
        reader.remove(oldest);
    }
}

void CaptureStore::Private::added(const IndexEntry &entry)
{
    {
        const std::scoped_lock lock(mutex);
        index.add(entry, writer->size());
        writtenEnd = entry.endRow();
        totals.errorText.clear();
        if (!std::exchange(totals.failed, false))
            return;
    }
    emit q->writesAgain();
}

void CaptureStore::Private::lost(const PackedBlock &block, const QString &text)
{
    {
        const std::scoped_lock lock(mutex);
        index.forgetIfEmpty();
        totals.rowsLost += block.batch.rowCount;
        totals.errorText = text;
        if (std::exchange(totals.failed, true))
            return;
    }
    emit q->writeFailed(text);
}

void CaptureStore::Private::takeSegment(QFile &file, quint32 number)
{
    const std::optional<std::vector<IndexEntry>> entries = scanSegment(file, number);
    if (!entries)
        return;
    index.addSegment(number, file.size());
    for (const IndexEntry &entry : *entries) {
        if (entry.firstRow < nextRow)
            continue; // numbers only rise; whoever wrote this was not us
        const bool first = index.entries().empty();
        (first ? totals.rowsDiscarded : totals.rowsLost) += entry.firstRow - nextRow;
        index.add(entry, file.size());
        nextRow = entry.endRow();
    }
}

/// After a power cut the last blocks may have their length and not their bytes.
void CaptureStore::Private::dropTornTail()
{
    while (!index.entries().empty()) {
        const IndexEntry last = index.entries().back();
        const auto block = reader.load(last);
        if (block || block.error().code != BlockFault::Corrupt)
            return;
        dropCorrupt(last);
        nextRow = last.firstRow;
    }
}

/// The first block with rows at `row` or behind it; nullptr if there is none.
BlockPointer CaptureStore::Private::blockFrom(quint64 row, Want want)
{
    for (;;) {
        IndexEntry entry;
        PackedPointer waiting; // for the writer
        {
            const std::scoped_lock lock(mutex);
            const IndexEntry *found = index.findFrom(row);
            waiting = found ? nullptr : queue.findFrom(row);
            if (!found && !waiting)
                return {};
            entry = found ? *found : IndexEntry{.firstRow = waiting->firstRow};
            if (BlockPointer cached = cache.find(entry.firstRow))
                return cached;
        }
        const Result<BlockPointer, BlockFault> block = waiting ? unpacked(*waiting)
            : want == Want::Rows                               ? reader.loadRows(entry)
                                                               : reader.load(entry);
        if (!block && block.error().code == BlockFault::Corrupt)
            dropCorrupt(entry);
        row = std::max(row, entry.endRow()); // not readable, or removed just now: on to the next
        if (!block)
            continue;
        const std::scoped_lock lock(mutex);
        if (want == Want::Keep)
            cache.insert(block.value());
        return block.value();
    }
}

void CaptureStore::Private::dropCorrupt(const IndexEntry &entry)
{
    const std::scoped_lock lock(mutex);
    if (index.drop(entry))
        totals.rowsLost += entry.rowCount;
}

CaptureStore::CaptureStore(QObject *parent) : QObject(parent), d(std::make_unique<Private>(this)) { }

CaptureStore::~CaptureStore() { close(); }

StoreResult CaptureStore::create(const CaptureOptions &options)
{
    Q_ASSERT(!d->thread.joinable());
    const QDir directory(options.directory);
    if (const QString why = makePrivateFolder(options.directory); !why.isEmpty())
        return failure(CaptureError::CannotCreate, u"cannot create the directory %1: %2"_s.arg(options.directory, why));
    if (!directory.isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden))
        return failure(CaptureError::CannotCreate, u"the directory %1 is not empty"_s.arg(options.directory));
    if (const QString why = writeSession(directory); !why.isEmpty())
        return failure(CaptureError::CannotCreate,
                       u"cannot write to the directory %1: %2"_s.arg(options.directory, why));
    d->options = options;
    d->writer = std::make_unique<SegmentWriter>(directory, segmentLimit(options));
    d->start();
    return true;
}

StoreResult CaptureStore::open(const QString &path)
{
    Q_ASSERT(!d->thread.joinable());
    const QDir directory(path);
    if (!directory.isReadable())
        return failure(CaptureError::CannotOpen, u"cannot read the directory %1"_s.arg(path));
    if (!isReadableFormat(directory))
        return failure(CaptureError::NotACapture, u"%1 was written by a later version of the program"_s.arg(path));
    d->options.directory = path;
    d->reader.setDirectory(directory);
    for (const quint32 number : segmentNumbers(directory)) {
        if (QFile file(directory.filePath(segmentFileName(number))); file.open(QIODevice::ReadOnly))
            d->takeSegment(file, number);
    }
    if (d->index.segments().empty() && !hasSessionFile(directory))
        return failure(CaptureError::NotACapture, u"%1 holds no capture"_s.arg(path));
    d->dropTornTail();
    return true;
}

void CaptureStore::beginClose()
{
    {
        const std::scoped_lock lock(d->mutex);
        if (!std::exchange(d->running, false))
            return;
        d->closeBy = SteadyClock::now() + std::chrono::milliseconds(d->options.closeMs);
    }
    d->arrived.notify_all();
}

void CaptureStore::close()
{
    beginClose();
    if (d->thread.joinable())
        d->thread.join();
}

void CaptureStore::append(CaptureBatch batch)
{
    if (batch.rowCount == 0)
        return;
    {
        const std::scoped_lock lock(d->mutex);
        const quint64 first = std::exchange(d->nextRow, d->nextRow + batch.rowCount);
        for (const quint32 offset : batch.samples)
            d->samples.push_back(first + offset);
        const WriteQueue::Loss loss =
            d->running ? d->queue.push({first, std::move(batch)}) : WriteQueue::Loss{.rows = batch.rowCount};
        d->totals.payloadsOmitted += loss.payloads;
        d->totals.rowsLost += loss.rows;
        d->queueChanged();
    }
    d->arrived.notify_one();
}

CaptureBatch CaptureStore::spareBatch()
{
    const std::scoped_lock lock(d->mutex);
    return d->queue.takeSpare();
}

void CaptureStore::flush()
{
    std::unique_lock lock(d->mutex);
    const quint64 end = d->nextRow;
    d->written.wait(lock, [this, end] { return d->queue.isEmpty() || d->queue.front()->firstRow >= end; });
}

CaptureStats CaptureStore::stats() const
{
    const std::scoped_lock lock(d->mutex);
    CaptureStats stats = d->totals;
    stats.bytesOnDisk = d->index.bytes();
    stats.endRow = d->nextRow;
    if (!d->index.entries().empty())
        stats.firstRow = d->index.entries().front().firstRow;
    else
        stats.firstRow = d->queue.isEmpty() ? d->nextRow : d->queue.front()->firstRow;
    return stats;
}

quint64 CaptureStore::endRow() const
{
    const std::scoped_lock lock(d->mutex);
    return d->nextRow;
}

std::vector<quint64> CaptureStore::samples(quint64 first, quint64 end) const
{
    const std::scoped_lock lock(d->mutex);
    const auto from = std::lower_bound(d->samples.begin(), d->samples.end(), first);
    return {from, std::lower_bound(from, d->samples.end(), end)};
}

QString CaptureStore::directory() const { return d->options.directory; }

QList<CapturedRow> CaptureStore::read(quint64 first, int count) const
{
    QList<CapturedRow> result;
    const quint64 end = first + static_cast<quint64>(std::max(count, 0));
    QByteArray scratch;
    while (first < end) {
        const BlockPointer block = d->blockFrom(first, Private::Want::Keep);
        if (!block)
            break;
        for (first = std::max(first, block->firstRow); first < std::min(end, block->endRow()); ++first) {
            const FrameRecord &row = block->rows.at(static_cast<qsizetype>(first - block->firstRow));
            result.append({first, row, block->payloadOf(row, scratch).toByteArray(), block->names.at(row.type)});
        }
    }
    return result;
}

std::optional<CapturedRow> CaptureStore::row(quint64 number) const
{
    const QList<CapturedRow> rows = read(number, 1);
    return rows.isEmpty() ? std::nullopt : std::optional(rows.first());
}

void CaptureStore::scan(quint64 first, quint64 end, Read read,
                        const std::function<bool(RowStretch &stretch)> &visit) const
{
    const Private::Want want = read == Read::Rows ? Private::Want::Rows : Private::Want::Whole;
    while (first < end) {
        const BlockPointer block = d->blockFrom(first, want);
        if (!block || block->firstRow >= end)
            return;
        RowStretch stretch(block, first, end, [&] { return d->blockFrom(block->firstRow, Private::Want::Whole); });
        if (!visit(stretch))
            return;
        first = block->endRow();
    }
}

} // namespace glasshouse
