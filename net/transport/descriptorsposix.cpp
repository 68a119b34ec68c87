// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/descriptors.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace glasshouse {

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

int leastDescriptors() { return qMax(0, openDescriptors()) + descriptorReserve + leastConnections; }

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

} // namespace glasshouse
