// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/condition.h"
#include "protocol/frame.h"

#include <QDateTime>

/// Messages that the tests of conditions ask.
namespace glasshouse::messages {

inline const std::atomic<bool> never = false;

/// Says the same of all messages, and how often it was asked.
class Players final : public MatchedPlayers
{
public:
    Players(QByteArray player, QByteArray room) : m_player(std::move(player)), m_room(std::move(room)) { }
    QByteArrayView playerOf(const MatchedMessage & /*message*/) const override { return ++asked, m_player; }
    QByteArrayView roomOf(const MatchedMessage & /*message*/) const override { return ++asked, m_room; }
    mutable int asked = 0;

private:
    const QByteArray m_player;
    const QByteArray m_room;
};

inline const Players ada("Ada", "main");

/// Row `n` came n milliseconds after midnight of a day long ago; from row 100 on they are gone.
class Times final : public MatchedTimes
{
public:
    std::optional<qint64> timeOf(quint64 number) const override
    {
        ++asked;
        return number < 100 ? std::optional(qint64(number) * 1'000) : std::nullopt;
    }
    mutable int asked = 0;
};

inline const Times times;

/// Local time.
inline qint64 at(const QDate &date, const QTime &time) { return QDateTime(date, time).toMSecsSinceEpoch() * 1000; }

inline MatchedMessage text(QByteArrayView payload, QByteArrayView type = {})
{
    return {.number = 12,
            .timeUs = at(QDate(2026, 11, 30), QTime(11, 57, 41, 204)),
            .connection = ConnectionId{7},
            .direction = Direction::In,
            .opcode = quint8(Opcode::Text),
            .size = quint64(payload.size()),
            .type = type,
            .payload = payload,
            .context = {.players = &ada}};
}

inline MatchedMessage chat()
{
    return text(R"({"type":"chat","data":{"text":"Hello World","x":301,"y":-0.5,"ok":true,"no":null,"odd key":"o",)"
                R"("list":[{"name":"a","n":1},{"name":"b"},{"name":"x","n":3}],"big":9007199254740993,)"
                R"("esc":"tab\there \u0041\ud83d\ude00","x.y":[]},"id":"q1","x":5})",
                "chat");
}

inline MatchedMessage outgoing()
{
    MatchedMessage message = text(R"({"type":"state","data":{},"seq":12})", "state");
    message.direction = Direction::Out;
    return message;
}

inline MatchedMessage ping()
{
    MatchedMessage message = text("hello");
    message.opcode = quint8(Opcode::Ping);
    return message;
}

/// It came 51.3 ms after the ping that it answers.
inline MatchedMessage pong()
{
    MatchedMessage message = ping();
    message.opcode = quint8(Opcode::Pong);
    message.timeUs = 3'000 + 51'300;
    message.answered = 3;
    message.context.times = &times;
    return message;
}

/// What it answered is not there any more.
inline MatchedMessage latePong()
{
    MatchedMessage message = pong();
    message.answered = 100;
    return message;
}

inline MatchedMessage eventRow()
{
    MatchedMessage message = text(R"({"room":"main","name":"Ada"})");
    message.isEvent = true;
    message.opcode = 0;
    return message;
}

/// Its payload was not kept.
inline MatchedMessage omitted()
{
    MatchedMessage message = text({}, "move");
    message.isOmitted = true;
    message.size = 5000;
    return message;
}

/// Of a client's log: nobody sits anywhere.
inline MatchedMessage nobodys()
{
    MatchedMessage message = chat();
    message.context.players = nullptr;
    return message;
}

/// For who did not expect a fault.
inline QByteArray faultOf(const Result<Condition, ConditionFault> &read)
{
    if (read)
        return {};
    const ConditionFault &fault = read.error().code;
    return "fault " + QByteArray::number(int(fault.kind)) + " at " + QByteArray::number(fault.position);
}

inline Found find(const QString &words, const MatchedMessage &message)
{
    return Condition::read(words).value().find(message, never);
}

} // namespace glasshouse::messages
