// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/client/connection/connectionsection.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace glasshouse {

/// How the connection is kept: heartbeat, pongs, coming back, and what waits meanwhile.
class KeepingSection final : public ConnectionSection
{
    Q_OBJECT
public:
    explicit KeepingSection(QWidget *parent = nullptr);

    void take(const ConnectionDraft &draft) override;
    void put(ConnectionDraft &draft) const override;
    /// Marks the rung of the ladder that is waited on; 0: none.
    void setAttempt(int attempt);

private:
    QSpinBox *m_every;
    QComboBox *m_beat;
    QLineEdit *m_beatText;
    QCheckBox *m_answerPings;
    QCheckBox *m_reconnect;
    QLabel *m_ladder;
    QCheckBox *m_queue;
    std::optional<TestClientMessage> m_binary; ///< comes from a workspace, and can be chosen as it is
    int m_attempt = 0;

    void buildFields();
    void takeBeat(const std::optional<TestClientMessage> &beat);
    void enableFields();
    void showLadder();
};

} // namespace glasshouse
