// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/clientsettings.h"

#include "ui/client/clientsecrets.h"
#include "ui/client/workspacesecrets.h"

#include <QSettings>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr int maxUrls = 20;
constexpr qsizetype maxMessageLength = 16 * 1024;

QString key(const char *name) { return u"testClient/"_s + QLatin1String(name); }

/// An address with variables, which a QUrl would encode.
QString withoutWrittenSecrets(const QString &address)
{
    Workspace workspace;
    workspace.connection.address = address;
    takeSecrets(workspace);
    return workspace.connection.address;
}

} // namespace

std::optional<WorkspaceFault> saveWorkspace(QSettings &settings, Workspace workspace)
{
    takeSecrets(workspace);
    const QByteArray file = workspaceFile(workspace);
    const auto fault = faultOfFile(workspace, file);
    if (!fault)
        settings.setValue(key("workspace"), file);
    return fault;
}

Workspace loadWorkspace(const QSettings &settings)
{
    const auto read = readWorkspace(settings.value(key("workspace")).toByteArray());
    return read ? read.value() : Workspace();
}

void saveMessages(QSettings &settings, const QStringList &messages)
{
    QStringList kept;
    std::ranges::copy_if(messages, std::back_inserter(kept),
                         [](const QString &m) { return m.size() <= maxMessageLength && !mayHoldSecret(m); });
    settings.setValue(key("messages"), kept);
}

QStringList loadMessages(const QSettings &settings) { return settings.value(key("messages")).toStringList(); }

void saveUrls(QSettings &settings, const QStringList &urls)
{
    QStringList kept;
    for (const QString &url : urls.mid(0, maxUrls))
        kept << (TextVariables::hasVariables(url) ? withoutWrittenSecrets(url) : withoutSecrets(QUrl(url)).toString());
    kept.removeDuplicates();
    settings.setValue(key("urls"), kept);
}

QStringList loadUrls(const QSettings &settings) { return settings.value(key("urls")).toStringList(); }

} // namespace glasshouse
