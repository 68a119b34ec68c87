// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/serverevent.h"

#include <QStringList>
#include <QTimer>
#include <array>
#include <functional>

namespace glasshouse {

/// What can be wrong with the server itself, for as long as it lasts. Games go on meanwhile.
enum class HealthFault : quint8 {
    CaptureStopped,
    ResultsFailed,
    LogFailed,
    AcceptingPaused, ///< too few file descriptors
};
constexpr int healthFaultCount = int(HealthFault::AcceptingPaused) + 1;

/// `name` is public: in /health, and a label of /metrics. Both events have the system's words, and how much was lost, as far as their
/// texts have a place for them.
struct HealthFaultType
{
    HealthFault fault;
    const char *name;
    EventCode begins;
    EventCode ends;
};
[[nodiscard]] const HealthFaultType &healthFaultType(HealthFault fault);

/// What is wrong now. Says when something begins, and when it has been over for a while: a full disk takes a little now and then.
/// On one thread.
class Health
{
public:
    static constexpr int calmMs = 2'000;

    /// `tell` hears of what begins and ends; the event has no time yet.
    explicit Health(std::function<void(const ServerEvent &)> tell, int calmForMs = calmMs);

    /// `words`: the system's own; empty: it is over. `lost`: how much, since the server began.
    void set(HealthFault fault, const QString &words, qint64 lost = 0);
    /// Names, in the order of the table.
    [[nodiscard]] QStringList faults() const;

private:
    struct State
    {
        bool isOn = false;
        bool isCalm = false; ///< over, and not for long enough
        qint64 lost = 0;
    };
    std::function<void(const ServerEvent &)> m_tell;
    std::array<State, healthFaultCount> m_states;
    QTimer m_calm;

    void endCalmOnes();
};

} // namespace glasshouse
