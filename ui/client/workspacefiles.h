// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/workspace.h"

#include <QObject>
#include <functional>

class QAction;
class QMenu;
class QSettings;
class QWidget;

namespace glasshouse {

/// Opens and saves the workspace of a window, and knows the files that were used last. A file that can not be read or written
/// changes nothing.
class WorkspaceFiles final : public QObject
{
    Q_OBJECT
public:
    /// `collect` and `apply`: what the window shows. All must outlive it.
    WorkspaceFiles(QSettings &settings, std::function<Workspace()> collect,
                   std::function<void(const Workspace &)> apply, QWidget *window);

    /// Open, open one of the last, save, save as: for a menu.
    [[nodiscard]] QList<QAction *> menuActions() const;
    /// Of the file that was opened or saved last; empty: none.
    [[nodiscard]] QString path() const { return m_path; }
    /// False: `told` says why not.
    bool open(const QString &path);
    bool save(const QString &path);

signals:
    /// For people: what was done, or why not.
    void told(const QString &words);

private:
    QSettings &m_settings;
    std::function<Workspace()> m_collect;
    std::function<void(const Workspace &)> m_apply;
    QWidget *m_window;
    QMenu *m_recent;
    QAction *m_open;
    QAction *m_save;
    QAction *m_saveAs;
    QString m_path;

    void chooseToOpen();
    void chooseToSave();
    void remember(const QString &path);
    void fillRecent();
    [[nodiscard]] bool fail(const QString &title, const QString &path, const QString &why);
};

} // namespace glasshouse
