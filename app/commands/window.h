// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace glasshouse {

/// Shows the main window and runs until it is closed; reads the settings over what the window has stored. Exit code of the
/// program. Needs a QApplication.
[[nodiscard]] int showWindow();

} // namespace glasshouse
