// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/pump.h"
#include "tests/support/looppair.h"

#include <QDeadlineTimer>
#include <QTest>
#include <functional>

namespace glasshouse {

/// Everything that a stream tells.
struct PumpRecorder final : TransportSink
{
    QByteArray bytes;
    QList<StreamEnd> ends;
    int allSents = 0;
    int failures = 0; ///< of sending
    int pieces = 0;
    std::function<void()> onBytes;

    void bytesArrived(char *data, qsizetype size) override
    {
        bytes.append(data, size);
        ++pieces;
        std::fill_n(data, size, 'X'); // they may be changed in place
        if (onBytes)
            onBytes();
    }
    void streamEnded(StreamEnd how, const QByteArray &) override { ends += how; }
    void sendingFailed() override { ++failures; }
    void allSent() override { ++allSents; }
};

inline QByteArray numbered(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char((i * 7 + i / 251) & 0xFF);
    return bytes;
}

/// A Transport of a pump, and its peer. `portable` is the pump on QTcpSocket.
class PumpFixture
{
protected:
    std::unique_ptr<Pump> m_pump;
    std::unique_ptr<LoopPair> m_pair;
    std::unique_ptr<Transport> m_transport;
    PumpRecorder m_sink;
    bool m_isPortable = false;

    void choosePump();
    void closeAll();
    static void addPumps();
    void open(int buffer = 0);
    /// One turn of the loop and everything that was posted.
    static void turn() { QCoreApplication::processEvents(); }
    /// Turns until the fact is there, without the pauses of QTRY_VERIFY: for peers that have to go on reading.
    template <typename Fact>
    [[nodiscard]] static bool turnUntil(Fact fact)
    {
        for (QDeadlineTimer deadline(20'000); !fact();) {
            if (deadline.hasExpired())
                return false;
            turn();
        }
        return true;
    }
};

inline void PumpFixture::addPumps()
{
    QTest::addColumn<bool>("portable");
    QTest::newRow("best") << false;
    QTest::newRow("portable") << true;
}

inline void PumpFixture::choosePump()
{
    m_isPortable = false;
    if (QTest::currentDataTag() != nullptr) {
        QFETCH(bool, portable);
        m_isPortable = portable;
    }
    m_sink = {};
    m_pump = Pump::create(m_isPortable);
}

inline void PumpFixture::closeAll()
{
    m_transport.reset();
    m_pair.reset();
    m_pump.reset();
}

inline void PumpFixture::open(int buffer)
{
    m_transport.reset();
    m_pair = std::make_unique<LoopPair>(buffer);
    m_transport = m_pump->adopt(m_pair->takeEnd());
    QVERIFY(m_transport);
    m_transport->setSink(&m_sink);
    m_transport->setReading(true);
}

} // namespace glasshouse
