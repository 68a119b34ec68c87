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

QList<Remedy> anotherPort(quint16 port, ServerConfig config)
{
    if (port == 0)
        return {};
    config.port = port;
    return {{Words::tr("Use port %1").arg(port), Words::tr("Start the server on this port, which is free"), config}};
}

Remedy listeningOn(const QString &address, const QString &text, const QString &toolTip, ServerConfig config)
{
    config.bindAddress = address;
    return {text, toolTip, config};
}

QList<Remedy> anotherAddress(const ServerConfig &config)
{
    return {listeningOn({}, Words::tr("Use all addresses"),
                        Words::tr("Start the server for everybody who can reach this computer"), config),
            listeningOn(u"127.0.0.1"_s, Words::tr("Use this computer only"),
                        Words::tr("Start the server for programs on this computer"), config)};
}

Remedy withoutData(ServerConfig config)
{
    config.capture = false;
    config.historyFile.clear();
    return {Words::tr("Start without recording"),
            Words::tr("Nothing of this run is kept: no messages, and no results of games"), config, true};
}

} // namespace

QList<Remedy> remediesFor(const Fault &fault, const ServerConfig &config)
{
    switch (fault.code) {
    case FaultCode::PortTaken:
    case FaultCode::PortTakenBy:
    case FaultCode::PortNotAllowed:
        return anotherPort(fault.freePort, config);
    case FaultCode::NoSuchAddress:
        return anotherAddress(config);
    case FaultCode::DataNotWritable:
    case FaultCode::DataTaken:
    case FaultCode::DataTakenBy:
        return {withoutData(config)};
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
