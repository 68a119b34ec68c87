// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/namelookup.h"

namespace glasshouse {

NameLookup::NameLookup(const QString &host, DoctorTools::Resolved resolved, QObject *parent)
    : QObject(parent),
      m_resolved(std::move(resolved)),
      m_id(QHostInfo::lookupHost(host, this, SLOT(lookedUp(QHostInfo)))) // a functor that is not called leaks
{ }

void NameLookup::lookedUp(const QHostInfo &info)
{
    deleteLater();
    m_resolved(info.addresses(), info.errorString().toUtf8());
}

} // namespace glasshouse
