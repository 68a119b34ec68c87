// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <utility>

namespace glasshouse {

/// Runs what may wait for a disk on threads of its own, and hands over what comes of it on the thread that it lives on. Whoever
/// starts a job has one at a time, so that their number is bounded by that of the connections.
class DiskPool final : public QObject
{
    Q_OBJECT
public:
    static constexpr int threads = 2; ///< one slow file must not keep all others

    DiskPool() { m_pool.setMaxThreadCount(threads); }
    /// Waits for the jobs that run; the others, and their results, are forgotten.
    ~DiskPool() override
    {
        m_pool.clear();
        m_pool.waitForDone();
    }
    Q_DISABLE_COPY_MOVE(DiskPool)

    template <typename Job, typename Done>
    void run(Job job, Done done)
    {
        m_pool.start([this, job = std::move(job), done = std::move(done)]() mutable {
            QMetaObject::invokeMethod(
                this, [done = std::move(done), result = job()]() mutable { done(std::move(result)); },
                Qt::QueuedConnection);
        });
    }

private:
    QThreadPool m_pool;
};

} // namespace glasshouse
