// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/health.h"

namespace glasshouse {

namespace {

// In the order of HealthFault.
constexpr std::array<HealthFaultType, healthFaultCount> types{{
    {HealthFault::CaptureStopped, "capture_stopped", EventCode::CaptureStopped, EventCode::CaptureGoesOn},
    {HealthFault::ResultsFailed, "results_failed", EventCode::ResultsFailed, EventCode::ResultsGoOn},
    {HealthFault::LogFailed, "log_failed", EventCode::LogFailed, EventCode::LogGoesOn},
    {HealthFault::AcceptingPaused, "accepting_paused", EventCode::AcceptingPaused, EventCode::AcceptingResumed},
}};

constexpr bool isInOrder()
{
    for (size_t i = 0; i < types.size(); ++i) {
        if (types[i].fault != HealthFault(i))
            return false;
    }
    return true;
}
static_assert(isInOrder());

ServerEvent eventOf(EventCode code, qint64 lost, const QString &words = {})
{
    ServerEvent event;
    event.code = code;
    event.number = lost;
    event.words = words;
    return event;
}

} // namespace

const HealthFaultType &healthFaultType(HealthFault fault) { return types[size_t(fault)]; }

Health::Health(std::function<void(const ServerEvent &)> tell, int calmForMs) : m_tell(std::move(tell))
{
    m_calm.setSingleShot(true);
    m_calm.setInterval(calmForMs);
    m_calm.callOnTimeout([this] { endCalmOnes(); });
}

void Health::set(HealthFault fault, const QString &words, qint64 lost)
{
    State &state = m_states[size_t(fault)];
    state.lost = lost;
    const bool wasCalm = std::exchange(state.isCalm, state.isOn && words.isEmpty());
    if (state.isCalm && !wasCalm)
        m_calm.start(); // anew: what is over already waits a little longer
    if (words.isEmpty() || std::exchange(state.isOn, true))
        return;
    m_tell(eventOf(healthFaultType(fault).begins, lost, words));
}

void Health::endCalmOnes()
{
    for (const HealthFaultType &type : types) {
        State &state = m_states[size_t(type.fault)];
        if (!state.isCalm)
            continue;
        state.isOn = state.isCalm = false;
        m_tell(eventOf(type.ends, state.lost));
    }
}

QStringList Health::faults() const
{
    QStringList names;
    for (const HealthFaultType &type : types) {
        if (m_states[size_t(type.fault)].isOn)
            names += QString::fromLatin1(type.name);
    }
    return names;
}

} // namespace glasshouse
