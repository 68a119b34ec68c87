// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/workspacefiles.h"

#include "ui/base/formats.h"
#include "ui/base/plainlabels.h"
#include "ui/client/workspacesecrets.h"
#include "ui/panels/prompts.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QSaveFile>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr int mostRecent = 8;
const QString recentKey = u"testClient/recentWorkspaces"_s;

QString shown(const QString &path) { return oneLine(QDir::toNativeSeparators(path), 400); }

} // namespace

WorkspaceFiles::WorkspaceFiles(QSettings &settings, std::function<Workspace()> collect,
                               std::function<void(const Workspace &)> apply, QWidget *window)
    : QObject(window),
      m_settings(settings),
      m_collect(std::move(collect)),
      m_apply(std::move(apply)),
      m_window(window),
      m_recent(new QMenu(tr("Open &recent"), window)),
      m_open(new QAction(tr("&Open…"), this)),
      m_save(new QAction(tr("&Save"), this)),
      m_saveAs(new QAction(tr("Save &as…"), this))
{
    m_open->setShortcut(QKeySequence::Open);
    m_open->setToolTip(tr("Set up this window as a file says"));
    m_save->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    m_save->setToolTip(tr("Write address, setup, variables and templates into the file, without secrets"));
    m_saveAs->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S));
    m_saveAs->setToolTip(tr("The same into another file"));
    m_recent->menuAction()->setToolTip(tr("Workspaces that were opened or saved last"));
    connect(m_open, &QAction::triggered, this, &WorkspaceFiles::chooseToOpen);
    connect(m_save, &QAction::triggered, this, [this] { m_path.isEmpty() ? chooseToSave() : void(save(m_path)); });
    connect(m_saveAs, &QAction::triggered, this, &WorkspaceFiles::chooseToSave);
    connect(m_recent, &QMenu::aboutToShow, this, &WorkspaceFiles::fillRecent);
    fillRecent();
}

QList<QAction *> WorkspaceFiles::menuActions() const { return {m_open, m_recent->menuAction(), m_save, m_saveAs}; }

void WorkspaceFiles::fillRecent()
{
    m_recent->clear();
    const QStringList paths = m_settings.value(recentKey).toStringList();
    for (const QString &path : paths)
        m_recent
            ->addAction(withoutMnemonics(oneLine(QFileInfo(path).fileName(), 60)), this, [this, path] { open(path); })
            ->setToolTip(shown(path));
    if (paths.isEmpty())
        m_recent->addAction(tr("None yet"))->setEnabled(false);
}

void WorkspaceFiles::remember(const QString &path)
{
    m_path = path;
    QStringList paths = m_settings.value(recentKey).toStringList();
    paths.removeAll(path);
    paths.prepend(path);
    m_settings.setValue(recentKey, QStringList(paths.mid(0, mostRecent)));
}

void WorkspaceFiles::chooseToOpen()
{
    const QString path = QFileDialog::getOpenFileName(m_window, tr("Open a workspace"), m_path,
                                                      tr("Workspaces (*.json)") + u";;"_s + tr("All files (*)"));
    if (!path.isEmpty())
        open(path);
}

void WorkspaceFiles::chooseToSave()
{
    QString path = QFileDialog::getSaveFileName(
        m_window, tr("Save the workspace"), m_path.isEmpty() ? u"workspace.json"_s : m_path, tr("Workspaces (*.json)"));
    if (!path.isEmpty() && QFileInfo(path).suffix().isEmpty())
        path += ".json"_L1;
    if (!path.isEmpty())
        save(path);
}

bool WorkspaceFiles::fail(const QString &title, const QString &path, const QString &why)
{
    emit told(title);
    tell(m_window, QMessageBox::Warning, title, shown(path) + u'\n' + why);
    return false;
}

bool WorkspaceFiles::open(const QString &path)
{
    const QString title = tr("The workspace was not opened");
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return fail(title, path, QFileInfo::exists(path) ? file.errorString() : tr("There is no such file."));
    const auto read = readWorkspace(file.read(largestWorkspace + 1));
    if (!read)
        return fail(title, path, workspaceFaultText(read.error().code));
    m_apply(read.value());
    remember(path);
    const QStringList &ignored = read.value().ignored;
    emit told(ignored.isEmpty() ? tr("Opened %1").arg(oneLine(QFileInfo(path).fileName(), 60))
                                : tr("Opened; unknown here: %1").arg(oneLine(ignored.join(u", "_s), 100)));
    return true;
}

bool WorkspaceFiles::save(const QString &path)
{
    Workspace workspace = m_collect();
    const QStringList taken = takeSecrets(workspace);
    const QString title = tr("The workspace was not saved");
    const QByteArray bytes = workspaceFile(workspace);
    if (const auto fault = faultOfFile(workspace, bytes))
        return fail(title, path, workspaceFaultText(*fault));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(title, path, file.errorString());
    if (!taken.isEmpty()) {
        Workspace here = m_collect(); // keeps what the file lacks
        (void)takeSecrets(here, SecretMixtures::Stay);
        m_apply(here);
    }
    remember(path);
    emit told(taken.isEmpty()
                  ? tr("Saved %1").arg(oneLine(QFileInfo(path).fileName(), 60))
                  : tr("Saved; secrets became variables, whose values stay here: %1").arg(taken.join(u", "_s)));
    return true;
}

} // namespace glasshouse
