// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/messagepieces.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace glasshouse {

/// How a message goes: in which fragments, and how often. Its timer says when; it sends nothing itself.
class SendingBar final : public QWidget
{
    Q_OBJECT
public:
    /// `send`: its button stands here.
    explicit SendingBar(QAction *send, QWidget *parent = nullptr);

    /// Nullopt: the places of the cuts can not be read.
    [[nodiscard]] std::optional<MessageCuts> cuts() const;
    [[nodiscard]] QAction *repeatAction() const { return m_repeat; }
    [[nodiscard]] bool isRepeating() const { return m_timer.isActive(); }
    void setInterval(int ms, int times);
    void setPossible(bool possible);
    void stop();
    /// Messages that wait for a connection.
    void setWaiting(int messages);

signals:
    void cutsChanged();
    void due();

private:
    QComboBox *m_cut;
    QLineEdit *m_cutAt;
    QSpinBox *m_every; ///< milliseconds
    QSpinBox *m_times; ///< 0: until it is stopped
    QLabel *m_waiting;
    QAction *m_repeat;
    QTimer m_timer;
    int m_left = 0;

    void buildCuts();
    void buildRepeat();
    void begin();
    void tick();
    void showRepeat();
};

} // namespace glasshouse
