// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientending.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace glasshouse {

class LiveLabel;

/// The state in words with a coloured dot, what to do about it, and the round trip. Its height never changes.
class ClientStatusLine final : public QWidget
{
    Q_OBJECT
public:
    explicit ClientStatusLine(QWidget *parent = nullptr);

    void setState(TestClientState state);
    /// What is known of an open connection. `unchecked`: whatever its certificate is.
    void setOpened(const QString &subprotocol, bool unchecked = false);
    void setRoundTrip(double ms);
    void setEnding(const TestClientEnding &ending);
    /// It was not tried, and nothing is under way: something has to be set right first.
    void setNotReady(const QString &title, const QString &advice);
    /// Counts down to the next attempt.
    void setReconnect(int attempt, int ms);
    [[nodiscard]] QString text() const; ///< all that it says

signals:
    void suggestionTaken(const QUrl &url);
    /// The advice speaks of that page, and somebody follows it.
    void pageWanted(glasshouse::TestClientPage page);
    /// Somebody wants to know more of why it failed.
    void doctorWanted();

private:
    QLabel *m_dot;
    QLabel *m_title;
    LiveLabel *m_advice;
    QLabel *m_roundTrip;
    QPushButton *m_suggestion;
    QPushButton *m_toPage; ///< of m_page
    QPushButton *m_toDoctor;
    QTimer m_countDown;
    TestClientState m_state = TestClientState::Idle;
    QUrl m_url;
    TestClientPage m_page = TestClientPage::None;
    bool m_fault = false;
    int m_attempt = 0;
    qint64 m_nextAtMs = 0;
    QString m_ended; ///< stays beside the count-down

    void changeEvent(QEvent *event) override;
    void paintDot();
    void tick();
    void offer(TestClientPage page);
    void say(const QString &title, const QString &advice);
};

} // namespace glasshouse
