// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/workspace.h"

#include <QStringList>

class QSettings;

namespace glasshouse {

// What a test client window keeps. Secrets stay out: see clientsecrets.h and workspacesecrets.h.

/// What could not be read again is not kept; the one before stays. Returns why.
std::optional<WorkspaceFault> saveWorkspace(QSettings &settings, Workspace workspace);
[[nodiscard]] Workspace loadWorkspace(const QSettings &settings);
void saveMessages(QSettings &settings, const QStringList &messages);
[[nodiscard]] QStringList loadMessages(const QSettings &settings);
void saveUrls(QSettings &settings, const QStringList &urls);
[[nodiscard]] QStringList loadUrls(const QSettings &settings);

} // namespace glasshouse
