// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/recorder.h"
#include "server/events/samples.h"

#include <QTimer>

namespace glasshouse {

/// Writes the server's counters into the capture: once a second while rows are recorded, and once behind the last of them. Where
/// nothing happens nothing is written, and nothing wakes up. On its worker's thread.
class Sampler
{
public:
    Sampler(Recorder &recorder, std::function<Sample()> look, int intervalMs = 1'000);

    /// Rows were recorded. Cheap.
    void wake()
    {
        if (!m_writes && !m_timer.isActive())
            m_timer.start();
    }
    /// Nothing more comes: the last one, if rows were recorded since the one before.
    void finish()
    {
        if (m_timer.isActive())
            write();
    }

private:
    Recorder &m_recorder;
    std::function<Sample()> m_look;
    QTimer m_timer;
    QJsonObject m_last;
    bool m_writes = false; ///< its own row wakes it, too

    void write();
};

} // namespace glasshouse
