// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/query/capturequery.h"

#include "server/capture/query/rowmatcher.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace glasshouse {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds interval(34); // 30 a second at most; also how soon new rows are noticed

} // namespace

class CaptureQuery::Private
{
public:
    Private(CaptureQuery *query, const CaptureStore &captureStore, CaptureFilter captureFilter)
        : q(query),
          store(captureStore),
          filter(std::move(captureFilter)),
          matcher(filter)
    { }
    ~Private();

    CaptureQuery *const q;
    const CaptureStore &store;
    const CaptureFilter filter;
    const RowMatcher matcher; // the thread's

    std::mutex mutex;
    std::condition_variable stopped;
    std::atomic<bool> stop = false;
    std::vector<quint64> results; // what the owner has not taken yet
    quint64 scannedTo = 0;
    bool posted = false; // the owner has been asked to take them
    std::thread thread;

    void run();
    void scanTo(quint64 end);
    void handOver();
    void deliver();

private:
    std::vector<quint64> m_found; // the thread's
    quint64 m_next = 0;
    Clock::time_point m_lastTurn;
};

CaptureQuery::Private::~Private()
{
    {
        const std::scoped_lock lock(mutex);
        stop = true;
    }
    stopped.notify_all();
    if (thread.joinable())
        thread.join();
}

void CaptureQuery::Private::run()
{
    for (;;) {
        scanTo(store.stats().endRow);
        std::unique_lock lock(mutex);
        if (stopped.wait_until(lock, m_lastTurn + interval, [this] { return stop.load(); }))
            return;
        lock.unlock();
        handOver();
    }
}

void CaptureQuery::Private::scanTo(quint64 end)
{
    // The clock costs as much as a row, except where an expression is tried.
    const quint64 stride = filter.expression ? 1 : 256;
    store.scan(m_next, end, [this, stride](quint64 number, const RowView &row) {
        if (matcher.matches(row))
            m_found.push_back(number);
        m_next = number + 1;
        if (number % stride == 0 && Clock::now() - m_lastTurn >= interval)
            handOver();
        return !stop;
    });
    m_next = stop ? m_next : end;
}

/// Results wait here for an owner that is slow, in one vector and one event.
void CaptureQuery::Private::handOver()
{
    m_lastTurn = Clock::now();
    {
        const std::scoped_lock lock(mutex);
        if (scannedTo == m_next)
            return;
        results.insert(results.end(), m_found.begin(), m_found.end());
        scannedTo = m_next;
        m_found.clear();
        if (std::exchange(posted, true))
            return;
    }
    QMetaObject::invokeMethod(
        q, [this] { deliver(); }, Qt::QueuedConnection);
}

void CaptureQuery::Private::deliver()
{
    std::vector<quint64> rows;
    quint64 upTo = 0;
    {
        const std::scoped_lock lock(mutex);
        rows.swap(results);
        upTo = scannedTo;
        posted = false;
    }
    emit q->found(rows, upTo);
}

CaptureQuery::CaptureQuery(const CaptureStore &store, CaptureFilter filter, QObject *parent)
    : QObject(parent),
      d(std::make_unique<Private>(this, store, std::move(filter)))
{ }

CaptureQuery::~CaptureQuery() = default;

const CaptureFilter &CaptureQuery::filter() const { return d->filter; }

void CaptureQuery::start()
{
    if (!d->thread.joinable())
        d->thread = std::thread([this] { d->run(); });
}

} // namespace glasshouse
