// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/query/capturequery.h"

#include <QThreadPool>
#include <chrono>
#include <mutex>

namespace glasshouse {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds interval(34); // 30 a second at most

} // namespace

/// What the query and the thread share; it lives as long as the longer one.
class CaptureQuery::Search
{
public:
    Search(CaptureQuery *query, std::shared_ptr<const SearchableRows> searched, CaptureFilter captureFilter)
        : rows(std::move(searched)),
          filter(std::move(captureFilter)),
          owner(query)
    { }

    const std::shared_ptr<const SearchableRows> rows;
    const CaptureFilter filter;
    std::atomic<bool> stop = false;

    std::mutex mutex;    // guards what follows up to the blank line
    CaptureQuery *owner; // null: nobody wants to know any more
    bool running = false;
    bool wanted = false; // to look again
    bool posted = false; // the owner has been asked to take the results
    std::vector<quint64> results;
    quint64 scannedTo = 0;
    quint64 notSearched = 0;

    void run();
    void deliver();

private:
    std::vector<quint64> m_found; // from here on the thread's
    quint64 m_notSearched = 0;
    quint64 m_next = 0;
    Clock::time_point m_lastTurn;

    bool goesOn();
    void scanTo(quint64 end);
    void look(quint64 number, const RowView &row);
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
    // The clock costs as much as a row, except where content is searched.
    const quint64 stride = filter.content ? 1 : 256;
    rows->scan(m_next, end, [this, stride](quint64 number, const RowView &row) {
        look(number, row);
        if (number % stride == 0 && Clock::now() - m_lastTurn >= interval)
            handOver();
        return !stop;
    });
    m_next = stop ? m_next : end;
}

void CaptureQuery::Search::look(quint64 number, const RowView &row)
{
    const Found found = filter.find(row, stop);
    if (found == Found::Yes)
        m_found.push_back(number);
    else if (found == Found::NotToTheEnd)
        ++m_notSearched;
    m_next = number + 1;
}

/// Results wait here for an owner that is slow, in one vector and one event.
void CaptureQuery::Search::handOver()
{
    m_lastTurn = Clock::now();
    const std::scoped_lock lock(mutex);
    if (!owner || scannedTo == m_next)
        return;
    results.insert(results.end(), m_found.begin(), m_found.end());
    m_found.clear();
    scannedTo = m_next;
    notSearched += std::exchange(m_notSearched, 0);
    if (!std::exchange(posted, true))
        QMetaObject::invokeMethod(
            owner, [this] { deliver(); }, Qt::QueuedConnection);
}

void CaptureQuery::Search::deliver()
{
    std::vector<quint64> taken;
    quint64 upTo = 0;
    quint64 passed = 0;
    {
        const std::scoped_lock lock(mutex);
        taken.swap(results);
        upTo = scannedTo;
        passed = std::exchange(notSearched, 0);
        posted = false;
    }
    emit owner->found(taken, upTo, passed);
}

CaptureQuery::CaptureQuery(std::shared_ptr<const SearchableRows> rows, CaptureFilter filter, QObject *parent)
    : QObject(parent),
      m_search(std::make_shared<Search>(this, std::move(rows), std::move(filter)))
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
    QThreadPool::globalInstance()->start([search = m_search] { search->run(); });
}

} // namespace glasshouse
