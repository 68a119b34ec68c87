// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QAction;
class QWidget;

namespace glasshouse {

/// All that can be done in a window and what belongs to it, each once: what is in its menus first. Not in the windows beside it.
[[nodiscard]] QList<QAction *> actionsOf(const QWidget &window);

} // namespace glasshouse
