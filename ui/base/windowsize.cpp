// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/windowsize.h"

#include <QScreen>
#include <QWidget>

namespace glasshouse {

void resizeOnScreen(QWidget &window, QSize wanted)
{
    constexpr QSize frame(16, 48); // of the window manager's making
    window.resize(wanted.boundedTo(window.screen()->availableSize() - frame));
}

} // namespace glasshouse
