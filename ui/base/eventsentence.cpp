// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/eventsentence.h"

#include "server/events/eventrows.h"
#include "ui/base/endingwords.h"
#include "ui/base/formats.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(EventRows)
};

EventSentence opened(const CapturedRow &row, const QJsonObject &object)
{
    if (object.contains("url"_L1)) // of a test client
        return {Words::tr("Connected to %1.").arg(object.value("url"_L1).toString())};
    const ConnectionInfo info = openedFromJson(row.payload);
    if (info.address.isEmpty())
        return {};
    return {info.via.isEmpty() ? Words::tr("%1 connected.").arg(info.address)
                               : Words::tr("%1 connected through %2.").arg(info.address, info.via)};
}

EventSentence ended(const CapturedRow &row, const QJsonObject &object)
{
    if (object.contains("because"_L1)) { // of a test client
        const int code = object.value("code"_L1).toInt();
        return {object.value("because"_L1).toString(), code != 1000 && code != 1001};
    }
    if (!object.contains("cause"_L1))
        return {};
    const ConnectionEnded end = endedFromJson(row.payload);
    const QString sentence = endingSentence(end.ending);
    return {end.counters.player.isEmpty() ? sentence : sentence + u" – “"_s + end.counters.player + u"”"_s,
            isFault(end.ending.cause)};
}

EventSentence refused(const CapturedRow &row, const QJsonObject &object)
{
    if (!object.contains("ending"_L1))
        return {};
    const RefusedRequest request = refusedFromJson(row.payload);
    return {endingSentence(request.ending) + u" – "_s + request.info.address, isFault(request.ending.cause)};
}

EventSentence ofRoom(const CapturedRow &row)
{
    const RoomInfo room = roomFromJson(row.payload);
    if (room.id.isEmpty())
        return {};
    return {row.eventKind() == EventKind::RoomCreated ? Words::tr("Room %1 was opened.").arg(room.id)
                                                      : Words::tr("Room %1 was closed.").arg(room.id)};
}

EventSentence ofSeat(const CapturedRow &row)
{
    const SeatRow seat = seatFromJson(row.payload);
    if (seat.room.isEmpty())
        return {};
    switch (row.eventKind()) {
    case EventKind::SeatTaken:
        return {Words::tr("“%1” sat down in room %2.").arg(seat.name, seat.room)};
    case EventKind::SeatResumed:
        return {Words::tr("“%1” came back to the seat in room %2.").arg(seat.name, seat.room)};
    case EventKind::SeatDropped:
        return {Words::tr("“%1” dropped; the seat in room %2 waits.").arg(seat.name, seat.room)};
    default:
        return {Words::tr("“%1” left room %2.").arg(seat.name, seat.room)};
    }
}

EventSentence ofOperator(const QJsonObject &object)
{
    const QString action = object.value("action"_L1).toString();
    return {action.isEmpty() ? QString() : Words::tr("By hand: %1.").arg(action)};
}

EventSentence ofServer(const QJsonObject &object)
{
    if (object.value("event"_L1).toString() != "capture_cut_off"_L1)
        return {};
    return {Words::tr("The capture ends here: %1 more rows could not be written.")
                .arg(formatNumber(object.value("rowsLost"_L1).toInteger())),
            true};
}

EventSentence ofNote(const QJsonObject &object)
{
    if (!object.contains("certificate"_L1))
        return {};
    return {Words::tr("The certificate is %1.").arg(object.value("certificate"_L1).toString())};
}

} // namespace

EventSentence eventSentence(const CapturedRow &row)
{
    const QJsonObject object = QJsonDocument::fromJson(row.payload).object();
    switch (row.eventKind()) {
    case EventKind::Note:
        return ofNote(object);
    case EventKind::ConnectionOpened:
        return opened(row, object);
    case EventKind::ConnectionEnded:
        return ended(row, object);
    case EventKind::RequestRefused:
        return refused(row, object);
    case EventKind::LimitHit:
        return {object.contains("limit"_L1) ? causeSentence(limitFromJson(row.payload)) : QString(), true};
    case EventKind::RoomCreated:
    case EventKind::RoomEnded:
        return ofRoom(row);
    case EventKind::SeatTaken:
    case EventKind::SeatResumed:
    case EventKind::SeatDropped:
    case EventKind::SeatLeft:
        return ofSeat(row);
    case EventKind::Operator:
        return ofOperator(object);
    case EventKind::Server:
        return ofServer(object);
    case EventKind::HttpRequest:
    case EventKind::HttpAnswer:
    case EventKind::Sample:
        break;
    }
    return {};
}

} // namespace glasshouse
