// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/messagerows.h"

#include <utility>

namespace glasshouse {

namespace {

/// False: `take` wants no more.
bool takeRows(RowStretch &stretch, const RowSet &numbers, const std::function<bool(const CapturedRow &row)> &take)
{
    const CaptureBlock *block = stretch.whole();
    if (block == nullptr)
        return true;
    bool goesOn = true;
    QByteArray scratch;
    numbers.forEachRun(stretch.firstRow(), stretch.endRow(), [&](quint64 number, quint64 behind) {
        for (; goesOn && number < behind; ++number) {
            const FrameRecord &record = stretch.record(number);
            const bool isCounter = isEvent(record) && record.firstByte == quint8(EventKind::Sample);
            if (!isCounter)
                goesOn = take({number, record, block->payloadOf(record, scratch).toByteArray(),
                               stretch.name(record).toByteArray()});
        }
    });
    return goesOn;
}

} // namespace

void forEachMessage(const SearchableRows &rows, const RowSet &numbers,
                    const std::function<bool(const CapturedRow &row)> &take)
{
    const quint64 end = numbers.next();
    bool goesOn = true;
    quint64 next = numbers.isEmpty() ? end : numbers.at(0);
    const auto visit = [&](RowStretch &stretch) {
        goesOn = takeRows(stretch, numbers, take);
        const quint64 rank = numbers.rank(stretch.endRow());
        next = rank < numbers.size() ? numbers.at(rank) : end;
        return goesOn && next == stretch.endRow();
    };
    // One block after the other, each once, however many pieces of it are wanted; those between are not read.
    while (goesOn && next < end) {
        const quint64 first = std::exchange(next, end);
        rows.scan(first, end, SearchableRows::Read::RowsAndPayloads, visit);
    }
}

CopiedMessages copyMessages(const SearchableRows &rows, const RowSet &numbers, MessageWriter writer,
                            quint64 mostMessages, qint64 mostBytes, const std::atomic<bool> &stop, qint64 learnMs)
{
    const bool hasNames = writer.learnPlayers(rows, numbers.next(), stop, QDeadlineTimer(learnMs));
    CopiedMessages copied{.text = writer.begin(), .hasNames = hasNames};
    qint64 bytes = 0; // read or written: of a large payload a form may take a line
    forEachMessage(rows, numbers, [&](const CapturedRow &row) {
        const bool isRoom = copied.messages < mostMessages && !stop;
        const QByteArray written = isRoom ? writer.next(row) : QByteArray();
        // The first one is taken as long as it may be.
        bytes += std::max(written.size(), row.payload.size());
        copied.isWhole = isRoom && (copied.messages == 0 || bytes <= mostBytes);
        if (copied.isWhole) {
            copied.text += written;
            ++copied.messages;
        }
        return copied.isWhole;
    });
    copied.text += writer.end();
    copied.hiddenPieces = writer.hiddenPieces();
    return copied;
}

bool writeMessages(QIODevice &out, const SearchableRows &rows, const RowSet &numbers, MessageWriter writer,
                   const std::atomic<bool> &stop, std::atomic<quint64> &done)
{
    writer.learnPlayers(rows, numbers.next(), stop, QDeadlineTimer::Forever);
    const auto write = [&out](const QByteArray &bytes) { return out.write(bytes) == bytes.size(); };
    bool isWell = write(writer.begin());
    forEachMessage(rows, numbers, [&](const CapturedRow &row) {
        isWell = isWell && !stop && write(writer.next(row));
        if (isWell)
            ++done;
        return isWell;
    });
    return isWell && write(writer.end());
}

} // namespace glasshouse
