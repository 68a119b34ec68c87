// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/descriptors.h"

namespace glasshouse {

int raiseDescriptorLimit() { return -1; }
int descriptorLimit() { return -1; }
int openDescriptors() { return -1; }
int leastDescriptors() { return 0; }
bool leavesReserve(qintptr) { return true; }
bool hasReserve() { return true; }

} // namespace glasshouse
