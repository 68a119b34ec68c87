// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demofolder.h"

#include <QDir>

namespace glasshouse {

using namespace Qt::StringLiterals;

ServerConfig DemoFolder::startConfig(const Settings &settings)
{
    ServerConfig config = settings.options().server;
    if (!settings.options().demo)
        return config;
    config.historyFile.clear(); // what bots win is nobody's record
    if (settings.originOf(u"data"_s).layer != Origin::Layer::Default)
        return config;
    if (!m_folder)
        m_folder.emplace(QDir(QDir::tempPath()).filePath(u"glasshouse-demo-XXXXXX"_s));
    config.capture = config.capture && m_folder->isValid();
    config.captureDirectory = m_folder->path();
    return config;
}

} // namespace glasshouse
