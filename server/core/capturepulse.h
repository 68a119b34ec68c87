// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/core/sampler.h"

namespace glasshouse {

/// Keeps a Recorder going while rows come: hands them over when they are 50 ms old, and samples the counters. Where nothing is
/// recorded it rests. On its worker's thread.
class CapturePulse
{
public:
    /// `look` finds out the counters; it is called where rows are recorded only.
    CapturePulse(Recorder &recorder, std::function<Sample()> look);
    /// The last sample, and all that is left.
    ~CapturePulse();
    Q_DISABLE_COPY_MOVE(CapturePulse)

private:
    Recorder &m_recorder;
    Sampler m_sampler;
    QTimer m_flush;
};

} // namespace glasshouse
