// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/doctoroptions.h"
#include "app/commands/selfremarks.h"

#include <QProcessEnvironment>

namespace glasshouse {

/// `glasshouse doctor --self`: the server of these options as others find it. One that does not run is started for the time of the
/// test, without a capture. Returns the exit code.
int doctorSelf(const DoctorRequest &request, const DoctorReport &report, const QProcessEnvironment &environment);

/// Each address that people would use, as a page of the server itself comes to it, and the first once more as pages of the allowed
/// origins do. `facts.token`: goes with all of them.
[[nodiscard]] QList<DoctorOrder> ordersOf(const SelfFacts &facts, const DoctorRequest &request);

} // namespace glasshouse
