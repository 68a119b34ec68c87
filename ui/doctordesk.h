// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/host.h"

#include <QObject>

class QSettings;

namespace glasshouse {

class DoctorWindow;

/// Owns the doctor's window, which belongs to `window` and comes when it is asked for, and knows what to examine of our own server.
class DoctorDesk final : public QObject
{
    Q_OBJECT
public:
    DoctorDesk(Host &host, QSettings &settings, QWidget *window);

    /// With our own address in it; nothing is examined.
    void open();
    /// Our own server as this client saw it, at once.
    /// False: what it asked for can not be asked again.
    bool examineLike(const ConnectionInfo &connection);
    void checkPhones();
    void apply(const Snapshot &snapshot);
    void saveLayout();

private:
    Host &m_host;
    QSettings &m_settings;
    QWidget *m_window;
    DoctorWindow *m_doctor = nullptr;

    [[nodiscard]] DoctorWindow &doctor();
};

} // namespace glasshouse
