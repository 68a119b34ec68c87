// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"
#include "ui/base/overflowrow.h"

class QAction;
class QComboBox;
class QLabel;
class QSpinBox;
class QToolButton;

namespace glasshouse {

/// The top line: is the server running, where, and what starts everything else.
class ServerBar final : public OverflowRow
{
    Q_OBJECT
public:
    explicit ServerBar(QWidget *parent = nullptr);

    void setState(ServerState state, const ListenInfo &info);
    void setConfig(const ServerConfig &config);
    /// While the server drains; −1: it does not.
    void showDrain(int secondsLeft, int connected);
    [[nodiscard]] QList<QAction *> menuActions() const;
    /// For other places where people look for it.
    [[nodiscard]] QAction *shareAction() const { return m_share; }

signals:
    void startWanted();
    void stopWanted();
    void drainWanted();
    void shareWanted();
    void newRoomWanted();
    void resultsWanted();
    void testClientWanted();
    void doctorWanted();
    void portChosen(quint16 port);
    void bindAddressChosen(const QString &address);

private:
    ServerState m_state = ServerState::Stopped;
    QLabel *m_dot;
    QLabel *m_text;
    QLabel *m_url;
    QWidget *m_copyButton = nullptr;
    QSpinBox *m_port;
    QComboBox *m_bind;
    QAction *m_start = nullptr;
    QAction *m_stop = nullptr;
    QToolButton *m_button = nullptr; ///< starts or stops
    QAction *m_drain = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_share = nullptr;
    QAction *m_newRoom = nullptr;
    QAction *m_results = nullptr;
    QAction *m_testClient = nullptr;
    QAction *m_doctor = nullptr;

    void buildFields();
    void buildActions();
    void layOut();
    void chooseBindAddress();
};

[[nodiscard]] QString serverStateText(ServerState state);

} // namespace glasshouse
