// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/framewriter.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>
#include <memory>

namespace glasshouse {

/// Clients of /echo on a thread of their own, that together send at a steady rate. What comes back is thrown away.
class EchoLoad
{
public:
    struct Plan
    {
        quint16 port = 0;
        int clients = 8;
        int messagesPerSecond = 1000; ///< sent; a capture sees each twice
        quint64 messages = 0;         ///< the end; 0: none
    };

    explicit EchoLoad(const Plan &plan) : m_plan(plan)
    {
        m_thread.setObjectName(QStringLiteral("load"));
        m_timer.setInterval(tickMs);
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::started, &m_timer, [this] { begin(); });
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { sendDue(); });
        QObject::connect(
            &m_thread, &QThread::finished, &m_timer, [this] { end(); }, Qt::DirectConnection);
        m_thread.start();
    }
    ~EchoLoad()
    {
        m_thread.quit();
        m_thread.wait();
    }
    Q_DISABLE_COPY_MOVE(EchoLoad)

private:
    static constexpr int tickMs = 5;

    Plan m_plan;
    QThread m_thread;
    QTimer m_timer;
    QElapsedTimer m_clock;
    quint64 m_sent = 0;
    std::vector<std::unique_ptr<QTcpSocket>> m_sockets;

    void begin()
    {
        for (int i = 0; i < m_plan.clients; ++i) {
            auto socket = std::make_unique<QTcpSocket>();
            socket->connectToHost(QStringLiteral("127.0.0.1"), m_plan.port);
            socket->write("GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            QTcpSocket *reader = socket.get();
            QObject::connect(reader, &QTcpSocket::readyRead, reader, [reader] { reader->readAll(); });
            m_sockets.push_back(std::move(socket));
        }
        m_clock.start();
        m_timer.start();
    }

    void sendDue()
    {
        const quint64 due = quint64(m_clock.elapsed()) * quint64(m_plan.messagesPerSecond) / 1000;
        const quint64 until = m_plan.messages == 0 ? due : std::min(due, m_plan.messages);
        for (; m_sent < until; ++m_sent)
            m_sockets[m_sent % m_sockets.size()]->write(frame(m_sent));
    }

    static QByteArray frame(quint64 number)
    {
        const QByteArray text = R"({"type":"move","data":{"x":12.5,"y":-3.25,"n":)" + QByteArray::number(number) + "}}";
        return makeMaskedFrame(Opcode::Text, text, 0x37FA213D);
    }

    void end() // on the load's thread, where the sockets and the timer live
    {
        m_timer.stop();
        m_sockets.clear();
    }
};

} // namespace glasshouse
