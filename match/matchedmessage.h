// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/connectionid.h"
#include "base/direction.h"

#include <QByteArrayView>
#include <optional>

namespace glasshouse {

struct MatchedMessage;

/// Who sat behind a connection when a message went over it. Asked for few messages only, so that it may take a lookup.
class MatchedPlayers
{
public:
    virtual ~MatchedPlayers() = default;

    // UTF-8; empty: nobody, or none. Valid until the next call; calls from the thread of the search.
    [[nodiscard]] virtual QByteArrayView playerOf(const MatchedMessage &message) const = 0; ///< display name
    [[nodiscard]] virtual QByteArrayView roomOf(const MatchedMessage &message) const = 0;   ///< id
};

/// When other messages came. Asked for few messages only, as above.
class MatchedTimes
{
public:
    virtual ~MatchedTimes() = default;

    /// Since 1970, UTC, microseconds; nullopt: that row is not there any more. Calls from the thread of the search.
    [[nodiscard]] virtual std::optional<qint64> timeOf(quint64 number) const = 0;
};

/// What is known around messages, for the conditions that ask for it: each need be there for those alone.
struct MatchedContext
{
    const MatchedPlayers *players = nullptr; ///< Condition::asksForPlayers()
    const MatchedTimes *times = nullptr;     ///< Condition::asksForAnswers()
};

/// What a Condition asks of one message, wherever it comes from: a capture, a client's log, a proxy at work. Valid as long as
/// what it points to.
struct MatchedMessage
{
    quint64 number = 0; ///< of its row
    qint64 timeUs = 0;  ///< since 1970, UTC, microseconds
    ConnectionId connection{};
    Direction direction = Direction::In;
    quint8 opcode = 0;
    bool isEvent = false;              ///< no frame: it has no way, opcode, type and size
    bool isError = false;              ///< see CaptureFilter::errorsOnly
    bool isBroken = false;             ///< broke the protocol
    bool isOmitted = false;            ///< the payload was not kept: nobody knows what was in it
    quint64 size = 0;                  ///< payload bytes on the wire
    QByteArrayView type{};             ///< of the envelope; empty: it has none
    QByteArrayView payload{};          ///< need not be there where !Condition::asksForContent()
    std::optional<quint64> answered{}; ///< the row that it answers
    MatchedContext context{};
};

} // namespace glasshouse
