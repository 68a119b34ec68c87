// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctordesk.h"

#include "ui/doctor/doctororders.h"
#include "ui/doctor/doctorpanel.h"
#include "ui/doctor/phonecheckpanel.h"
#include "ui/panels/tableview.h"
#include "ui/windows/doctorwindow.h"

#include <QSettings>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

DoctorDesk::DoctorDesk(Host &host, QSettings &settings, QWidget *window)
    : QObject(window),
      m_host(host),
      m_settings(settings),
      m_window(window)
{
    const auto follow = [this] {
        if (m_doctor != nullptr)
            m_doctor->phones()->setServer(m_host.state(), m_host.listenInfo());
    };
    connect(&host, &Host::stateChanged, this, follow);
    connect(&host, &Host::reloaded, this, follow); // TLS may be another
}

DoctorWindow &DoctorDesk::doctor()
{
    if (m_doctor == nullptr) {
        m_doctor = new DoctorWindow(m_window);
        m_doctor->restoreGeometry(m_settings.value("doctor/geometry"_L1).toByteArray());
        restoreTables(*m_doctor, m_settings.value("doctor/tables"_L1).toByteArray());
        m_doctor->phones()->setServer(m_host.state(), m_host.listenInfo());
    }
    return *m_doctor;
}

void DoctorDesk::open()
{
    DoctorPanel *panel = doctor().doctor();
    const bool isUp = m_host.state() == ServerState::Running || m_host.state() == ServerState::Draining;
    if (isUp && panel->isIdle())
        panel->suggest(ownOrder(m_host.listenInfo(), m_host.config().auth == AuthMode::Token));
    doctor().showDoctor();
}

bool DoctorDesk::examineLike(const ConnectionInfo &connection)
{
    const auto order = orderLike(connection, m_host.listenInfo());
    if (!order)
        return false;
    doctor().showDoctor();
    doctor().doctor()->examine(*order);
    return true;
}

void DoctorDesk::checkPhones() { doctor().showPhones(); }

void DoctorDesk::apply(const Snapshot &snapshot)
{
    const bool isChecked = std::ranges::any_of(
        snapshot.events, [](const ServerEvent &event) { return event.code == EventCode::DeviceChecked; });
    if (isChecked) // somebody may ask for it later
        doctor().phones()->take(snapshot.events);
}

void DoctorDesk::saveLayout()
{
    if (m_doctor == nullptr)
        return;
    m_settings.setValue("doctor/geometry"_L1, m_doctor->saveGeometry());
    m_settings.setValue("doctor/tables"_L1, saveTables(*m_doctor));
}

} // namespace glasshouse
