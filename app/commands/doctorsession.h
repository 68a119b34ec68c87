// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/streams/standardoutput.h"
#include "app/terminationsignals.h"
#include "client/doctor/doctor.h"
#include "client/doctor/report/doctorreport.h"

#include <QList>
#include <bitset>
#include <optional>

namespace glasshouse {

/// Examines one order after the other, and says on standard output what is found as it is found. An interrupt ends the
/// examination, and the next one ends the program.
class DoctorSession final : public QObject
{
    Q_OBJECT
public:
    explicit DoctorSession(const DoctorReport &report, QObject *parent = nullptr);

    /// To standard output as well.
    void write(const QByteArray &text) { m_output.write(text); }
    /// ended() follows.
    void start(const QList<DoctorOrder> &orders);
    /// The exit code, until now: the worst of all.
    [[nodiscard]] int exitCode() const { return m_exitCode; }
    /// Ends the program's loop with `exitCode` once all is written.
    void leave(int exitCode);

signals:
    /// All of them, or it was interrupted.
    void ended();

private:
    DoctorReport m_report;
    Doctor m_doctor;
    StandardOutput m_output;
    TerminationSignals m_signals;
    QList<DoctorOrder> m_orders;          ///< the first is under way
    std::bitset<doctorStageCount> m_told; ///< stages that were reported
    bool m_saidHead = false;
    bool m_saidIdle = false;
    int m_exitCode = 0;
    std::optional<int> m_leaving;

    void next();
    void tellStages();
    void tellIdle();
    void finish();
    void interrupt();
    void leaveIfDone();
};

} // namespace glasshouse
