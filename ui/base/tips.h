// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMenuBar;

namespace glasshouse {

/// Tool tips show in the menus, too, and in the status bar: once, when the menus are complete.
void explainMenus(const QMenuBar &bar);

} // namespace glasshouse
