// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/query/capturequery.h"

#include "server/capture/query/rowtimes.h"
#include "server/capture/query/stretchsearch.h"

#include <chrono>
#include <mutex>

namespace glasshouse {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds interval(34); // 30 a second at most
constexpr quint64 screenful = 50;
constexpr int cheapRows = 256; // the clock costs as much as one of them
constexpr quint32 longPayload = 4096;

} // namespace

/// What the query and the thread share; it lives as long as the longer one.
class CaptureQuery::Search
{
public:
    Search(CaptureQuery *query, std::shared_ptr<const SearchableRows> searched, CaptureFilter captureFilter,
           std::unique_ptr<CapturePlayers> capturePlayers)
        : rows(std::move(searched)),
          filter(std::move(captureFilter)),
          owner(query),
          m_players(std::move(capturePlayers)),
          m_times(*rows)
    { }

    const std::shared_ptr<const SearchableRows> rows;
    const CaptureFilter filter;
    std::atomic<bool> stop = false;

    std::mutex mutex;    // guards what follows up to the blank line
    CaptureQuery *owner; // null: nobody wants to know any more
    bool running = false;
    bool wanted = false; // to look again
    bool posted = false; // the owner has been asked to take the results
    RowSet results;
    quint64 scannedTo = 0;
    quint64 notSearched = 0;

    void run();
    void deliver();

private:
    const std::unique_ptr<CapturePlayers> m_players; // from here on the thread's
    RowTimes m_times;
    RowSet m_found;
    QByteArray m_scratch;
    quint64 m_notSearched = 0;
    quint64 m_next = 0;
    Clock::time_point m_lastTurn;
    int m_rowsSince = 0; // the clock was looked at
    bool m_hasShown = false;

    bool goesOn();
    void scanTo(quint64 end);
    bool look(RowStretch &stretch);
    void learn(RowStretch &stretch, quint64 number);
    void take(quint64 number, Found found);
    bool isTimeToShow(const FrameRecord &record);
    void handOver();
};

/// Is there something to do? If not, the thread goes.
bool CaptureQuery::Search::goesOn()
{
    const std::scoped_lock lock(mutex);
    running = std::exchange(wanted, false) && !stop;
    return running;
}

void CaptureQuery::Search::run()
{
    while (goesOn()) {
        scanTo(rows->endRow());
        handOver();
    }
}

void CaptureQuery::Search::scanTo(quint64 end)
{
    m_lastTurn = Clock::now();
    rows->scan(m_next, end, StretchSearch::reads(filter), [this](RowStretch &stretch) { return look(stretch); });
    m_next = stop ? m_next : end;
}

/// False: nobody wants to know any more.
bool CaptureQuery::Search::look(RowStretch &stretch)
{
    StretchSearch search(filter, stretch, {m_players.get(), &m_times});
    if (filter.asksForAnswers())
        m_times.pass(stretch);
    const bool learns = m_players && filter.asksForPlayers();
    for (quint64 number = stretch.firstRow(); number < stretch.endRow(); ++number) {
        if (learns && isEvent(stretch.record(number)))
            learn(stretch, number);
        take(number, search.find(number, stop));
        if (stop)
            return false;
        if (isTimeToShow(stretch.record(number)))
            handOver();
    }
    return true;
}

void CaptureQuery::Search::learn(RowStretch &stretch, quint64 number)
{
    const FrameRecord &record = stretch.record(number);
    const bool needsPayload = m_players->needsPayload(static_cast<EventKind>(record.firstByte));
    const CaptureBlock *block = needsPayload ? stretch.whole() : nullptr;
    m_players->add({record, block != nullptr ? block->payloadOf(record, m_scratch) : QByteArrayView(), {}});
}

void CaptureQuery::Search::take(quint64 number, Found found)
{
    if (found == Found::Yes)
        m_found.append(number);
    else if (found == Found::NotToTheEnd)
        ++m_notSearched;
    m_next = number + 1;
}

bool CaptureQuery::Search::isTimeToShow(const FrameRecord &record)
{
    if (!m_hasShown && m_found.size() >= screenful)
        return true;
    const bool isPattern = filter.content && filter.content->isPattern();
    const bool mayHavePatterns = filter.condition && filter.condition->asksForContent();
    const bool isCheap =
        !filter.asksForContent() || (!isPattern && !mayHavePatterns && record.storedLength < longPayload);
    if (isCheap && ++m_rowsSince < cheapRows)
        return false;
    m_rowsSince = 0;
    return Clock::now() - m_lastTurn >= interval;
}

/// Results wait here for an owner that is slow, in one set and one event.
void CaptureQuery::Search::handOver()
{
    m_lastTurn = Clock::now();
    const std::scoped_lock lock(mutex);
    if (!owner || scannedTo == m_next)
        return;
    m_hasShown = m_hasShown || !m_found.isEmpty();
    results.append(m_found);
    m_found.clear();
    scannedTo = m_next;
    notSearched += std::exchange(m_notSearched, 0);
    if (!std::exchange(posted, true))
        QMetaObject::invokeMethod(
            owner, [this] { deliver(); }, Qt::QueuedConnection);
}

void CaptureQuery::Search::deliver()
{
    RowSet taken;
    quint64 upTo = 0;
    quint64 passed = 0;
    {
        const std::scoped_lock lock(mutex);
        taken = std::exchange(results, {});
        upTo = scannedTo;
        passed = std::exchange(notSearched, 0);
        posted = false;
    }
    emit owner->found(taken, upTo, passed);
}

CaptureQuery::CaptureQuery(std::shared_ptr<const SearchableRows> rows, CaptureFilter filter,
                           std::unique_ptr<CapturePlayers> players, QObject *parent, QThreadPool *pool)
    : QObject(parent),
      m_search(std::make_shared<Search>(this, std::move(rows), std::move(filter), std::move(players))),
      m_pool(pool)
{ }

CaptureQuery::~CaptureQuery()
{
    m_search->stop = true;
    const std::scoped_lock lock(m_search->mutex);
    m_search->owner = nullptr;
}

const CaptureFilter &CaptureQuery::filter() const { return m_search->filter; }

void CaptureQuery::follow()
{
    {
        const std::scoped_lock lock(m_search->mutex);
        m_search->wanted = true;
        if (std::exchange(m_search->running, true))
            return;
    }
    m_pool->start([search = m_search] { search->run(); });
}

} // namespace glasshouse
