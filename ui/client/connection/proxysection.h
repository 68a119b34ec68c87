// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/client/connection/connectionsection.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace glasshouse {

/// The proxy to go through, if any. Its password stays in memory.
class ProxySection final : public ConnectionSection
{
    Q_OBJECT
public:
    explicit ProxySection(QWidget *parent = nullptr);

    void take(const ConnectionDraft &draft) override;
    void put(ConnectionDraft &draft) const override;
    /// What the system says, where it is to be asked.
    void showSystem(const TestClientProxy &found);

signals:
    /// Somebody wants to go as the system says, and to see what that is.
    void systemChosen();

private:
    QComboBox *m_kind;
    QLineEdit *m_host;
    QSpinBox *m_port;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QLabel *m_system;

    void enableFields();
};

/// For people: "HTTP proxy.example:3128", "none".
[[nodiscard]] QString proxyWords(const TestClientProxy &proxy);

} // namespace glasshouse
