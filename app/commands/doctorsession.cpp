// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/doctorsession.h"

#include "app/streams/standardinput.h"
#include "client/doctor/report/doctorreportparts.h"

#include <QCoreApplication>
#include <cstdio>

namespace glasshouse {

namespace {

constexpr int ill = 1;
constexpr int interrupted = 130;
constexpr int errors = 2; // descriptor

} // namespace

DoctorSession::DoctorSession(const DoctorReport &report, QObject *parent) : QObject(parent), m_report(report)
{
    connect(&m_doctor, &Doctor::stageChanged, this, &DoctorSession::tellStages);
    connect(&m_doctor, &Doctor::finished, this, &DoctorSession::finish);
    connect(&m_signals, &TerminationSignals::requested, this, &DoctorSession::interrupt);
    connect(&m_output, &StandardOutput::fullChanged, this, &DoctorSession::leaveIfDone);
    connect(&m_output, &StandardOutput::failed, this, [](const QString &why) {
        std::fprintf(stderr, "glasshouse: standard output can not be written: %s\n", qPrintable(why));
        QCoreApplication::exit(ill);
    });
}

void DoctorSession::start(const QList<DoctorOrder> &orders)
{
    m_orders = orders;
    // Whoever waits for the end is in the loop by then.
    QMetaObject::invokeMethod(this, &DoctorSession::next, Qt::QueuedConnection);
}

void DoctorSession::next()
{
    if (m_orders.isEmpty())
        return emit ended();
    m_told.reset();
    m_saidHead = m_saidIdle = false;
    m_doctor.start(m_orders.first());
}

// Each as it ends.
void DoctorSession::tellStages()
{
    const Diagnosis &diagnosis = m_doctor.diagnosis();
    tellIdle();
    if (m_report.kind == DoctorReport::Kind::Markdown) // begins with the end
        return;
    if (!std::exchange(m_saidHead, true) && m_report.kind == DoctorReport::Kind::Text)
        m_output.write(m_report.head(diagnosis) + '\n');
    for (int i = 0; i < doctorStageCount; ++i) {
        if (!m_told[std::size_t(i)] && hasEnded(diagnosis.at(DoctorStage(i)))) {
            m_told.set(std::size_t(i));
            m_output.write(m_report.stage(diagnosis, DoctorStage(i)));
        }
    }
}

// Nothing happens for minutes, and whoever watches should know that it is meant.
void DoctorSession::tellIdle()
{
    const bool begins = m_doctor.diagnosis().at(DoctorStage::Idle).verdict == DoctorVerdict::Running;
    if (!begins || std::exchange(m_saidIdle, true) || !StandardInput::isTerminal(errors))
        return;
    std::fprintf(stderr, "glasshouse: watching a silent connection for %s; Ctrl+C ends that\n",
                 qPrintable(durationText(m_orders.first().idleMs * 1000)));
}

void DoctorSession::finish()
{
    tellStages();
    const Diagnosis &diagnosis = m_doctor.diagnosis();
    m_output.write(m_report.kind == DoctorReport::Kind::Markdown ? m_report.whole(diagnosis)
                       : m_report.kind == DoctorReport::Kind::Text
                       ? m_report.leftOut(diagnosis) + '\n' + m_report.summary(diagnosis)
                       : m_report.summary(diagnosis));
    if (diagnosis.verdict() == DoctorVerdict::Ill && m_exitCode == 0)
        m_exitCode = ill;
    m_orders.removeFirst();
    if (!m_orders.isEmpty() && m_report.kind == DoctorReport::Kind::Text)
        m_output.write("\n");
    QMetaObject::invokeMethod(this, &DoctorSession::next, Qt::QueuedConnection);
}

void DoctorSession::interrupt()
{
    if (m_leaving || m_exitCode == interrupted) // what nobody reads is left
        return QCoreApplication::exit(interrupted);
    m_exitCode = interrupted;
    m_orders.resize(std::min<qsizetype>(1, m_orders.size()));
    m_doctor.stop();
}

void DoctorSession::leave(int exitCode)
{
    m_leaving = exitCode;
    leaveIfDone();
}

void DoctorSession::leaveIfDone()
{
    if (m_leaving && !m_output.isFull())
        QCoreApplication::exit(*m_leaving);
}

} // namespace glasshouse
