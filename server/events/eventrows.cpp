// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventrows.h"

#include "protocol/jsonobjecttext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <array>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype refusedHead = 2048; // of a refused request: a flood of them must not fill the disk

QJsonObject parsed(QByteArrayView json) { return QJsonDocument::fromJson(json.toByteArray()).object(); }
QString text(const QJsonObject &object, QLatin1StringView key) { return object.value(key).toString(); }
QByteArray bytes(const QJsonObject &object, QLatin1StringView key) { return text(object, key).toUtf8(); }

quint64 count(const QJsonObject &object, QLatin1StringView key)
{
    return quint64(qMax<qint64>(0, object.value(key).toInteger()));
}

/// Where somebody came from. What is empty is left out: most rows have neither proxy nor TLS.
void addArrival(JsonObjectText &object, const ConnectionInfo &info, QByteArrayView requestHead)
{
    object.text("address", info.address).number("port", info.port).text("request", requestHead);
    if (!info.via.isEmpty())
        object.text("via", info.via);
    if (!info.tls.isEmpty())
        object.text("tls", info.tls);
}

QString userAgentIn(const QByteArray &requestHead)
{
    for (const QByteArray &line : requestHead.split('\n')) {
        if (line.size() > 11 && line.first(11).compare("User-Agent:", Qt::CaseInsensitive) == 0)
            return QString::fromUtf8(line.sliced(11).trimmed());
    }
    return {};
}

ConnectionInfo arrivedFrom(const QJsonObject &object)
{
    ConnectionInfo info;
    info.address = text(object, "address"_L1);
    info.via = text(object, "via"_L1);
    info.port = quint16(object.value("port"_L1).toInt());
    info.requestHead = bytes(object, "request"_L1);
    info.userAgent = userAgentIn(info.requestHead);
    info.tls = bytes(object, "tls"_L1);
    return info;
}

} // namespace

QLatin1StringView eventKindName(EventKind kind)
{
    // In the order of the numbers, which never change.
    static constexpr std::array names{
        "note"_L1,      "connection_opened"_L1, "connection_ended"_L1, "request_refused"_L1,
        "limit_hit"_L1, "room_created"_L1,      "room_ended"_L1,       "operator"_L1,
        "server"_L1,    "seat_taken"_L1,        "seat_resumed"_L1,     "seat_dropped"_L1,
        "seat_left"_L1, "http_request"_L1,      "http_answer"_L1,      "sample"_L1,
    };
    static_assert(names.size() == size_t(EventKind::Sample) + 1);
    return size_t(kind) < names.size() ? names[size_t(kind)] : QLatin1StringView();
}

QByteArray openedToJson(const ConnectionInfo &info)
{
    JsonObjectText object;
    addArrival(object, info, info.requestHead);
    object.text("response", info.responseHead);
    if (!info.subprotocol.isEmpty())
        object.text("subprotocol", info.subprotocol);
    return object.take();
}

ConnectionInfo openedFromJson(QByteArrayView json)
{
    const QJsonObject object = parsed(json);
    ConnectionInfo info = arrivedFrom(object);
    info.responseHead = bytes(object, "response"_L1);
    info.subprotocol = bytes(object, "subprotocol"_L1);
    return info;
}

QByteArray endedToJson(const ConnectionEnded &ended)
{
    const ConnectionCounters &counters = ended.counters;
    JsonObjectText object;
    addEnding(object, ended.ending);
    object.text("name", counters.player)
        .text("playerId", counters.playerId)
        .text("room", counters.room)
        .number("messagesIn", qint64(counters.messagesIn))
        .number("messagesOut", qint64(counters.messagesOut))
        .number("badMessages", qint64(counters.badMessages))
        .number("droppedMessages", qint64(counters.droppedMessages))
        .number("limitHits", qint64(counters.rateLimitHits));
    return object.take();
}

ConnectionEnded endedFromJson(QByteArrayView json)
{
    const QJsonObject object = parsed(json);
    ConnectionEnded ended;
    ended.ending = endingFromObject(object);
    ConnectionCounters &counters = ended.counters;
    counters.state = ConnectionState::Ended;
    counters.player = text(object, "name"_L1);
    counters.playerId = bytes(object, "playerId"_L1);
    counters.room = text(object, "room"_L1);
    counters.messagesIn = count(object, "messagesIn"_L1);
    counters.messagesOut = count(object, "messagesOut"_L1);
    counters.badMessages = quint32(count(object, "badMessages"_L1));
    counters.droppedMessages = count(object, "droppedMessages"_L1);
    counters.rateLimitHits = count(object, "limitHits"_L1);
    counters.bytesIn = ended.ending.bytesIn;
    counters.bytesOut = ended.ending.bytesOut;
    counters.rttMs = ended.ending.rttMs;
    return ended;
}

QByteArray refusedToJson(const ConnectionInfo &info, const Ending &ending)
{
    JsonObjectText object;
    addArrival(object, info, QByteArrayView(info.requestHead).first(qMin(refusedHead, info.requestHead.size())));
    object.json("ending", endingToJson(ending));
    return object.take();
}

RefusedRequest refusedFromJson(QByteArrayView json)
{
    const QJsonObject object = parsed(json);
    return {arrivedFrom(object), endingFromObject(object.value("ending"_L1).toObject())};
}

QByteArray roomToJson(const RoomInfo &room)
{
    return JsonObjectText().text("room", room.id).text("code", room.code).text("game", room.game).take();
}

RoomInfo roomFromJson(QByteArrayView json)
{
    const QJsonObject object = parsed(json);
    RoomInfo room;
    room.id = text(object, "room"_L1);
    room.code = text(object, "code"_L1);
    room.game = text(object, "game"_L1);
    return room;
}

QByteArray seatToJson(const SeatRow &seat)
{
    JsonObjectText object;
    object.text("room", seat.room).number("seat", seat.seat).text("playerId", seat.playerId).text("name", seat.name);
    if (!seat.subject.isEmpty())
        object.text("subject", seat.subject);
    if (seat.before != ConnectionId{})
        object.number("before", qint64(seat.before));
    return object.take();
}

SeatRow seatFromJson(QByteArrayView json)
{
    const QJsonObject object = parsed(json);
    return {.room = text(object, "room"_L1),
            .seat = quint32(count(object, "seat"_L1)),
            .playerId = bytes(object, "playerId"_L1),
            .name = text(object, "name"_L1),
            .subject = bytes(object, "subject"_L1),
            .before = ConnectionId{quint32(count(object, "before"_L1))}};
}

QByteArray limitToJson(EndingCause limit)
{
    return JsonObjectText().text("limit", QByteArrayView(endingText(limit).name)).take();
}

EndingCause limitFromJson(QByteArrayView json) { return endingCauseOf(bytes(parsed(json), "limit"_L1)); }

QByteArray actionToJson(QByteArrayView action) { return JsonObjectText().text("action", action).take(); }

void EventRowReader::add(const CapturedRow &row)
{
    if (!row.isEvent())
        return;
    if ((row.record.flags & RecordPayloadOmitted) != 0)
        return; // by an earlier version: nobody knows what it said
    m_next.timeMs = row.record.timeUs / 1000;
    switch (row.eventKind()) {
    case EventKind::ConnectionOpened:
        return opened(row);
    case EventKind::ConnectionEnded:
        return ended(row);
    case EventKind::RequestRefused:
        return refused(row);
    case EventKind::RoomCreated:
        return roomCreated(row);
    case EventKind::RoomEnded:
        m_rooms.erase(roomFromJson(row.payload).id);
        return;
    case EventKind::SeatTaken:
    case EventKind::SeatResumed:
    case EventKind::SeatDropped:
    case EventKind::SeatLeft:
        return seatChanged(row);
    case EventKind::Note:
    case EventKind::LimitHit:
    case EventKind::Operator:
    case EventKind::Server:
    case EventKind::HttpRequest:
    case EventKind::HttpAnswer:
    case EventKind::Sample:
        return;
    }
}

void EventRowReader::opened(const CapturedRow &row)
{
    ConnectionInfo info = openedFromJson(row.payload);
    info.id = row.connection();
    info.sinceMs = row.record.timeUs / 1000;
    m_addresses[info.id] = info.address;
    m_next.opened.append(std::move(info));
}

void EventRowReader::ended(const CapturedRow &row)
{
    ConnectionEnded ended = endedFromJson(row.payload);
    ended.counters.id = row.connection();
    if (auto opened = m_addresses.extract(row.connection()))
        ended.address = std::move(opened.mapped());
    m_next.ended.append(std::move(ended));
}

// Pages and API calls are no connections of players: a running server does not list them either.
void EventRowReader::refused(const CapturedRow &row)
{
    RefusedRequest refused = refusedFromJson(row.payload);
    if (refused.ending.cause == EndingCause::HttpServed)
        return;
    refused.info.id = row.connection();
    refused.info.sinceMs = row.record.timeUs / 1000 - refused.ending.lifetimeMs;
    ConnectionCounters counters;
    counters.id = refused.info.id;
    counters.state = ConnectionState::Refused;
    m_next.ended.append({counters, refused.ending, refused.info.address, refused.info.requestHead});
    m_next.opened.append(std::move(refused.info));
}

void EventRowReader::roomCreated(const CapturedRow &row)
{
    RoomInfo room = roomFromJson(row.payload);
    room.createdMs = row.record.timeUs / 1000;
    m_rooms[room.id] = {room, {}};
}

void EventRowReader::seatChanged(const CapturedRow &row)
{
    const SeatRow seat = seatFromJson(row.payload);
    const EventKind kind = row.eventKind();
    if (kind == EventKind::SeatTaken || kind == EventKind::SeatResumed) {
        ConnectionCounters counters;
        counters.id = row.connection();
        counters.player = seat.name;
        counters.playerId = seat.playerId;
        counters.room = seat.room;
        m_next.changed.append(counters);
    }
    const auto room = m_rooms.find(seat.room);
    if (room == m_rooms.end())
        return; // its beginning was discarded
    std::map<quint32, bool> &seats = room->second.seats;
    if (kind == EventKind::SeatLeft)
        seats.erase(seat.seat);
    else
        seats[seat.seat] = kind == EventKind::SeatDropped;
    room->second.info.players = int(seats.size());
    room->second.info.dropped =
        int(std::count_if(seats.begin(), seats.end(), [](const auto &one) { return one.second; }));
}

Snapshot EventRowReader::take()
{
    Snapshot taken = std::exchange(m_next, {});
    m_next.timeMs = taken.timeMs;
    for (const auto &[id, room] : m_rooms)
        taken.rooms.append(room.info);
    return taken;
}

} // namespace glasshouse
