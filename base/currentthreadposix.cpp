// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/currentthread.h"

#include <ctime>
#include <sys/resource.h>
#include <unistd.h>

namespace glasshouse {

qint64 threadCpuUs()
{
    timespec time{};
    if (::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) != 0)
        return -1;
    return qint64(time.tv_sec) * 1'000'000 + time.tv_nsec / 1'000;
}

void yieldToOtherThreads()
{
#ifdef Q_OS_LINUX // elsewhere it would be the whole process
    constexpr int nice = 10;
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), nice);
#endif
}

} // namespace glasshouse
