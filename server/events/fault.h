// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QStringList>

namespace glasshouse {

/// Why something that was asked for did not happen, and what the arguments are.
enum class FaultCode : quint8 {
    // an operator's action
    ConnectionGone,  //
    RoomGone,        ///< the room
    NoEnvelope,      //
    GameCanNotStart, ///< the room
    BadRoomId,       //
    RoomExists,      ///< the room
    TooManyRooms,    //
    UnknownGame,     ///< words of the catalogue
    BadGameOptions,  ///< words of the game
    // a start
    BadConfiguration, ///< what is wrong, in words
    NoSuchAddress,    ///< the address
    PortTaken,        ///< the port; freePort, as in the two below
    PortTakenBy,      ///< the port; by whom
    PortNotAllowed,   ///< the port; words of the system
    CanNotListen,     ///< the port; words of the system
    NoCapture,        ///< words of the system
    DataNotWritable,  ///< the folder; words of the system
    DataTaken,        ///< the folder
    DataTakenBy,      ///< the folder; by whom
    FewDescriptors,   ///< how many there are; how many it takes
};
constexpr int faultCodeCount = int(FaultCode::FewDescriptors) + 1;

/// A code and its arguments. faultText() puts it into words. A value.
struct Fault
{
    FaultCode code = FaultCode::BadConfiguration;
    QStringList arguments = {};
    quint16 freePort = 0; ///< that a start would find instead of the one it did not get; 0: not known
    bool operator==(const Fault &) const = default;
};

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::Fault)
