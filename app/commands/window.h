// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>

namespace glasshouse {

/// Shows the main window and runs until it is closed; reads the settings over what the window has stored. Exit code of the
/// program. Needs a QApplication. `environment`: as the program was started with.
[[nodiscard]] int showWindow(const QProcessEnvironment &environment);

} // namespace glasshouse
