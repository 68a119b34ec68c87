// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>
#include <QTcpServer>
#include <functional>
#include <memory>

namespace glasshouse {

/// Listens and hands out descriptors. On Unix it accepts itself: at the limit of descriptors QTcpServer spins without a
/// signal, and it can not be stopped in the middle of a full backlog.
class Listener final : public QTcpServer
{
    Q_OBJECT
public:
    /// `accepted` takes the descriptor over; false: no more in this turn. It gets −1 when the system has none to give.
    explicit Listener(std::function<bool(qintptr)> accepted, QObject *parent = nullptr);

    [[nodiscard]] bool begin(const QHostAddress &address, quint16 port);
    void setAccepting(bool on);
    void end();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    std::function<bool(qintptr)> m_accepted;
    std::unique_ptr<QSocketNotifier> m_notifier;

    void acceptSome();
};

} // namespace glasshouse
