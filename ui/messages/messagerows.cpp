// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/messagerows.h"

namespace glasshouse {

void forEachMessage(const SearchableRows &rows, const RowSet &numbers,
                    const std::function<bool(const CapturedRow &row)> &take)
{
    bool goesOn = true;
    const auto visit = [&](quint64 number, const RowView &row) {
        const bool isCounter = isEvent(row.record) && row.record.firstByte == quint8(EventKind::Sample);
        if (!isCounter)
            goesOn = take({number, row.record, row.payload.toByteArray(), row.name.toByteArray()});
        return goesOn;
    };
    numbers.forEachRun(0, RowSet::noEnd, [&](quint64 first, quint64 end) {
        if (goesOn)
            rows.scanRows(first, end, visit);
    });
}

CopiedMessages copyMessages(const SearchableRows &rows, const RowSet &numbers, MessageWriter writer,
                            quint64 mostMessages, qint64 mostBytes, const std::atomic<bool> &stop)
{
    CopiedMessages copied{.text = writer.begin()};
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
    return copied;
}

bool writeMessages(QIODevice &out, const SearchableRows &rows, const RowSet &numbers, MessageWriter writer,
                   const std::atomic<bool> &stop, std::atomic<quint64> &done)
{
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
