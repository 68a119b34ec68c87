// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QSocketNotifier>
#include <QTimer>
#include <functional>
#include <limits>
#include <memory>

namespace glasshouse {

/// Stands between one client and the server, both on loopback, and spoils what goes through, or how it goes. Works on the
/// test's event loop. Faults that wait for a byte count the bytes of their direction from 0, as the sender wrote them; what is
/// already due happens at once. Faults of one place happen in the order in which they were asked for.
class FaultProxy
{
public:
    enum class Way : quint8 { ToServer, ToClient };
    enum class Cut : quint8 { EndOfStream, Reset };
    enum class Side : quint8 { Both, Server, Client }; ///< to whom the end is shown
    static constexpr qint64 endless = std::numeric_limits<qint64>::max();

    explicit FaultProxy(quint16 serverPort);
    ~FaultProxy();
    Q_DISABLE_COPY_MOVE(FaultProxy)

    /// Connect here. 0: it could not listen.
    [[nodiscard]] quint16 port() const { return m_port; }
    /// Bytes that the sender's side wrote and that were taken here, so far.
    [[nodiscard]] qint64 taken(Way way) const { return lane(way).position; }

    /// The bytes before `at` get through, none behind them.
    void cutAt(Way way, qint64 at, Cut how, Side side = Side::Both);
    /// What was taken before is still sent.
    void cutNow(Cut how, Side side = Side::Both);
    /// Exclusive or with the byte.
    void flipAt(Way way, qint64 at, quint8 bits);
    void insertAt(Way way, qint64 at, const QByteArray &bytes);
    void insertNow(Way way, const QByteArray &bytes) { insertAt(way, taken(way), bytes); }
    /// Takes them from the sender, and nobody gets them. `endless`: a black hole, with the connection left open.
    void dropAt(Way way, qint64 at, qint64 count = endless);
    void dropFromNow(Way way, qint64 count = endless) { dropAt(way, taken(way), count); }
    /// Sends these bytes twice.
    void repeatAt(Way way, qint64 at, qint64 count);
    /// Holds the client's HTTP head until it is whole and sends this in its place.
    void rewriteHead(std::function<QByteArray(QByteArray)> rewrite) { m_rewrite = std::move(rewrite); }
    /// `bytes` at a time from now on, each time when the receiver's system has acknowledged the last ones; and not before
    /// `milliseconds` have passed.
    void drip(Way way, int milliseconds = 1, qsizetype bytes = 1);
    /// Takes nothing more from the sender, whose buffers fill up.
    void stopReading(Way way);
    /// Half-open: that the sender is gone is not passed on.
    void hideEnd(Way way) { lane(way).hidesEnd = true; }

private:
    struct Fault
    {
        enum class Kind : quint8 { Cut, Flip, Insert, Drop, Repeat } kind;
        qint64 at = 0;
        qint64 count = 0;
        QByteArray bytes = {}; ///< to insert; seen, for Repeat
        quint8 bits = 0;
        Cut how = Cut::EndOfStream;
        Side side = Side::Both;
    };
    struct Lane
    {
        int *from = nullptr;
        int *to = nullptr;
        qint64 position = 0;
        QList<Fault> faults; ///< by place
        QByteArray out;
        QTimer clock; ///< of drip()
        std::unique_ptr<QSocketNotifier> readable;
        std::unique_ptr<QSocketNotifier> writable;
        qsizetype drop = 0; ///< bytes at a time; 0: all that there are
        bool stopped = false;
        bool ended = false; ///< by the sender
        bool hidesEnd = false;
        bool dead = false; ///< nothing goes through any more
    };

    int m_listener = -1;
    int m_client = -1;
    int m_server = -1;
    quint16 m_serverPort;
    quint16 m_port = 0;
    std::unique_ptr<QSocketNotifier> m_arrival;
    std::function<QByteArray(QByteArray)> m_rewrite;
    QByteArray m_head;
    Lane m_toServer;
    Lane m_toClient;

    [[nodiscard]] Lane &lane(Way way) { return way == Way::ToServer ? m_toServer : m_toClient; }
    [[nodiscard]] const Lane &lane(Way way) const { return way == Way::ToServer ? m_toServer : m_toClient; }
    void accept();
    void open(Lane &lane, int &from, int &to);
    void add(Way way, const Fault &fault);
    void read(Lane &lane);
    void take(Lane &lane, QByteArray bytes);
    [[nodiscard]] bool happen(Lane &lane, QByteArray &bytes);
    void consume(Lane &lane, QByteArray &bytes, qint64 count);
    void write(Lane &lane);
    void dripOne(Lane &lane);
    void senderEnded(Lane &lane, Cut how);
    void cut(Cut how, Side side);
    void show(Cut how, Side side, int &socket);
};

} // namespace glasshouse
