// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/seattable.h"

#include "base/secret.h"

#include <QRandomGenerator>
#include <algorithm>

namespace glasshouse {

namespace {

QByteArray newToken()
{
    std::array<quint32, 6> words{}; // 192 bits
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray::fromRawData(reinterpret_cast<const char *>(words.data()), sizeof words)
        .toBase64(QByteArray::Base64UrlEncoding);
}

bool isDropped(const std::unique_ptr<Seat> &seat) { return seat->wire == nullptr; }

template <typename Condition>
Seat *firstOf(const SeatTable::Seats &seats, Condition condition)
{
    const auto at = std::find_if(seats.begin(), seats.end(), [&](const auto &seat) { return condition(*seat); });
    return at == seats.end() ? nullptr : at->get();
}

} // namespace

SeatTable::~SeatTable()
{
    for (const auto &seat : m_seats)
        m_memory->leave(*seat);
}

int SeatTable::dropped() const { return int(std::count_if(m_seats.begin(), m_seats.end(), isDropped)); }

Seat *SeatTable::find(const PlayerId &player) const
{
    return firstOf(m_seats, [&](const Seat &seat) { return seat.player.id == player; });
}

Seat *SeatTable::firstPresent() const
{
    return firstOf(m_seats, [](const Seat &seat) { return seat.wire != nullptr; });
}

PlayerId SeatTable::newPlayerId() const
{
    PlayerId id;
    do {
        id = "p" + QByteArray::number(QRandomGenerator::system()->generate(), 36);
    } while (find(id) != nullptr);
    return id;
}

bool SeatTable::isTaken(const QString &nameKey) const
{
    return firstOf(m_seats, [&](const Seat &seat) { return seat.nameKey == nameKey; }) != nullptr;
}

// Not one number after the other: a room without a limit may hold thousands of one name.
DisplayName SeatTable::freeName(const DisplayName &wanted) const
{
    if (!isTaken(wanted.key()))
        return wanted;
    const auto numberIsTaken = [&](int number) { return isTaken(wanted.numbered(number).key()); };
    int taken = 1;
    int free = 2;
    while (numberIsTaken(free))
        taken = std::exchange(free, 2 * free);
    while (free - taken > 1) {
        const int between = taken + (free - taken) / 2;
        (numberIsTaken(between) ? taken : free) = between;
    }
    return wanted.numbered(free);
}

QByteArray SeatTable::accountFor(const QByteArray &subject, const QByteArray &formerToken)
{
    if (!subject.isEmpty())
        return "sub " + subject;
    const QByteArray former = m_former.take(formerToken);
    return former.isEmpty() ? "guest " + QByteArray::number(m_guests) : former;
}

Seat &SeatTable::add(SeatWire &wire, const DisplayName &name, quint32 connection, const QByteArray &subject,
                     const QByteArray &formerToken)
{
    ++m_guests;
    auto seat = std::make_unique<Seat>();
    const DisplayName given = freeName(name.isEmpty() ? QStringLiteral("Player %1").arg(m_guests) : name);
    seat->player = {newPlayerId(), given.text(), accountFor(subject, formerToken)};
    seat->nameKey = given.key();
    seat->subject = subject;
    seat->wire = &wire;
    seat->connection = connection;
    seat->number = quint32(m_guests);
    seat->log.countIn(m_memory);
    if (resumable())
        seat->token = newToken();
    m_seats.push_back(std::move(seat));
    m_emptySinceMs = -1;
    changed(SeatChange::Kind::Taken, *m_seats.back());
    return *m_seats.back();
}

std::unique_ptr<Seat> SeatTable::take(const Seat &seat)
{
    const auto at =
        std::find_if(m_seats.begin(), m_seats.end(), [&](const auto &other) { return other.get() == &seat; });
    if (at == m_seats.end())
        return nullptr;
    std::unique_ptr<Seat> taken = std::move(*at);
    m_seats.erase(at);
    m_memory->leave(*taken);
    m_former.remember(*taken);
    if (taken->droppedMs >= 0)
        findNextExpiry();
    noteIfEmpty();
    changed(SeatChange::Kind::Left, *taken);
    return taken;
}

void SeatTable::removeDropped()
{
    for (const auto &seat : m_seats) {
        if (!isDropped(seat))
            continue;
        m_memory->leave(*seat);
        m_former.remember(*seat);
        changed(SeatChange::Kind::Left, *seat);
    }
    std::erase_if(m_seats, isDropped);
    findNextExpiry();
    noteIfEmpty();
}

void SeatTable::noteIfEmpty()
{
    if (m_seats.empty() && m_emptySinceMs < 0)
        m_emptySinceMs = m_clock.monotonicMs();
}

void SeatTable::setResumeSeconds(int seconds)
{
    m_resumeSeconds = seconds;
    findNextExpiry();
}

Seat *SeatTable::seatFor(const ResumeRequest &request) const
{
    Seat *found = nullptr;
    for (const auto &seat : m_seats) {
        const bool before =
            isSameSecret(seat->tokenBefore, request.token) && (seat->wire == nullptr || seat->wire->hasEnded());
        if (seat->subject == request.subject && (isSameSecret(seat->token, request.token) || before))
            found = seat.get();
    }
    return found != nullptr && found->leaving ? nullptr : found;
}

void SeatTable::changed(SeatChange::Kind kind, const Seat &seat, quint32 before) const
{
    if (m_onChange)
        m_onChange({kind, seat, seat.connection, before});
}

void SeatTable::drop(Seat &seat)
{
    changed(SeatChange::Kind::Dropped, seat);
    seat.wire = nullptr;
    seat.connection = 0;
    seat.droppedMs = m_clock.monotonicMs();
    m_memory->enter(seat);
    findNextExpiry();
}

// A token is replaced with the connection, and the old one is worth something only as long as `connected` may have been lost.
bool SeatTable::reseat(Seat &seat, SeatWire &wire, quint32 connection, const QByteArray &token)
{
    SeatWire *const old = std::exchange(seat.wire, &wire);
    const bool wasDropped = std::exchange(seat.droppedMs, -1) >= 0;
    m_memory->enter(seat);
    if (old != nullptr)
        old->endSeat(SeatEnd::Replaced, "replaced by a newer connection of the same session");
    const quint32 before = std::exchange(seat.connection, connection);
    seat.badInARow = 0;
    seat.badTotal = 0;
    seat.tokenBefore = token;
    if (resumable())
        seat.token = newToken();
    findNextExpiry();
    changed(SeatChange::Kind::Resumed, seat, before);
    return wasDropped;
}

std::optional<std::vector<ResumeLog::Message>> SeatTable::takeMissed(Seat &seat, quint64 lastSeen)
{
    if (lastSeen > seat.sequence || seat.sequence - lastSeen > quint64(seat.log.size())) {
        seat.log.clear();
        seat.sequence = 0;
        return std::nullopt;
    }
    auto missed = seat.log.takeNewest(qsizetype(seat.sequence - lastSeen));
    seat.sequence = lastSeen;
    std::erase_if(missed, [](const ResumeLog::Message &message) { return message.isPlaceholder(); });
    return missed;
}

qint64 SeatTable::expiryOf(const Seat &seat) const
{
    return seat.droppedMs < 0 ? -1 : seat.droppedMs + m_resumeSeconds * 1000LL;
}

int SeatTable::secondsLeft(const Seat &seat) const
{
    if (seat.droppedMs < 0)
        return -1;
    return int(std::max<qint64>(0, expiryOf(seat) - m_clock.monotonicMs() + 999) / 1000);
}

void SeatTable::findNextExpiry()
{
    m_nextExpiryMs = -1;
    for (const auto &seat : m_seats) {
        const qint64 expiry = expiryOf(*seat);
        if (expiry >= 0 && (m_nextExpiryMs < 0 || expiry < m_nextExpiryMs))
            m_nextExpiryMs = expiry;
    }
}

Seat *SeatTable::expired() const
{
    if (m_nextExpiryMs < 0 || m_nextExpiryMs > m_clock.monotonicMs())
        return nullptr;
    return firstOf(m_seats, [this](const Seat &seat) { return expiryOf(seat) == m_nextExpiryMs; });
}

void SeatTable::number(Seat &seat)
{
    ++m_sent;
    ++seat.sequence;
}

// A log holds the last messages without a gap, or nothing.
void SeatTable::keep(Seat &seat, ResumeLog::Message message)
{
    if (!resumable() || (seat.logTaken && seat.wire == nullptr)) // it can not be told all of it any more
        return seat.log.clear();
    seat.log.add(std::move(message));
    if (seat.wire != nullptr)
        m_memory->enter(seat);
    m_memory->relieve();
}

// 64: what a message costs besides its bytes.
void SeatTable::keep(Seat &seat, const QByteArray &body, int headerSize, SharedBytes &shared)
{
    if (!shared && resumable())
        shared = std::make_shared<CountedBytes>(m_memory, body.size() + 64);
    keep(seat, {body, headerSize, shared});
}

void SeatTable::send(Seat &seat, SequencedText &text, SharedBytes &shared)
{
    number(seat);
    keep(seat, text.body(), 0, shared);
    if (seat.wire != nullptr)
        seat.wire->sendText(text, seat.sequence);
}

void SeatTable::sendBinary(Seat &seat, const QByteArray &frame, int headerSize, SharedBytes &shared)
{
    number(seat);
    keep(seat, frame, headerSize, shared);
    if (seat.wire != nullptr)
        seat.wire->sendBinary(frame, headerSize);
}

void SeatTable::sendOnce(Seat &seat, SequencedText &text)
{
    number(seat);
    keep(seat, {});
    if (seat.wire != nullptr)
        seat.wire->sendText(text, seat.sequence);
}

} // namespace glasshouse
