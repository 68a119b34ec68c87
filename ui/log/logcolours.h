// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>

class QAction;
class QWidget;

namespace glasshouse {

class KeptColours;
class MessagesModel;

/// The rules that colour a log: asked for in a dialog, and those of all windows where these are kept.
class LogColours final : public QObject
{
    Q_OBJECT
public:
    /// `filterWords`: of the log's filter, with which a new rule begins. The model must outlive it.
    LogColours(MessagesModel *model, std::function<QString()> filterWords, QWidget *parent);

    [[nodiscard]] QAction *action() const { return m_action; }
    /// From now on the log has these, which must outlive it.
    void setKept(KeptColours &kept);
    /// Of a state that had rules of its own.
    void takeEarlier(const QString &text);

private:
    MessagesModel *m_model;
    std::function<QString()> m_filterWords;
    QWidget *m_window;
    QAction *m_action;
    KeptColours *m_kept = nullptr;

    void ask();
};

} // namespace glasshouse
