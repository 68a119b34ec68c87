// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/limitlevels.h"

#include "ui/base/formats.h"

#include <QCoreApplication>

namespace glasshouse {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(LimitLevels)
};

QString seconds(qint64 ms) { return Words::tr("%1 s").arg(QLocale().toString(double(ms) / 1000, 'f', 1)); }

template <typename Value>
LimitLevel level(const QString &name, const QString &tip, Value value, Value limit, QString (*format)(qint64))
{
    const QString now = format(qint64(value));
    if (limit <= 0)
        return {name, tip, Words::tr("%1, no limit").arg(now)};
    return {name, tip, Words::tr("%1 of %2").arg(now, format(qint64(limit))), double(value) / double(limit)};
}

/// Something that counts down or up and may not be under way.
LimitLevel timer(const QString &name, const QString &tip, qint64 passedMs, int limitSeconds, const QString &idle)
{
    if (passedMs < 0)
        return {name, tip, idle, limitSeconds > 0 ? 0.0 : -1.0};
    if (limitSeconds <= 0)
        return {name, tip, seconds(passedMs)};
    return {name, tip, Words::tr("%1 of %2").arg(seconds(passedMs), seconds(limitSeconds * 1000LL)),
            double(passedMs) / 1000 / limitSeconds};
}

QList<LimitLevel> trafficLevels(const ConnectionLevels &now)
{
    const Limits &limits = now.limits;
    // With a rate of 0 everything passes, whatever the burst says.
    const double burst = limits.messageRate > 0 ? limits.messageBurst : 0;
    return {
        level(Words::tr("Messages at once"),
              Words::tr("Taken of the burst; it fills again with %1 a second").arg(formatNumber(limits.messageRate)),
              now.messages, burst, formatNumber),
        level(Words::tr("Bytes at once"),
              Words::tr("Taken of the burst; it fills again with %1 a second").arg(formatBytes(limits.byteRate)),
              now.bytes, now.byteBurst, formatBytes),
        level(Words::tr("Control frames"), Words::tr("Pings, pongs and closes of about the last second"),
              now.controlFrames, double(limits.controlRate), formatNumber),
        level(Words::tr("Waiting to be sent"), Words::tr("The outgoing queue; over the limit the client is cut off"),
              now.queuedBytes, limits.queueBytes, formatBytes),
        level(Words::tr("Biggest message"), Words::tr("Of those that came so far"), now.biggestMessage,
              limits.messageBytes, formatBytes),
        timer(Words::tr("Message under way"), Words::tr("Since its first byte"), now.midwayMs, limits.messageSeconds,
              Words::tr("none")),
        level(Words::tr("Bad messages in a row"), Words::tr("That could not be understood; a good one sets it back"),
              now.badInARow, limits.badMessages, formatNumber),
    };
}

LimitLevel pingLevel(const ConnectionLevels &now)
{
    const int every = now.limits.heartbeatSeconds;
    const QString name = Words::tr("Next ping");
    const QString tip = Words::tr("The server asks whether the client is still there");
    if (every <= 0)
        return {name, tip, Words::tr("the heartbeat is off")};
    if (now.nextPingMs < 0)
        return {name, tip, Words::tr("none is due"), 0.0, false};
    return {name, tip, Words::tr("in %1 of %2").arg(seconds(now.nextPingMs), seconds(every * 1000LL)),
            1 - double(now.nextPingMs) / 1000 / every, false};
}

QList<LimitLevel> sharedLevels(const ConnectionLevels &now)
{
    const Limits &limits = now.limits;
    QList<LimitLevel> levels;
    levels << level(Words::tr("Connections of its address"), Words::tr("Players behind one router share an address"),
                    now.ofAddress, limits.connectionsPerAddress, formatNumber);
    levels << level(Words::tr("Half-open, of its address"), Words::tr("Connections whose request is not complete"),
                    now.headsOfAddress, limits.headsPerAddress, formatNumber);
    levels << (now.players < 0 ? LimitLevel{Words::tr("Players in its room"), {}, Words::tr("in no room"), 0.0}
                               : level(Words::tr("Players in its room"), Words::tr("With those who may come back"),
                                       now.players, limits.players, formatNumber));
    levels << level(Words::tr("Connections, all"), Words::tr("Of the whole server"), now.connections,
                    limits.connections, formatNumber);
    levels << level(Words::tr("Rooms, all"), Words::tr("Of the whole server"), now.rooms, limits.rooms, formatNumber);
    return levels;
}

} // namespace

QList<LimitLevel> limitLevels(const ConnectionLevels &levels)
{
    QList<LimitLevel> all = trafficLevels(levels);
    all << pingLevel(levels);
    all << timer(Words::tr("Answer to a ping"), Words::tr("Waited for; after the limit the client counts as gone"),
                 levels.pongMs, levels.limits.pongSeconds, Words::tr("none is waited for"));
    return all + sharedLevels(levels);
}

} // namespace glasshouse
