// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <utility>

namespace glasshouse {

/// Runs what may wait for a disk on threads of its own, and hands over what comes of it on the thread that it lives on.
class DiskPool final : public QObject
{
    Q_OBJECT
public:
    static constexpr int threads = 2; ///< one slow file must not keep all others
    static constexpr int mostJobs =
        1000; ///< under way: those of who is gone stay until a disk that hangs has done them

    DiskPool() { m_pool.setMaxThreadCount(threads); }
    /// Waits for the jobs that run; the others, and their results, are forgotten.
    ~DiskPool() override
    {
        m_pool.clear();
        m_pool.waitForDone();
    }
    Q_DISABLE_COPY_MOVE(DiskPool)

    /// Who begins something new waits; who is in the middle of it has one job at a time, and may go on.
    [[nodiscard]] bool isBusy() const { return m_jobs >= mostJobs; }

    template <typename Job, typename Done>
    void run(Job job, Done done)
    {
        ++m_jobs;
        m_pool.start([this, job = std::move(job), done = std::move(done)]() mutable {
            auto finish = [this, done = std::move(done), result = job()]() mutable {
                --m_jobs;
                done(std::move(result));
            };
            QMetaObject::invokeMethod(this, std::move(finish), Qt::QueuedConnection);
        });
    }

private:
    QThreadPool m_pool;
    int m_jobs = 0;
};

} // namespace glasshouse
