// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/capturepulse.h"

namespace glasshouse {

namespace {

constexpr int flushMs = 50;

} // namespace

CapturePulse::CapturePulse(Recorder &recorder, std::function<Sample()> look)
    : m_recorder(recorder),
      m_sampler(recorder, std::move(look))
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(flushMs);
    m_flush.callOnTimeout([this] { m_recorder.flush(); });
    m_recorder.setPendingCallback([this] {
        m_flush.start();
        m_sampler.wake();
    });
}

CapturePulse::~CapturePulse()
{
    m_sampler.finish();
    m_recorder.flush();
    m_recorder.setPendingCallback({});
}

} // namespace glasshouse
