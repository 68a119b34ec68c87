// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/deadlines.h"

namespace glasshouse {

DeadlineTarget::~DeadlineTarget()
{
    if (m_queue != nullptr)
        m_queue->clear(*this);
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
        target->m_queue = nullptr;
}

void Deadlines::set(DeadlineTarget &target, qint64 timeMs)
{
    timeMs = qMax(timeMs, m_earliest);
    if (target.m_queue != nullptr && target.m_place->first == timeMs)
        return;
    clear(target);
    target.m_place = m_targets.emplace(timeMs, &target);
    target.m_queue = this;
    if (target.m_place == m_targets.begin())
        arm();
}

void Deadlines::clear(DeadlineTarget &target)
{
    if (target.m_queue == nullptr)
        return;
    m_targets.erase(target.m_place);
    target.m_queue = nullptr;
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
