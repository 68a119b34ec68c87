// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/rawclient.h"

#include <QMap>
#include <memory>

namespace glasshouse {

/// A player who survives the end of its connections: counts what it gets, comes back with its token, and sends again what
/// the server did not take. Players of this kind send numbers to each other; each notes as a fault what it gets twice, out
/// of order, with a wrong number, or from another seat than before.
class SessionClient
{
public:
    enum class Cut : quint8 {
        Reset,
        EndOfStream,
        Close,       ///< with a code that is not 1000
        MidFrame,    ///< reset in the middle of a message
        StaysBehind, ///< the connection is left open: the next one replaces it
    };
    /// A connection that comes to an end before the player has its `connected`.
    enum class Vain : quint8 { BehindRequest, BehindAnswer, InConnected };

    /// `who`: below 256, another one for every player of a room.
    SessionClient(quint16 port, QByteArray target, int who) : m_port(port), m_target(std::move(target)), m_who(who) { }

    [[nodiscard]] bool join();
    /// The next number, to everyone; later, where there is no connection.
    void say(bool asBinary);
    void cut(Cut how);
    void comeBackInVain(Vain how, bool reset) const;
    /// Takes the seat again, waits until the server has told everything, and sends again what was not taken.
    [[nodiscard]] bool comeBack();
    /// Takes what has come. True: the server has taken all that was said, and `said` numbers came from everybody else.
    [[nodiscard]] bool isSettled(const QMap<int, int> &said);

    [[nodiscard]] int who() const { return m_who; }
    [[nodiscard]] int said() const { return m_said; }
    [[nodiscard]] bool isConnected() const { return m_client && m_client->connected(); }
    [[nodiscard]] const QByteArray &playerId() const { return m_playerId; }
    [[nodiscard]] const QByteArray &token() const { return m_token; }
    [[nodiscard]] int seen() const { return m_seen; }
    /// Tokens that took the seat and have another behind them that is known to have arrived.
    [[nodiscard]] const QList<QByteArray> &spentTokens() const { return m_spent; }
    [[nodiscard]] const QByteArrayList &faults() const { return m_faults; }
    [[nodiscard]] RawClient &client() { return *m_client; }

private:
    struct Saying
    {
        int number;
        bool asBinary;
    };

    quint16 m_port;
    QByteArray m_target;
    int m_who;
    std::unique_ptr<RawClient> m_client;
    std::unique_ptr<RawClient> m_behind; ///< the connection before, where it was left open
    qsizetype m_taken = 0;               ///< messages of m_client
    int m_seen = 0;                      ///< number of the last message of the session
    int m_said = 0;
    int m_synced = 0;
    int m_syncs = 0;
    QList<Saying> m_open; ///< said, and not known to be taken
    QMap<int, int> m_heard;
    QMap<int, QString> m_voices; ///< player ids
    QByteArray m_playerId;
    QByteArray m_token;
    QList<QByteArray> m_spent;
    QByteArrayList m_faults;

    [[nodiscard]] QByteArray resumeTarget() const;
    [[nodiscard]] bool open(const QByteArray &target);
    [[nodiscard]] bool sync();
    [[nodiscard]] QByteArray frames(const Saying &saying) const;
    void take();
    void takeMessage(const RawClient::Message &message);
    void takeConnected(const QJsonObject &data);
    void takePong(const QJsonObject &data);
    void heard(int who, int number);
    void fault(const QByteArray &text);
};

} // namespace glasshouse
