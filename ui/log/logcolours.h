// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>

class QAction;
class QWidget;

namespace glasshouse {

class MessagesModel;

/// The rules that colour a log: asked for in a dialog, and kept.
class LogColours final : public QObject
{
    Q_OBJECT
public:
    /// `filterWords`: of the log's filter, with which a new rule begins. The model must outlive it.
    LogColours(MessagesModel *model, std::function<QString()> filterWords, QWidget *parent);

    [[nodiscard]] QAction *action() const { return m_action; }
    [[nodiscard]] QString text() const;
    void set(const QString &text);

private:
    MessagesModel *m_model;
    std::function<QString()> m_filterWords;
    QWidget *m_window;
    QAction *m_action;

    void ask();
};

} // namespace glasshouse
