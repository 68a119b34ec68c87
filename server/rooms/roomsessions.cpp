// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How players of a room drop and come back.
#include "server/rooms/room.h"

#include "base/secret.h"
#include "protocol/json.h"

#include <QRandomGenerator>
#include <algorithm>

namespace glasshouse {

QByteArray Room::newToken()
{
    std::array<quint32, 6> words{}; // 192 bits
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray::fromRawData(reinterpret_cast<const char *>(words.data()), sizeof words)
        .toBase64(QByteArray::Base64UrlEncoding);
}

int Room::dropped() const
{
    return int(std::count_if(m_seats.begin(), m_seats.end(), [](const auto &seat) { return seat->wire == nullptr; }));
}

qint64 Room::expiryOf(const Seat &seat) const
{
    return seat.droppedMs < 0 ? -1 : seat.droppedMs + m_settings.resumeSeconds * 1000LL;
}

int Room::secondsLeft(const Seat &seat) const
{
    if (seat.droppedMs < 0)
        return -1;
    return int(std::max<qint64>(0, expiryOf(seat) - m_clock.monotonicMs() + 999) / 1000);
}

Seat *Room::seatFor(const ResumeRequest &request) const
{
    Seat *found = nullptr;
    for (const auto &seat : m_seats) {
        const bool before =
            isSameSecret(seat->tokenBefore, request.token) && (seat->wire == nullptr || seat->wire->hasEnded());
        if (seat->subject == request.subject && (isSameSecret(seat->token, request.token) || before))
            found = seat.get();
    }
    return m_over || (found != nullptr && found->leaving) ? nullptr : found;
}

void Room::drop(Seat &seat)
{
    if (m_over || seat.leaving || m_settings.resumeSeconds == 0)
        return leave(seat);
    if (m_current == &seat)
        m_current = nullptr;
    seat.wire = nullptr;
    seat.connection = 0;
    seat.droppedMs = m_clock.monotonicMs();
    findNextExpiry();
    SequencedText text(envelopeBody("player_dropped",
                                    QByteArray("{\"playerId\":\"" + seat.player.id + "\",\"secondsLeft\":"
                                               + QByteArray::number(m_settings.resumeSeconds) + '}')));
    sendToSeats(text, &seat);
    reschedule();
}

// A token is replaced by `connected`, and the old one is worth something only as long as that may have been lost.
void Room::resume(Seat &seat, SeatWire &wire, quint32 connection, const ResumeRequest &request)
{
    SeatWire *const old = std::exchange(seat.wire, &wire);
    const bool wasDropped = std::exchange(seat.droppedMs, -1) >= 0;
    if (old != nullptr)
        old->endSeat(SeatEnd::Replaced, "replaced by a newer connection of the same session");
    seat.connection = connection;
    seat.badInARow = 0;
    seat.badTotal = 0;
    seat.tokenBefore = request.token;
    findNextExpiry();
    if (wasDropped) {
        SequencedText text(envelopeBody("player_resumed", QByteArray("{\"playerId\":\"" + seat.player.id + "\"}")));
        sendToSeats(text, &seat);
    }
    const bool known = request.lastSeen <= seat.sequence;
    if (known && seat.sequence - request.lastSeen <= quint64(seat.log.size())) {
        auto missed = seat.log.takeNewest(qsizetype(seat.sequence - request.lastSeen));
        seat.sequence = request.lastSeen; // what it missed gets its numbers behind `connected`
        std::erase_if(missed, [](const ResumeLog::Message &message) { return message.isPlaceholder(); });
        sendConnected(seat, {.resumed = true, .missed = qsizetype(missed.size())});
        return sendMissed(seat, std::move(missed));
    }
    seat.log.clear();
    seat.sequence = 0;
    sendConnected(seat, {.reason = known ? "too much was missed" : "there was no such message"});
}

void Room::sendMissed(Seat &seat, std::vector<ResumeLog::Message> missed)
{
    for (ResumeLog::Message &message : missed) {
        if (!message.isText()) {
            sendBinary(seat, message.body, message.headerSize);
            continue;
        }
        SequencedText text(std::move(message.body));
        send(seat, text);
    }
}

void Room::findNextExpiry()
{
    m_nextExpiryMs = -1;
    for (const auto &seat : m_seats) {
        const qint64 expiry = expiryOf(*seat);
        if (expiry >= 0 && (m_nextExpiryMs < 0 || expiry < m_nextExpiryMs))
            m_nextExpiryMs = expiry;
    }
}

void Room::expireSeats()
{
    const qint64 now = m_clock.monotonicMs();
    while (!m_over && m_nextExpiryMs >= 0 && m_nextExpiryMs <= now) {
        const auto at = std::find_if(m_seats.begin(), m_seats.end(),
                                     [this](const auto &seat) { return expiryOf(*seat) == m_nextExpiryMs; });
        if (at != m_seats.end())
            leave(**at);
        findNextExpiry();
    }
}

} // namespace glasshouse
