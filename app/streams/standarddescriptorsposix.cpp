// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/streams/standarddescriptors.h"

#include <fcntl.h>
#include <unistd.h>

namespace glasshouse {

void fillStandardDescriptors()
{
    int descriptor = 0;
    do { // the lowest free number is taken each time
        descriptor = ::open("/dev/null", O_RDWR);
    } while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    if (descriptor >= 0)
        ::close(descriptor);
}

} // namespace glasshouse
