// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/messagewatch.h"

#include <functional>

class QAction;
class QToolButton;
class QWidget;

namespace glasshouse {

/// "Tell me when more come": waits for the messages that the filter of a log means at that time, or for errors where it has none,
/// while the log shows something else or nobody looks. A button says how many came, and leads to the newest of them.
class LogWatch final : public QObject
{
    Q_OBJECT
public:
    /// The source must outlive it.
    LogWatch(MessageSource *source, std::function<CaptureFilter()> filter, QWidget *parent);

    [[nodiscard]] QAction *action() const { return m_action; }
    [[nodiscard]] QToolButton *button() const { return m_button; }
    [[nodiscard]] bool isOn() const { return m_watch != nullptr; }

signals:
    void switched();
    void rowWanted(quint64 number);
    /// Something came. `words` are ours.
    void attentionWanted(const QString &words);

private:
    MessageSource *m_source;
    std::function<CaptureFilter()> m_filter;
    QAction *m_action;
    QToolButton *m_button;
    std::unique_ptr<MessageWatch> m_watch;

    void set(bool on);
    void showCount();
};

} // namespace glasshouse
