// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientoptions.h"

#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QTableWidget;
class QVBoxLayout;

namespace glasshouse {

/// How the next connection is made: everything of TestClientOptions but the address.
class ConnectionPage final : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionPage(QWidget *parent = nullptr);

    [[nodiscard]] TestClientOptions options() const;
    void setOptions(const TestClientOptions &options);
    /// Marks the rung of the ladder that is waited on; 0: none.
    void setAttempt(int attempt);

private:
    QLineEdit *m_origin;
    QLineEdit *m_subprotocols;
    QDoubleSpinBox *m_opening;
    QSpinBox *m_ping;
    QCheckBox *m_answerPings;
    QCheckBox *m_ignoreTls;
    QTableWidget *m_headers;
    QCheckBox *m_reconnect;
    QLabel *m_ladder;
    int m_attempt = 0;

    void buildFields();
    [[nodiscard]] QVBoxLayout *buildLeft();
    [[nodiscard]] QVBoxLayout *buildRight();
    void addHeader(const HttpHeader &header);
    void removeHeader();
    void updateHeaderFocus();
    void showLadder();
};

} // namespace glasshouse
