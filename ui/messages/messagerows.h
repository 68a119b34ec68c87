// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/rowset.h"
#include "server/capture/searchablerows.h"
#include "ui/messages/messagewriter.h"

#include <QIODevice>
#include <atomic>

namespace glasshouse {

/// Visits those rows of `numbers` that are still there, but no counters of the server; stops when `take` returns false. Any thread.
void forEachMessage(const SearchableRows &rows, const RowSet &numbers,
                    const std::function<bool(const CapturedRow &row)> &take);

struct CopiedMessages
{
    QByteArray text;
    quint64 messages = 0;     ///< looked at
    bool isWhole = true;      ///< false: a bound was met before the end
    quint64 hiddenPieces = 0; ///< MessageWriter::hiddenPieces()
    bool hasNames = true;     ///< false: there was no time to look who sits behind some of them
};
/// Into memory, within bounds: a clipboard is read at once, by whoever asks for it.
constexpr quint64 mostCopied = 10'000;
constexpr qint64 mostCopiedBytes = 8LL * 1024 * 1024;
constexpr qint64 mostLearnMs = 2'000; ///< is waited for names
[[nodiscard]] CopiedMessages copyMessages(const SearchableRows &rows, const RowSet &numbers, MessageWriter writer,
                                          quint64 mostMessages = mostCopied, qint64 mostBytes = mostCopiedBytes,
                                          const std::atomic<bool> &stop = false, qint64 learnMs = mostLearnMs);

/// Writes them all, with all names, however long these take; `done` counts them meanwhile. False: the device took no more, or `stop` was set.
bool writeMessages(QIODevice &out, const SearchableRows &rows, const RowSet &numbers, MessageWriter writer,
                   const std::atomic<bool> &stop, std::atomic<quint64> &done);

} // namespace glasshouse
