// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/lineguest.h"
#include "client/lineform.h"
#include "client/linetalk.h"
#include "net/transport/listener.h"
#include "net/transport/pump.h"

namespace glasshouse {

/// A throw-away WebSocket server by lines: what anybody sends becomes a line, and a line goes to all who are connected. At any path, without TLS and for anybody who gets to the port.
class LineServer final : public LineTalk, private LineGuestSink
{
    Q_OBJECT
public:
    static constexpr int maxGuests = 64;      ///< more are cut off
    static constexpr int patienceMs = 10'000; ///< with a guest that takes nothing, and so holds up the lines for all

    /// `holdsLines`: none is wanted until there is somebody. (Who types wants an answer, and the end of the input to be seen.)
    LineServer(quint16 port, const LineForm &form, bool holdsLines, QObject *parent = nullptr);
    ~LineServer() override;

    void start() override;
    void takeLine(const QByteArray &line) override;
    void endInput(bool waits) override;
    void setOutputFull(bool full) override;
    void interrupt() override;
    void fail(const QString &text) override;
    void setPatience(int ms) { m_patienceMs = ms; }
    /// 0: it does not listen.
    [[nodiscard]] quint16 port() const { return m_listener.serverPort(); }

private:
    quint16 m_port;
    LineForm m_form;
    bool m_holdsLines;
    TurnClock m_clock;
    std::unique_ptr<Pump> m_pump;
    Listener m_listener;
    std::vector<std::unique_ptr<LineGuest>> m_guests;
    int m_patienceMs = patienceMs;
    QTimer m_room; ///< until the queues are looked at again
    bool m_outputFull = false;
    bool m_wantsLines = false;
    std::optional<int> m_exitCode; ///< it ends with it, once the guests are gone
    bool m_over = false;

    // LineGuestSink
    void guestOpened() override;
    void guestSaid(MessageKind kind, QByteArrayView payload) override;
    void guestGone(bool wasOpen, quint16 closeCode, QByteArrayView reason) override;

    [[nodiscard]] bool accept(qintptr descriptor);
    [[nodiscard]] bool hasGuests() const;
    void look();
    void leave(int exitCode);
    void sweep();
};

} // namespace glasshouse
