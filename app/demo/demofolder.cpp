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
    if (!isWanted(settings))
        return config;
    const QString name = QDir(QDir::tempPath()).filePath(u"glasshouse-demo-XXXXXX"_s);
    if (!m_folder)
        m_folder.emplace(name);
    // Never empty: who then asks for a capture would get one among people's sessions.
    config.capture = config.capture && m_folder->isValid();
    config.captureDirectory = m_folder->isValid() ? m_folder->path() : name;
    return config;
}

bool DemoFolder::isWanted(const Settings &settings)
{
    return settings.options().demo && settings.originOf(u"data"_s).layer == Origin::Layer::Default;
}

QString DemoFolder::fault() const
{
    if (!m_folder || m_folder->isValid())
        return {};
    return u"the demo can not make a folder for its capture in %1: %2"_s.arg(QDir::tempPath(), m_folder->errorString());
}

} // namespace glasshouse
