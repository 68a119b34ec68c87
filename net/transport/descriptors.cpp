// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/descriptors.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace glasshouse {

#ifdef Q_OS_UNIX

namespace {

constexpr rlim_t enough = 1'048'576; // some systems say "infinity" and mean much less

#ifdef Q_OS_LINUX
constexpr const char *descriptorFolder = "/proc/self/fd";
#else
constexpr const char *descriptorFolder = "/dev/fd";
#endif

} // namespace

int raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max < enough ? limit.rlim_max : enough;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    return descriptorLimit();
}

int descriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return -1;
    return int(limit.rlim_cur < enough ? limit.rlim_cur : enough);
}

int openDescriptors()
{
    DIR *folder = ::opendir(descriptorFolder);
    if (folder == nullptr)
        return -1;
    int count = -3; // ".", ".." and the folder itself
    while (::readdir(folder) != nullptr)
        ++count;
    ::closedir(folder);
    return count;
}

bool leavesReserve(qintptr descriptor)
{
    const int limit = descriptorLimit();
    return limit < 0 || descriptor < limit - descriptorReserve;
}

bool hasReserve()
{
    const int probe = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (probe < 0)
        return false;
    ::close(probe);
    return leavesReserve(probe);
}

qint64 threadCpuUs()
{
    timespec time{};
    if (::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) != 0)
        return -1;
    return qint64(time.tv_sec) * 1'000'000 + time.tv_nsec / 1'000;
}

#else

int raiseDescriptorLimit() { return -1; }
int descriptorLimit() { return -1; }
int openDescriptors() { return -1; }
bool leavesReserve(qintptr) { return true; }
bool hasReserve() { return true; }
qint64 threadCpuUs() { return -1; }

#endif

} // namespace glasshouse
