// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/pump.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTest>
#include <memory>

namespace glasshouse {

inline QByteArray numbered(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char((i * 7 + i / 251) & 0xFF);
    return bytes;
}

/// A pump for each row of a test: the best one of this system, or `portable`, the one on QTcpSocket.
class PumpChoice
{
protected:
    std::unique_ptr<Pump> m_pump;
    bool m_isPortable = false;

    static void addPumps()
    {
        QTest::addColumn<bool>("portable");
        QTest::newRow("best") << false;
        QTest::newRow("portable") << true;
    }
    void choosePump()
    {
        m_isPortable = false;
        if (QTest::currentDataTag() != nullptr) {
            QFETCH(bool, portable);
            m_isPortable = portable;
        }
        m_pump = Pump::create(m_isPortable);
    }
    /// One turn of the loop and everything that was posted.
    static void turn() { QCoreApplication::processEvents(); }
    /// Turns until the fact is there, without the pauses of QTRY_VERIFY, and calls `step` behind each: for peers that have to
    /// go on.
    template <typename Fact, typename Step>
    [[nodiscard]] static bool turnUntil(Fact fact, Step step)
    {
        for (QDeadlineTimer deadline(20'000); !fact();) {
            if (deadline.hasExpired())
                return false;
            turn();
            step();
        }
        return true;
    }
};

} // namespace glasshouse
