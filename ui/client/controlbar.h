// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QComboBox;
class QLineEdit;

namespace glasshouse {

/// Writes control frames: pings and closes. Sends nothing itself.
class ControlBar final : public QWidget
{
    Q_OBJECT
public:
    explicit ControlBar(QWidget *parent = nullptr);

    void setConnected(bool connected);
    [[nodiscard]] QAction *pingAction() const { return m_ping; }
    [[nodiscard]] QAction *closeAction() const { return m_close; }

signals:
    void pingRequested(const QByteArray &payload);
    void closeRequested(quint16 code, const QByteArray &reason);

private:
    QLineEdit *m_pingPayload;
    QComboBox *m_code;
    QLineEdit *m_reason;
    QAction *m_ping;
    QAction *m_close;

    void buildActions();
    void buildFields();
};

} // namespace glasshouse
