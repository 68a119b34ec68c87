// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/matchedmessage.h"
#include "server/capture/searchablerows.h"

#include <array>
#include <atomic>
#include <map>

class QDeadlineTimer;

namespace glasshouse {

/// Messages of one type, or of one opcode where they have none.
struct TypeCount
{
    QByteArray type{}; ///< of the envelope; empty: none
    quint8 opcode = 0;
    quint64 messages = 0;
    quint64 bytes = 0; ///< of payload on the wire
    qint64 lastUs = 0;
    double perSecond = 0; ///< in the last ten seconds of the log
    quint64 answers = 0;  ///< so many of them answer a message that was still there
    qint64 meanAnswerUs = 0;
    qint64 longestAnswerUs = 0;

    [[nodiscard]] std::pair<quint8, QByteArray> key() const { return {opcode, type}; }
    bool operator==(const TypeCount &) const = default;
};

/// Counts messages by type, from the oldest on; broken frames and events are none. Reads no payload where the capture knows the type.
/// A value, for one thread after the other.
class TypeTally
{
public:
    /// More types than a person invents; what comes then is counted as one.
    static constexpr size_t mostTypes = 1'000;

    /// Goes on where it ended, until `stop` or the end, for `mostMs` at most.
    void add(const SearchableRows &rows, const std::atomic<bool> &stop, int mostMs);
    [[nodiscard]] quint64 countedTo() const { return m_next; }
    [[nodiscard]] QList<TypeCount> counts() const;
    /// Messages of types beyond the bound.
    [[nodiscard]] quint64 others() const { return m_others; }

private:
    static constexpr int seconds = 10;
    using Key = std::pair<quint8, QByteArray>;
    struct Entry
    {
        quint64 messages = 0;
        quint64 bytes = 0;
        qint64 lastUs = 0;
        qint64 second = 0; ///< the latest one that is counted below
        std::array<quint32, seconds> recent{};
        quint64 answers = 0;
        qint64 answerUs = 0; ///< of all of them
        qint64 longestAnswerUs = 0;
    };

    std::map<Key, Entry> m_entries;
    quint64 m_others = 0;
    quint64 m_next = 0;
    qint64 m_newestUs = 0;

    [[nodiscard]] bool addStretch(RowStretch &stretch, const MatchedTimes &times, const std::atomic<bool> &stop,
                                  const QDeadlineTimer &deadline);
    [[nodiscard]] Entry *entryOf(const FrameRecord &record, QByteArrayView type);
    void count(Entry &entry, quint64 number, const FrameRecord &record, const MatchedTimes &times);
    static void countAnswer(Entry &entry, qint64 us);
};

} // namespace glasshouse
