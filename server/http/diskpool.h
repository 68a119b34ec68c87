// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <QObject>
#include <QThreadPool>
#include <memory>
#include <utility>

namespace glasshouse {

/// Runs what may wait for a disk on threads of its own, and hands over what comes of it on the thread that it lives on.
class DiskPool final : public QObject
{
    Q_OBJECT
public:
    static constexpr int threads = 2;     ///< one slow file must not keep all others
    static constexpr int mostJobs = 1000; ///< under way: those of who is gone stay until a disk that hangs comes back
    static constexpr int patienceMs = 2'000; ///< with a disk that hangs, in the end

    DiskPool() : m_pool(std::make_unique<QThreadPool>()), m_home(std::make_shared<Home>())
    {
        m_pool->setMaxThreadCount(threads);
        m_home->pool = this;
    }
    /// Waits a moment for the jobs that run; the others, and their results, are forgotten. A thread that a disk does not give
    /// back is left alone: it ends with the program.
    ~DiskPool() override
    {
        {
            const QMutexLocker lock(&m_home->mutex);
            m_home->pool = nullptr;
        }
        m_pool->clear();
        if (!m_pool->waitForDone(patienceMs))
            std::ignore = m_pool.release();
    }
    Q_DISABLE_COPY_MOVE(DiskPool)

    /// Who begins something new waits; who is in the middle of it has one job at a time, and may go on.
    [[nodiscard]] bool isBusy() const { return m_jobs >= mostJobs; }

    /// The job is left out if its `owner` is gone when a thread gets to it; what comes of it is an empty value then.
    template <typename Job, typename Done>
    void run(Job job, Done done, std::weak_ptr<void> owner)
    {
        ++m_jobs;
        m_pool->start(
            [home = m_home, job = std::move(job), done = std::move(done), owner = std::move(owner)]() mutable {
                auto result = owner.expired() ? decltype(job())() : job();
                const QMutexLocker lock(&home->mutex);
                if (home->pool == nullptr)
                    return;
                auto finish = [pool = home->pool, done = std::move(done), result = std::move(result)]() mutable {
                    --pool->m_jobs;
                    done(std::move(result));
                };
                QMetaObject::invokeMethod(home->pool, std::move(finish), Qt::QueuedConnection);
            });
    }

private:
    /// Where results go to, as long as it is there.
    struct Home
    {
        QMutex mutex;
        DiskPool *pool = nullptr;
    };
    std::unique_ptr<QThreadPool> m_pool;
    std::shared_ptr<Home> m_home;
    int m_jobs = 0;
};

} // namespace glasshouse
