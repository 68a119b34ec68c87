// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctor.h"

#include <QHostInfo>

namespace glasshouse {

/// Asks the system for a name, calls back, and is gone.
class NameLookup final : public QObject
{
    Q_OBJECT
public:
    NameLookup(const QString &host, DoctorTools::Resolved resolved, QObject *parent);
    ~NameLookup() override { QHostInfo::abortHostLookup(m_id); }

private slots:
    void lookedUp(const QHostInfo &info);

private:
    DoctorTools::Resolved m_resolved;
    int m_id;
};

} // namespace glasshouse
