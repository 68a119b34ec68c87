// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclient.h"
#include "server/games/chance.h"

#include <QJsonObject>
#include <QTimer>

namespace glasshouse {

/// What a bot joins.
struct BotSeat
{
    QString host;
    quint16 port = 0;
    QString room;
    QString game;
    QString name;
    quint64 seed = 0; ///< of everything it does by chance
    double order = 1; ///< 0–1: when it leaves a server that is about to close, of the time that all of them take
};

/// A player of the demo: joins like any client, loses its connection now and then and comes back to its seat. Lives on the
/// caller's thread.
class Bot : public QObject
{
    Q_OBJECT
public:
    explicit Bot(BotSeat seat, QObject *parent = nullptr);

    void join();
    /// Says goodbye, and is destroyed when it is gone.
    void leave();

protected:
    /// A message of the room. Not called for `connected`.
    virtual void heard(const QString &type, const QJsonObject &data) = 0;
    /// It is in the room, for the first time or again. `room` is as in `connected`.
    virtual void entered(const QJsonObject &room) = 0;

    void say(const QString &type, const QJsonObject &data = {});
    void chatSometimes(const QStringList &lines);
    /// Runs it later, between the two times.
    template <typename Act>
    void after(int fromMs, int toMs, Act act)
    {
        QTimer::singleShot(between(fromMs, toMs), this, act);
    }
    [[nodiscard]] int between(int from, int to) { return from + int(m_chance.below(quint64(to - from) + 1)); }
    [[nodiscard]] bool happens(double share) { return m_chance.unit() < share; }
    [[nodiscard]] const QString &playerId() const { return m_playerId; }
    [[nodiscard]] Chance &chance() { return m_chance; }

private:
    BotSeat m_seat;
    Chance m_chance;
    TestClient m_client;
    QString m_playerId;
    QString m_resume;
    qint64 m_lastSeen = 0;
    QTimer m_tunnel; ///< until it goes for a moment
    bool m_leaves = false;

    void messageArrived(MessageKind kind, const QByteArray &payload);
    void leaveWithin(qint64 seconds);
    void ended(const TestClientEnding &ending);
};

} // namespace glasshouse
