// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "server/capture/capturebatch.h"
#include "server/capture/searchablerows.h"

#include <QDir>
#include <QObject>
#include <atomic>
#include <memory>

namespace glasshouse {

enum class CaptureError : quint8 { CannotCreate, CannotOpen, NotACapture, WriteFailed };

struct CaptureOptions
{
    QString directory;                             ///< of this session; created if it is not there
    qint64 budgetBytes = 2LL * 1024 * 1024 * 1024; ///< on disk; whole old segments go beyond it; 0 = none
    qint64 segmentBytes = 64LL * 1024 * 1024;      ///< a segment is closed when it is larger than this
    qint64 queueBytes = 64LL * 1024 * 1024;        ///< waiting for the writer; beyond it payloads are left out
    int closeMs = 1'000; ///< at the end, for what waits; what takes longer is lost and counted
};

/// Totals; every number only rises, except bytesOnDisk, firstRow and queuedBytes.
struct CaptureStats
{
    quint64 firstRow = 0; ///< the oldest row that is still there
    quint64 endRow = 0;   ///< one behind the newest; lost rows have their numbers, too
    qint64 bytesOnDisk = 0;
    qint64 budgetBytes = 0;
    qint64 queuedBytes = 0;
    quint64 rowsDiscarded = 0;   ///< in segments that had to go for the budget
    quint64 payloadsOmitted = 0; ///< the writer could not keep up
    quint64 rowsLost = 0;        ///< could not be written (full disk), or not even queued
    bool failed = false;         ///< the last write failed; `errorText` says why
    QString errorText;
};

/// The truth about what went over the wire: segment files of one session and an index of their blocks, written on a thread
/// of its own. append() and everything that reads may be called from any thread. Format: docs/capture-format.md.
class CaptureStore final : public QObject, public SearchableRows
{
    Q_OBJECT
public:
    explicit CaptureStore(QObject *parent = nullptr);
    ~CaptureStore() override;

    /// Starts a new session in an empty or missing directory, with its writer thread.
    [[nodiscard]] Result<bool, CaptureError> create(const CaptureOptions &options);
    /// Opens a session that was written earlier (also one whose program was killed: a torn tail is cut from what is read,
    /// the file is left as it is). Read-only; no thread.
    [[nodiscard]] Result<bool, CaptureError> open(const QString &directory);
    /// Takes no more rows. The writer's thread writes what waits, for at most `closeMs`, and closed() follows. Never blocks.
    void beginClose();
    /// The same, and waits for it: for `closeMs`, and the block that is being written.
    void close();

    /// Hands a batch over; never blocks on the disk. Beyond `queueBytes` the payloads of frames are dropped and the rows
    /// kept; beyond four times that, rows too (rowsLost).
    void append(CaptureBatch batch);
    /// An empty batch, with the memory of one that was written if there is one: it is still in the processor's cache, where new
    /// memory is not.
    [[nodiscard]] CaptureBatch spareBatch();
    /// Is there room for payloads? Where there is none, the Recorder need not copy them. Costs nothing.
    [[nodiscard]] bool takesPayloads() const { return m_takesPayloads.load(std::memory_order_relaxed); }
    /// Returns when everything appended so far can be read (it is readable at once) and lies in the file.
    void flush();

    [[nodiscard]] CaptureStats stats() const;
    [[nodiscard]] QString directory() const;
    /// Rows `first` to `first` + `count` − 1; rows that are discarded, lost or not there yet are left out. Rows that wait for
    /// the writer can be read already.
    [[nodiscard]] QList<CapturedRow> read(quint64 first, int count) const;
    [[nodiscard]] std::optional<CapturedRow> row(quint64 number) const;

    /// Which rows of [first, end) are counters (EventKind::Sample), of those that were handed over: whoever shows messages leaves
    /// them out. Costs nothing but looking them up.
    [[nodiscard]] std::vector<quint64> samples(quint64 first, quint64 end) const;

    [[nodiscard]] quint64 endRow() const override;
    /// Reads the disk, so on a thread of your own. A block whose payloads are not read is not checked: one that is damaged has
    /// rows until somebody reads it whole.
    void scan(quint64 first, quint64 end, Read read,
              const std::function<bool(RowStretch &stretch)> &visit) const override;

signals:
    /// The disk is full, or gone. From the writer's thread; rows go on being counted.
    void writeFailed(const QString &text);
    /// There is room again. From the writer's thread.
    void writesAgain();
    /// After beginClose(), from the writer's thread: close() would not wait any more.
    void closed();

private:
    class Private;
    std::atomic<bool> m_takesPayloads = true;
    std::unique_ptr<Private> d;
};

} // namespace glasshouse
