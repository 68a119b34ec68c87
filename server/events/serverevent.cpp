// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/serverevent.h"

#include "server/events/checkreport.h"

#include <QCoreApplication>
#include <array>

namespace glasshouse {

namespace {

#define GH_TEXT(text) QT_TRANSLATE_NOOP("Event", text)

using Fills = EventType::Fills;
using enum EventSeverity;

// In the order of EventCode.
constexpr std::array<EventType, eventCodeCount> types{{
    {EventCode::ServerStarted, "server_started", Info, EventFold::Never, "", Fills::Number,
     GH_TEXT("Listening on port %1")},
    {EventCode::ServerNotStarted, "server_not_started", Error, EventFold::Never, "", Fills::Words,
     GH_TEXT("The server could not start: %1")},
    {EventCode::ServerDraining, "server_draining", Info, EventFold::Never, "", Fills::Number,
     GH_TEXT("The server lets games end, for at most %1 s")},
    {EventCode::ServerStopping, "server_stopping", Info, EventFold::Never, "", Fills::Nothing,
     GH_TEXT("The server is stopping")},
    {EventCode::Reconfigured, "reconfigured", Info, EventFold::Alike, "reconfigured", Fills::Nothing,
     GH_TEXT("The configuration was read anew")},
    {EventCode::AcceptingPaused, "accepting_paused", Error, EventFold::Alike, "accepting", Fills::Nothing,
     GH_TEXT("Too few file descriptors: no new connections are accepted")},
    {EventCode::AcceptingResumed, "accepting_resumed", Info, EventFold::Alike, "accepting", Fills::Nothing,
     GH_TEXT("New connections are accepted again")},
    {EventCode::CaptureStopped, "capture_stopped", Error, EventFold::Alike, "capture", Fills::Words,
     GH_TEXT("The capture can not be written: %1")},
    {EventCode::CaptureGoesOn, "capture_goes_on", Info, EventFold::Alike, "capture", Fills::Number,
     GH_TEXT("The capture is written again; rows lost since the start: %1")},
    {EventCode::ResultsFailed, "results_failed", Error, EventFold::Alike, "results", Fills::Words,
     GH_TEXT("Results of games are not kept: %1")},
    {EventCode::ResultsGoOn, "results_go_on", Info, EventFold::Alike, "results", Fills::Number,
     GH_TEXT("Results of games are kept again; games lost since the start: %1")},
    {EventCode::ResultsSetAside, "results_set_aside", Warning, EventFold::Alike, "results_set_aside", Fills::Words,
     GH_TEXT("The file with the results of earlier games was broken and is now %1; a new one has begun")},
    {EventCode::LogFailed, "log_failed", Error, EventFold::Alike, "log", Fills::Words,
     GH_TEXT("The log can not be written: %1")},
    {EventCode::LogGoesOn, "log_goes_on", Info, EventFold::Alike, "log", Fills::Number,
     GH_TEXT("The log is written again; lines lost since the start: %1")},
    {EventCode::AddressDoubted, "address_doubted", Warning, EventFold::AlikeFromAddress, "address_doubted",
     Fills::Doubt, "%1"},
    {EventCode::RoomCreated, "room_created", Info, EventFold::Alike, "room_created", Fills::Room,
     GH_TEXT("Room %1 was created")},
    {EventCode::RoomEnded, "room_ended", Info, EventFold::Alike, "room_ended", Fills::Room,
     GH_TEXT("Room %1 has ended")},
    {EventCode::RoomMadePlace, "room_made_place", Warning, EventFold::Alike, "room_made_place", Fills::Room,
     GH_TEXT("Room %1 was empty and has ended, because all rooms are taken and another one needed its place")},
    {EventCode::GameFinished, "game_finished", Info, EventFold::AlikeInRoom, "game_finished", Fills::Room,
     GH_TEXT("A game in room %1 has finished")},
    {EventCode::ConnectionEnded, "connection_ended", Info, EventFold::SameEnding, "", Fills::Ending, "%1"},
    {EventCode::RequestRefused, "request_refused", Info, EventFold::SameEnding, "", Fills::Ending, "%1"},
    {EventCode::DeviceChecked, "device_checked", Info, EventFold::AlikeFromAddress, "device_checked", Fills::Check,
     GH_TEXT("A device has checked its way to this server: %1")},
    {EventCode::OperatorKicked, "operator", Info, EventFold::Alike, "kick", Fills::Connection,
     GH_TEXT("The operator removed connection %1")},
    {EventCode::OperatorSent, "operator", Info, EventFold::Alike, "send", Fills::Connection,
     GH_TEXT("The operator sent a message to connection %1")},
    {EventCode::OperatorBroadcast, "operator", Info, EventFold::Alike, "broadcast", Fills::Room,
     GH_TEXT("The operator sent a message to room %1")},
    {EventCode::OperatorStarted, "operator", Info, EventFold::Alike, "start", Fills::Room,
     GH_TEXT("The operator started room %1")},
    {EventCode::OperatorClosed, "operator", Info, EventFold::Alike, "close", Fills::Room,
     GH_TEXT("The operator closed room %1")},
    {EventCode::OperatorPaused, "operator", Info, EventFold::Alike, "pause", Fills::Room,
     GH_TEXT("The operator paused room %1")},
    {EventCode::OperatorWentOn, "operator", Info, EventFold::Alike, "go_on", Fills::Room,
     GH_TEXT("The operator let room %1 go on")},
    {EventCode::OperatorEnded, "operator", Info, EventFold::Alike, "end", Fills::Room,
     GH_TEXT("The operator ended the game in room %1")},
    {EventCode::PlayersLeftOut, "players_left_out", Warning, EventFold::Never, "", Fills::Number,
     GH_TEXT("Players who came and went, and are not listed because nobody read in time: %1")},
    {EventCode::RequestsLeftOut, "requests_left_out", Warning, EventFold::Never, "", Fills::Number,
     GH_TEXT("Requests that were refused or answered, and are not listed because nobody read in time: %1")},
    {EventCode::EventsLeftOut, "events_left_out", Warning, EventFold::Never, "", Fills::Number,
     GH_TEXT("Events that are not listed because nobody read in time: %1")},
}};

constexpr bool isInOrder()
{
    for (size_t i = 0; i < types.size(); ++i) {
        if (types[i].code != EventCode(i))
            return false;
    }
    return true;
}
static_assert(isInOrder());

bool isEnding(EventCode code) { return eventType(code).fills == Fills::Ending; }

} // namespace

const EventType &eventType(EventCode code) { return types[size_t(code)]; }

EventSeverity severityOf(const ServerEvent &event)
{
    const bool isBad = (isEnding(event.code) && isFault(event.cause))
        || (event.code == EventCode::DeviceChecked && event.check && event.check->hasFailed());
    return isBad ? Warning : eventType(event.code).severity;
}

QByteArray foldKeyOf(const ServerEvent &event)
{
    const EventType &type = eventType(event.code);
    switch (type.fold) {
    case EventFold::Never:
        return {};
    case EventFold::Alike:
        return type.foldWord;
    case EventFold::AlikeInRoom:
        return QByteArray(type.foldWord) + ' ' + event.room.toUtf8();
    case EventFold::AlikeFromAddress:
        return QByteArray(type.foldWord) + ' ' + event.address.toUtf8();
    case EventFold::SameEnding:
        return QByteArray(endingText(event.cause).name) + ' ' + event.address.toUtf8() + ' ' + event.player.toUtf8()
            + ' ' + event.host.toUtf8();
    }
    return {};
}

} // namespace glasshouse
