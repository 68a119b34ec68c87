// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/framerecord.h"
#include "server/snapshot.h"

#include <map>

namespace glasshouse {

// What the event rows of a capture say: JSON objects, written and read here and nowhere else. A reader meets rows of older and
// newer versions: what is missing keeps its default, what is unknown is passed by. docs/capture-format.md names the keys.

/// "seat_taken": what programs read where there is no number. Empty: a later program's.
[[nodiscard]] QLatin1StringView eventKindName(EventKind kind);

/// EventKind::ConnectionOpened. Id and time are those of the row.
[[nodiscard]] QByteArray openedToJson(const ConnectionInfo &info);
[[nodiscard]] ConnectionInfo openedFromJson(QByteArrayView json);

/// EventKind::ConnectionEnded: the Ending, and who it was.
[[nodiscard]] QByteArray endedToJson(const ConnectionEnded &ended);
[[nodiscard]] ConnectionEnded endedFromJson(QByteArrayView json);

struct RefusedRequest
{
    ConnectionInfo info;
    Ending ending;
};
/// EventKind::RequestRefused. Of the request only the beginning.
[[nodiscard]] QByteArray refusedToJson(const ConnectionInfo &info, const Ending &ending);
[[nodiscard]] RefusedRequest refusedFromJson(QByteArrayView json);

/// EventKind::RoomCreated and RoomEnded: which room it is.
[[nodiscard]] QByteArray roomToJson(const RoomInfo &room);
[[nodiscard]] RoomInfo roomFromJson(QByteArrayView json);

/// Who sits where.
struct SeatRow
{
    QString room;
    quint32 seat = 0; ///< its number in the room, counted from 1
    QByteArray playerId;
    QString name;
    QByteArray subject{};  ///< of the player's token; empty: none was asked for
    ConnectionId before{}; ///< that a resumed seat was taken from; 0: from none
    bool operator==(const SeatRow &) const = default;
};
/// EventKind::SeatTaken, SeatResumed, SeatDropped and SeatLeft. The connection is that of the row.
[[nodiscard]] QByteArray seatToJson(const SeatRow &seat);
[[nodiscard]] SeatRow seatFromJson(QByteArrayView json);

/// EventKind::LimitHit.
[[nodiscard]] QByteArray limitToJson(EndingCause limit);
[[nodiscard]] EndingCause limitFromJson(QByteArrayView json);

/// EventKind::Operator: "kick", "pause" …
[[nodiscard]] QByteArray actionToJson(QByteArrayView action);

/// Puts connections and rooms together from the rows of a session, so that the models show it as they show a running server.
class EventRowReader
{
public:
    /// In the order of the capture. Rows of frames are passed by.
    void add(const CapturedRow &row);
    /// What was read since the last time; `rooms` are those that are open behind the newest row.
    [[nodiscard]] Snapshot take();

private:
    Snapshot m_next;
    struct OpenRoom
    {
        RoomInfo info;
        std::map<quint32, bool> seats; ///< by number; has its player dropped?
    };
    std::map<QString, OpenRoom> m_rooms;         ///< by id
    std::map<ConnectionId, QString> m_addresses; ///< of those that are open

    void opened(const CapturedRow &row);
    void ended(const CapturedRow &row);
    void refused(const CapturedRow &row);
    void roomCreated(const CapturedRow &row);
    void seatChanged(const CapturedRow &row);
};

} // namespace glasshouse
