// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/seatrows.h"

#include "server/events/eventrows.h"

namespace glasshouse {

namespace {

EventKind kindOf(SeatChange::Kind kind)
{
    switch (kind) {
    case SeatChange::Kind::Taken:
        return EventKind::SeatTaken;
    case SeatChange::Kind::Resumed:
        return EventKind::SeatResumed;
    case SeatChange::Kind::Dropped:
        return EventKind::SeatDropped;
    case SeatChange::Kind::Left:
        return EventKind::SeatLeft;
    }
    return EventKind::Note;
}

} // namespace

void recordSeat(Recorder &recorder, const Room &room, const SeatChange &change)
{
    if (!recorder.isOn())
        return;
    const QByteArray json = seatToJson({.room = QString::fromLatin1(room.id()),
                                        .seat = change.seat.number,
                                        .playerId = change.seat.player.id,
                                        .name = change.seat.player.name,
                                        .subject = change.seat.subject,
                                        .before = ConnectionId{change.before}});
    // A name may be what the operator wants hidden.
    recorder.event(ConnectionId{change.connection}, kindOf(change.kind),
                   recorder.redactor().message(json).value_or(json));
}

} // namespace glasshouse
