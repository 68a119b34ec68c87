// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/typetally.h"

#include "base/elapsed.h"
#include "server/capture/query/rowtimes.h"

#include <QDeadlineTimer>
#include <limits>
#include <vector>

namespace glasshouse {

namespace {

constexpr qint64 usPerSecond = 1'000'000;

} // namespace

void TypeTally::add(const SearchableRows &rows, const std::atomic<bool> &stop, int mostMs)
{
    const QDeadlineTimer deadline(mostMs);
    const quint64 end = rows.endRow();
    bool isAtEnd = true;
    RowTimes times(rows);
    rows.scan(m_next, end, SearchableRows::Read::Rows, [&](RowStretch &stretch) {
        times.pass(stretch);
        isAtEnd = addStretch(stretch, times, stop, deadline) && !stop && !deadline.hasExpired();
        return isAtEnd;
    });
    if (isAtEnd)
        m_next = end; // rows at the end may be gone already
}

/// Of one block: the names of its types have numbers, so a name is looked for once. False: it was left before its end, because what
/// its rows answer may have to be read from far away.
bool TypeTally::addStretch(RowStretch &stretch, const MatchedTimes &times, const std::atomic<bool> &stop,
                           const QDeadlineTimer &deadline)
{
    std::vector<Entry *> known;
    QByteArray scratch;
    for (quint64 number = stretch.firstRow(); number < stretch.endRow(); ++number) {
        const FrameRecord &record = stretch.record(number);
        const bool isLate = record.answers != 0 && number > stretch.firstRow() && deadline.hasExpired();
        if (stop || isLate)
            return false;
        m_next = number + 1;
        if (isEvent(record) || (record.flags & RecordBroken) != 0)
            continue;
        const bool isNamed =
            isText(record) && record.type != MessageTypes::none && record.type != MessageTypes::unknown;
        if (isNamed && record.type < known.size() && known[record.type] != nullptr) {
            count(*known[record.type], number, record, times);
            continue;
        }
        QByteArrayView type = isNamed ? stretch.name(record) : QByteArrayView();
        if (isText(record) && record.type == MessageTypes::unknown) {
            const CaptureBlock *block = stretch.whole();
            type = block != nullptr ? quickType(block->payloadOf(record, scratch)) : QByteArrayView();
        }
        Entry *entry = entryOf(record, type);
        if (entry == nullptr) {
            ++m_others;
            continue;
        }
        if (isNamed) {
            known.resize(std::max<size_t>(known.size(), record.type + 1U));
            known[record.type] = entry; // the addresses of a map stay
        }
        count(*entry, number, record, times);
    }
    return true;
}

TypeTally::Entry *TypeTally::entryOf(const FrameRecord &record, QByteArrayView type)
{
    const Key key{quint8(record.firstByte & 0xF), type.toByteArray()};
    const auto at = m_entries.find(key);
    if (at != m_entries.end())
        return &at->second;
    return m_entries.size() < mostTypes ? &m_entries[key] : nullptr;
}

void TypeTally::countAnswer(Entry &entry, qint64 us)
{
    ++entry.answers;
    if (qAddOverflow(entry.answerUs, us, &entry.answerUs)) // times of a damaged file
        entry.answerUs = us < 0 ? std::numeric_limits<qint64>::min() : std::numeric_limits<qint64>::max();
    entry.longestAnswerUs = std::max(entry.longestAnswerUs, us);
}

void TypeTally::count(Entry &entry, quint64 number, const FrameRecord &record, const MatchedTimes &times)
{
    if (const auto answered = answeredRow(record, number)) {
        if (const auto asked = times.timeOf(*answered))
            countAnswer(entry, elapsedUs(*asked, record.timeUs));
    }
    ++entry.messages;
    entry.bytes += record.wireLength;
    entry.lastUs = std::max(entry.lastUs, record.timeUs);
    m_newestUs = std::max(m_newestUs, record.timeUs);
    const qint64 second = record.timeUs / usPerSecond;
    if (second < 0 || second <= entry.second - seconds)
        return; // clocks are set back as well
    for (qint64 gone = std::max(entry.second, second - seconds) + 1; gone <= second; ++gone)
        entry.recent[size_t(gone % seconds)] = 0;
    entry.second = std::max(entry.second, second);
    ++entry.recent[size_t(second % seconds)];
}

QList<TypeCount> TypeTally::counts() const
{
    QList<TypeCount> all;
    const qint64 newest = m_newestUs / usPerSecond;
    for (const auto &[key, entry] : m_entries) {
        quint64 recent = 0;
        for (qint64 second = std::max<qint64>(newest - seconds + 1, 0); second <= newest; ++second)
            recent +=
                second <= entry.second && second > entry.second - seconds ? entry.recent[size_t(second % seconds)] : 0;
        const qint64 mean = entry.answers == 0 ? 0 : entry.answerUs / qint64(entry.answers);
        all.append({key.second, key.first, entry.messages, entry.bytes, entry.lastUs, double(recent) / seconds,
                    entry.answers, mean, entry.longestAnswerUs});
    }
    return all;
}

} // namespace glasshouse
