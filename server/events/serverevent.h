// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/connectionid.h"
#include "server/endings/ending.h"
#include "server/gate/clientaddress.h"

#include <memory>

namespace glasshouse {

struct CheckReport;

enum class EventSeverity : quint8 { Info, Warning, Error };

/// What can happen, and which members of a ServerEvent say more about it.
enum class EventCode : quint8 {
    ServerStarted,     ///< number: the port
    ServerNotStarted,  ///< words: why; whoever started it finds it, the server is not there to tell
    ServerDraining,    ///< number: seconds, at most
    ServerStopping,    //
    Reconfigured,      //
    AcceptingPaused,   ///< too few file descriptors
    AcceptingResumed,  //
    CaptureStopped,    ///< words
    CaptureGoesOn,     ///< number: rows that were lost since the start
    ResultsFailed,     ///< words
    ResultsGoOn,       ///< number: games that were lost since the start
    ResultsSetAside,   ///< words: where the broken file went
    LogFailed,         ///< words
    LogGoesOn,         ///< number: lines that were lost since the start
    AddressDoubted,    ///< address: the proxy's; doubt
    RoomCreated,       ///< room, as in all of a room
    RoomEnded,         //
    RoomMadePlace,     ///< it was empty, and all rooms were taken
    GameFinished,      //
    ConnectionEnded,   ///< connection, cause, address, player
    RequestRefused,    ///< connection, cause, address, host
    DeviceChecked,     ///< check, address: a device told how it gets here
    OperatorKicked,    ///< connection
    OperatorSent,      ///< connection
    OperatorBroadcast, ///< room, as in all below
    OperatorStarted,   //
    OperatorClosed,    //
    OperatorPaused,    //
    OperatorWentOn,    //
    OperatorEnded,     //
    PlayersLeftOut,    ///< number: of those who came and went, and are not listed
    RequestsLeftOut,   ///< number: of those refused or answered that are not listed
    EventsLeftOut,     ///< number: of those that are not listed
};
constexpr int eventCodeCount = int(EventCode::EventsLeftOut) + 1;

/// Something that happened: a code and its arguments. eventText() puts it into words. A value.
struct ServerEvent
{
    EventCode code = EventCode::ServerStarted;
    qint64 timeMs = 0; ///< since 1970
    ConnectionId connection{};
    EndingCause cause = EndingCause::Unknown;
    AddressDoubt doubt = AddressDoubt::None;
    qint64 number = 0;
    QString room;
    QString player;
    QString address;
    QString words = {}; ///< of the system, or of a table of ours
    std::shared_ptr<const CheckReport> check = {};
    QString host = {}; ///< the name that this server does not answer to and could be told to; from outside, and checked
};

/// Which events are one line with a count.
enum class EventFold : quint8 { Never, Alike, AlikeInRoom, AlikeFromAddress, SameEnding };

/// What is the same for all events of a code. `kind` is a public name of the log; the text is English, marked for translation
/// in the context "Event". Where it has a place (%1), `fills` is what goes there.
struct EventType
{
    enum class Fills : quint8 { Nothing, Number, Room, Connection, Doubt, Words, Ending, Check };

    EventCode code;
    const char *kind;
    EventSeverity severity; ///< of an ending that is a fault, or a check that failed: a warning
    EventFold fold;
    const char *foldWord; ///< the same for what folds together, of several codes as well
    Fills fills;
    const char *text;
};
[[nodiscard]] const EventType &eventType(EventCode code);

[[nodiscard]] EventSeverity severityOf(const ServerEvent &event);
/// The same for what belongs together; empty: it stands alone.
[[nodiscard]] QByteArray foldKeyOf(const ServerEvent &event);

} // namespace glasshouse
