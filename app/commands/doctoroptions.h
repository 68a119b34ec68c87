// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/clientoptions.h"
#include "client/doctor/doctor.h"
#include "client/doctor/report/doctorreport.h"

namespace glasshouse {

/// What is asked of `doctor`. A value.
struct DoctorRequest
{
    ClientRequest client;
    bool self = false;        ///< our own server, in place of a URL
    QStringList serveOptions; ///< of that server
    int idle = -1;            ///< seconds; −1: as usual
    bool json = false;
    bool markdown = false;
    bool noColour = false;
};

[[nodiscard]] Result<DoctorRequest, OptionsError> readDoctor(const QStringList &arguments);
[[nodiscard]] DoctorReport reportOf(const DoctorRequest &request);
/// `usual`: how long a silent connection is watched unless somebody says it.
[[nodiscard]] qint64 idleMsOf(const DoctorRequest &request, qint64 usual);
/// What could never be sent is an error; what is wrong with the address is not: that is what the doctor finds. Reads files.
[[nodiscard]] Result<DoctorOrder, OptionsError> orderOf(const DoctorRequest &request);
/// Text of doctor --help.
[[nodiscard]] QByteArray doctorHelp();

} // namespace glasshouse
