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
/// origins do. `facts.token`: goes with all of them; where players need one and there is none for who listens, by the way that needs
/// none. Of another program's server: nothing.
[[nodiscard]] QList<DoctorOrder> ordersOf(const SelfFacts &facts, const DoctorRequest &request);

/// For `facts.token`: the `given` one, or a fresh one that outlives the test by minutes. Fresh ones let into any room: only a server
/// that is known to be ours sees them, and another program sees none at all. Empty: none, or none can be made.
[[nodiscard]] QByteArray tokenFor(const SelfFacts &facts, const DoctorRequest &request, const QByteArray &given);

} // namespace glasshouse
