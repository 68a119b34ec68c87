// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

class QSystemTrayIcon;
class QWidget;

namespace glasshouse {

/// Tells somebody who looks elsewhere that there is something to see in a window: its entry in the task bar asks for attention, and
/// where the system shows notifications, there is one. At most one in five seconds, the newest words; none while the window is the
/// active one. GUI thread.
class Notifier final : public QObject
{
    Q_OBJECT
public:
    explicit Notifier(QWidget *window);
    ~Notifier() override;

    /// `words` are ours: some systems take markup in them.
    void tell(const QString &words);

signals:
    /// The words that go out; for tests, which have no task bar.
    void told(const QString &words);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QWidget *m_window;
    QTimer m_pause; ///< until the next one may go out
    QString m_waiting;
    std::unique_ptr<QSystemTrayIcon> m_tray; ///< while there is something to see

    void tellNow(const QString &words);
    void bringUp();
};

} // namespace glasshouse
