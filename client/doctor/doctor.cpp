// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctor.h"

#include "client/doctor/doctorrun.h"
#include "client/doctor/namelookup.h"

namespace glasshouse {

Doctor::Doctor(QObject *parent) : Doctor(DoctorTools(), parent) { }

Doctor::Doctor(DoctorTools tools, QObject *parent) : QObject(parent), m_tools(std::move(tools))
{
    if (!m_tools.resolve)
        m_tools.resolve = [this](const QString &host, DoctorTools::Resolved resolved) {
            new NameLookup(host, std::move(resolved), this);
        };
    if (!m_tools.now)
        m_tools.now = [] { return QDateTime::currentDateTimeUtc(); };
}

Doctor::~Doctor()
{
    drop();
    qDeleteAll(findChildren<DoctorRun *>(Qt::FindDirectChildrenOnly)); // before the pump
}

void Doctor::start(const DoctorOrder &order)
{
    drop();
    if (!m_pump)
        m_pump = Pump::create(qEnvironmentVariableIsSet("GLASSHOUSE_PORTABLE_TRANSPORT"));
    m_run = new DoctorRun(order, m_tools, *m_pump, this);
    connect(m_run, &DoctorRun::stageChanged, this, &Doctor::stageChanged);
    connect(m_run, &DoctorRun::finished, this, &Doctor::finished);
    m_run->start();
}

void Doctor::stop()
{
    if (m_run != nullptr)
        m_run->stop();
}

const Diagnosis &Doctor::diagnosis() const { return m_run != nullptr ? m_run->diagnosis() : m_none; }

/// It may be inside one of its own signals, so it goes later; until then it is mute.
void Doctor::drop()
{
    if (m_run == nullptr)
        return;
    m_run->disconnect(this);
    m_run->abort();
    m_run->deleteLater();
    m_run = nullptr;
}

} // namespace glasshouse
