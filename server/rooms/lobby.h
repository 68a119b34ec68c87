// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/gamecatalog.h"
#include "server/rooms/room.h"

#include <QHash>

namespace glasshouse {

enum class LobbyError : quint8 { NoSuchRoom, RoomFull, TooManyRooms, UnknownGame, BadOptions, BadId, Exists };

/// Why a room is gone: it was empty for so long, or over; or it was empty, and another one needed its place.
enum class RoomEnd : quint8 { Done, MadePlace };

struct LobbySettings
{
    QByteArray defaultGame = "relay";
    bool autoCreate = true;
    int maxRooms = 1'000;      ///< 0 = none
    int emptyRoomSeconds = 60; ///< 0: empty rooms stay
    RoomSettings room;
};

/// All rooms of a worker: makes them, finds them by id or code, ends the empty ones.
class Lobby
{
public:
    /// `games`: those that rooms can be opened with.
    Lobby(LobbySettings settings, GameCatalog games, const Clock &clock)
        : m_settings(std::move(settings)),
          m_games(std::move(games)),
          m_clock(clock)
    { }

    /// Room for a joining player: the one with this id or code, or a new one where that is allowed.
    /// Who comes back to a seat is let in where the room is full as well. `maker`: as of create().
    [[nodiscard]] Result<Room *, LobbyError> forJoining(QByteArrayView id, QByteArrayView game,
                                                        const ResumeRequest &resume = {}, const RoomMaker &maker = {});
    /// A new room. An empty id takes the code for it; an empty game the default one.
    /// `options`: a checked JSON object for the game, or empty. `maker`: whose room it is. Where there are as many rooms as there
    /// may be, an empty one ends for it: of the maker with most empty ones that which is empty for the longest time.
    [[nodiscard]] Result<Room *, LobbyError> create(QByteArrayView id, QByteArrayView game, QByteArrayView options = {},
                                                    const RoomMaker &maker = {});
    [[nodiscard]] Room *find(QByteArrayView idOrCode) const;
    [[nodiscard]] QList<Room *> rooms() const; ///< in the order of creation
    [[nodiscard]] const LobbySettings &settings() const { return m_settings; }
    [[nodiscard]] const GameCatalog &games() const { return m_games; }
    [[nodiscard]] int size() const { return int(m_rooms.size()); }

    /// Runs the clocks of the games and ends rooms that were empty for too long or are over and empty.
    void tick();
    /// When tick() has something to do: monotonic ms, −1: nothing.
    [[nodiscard]] qint64 nextTickMs() const;
    void closeAll(SeatEnd why, const QByteArray &reason);
    /// For all rooms, those that are there as well.
    void setSettings(const LobbySettings &settings);

    void setCreatedCallback(std::function<void(const Room &)> callback) { m_onCreated = std::move(callback); }
    void setEndedCallback(std::function<void(const Room &, RoomEnd why)> callback) { m_onEnded = std::move(callback); }
    void setSeatCallback(std::function<void(const Room &, const SeatChange &)> callback)
    {
        m_onSeat = std::move(callback);
    }
    void setResultsCallback(std::function<void(const Room &, const RoomResults &)> callback)
    {
        m_onResults = std::move(callback);
    }
    /// Called when nextTickMs() may be earlier than it was; not from within tick().
    void setScheduleCallback(std::function<void()> callback) { m_onSchedule = std::move(callback); }

    [[nodiscard]] static bool isValidId(QByteArrayView id); ///< 1–64 of A–Z a–z 0–9 _ -

private:
    LobbySettings m_settings;
    GameCatalog m_games;
    const Clock &m_clock;
    std::shared_ptr<ResumeMemory> m_memory = std::make_shared<ResumeMemory>();
    std::vector<std::unique_ptr<Room>> m_rooms;
    QHash<QByteArray, Room *> m_byId;
    QHash<QByteArray, Room *> m_byCode;
    std::function<void(const Room &)> m_onCreated;
    std::function<void(const Room &, RoomEnd why)> m_onEnded;
    std::function<void(const Room &, const SeatChange &)> m_onSeat;
    std::function<void(const Room &, const RoomResults &)> m_onResults;
    std::function<void()> m_onSchedule;
    bool m_ticking = false;

    void watch(Room &room);
    [[nodiscard]] QByteArray newCode() const;
    [[nodiscard]] qint64 emptyDeadline(const Room &room) const;
    [[nodiscard]] bool isFull() const { return m_settings.maxRooms > 0 && size() >= m_settings.maxRooms; }
    [[nodiscard]] const Room *toMakePlace() const;
    void remove(const Room &room, RoomEnd why);
};

} // namespace glasshouse
