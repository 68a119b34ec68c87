// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctorcase.h"

#include <bitset>

namespace glasshouse {

class DoctorStep;

/// One examination, from the URL to the end. What has changed is told in a turn of its own, so that no slot stands inside of what is
/// going on. Lives on its pump's thread; a Doctor owns it, and destroys it in a later turn.
class DoctorRun final : public QObject
{
    Q_OBJECT
public:
    DoctorRun(const DoctorOrder &order, const DoctorTools &tools, Pump &pump, QObject *parent);
    ~DoctorRun() override;

    void start();
    /// Ends it, and tells what was not told.
    void stop();
    /// No signal comes after it.
    void abort();
    [[nodiscard]] const Diagnosis &diagnosis() const { return m_case.diagnosis(); }

signals:
    void stageChanged(glasshouse::DoctorStage stage);
    void finished();

private:
    DoctorCase m_case;
    std::bitset<doctorStageCount> m_changed; ///< not told yet
    bool m_isToTell = false;
    DoctorStep *m_step = nullptr; ///< child; the one that runs
    std::size_t m_next = 0;       ///< row of the table of steps
    bool m_isOver = false;
    bool m_isEndTold = false;

    void note(DoctorStage stage);
    void tell();
    void goOn();
    void dropStep();
    void end(bool stopped);
};

} // namespace glasshouse
