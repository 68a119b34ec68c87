// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QObject>
#include <QTimer>
#include <map>

namespace glasshouse {

class Deadlines;
class DeadlineTarget;

/// Where a target stands in the queue. For Deadlines alone: a search would cost more than all the rest.
struct DeadlinePlace
{
    Deadlines *queue = nullptr; ///< null: in none
    std::multimap<qint64, DeadlineTarget *>::iterator at;
};

/// Something that wants to be called at a time.
class DeadlineTarget
{
public:
    virtual ~DeadlineTarget();
    /// It is time. The target may set itself anew, or destroy itself later, but not inside of this call.
    virtual void deadlinePassed(qint64 nowMs) = 0;

    [[nodiscard]] DeadlinePlace &deadlinePlace() { return m_deadlinePlace; }

private:
    DeadlinePlace m_deadlinePlace;
};

/// One timer for all deadlines of a thread: a QTimer a connection costs memory and makes Qt's timer list long.
class Deadlines final : public QObject
{
    Q_OBJECT
public:
    explicit Deadlines(const Clock &clock, QObject *parent = nullptr);
    ~Deadlines() override;

    /// Calls the target at that time (monotonic ms, up to 20 ms late). A target has one time: the last one that was set.
    void set(DeadlineTarget &target, qint64 timeMs);
    void clear(DeadlineTarget &target);

private:
    const Clock &m_clock;
    QTimer m_timer;
    std::multimap<qint64, DeadlineTarget *> m_targets;
    qint64 m_earliest = 0; ///< while targets are called: behind now, so that one that is late does not keep the rest

    void run();
    void arm();
};

} // namespace glasshouse
