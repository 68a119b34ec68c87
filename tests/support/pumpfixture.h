// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/looppair.h"
#include "tests/support/pumpchoice.h"

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

/// A Transport of a pump, and its peer: both are there when a test begins.
class PumpFixture : protected PumpChoice
{
protected:
    std::unique_ptr<LoopPair> m_pair;
    std::unique_ptr<Transport> m_transport;
    PumpRecorder m_sink;

    void begin()
    {
        m_sink = {};
        choosePump();
        open();
    }
    void closeAll();
    void open(int buffer = 0);
    template <typename Fact>
    [[nodiscard]] static bool turnUntil(Fact fact)
    {
        return PumpChoice::turnUntil(fact, [] {});
    }
};

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
