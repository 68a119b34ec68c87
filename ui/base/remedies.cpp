// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/remedies.h"

#include <QCoreApplication>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Remedies)
};

QList<Remedy> anotherPort(quint16 port)
{
    if (port == 0)
        return {};
    return {{Words::tr("Use port %1").arg(port), Words::tr("Start the server on this port, which is free"),
             [port](ServerConfig &config) { config.port = port; }}};
}

Remedy listeningOn(const QString &address, const QString &text, const QString &toolTip)
{
    return {text, toolTip, [address](ServerConfig &config) { config.bindAddress = address; }};
}

QList<Remedy> anotherAddress()
{
    return {listeningOn({}, Words::tr("Use all addresses"),
                        Words::tr("Start the server for everybody who can reach this computer")),
            listeningOn(u"127.0.0.1"_s, Words::tr("Use this computer only"),
                        Words::tr("Start the server for programs on this computer"))};
}

Remedy withoutData()
{
    const auto change = [](ServerConfig &config) {
        config.capture = false;
        config.historyFile.clear();
    };
    return {Words::tr("Start without recording"),
            Words::tr("Nothing of this run is kept: no messages, and no results of games"), change, true};
}

} // namespace

QList<Remedy> remediesFor(const Fault &fault)
{
    switch (fault.code) {
    case FaultCode::PortTaken:
    case FaultCode::PortTakenBy:
    case FaultCode::PortNotAllowed:
        return anotherPort(fault.freePort);
    case FaultCode::NoSuchAddress:
        return anotherAddress();
    case FaultCode::DataNotWritable:
    case FaultCode::DataTaken:
    case FaultCode::DataTakenBy:
        return {withoutData()};
    case FaultCode::BadConfiguration:
        return {{Words::tr("Settings…"), Words::tr("See what the server is to start with"), {}}};
    case FaultCode::CanNotListen:
    case FaultCode::FewDescriptors: // the system's, not ours
    case FaultCode::NoCapture:      // it goes on without
    case FaultCode::ConnectionGone:
    case FaultCode::RoomGone:
    case FaultCode::NoEnvelope:
    case FaultCode::GameCanNotStart:
    case FaultCode::BadRoomId:
    case FaultCode::RoomExists:
    case FaultCode::TooManyRooms:
    case FaultCode::UnknownGame:
    case FaultCode::BadGameOptions:
        break;
    }
    return {};
}

} // namespace glasshouse
