// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace glasshouse {

/// One thing at a time that is done on a thread of a pool, and whose result comes back. Whoever stops or destroys it
/// waits for nobody: the thread sees a flag, and its result goes nowhere. Belongs to one thread, which has an event loop.
template <typename Result>
class Background
{
public:
    using Work = std::function<Result(const std::atomic<bool> &stop)>;
    using Take = std::function<void(const Result &result)>;

    /// `pool` must outlive what runs on it. What takes minutes has one of its own: others wait for a thread.
    explicit Background(QThreadPool *pool = QThreadPool::globalInstance()) : m_pool(pool) { }
    ~Background() { stop(); }
    Q_DISABLE_COPY_MOVE(Background)

    /// The one before is broken off. `take` is called on the thread of `owner`, which lives as long as this at least.
    void run(QObject *owner, Work work, Take take)
    {
        stop();
        m_shared = std::make_shared<Shared>();
        m_shared->owner = owner;
        m_pool->start([shared = m_shared, work = std::move(work), take = std::move(take)] {
            const Result result = work(shared->stop);
            const std::scoped_lock lock(shared->mutex);
            if (shared->owner == nullptr)
                return;
            const auto deliver = [shared, take, result] {
                if (!shared->stop) { // since then
                    shared->isDone = true;
                    take(result);
                }
            };
            QMetaObject::invokeMethod(shared->owner, deliver, Qt::QueuedConnection);
        });
    }

    void stop()
    {
        if (!m_shared)
            return;
        m_shared->stop = true;
        {
            const std::scoped_lock lock(m_shared->mutex);
            m_shared->owner = nullptr;
        }
        m_shared.reset();
    }

    [[nodiscard]] bool isRunning() const { return m_shared && !m_shared->isDone; }

private:
    struct Shared
    {
        std::atomic<bool> stop = false;
        bool isDone = false; ///< of the owner's thread
        std::mutex mutex;
        QObject *owner = nullptr; ///< guarded; null: nobody wants to know any more
    };
    QThreadPool *m_pool;
    std::shared_ptr<Shared> m_shared;
};

} // namespace glasshouse
