// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/doctor.h"

#include "app/commands/commandoutput.h"
#include "app/commands/doctoroptions.h"
#include "app/commands/doctorself.h"
#include "app/commands/doctorsession.h"
#include "app/streams/standardinput.h"

#include <QCoreApplication>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int wrongUsage = 2;
constexpr int output = 1; // descriptor

} // namespace

int doctorCommand(const Options &options, const QProcessEnvironment &environment)
{
    if (options.arguments.contains(u"--help"_s) || options.arguments.contains(u"-h"_s))
        return print({0, doctorHelp(), {}});
    const auto request = readDoctor(options.arguments);
    if (!request)
        return print({wrongUsage, {}, request.error().text});
    DoctorReport report = reportOf(request.value());
    report.coloured = StandardInput::isTerminal(output) && !request.value().noColour && wantsColours(environment);
    if (request.value().self)
        return doctorSelf(request.value(), report, environment);
    const auto order = orderOf(request.value());
    if (!order)
        return print({wrongUsage, {}, order.error().text});
    DoctorSession session(report);
    QObject::connect(&session, &DoctorSession::ended, &session, [&session] { session.leave(session.exitCode()); });
    session.start({order.value()});
    return QCoreApplication::exec();
}

} // namespace glasshouse
