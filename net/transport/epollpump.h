// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/pump.h"

#include <QSocketNotifier>

struct epoll_event;

namespace glasshouse {

class EpollTransport;

/// Linux: one epoll descriptor behind one QSocketNotifier serves every socket of the thread. Qt's own dispatcher walks all
/// sockets at every turn, which is the largest cost of a thousand clients.
class EpollPump final : public Pump
{
public:
    explicit EpollPump(QObject *parent = nullptr);
    ~EpollPump() override;

    [[nodiscard]] bool isValid() const { return m_epoll >= 0; }
    [[nodiscard]] std::unique_ptr<Transport> adopt(qintptr descriptor) override;
    [[nodiscard]] Result<std::unique_ptr<Transport>, StreamEnd> connectTo(const QHostAddress &address,
                                                                          quint16 port) override;

    // For its transports.
    static constexpr qsizetype bufferSize = 256 * 1024;
    /// Every read goes through it; idle connections hold none.
    [[nodiscard]] char *buffer() const { return m_buffer.get(); }
    [[nodiscard]] bool watch(EpollTransport &transport, int descriptor, quint32 interest);
    void watchAnew(EpollTransport &transport, int descriptor, quint32 interest);
    /// Its turn ends behind the others of this turn.
    void markDirty(EpollTransport &transport);
    void forget(EpollTransport &transport, int descriptor, bool isDirty);

private:
    int m_epoll = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::unique_ptr<char[]> m_buffer;
    std::vector<EpollTransport *> m_dirty;
    std::vector<epoll_event> m_events;
    int m_ready = 0; ///< events of this turn
    bool m_inTurn = false;
    bool m_flushScheduled = false;

    void turn();
    void dispatch();
    void endTurn();
    void flushDirty();
    void flushScheduled();
};

} // namespace glasshouse
