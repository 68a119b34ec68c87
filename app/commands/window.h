// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

namespace glasshouse {

/// Shows the main window and runs until it is closed. Exit code of the program. Needs a QApplication.
[[nodiscard]] int showWindow(const Options &options);

} // namespace glasshouse
