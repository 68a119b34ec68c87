// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>

namespace glasshouse {

/// Is there a turn of this thread's loop in which nothing happens? Never while a stream spins.
[[nodiscard]] inline bool comesToRest()
{
    QAbstractEventDispatcher *loop = QAbstractEventDispatcher::instance();
    for (int i = 0; i < 1'000; ++i) {
        if (!loop->processEvents(QEventLoop::AllEvents))
            return true;
    }
    return false;
}

} // namespace glasshouse
