// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/background.h"

#include <QThreadPool>
#include <mutex>

namespace glasshouse {

/// Lives as long as the longer of both.
struct Background::Shared
{
    std::atomic<bool> stop = false;
    std::mutex mutex;
    QObject *owner = nullptr; // guarded; null: nobody wants to know any more
};

Background::~Background() { cancel(); }

void Background::cancel()
{
    if (!m_current)
        return;
    m_current->stop = true;
    const std::scoped_lock lock(m_current->mutex);
    m_current->owner = nullptr;
}

void Background::begin(Work work)
{
    cancel();
    m_current = std::make_shared<Shared>();
    m_current->owner = this;
    QThreadPool::globalInstance()->start([shared = m_current, work = std::move(work)] {
        if (shared->stop)
            return;
        const Done done = work(shared->stop);
        const std::scoped_lock lock(shared->mutex);
        if (shared->owner == nullptr)
            return;
        QMetaObject::invokeMethod(
            shared->owner,
            [shared, done] {
                if (!shared->stop)
                    done();
            },
            Qt::QueuedConnection);
    });
}

} // namespace glasshouse
