// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/transport.h"

namespace glasshouse {

/// A stream without a network: what is sent stands in `sent`, what the peer says is given to peerSays().
class FakeTransport final : public Transport
{
public:
    QByteArray sent;
    bool reading = false;
    bool aborted = false;
    bool ending = false; ///< closeWhenSent() was called
    bool peerGone = false;
    bool holds = false;          ///< the system takes nothing
    bool takesIfAsked = false;   ///< and yet it does, to retryFlush()
    int notTaken = 0;            ///< by the peer's system
    bool readyInFlush = false;   ///< as on the portable pump
    bool *abortedFlag = nullptr; ///< set as well: it outlives this

    void flush() override
    {
        handOver();
        if (readyInFlush)
            m_sink->readyToSend();
    }
    void retryFlush() override
    {
        holds = holds && !takesIfAsked;
        flush();
    }
    [[nodiscard]] qint64 bytesNotTaken() const override { return notTaken; }
    void abort(Abort = Abort::Quietly) override
    {
        aborted = true;
        if (abortedFlag != nullptr)
            *abortedFlag = true;
    }
    void setReading(bool on) override { reading = on; }
    [[nodiscard]] bool peerEnded() const override { return peerGone; }
    [[nodiscard]] QHostAddress peerAddress() const override { return QHostAddress(quint32(0xC0000201)); }
    [[nodiscard]] quint16 peerPort() const override { return 4711; }

    /// The stream of Pump::connectTo() stands.
    void connects() { m_sink->connected(); }
    void peerSays(QByteArray bytes) { m_sink->bytesArrived(bytes.data(), bytes.size()); }
    /// The system takes bytes again.
    void takesAgain()
    {
        holds = false;
        flush();
        m_sink->readyToSend();
    }
    void peerEnds(StreamEnd how, const QByteArray &text = {}) { m_sink->streamEnded(how, text); }
    /// What is queued is lost.
    void dies() { discardQueue(); }
    void sendingFails() { m_sink->sendingFailed(); }

protected:
    void wantFlush() override { handOver(); }

private:
    void handOver()
    {
        if (holds)
            return;
        for (; m_first < m_queue.size(); consumed(m_queue[m_first].size()))
            sent.append(m_queue[m_first].shared).append(m_queue[m_first].tail.data(), m_queue[m_first].tailSize);
        ending = m_closeWhenSent;
    }
};

} // namespace glasshouse
