// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/deadlines.h"

namespace glasshouse {

DeadlineTarget::~DeadlineTarget()
{
    if (m_deadlinePlace.queue != nullptr)
        m_deadlinePlace.queue->clear(*this);
}

Deadlines::Deadlines(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock), m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { run(); });
}

Deadlines::~Deadlines()
{
    for (auto &[time, target] : m_targets)
        target->deadlinePlace().queue = nullptr;
}

void Deadlines::set(DeadlineTarget &target, qint64 timeMs)
{
    timeMs = qMax(timeMs, m_earliest);
    DeadlinePlace &place = target.deadlinePlace();
    if (place.queue != nullptr && place.at->first == timeMs)
        return;
    clear(target);
    place = {this, m_targets.emplace(timeMs, &target)};
    if (place.at == m_targets.begin())
        arm();
}

void Deadlines::clear(DeadlineTarget &target)
{
    DeadlinePlace &place = target.deadlinePlace();
    if (place.queue == nullptr)
        return;
    m_targets.erase(place.at);
    place.queue = nullptr;
}

void Deadlines::arm()
{
    if (m_targets.empty())
        return m_timer.stop();
    m_timer.start(int(qBound(qint64(1), m_targets.begin()->first - m_clock.monotonicMs(), qint64(60'000))));
}

void Deadlines::run()
{
    const qint64 now = m_clock.monotonicMs();
    m_earliest = now + 1;
    while (!m_targets.empty() && m_targets.begin()->first <= now) {
        DeadlineTarget *target = m_targets.begin()->second;
        clear(*target);
        target->deadlinePassed(now);
    }
    m_earliest = 0;
    arm();
}

} // namespace glasshouse
