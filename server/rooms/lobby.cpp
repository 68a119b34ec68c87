// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/lobby.h"

#include <QRandomGenerator>
#include <algorithm>

namespace glasshouse {

namespace {

// No I, L, O, 0, 1: they look alike when somebody reads a code aloud or from a screen.
constexpr QByteArrayView codeLetters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

Error<LobbyError> error(LobbyError code, const char *text) { return {code, text}; }

} // namespace

bool Lobby::isValidId(QByteArrayView id)
{
    return !id.isEmpty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

// Four letters are enough for 900,000 rooms; more only where chance keeps hitting taken ones.
QByteArray Lobby::newCode() const
{
    for (int length = 4;; ++length) {
        for (int attempt = 0; attempt < 20; ++attempt) {
            QByteArray code;
            while (code.size() < length)
                code += codeLetters[QRandomGenerator::system()->bounded(int(codeLetters.size()))];
            if (find(code) == nullptr)
                return code;
        }
    }
}

Room *Lobby::find(QByteArrayView idOrCode) const
{
    const QByteArray key = idOrCode.toByteArray();
    if (Room *room = m_byId.value(key))
        return room;
    return m_byCode.value(key.toUpper());
}

QList<Room *> Lobby::rooms() const
{
    QList<Room *> rooms;
    for (const auto &room : m_rooms)
        rooms.append(room.get());
    return rooms;
}

Result<Room *, LobbyError> Lobby::forJoining(QByteArrayView id, QByteArrayView game, const ResumeRequest &resume,
                                             const RoomMaker &maker)
{
    Room *room = find(id);
    if (room != nullptr && room->isOver())
        return error(LobbyError::NoSuchRoom, "the room has ended");
    const bool comesBack = room != nullptr && !resume.token.isEmpty() && room->seatFor(resume) != nullptr;
    if (room != nullptr && room->isFull() && !comesBack)
        return error(LobbyError::RoomFull, "the room is full");
    if (room != nullptr)
        return room;
    if (!m_settings.autoCreate)
        return error(LobbyError::NoSuchRoom, "there is no such room");
    return create(id, game, {}, maker);
}

// Whoever makes many rooms and goes into none makes place with his own first. The operator's rooms wait for their players.
const Room *Lobby::toMakePlace() const
{
    QHash<RoomMaker, int> empty;
    const auto isFree = [](const Room &room) { return room.emptySinceMs() >= 0 && !room.waitsForFirst(); };
    for (const auto &room : m_rooms)
        empty[room->maker()] += isFree(*room) ? 1 : 0;
    const Room *found = nullptr;
    for (const auto &room : m_rooms) {
        if (!isFree(*room))
            continue;
        const int more = found == nullptr ? 1 : empty.value(room->maker()) - empty.value(found->maker());
        if (more > 0 || (more == 0 && room->emptySinceMs() < found->emptySinceMs()))
            found = room.get();
    }
    return found;
}

Result<Room *, LobbyError> Lobby::create(QByteArrayView id, QByteArrayView game, QByteArrayView options,
                                         const RoomMaker &maker)
{
    if (!id.isEmpty() && !isValidId(id))
        return error(LobbyError::BadId, "a room id is 1-64 of A-Z a-z 0-9 _ -");
    if (!id.isEmpty() && find(id) != nullptr)
        return error(LobbyError::Exists, "there is such a room already");
    const Room *const leaving = isFull() ? toMakePlace() : nullptr;
    if (isFull() && leaving == nullptr)
        return error(LobbyError::TooManyRooms, "there are too many rooms, and somebody is in each");
    auto rules = m_games.make(game.isEmpty() ? QByteArrayView(m_settings.defaultGame) : game,
                              QRandomGenerator::system()->generate64(), options);
    if (!rules) {
        const bool unknown = rules.error().code == GameError::UnknownKind;
        return Error<LobbyError>{unknown ? LobbyError::UnknownGame : LobbyError::BadOptions, rules.error().text};
    }
    if (leaving != nullptr)
        remove(*leaving, RoomEnd::MadePlace);
    const QByteArray code = newCode();
    m_rooms.push_back(std::make_unique<Room>(id.isEmpty() ? code : id.toByteArray(), code, std::move(rules.value()),
                                             m_settings.room, m_clock, m_memory));
    Room *room = m_rooms.back().get();
    room->setMaker(maker);
    m_byId.insert(room->id(), room);
    m_byCode.insert(code, room);
    watch(*room);
    if (m_onCreated)
        m_onCreated(*room);
    return room;
}

void Lobby::watch(Room &room)
{
    room.setSeatCallback([this](const Room &in, const SeatChange &change) {
        if (m_onSeat)
            m_onSeat(in, change);
    });
    room.setResultsCallback([this](const Room &played, const RoomResults &results) {
        if (m_onResults)
            m_onResults(played, results);
    });
    room.setScheduleCallback([this] {
        if (!m_ticking && m_onSchedule)
            m_onSchedule();
    });
}

qint64 Lobby::emptyDeadline(const Room &room) const
{
    if (room.emptySinceMs() < 0 || room.waitsForFirst() || (m_settings.emptyRoomSeconds == 0 && !room.isOver()))
        return -1;
    return room.isOver() ? room.emptySinceMs() : room.emptySinceMs() + m_settings.emptyRoomSeconds * 1000LL;
}

void Lobby::tick()
{
    const qint64 now = m_clock.monotonicMs();
    std::vector<const Room *> gone;
    m_ticking = true;
    for (const auto &room : m_rooms) {
        if (room->nextTickMs() >= 0 && room->nextTickMs() <= now)
            room->tick();
        const qint64 deadline = emptyDeadline(*room);
        if (deadline >= 0 && deadline <= now)
            gone.push_back(room.get());
    }
    m_ticking = false;
    for (const Room *room : gone)
        remove(*room, RoomEnd::Done);
}

qint64 Lobby::nextTickMs() const
{
    qint64 next = -1;
    const auto consider = [&](qint64 time) { next = time < 0 ? next : next < 0 ? time : std::min(next, time); };
    for (const auto &room : m_rooms) {
        consider(room->nextTickMs());
        consider(emptyDeadline(*room));
    }
    return next;
}

void Lobby::remove(const Room &room, RoomEnd why)
{
    if (m_onEnded)
        m_onEnded(room, why);
    m_byId.remove(room.id());
    m_byCode.remove(room.code());
    std::erase_if(m_rooms, [&](const auto &other) { return other.get() == &room; });
}

void Lobby::setSettings(const LobbySettings &settings)
{
    m_settings = settings;
    for (const auto &room : m_rooms)
        room->setSettings(settings.room);
}

void Lobby::closeAll(SeatEnd why, const QByteArray &reason)
{
    for (const auto &room : m_rooms)
        room->close(why, reason);
}

} // namespace glasshouse
