// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorrun.h"

#include "client/doctor/openingstep.h"
#include "client/doctor/sizestep.h"
#include "client/doctor/talksteps.h"
#include "client/doctor/waysteps.h"

#include <QPointer>

namespace glasshouse {

namespace {

struct StepRow
{
    DoctorStep *(*make)(DoctorCase &patient, QObject *keeper);
    bool always; ///< also where there is no point in looking further
};

template <typename Step>
DoctorStep *make(DoctorCase &patient, QObject *keeper)
{
    return new Step(patient, keeper);
}

// In the order in which they are done. Who may connect is asked when the connection is not needed any more: some servers give a
// client one. The watch is long, and people stop it, so it is the last.
constexpr StepRow steps[] = {
    {make<AddressStep>, false},     {make<NetworkStep>, false},   {make<OpeningStep>, false},
    {make<FirstFramesStep>, false}, {make<RoundTripStep>, false}, {make<SizeStep>, false},
    {make<CloseStep>, false},       {make<OriginStep>, false},    {make<HostStep>, true},
    {make<IdleStep>, false},
};

} // namespace

DoctorRun::DoctorRun(const DoctorOrder &order, const DoctorTools &tools, Pump &pump, QObject *parent)
    : QObject(parent),
      m_case(order, tools, pump, [this](DoctorStage stage) { note(stage); })
{ }

DoctorRun::~DoctorRun()
{
    abort();
    qDeleteAll(findChildren<QObject *>(Qt::FindDirectChildrenOnly)); // before the case
}

void DoctorRun::start() { goOn(); }

void DoctorRun::note(DoctorStage stage)
{
    m_changed.set(std::size_t(stage));
    if (!std::exchange(m_isToTell, true))
        QMetaObject::invokeMethod(this, &DoctorRun::tell, Qt::QueuedConnection);
}

/// A slot may stop() it, which tells the rest from inside.
void DoctorRun::tell()
{
    m_isToTell = false;
    const QPointer<DoctorRun> self(this);
    for (std::size_t i = 0; self && i < m_changed.size(); ++i) {
        if (m_changed.test(i)) {
            m_changed.reset(i);
            emit stageChanged(DoctorStage(i));
        }
    }
    if (self && m_isOver && !m_isToTell && !std::exchange(m_isEndTold, true))
        emit finished();
}

void DoctorRun::goOn()
{
    dropStep();
    while (m_next < std::size(steps) && m_case.isBlocked && !steps[m_next].always)
        ++m_next;
    if (m_next == std::size(steps))
        return end(false);
    m_step = steps[m_next++].make(m_case, this);
    connect(m_step, &DoctorStep::done, this, &DoctorRun::goOn);
    m_step->start();
}

void DoctorRun::dropStep()
{
    if (m_step == nullptr)
        return;
    m_step->abort();
    m_step->deleteLater();
    m_step = nullptr;
}

void DoctorRun::end(bool stopped)
{
    if (m_isOver)
        return;
    if (stopped && m_step != nullptr)
        m_step->cutShort();
    dropStep();
    if (m_case.talk != nullptr)
        m_case.talk->abort();
    m_case.finish(stopped);
    m_isOver = true;
    note(DoctorStage::Host);
}

void DoctorRun::stop()
{
    end(true);
    if (m_isToTell)
        tell();
}

void DoctorRun::abort()
{
    m_isOver = true;
    disconnect();
    dropStep();
    if (m_case.talk != nullptr)
        m_case.talk->abort();
}

} // namespace glasshouse
