// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>

class QWidget;

namespace glasshouse {

/// The size that a window begins with: no larger than its screen has room for, which is little where all is drawn larger.
void resizeOnScreen(QWidget &window, QSize wanted);

} // namespace glasshouse
