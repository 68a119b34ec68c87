// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/defaults.h"

#include <QDir>
#include <QStandardPaths>

namespace glasshouse {

ServerConfig defaultConfig()
{
    ServerConfig config;
    const QDir data(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    config.captureDirectory = data.filePath(QStringLiteral("captures"));
    config.historyFile = data.filePath(QStringLiteral("results.sqlite"));
    return config;
}

} // namespace glasshouse
