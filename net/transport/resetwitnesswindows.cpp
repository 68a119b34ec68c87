// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/resetwitness.h"

namespace glasshouse {

void ResetWitness::watch(qintptr) { }
bool ResetWitness::sawReset() const { return m_descriptor >= 0; }
void ResetWitness::dismiss() { }

} // namespace glasshouse
