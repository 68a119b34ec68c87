// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/defaults.h"

#include <QDir>
#include <QStandardPaths>

namespace glasshouse {

ServerConfig defaultConfig()
{
    ServerConfig config;
    config.captureDirectory =
        QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).filePath(QStringLiteral("captures"));
    return config;
}

} // namespace glasshouse
