// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/datafolders.h"

#include "base/filelock.h"
#include "base/privatefiles.h"
#include "server/config/configfaults.h"

#include <QDir>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

const auto lockFile = "glasshouse.lock"_L1;

} // namespace

DataFolders::~DataFolders() { release(); }

std::optional<Fault> DataFolders::hold(const ServerConfig &config)
{
    release();
    for (const QString &folder : dataFoldersOf(config)) {
        if (std::optional<Fault> fault = holdOne(folder)) {
            release();
            return fault;
        }
    }
    return {};
}

std::optional<Fault> DataFolders::holdOne(const QString &folder)
{
    if (const QString why = makePrivateFolder(folder, &m_made); !why.isEmpty())
        return Fault{FaultCode::DataNotWritable, {folder, why}};
    auto lock = FileLock::take(QDir(folder).filePath(lockFile));
    if (!lock) {
        const QString text = QString::fromUtf8(lock.error().text);
        if (lock.error().code == FileLockError::Failed)
            return Fault{FaultCode::DataNotWritable, {folder, text}};
        return text.isEmpty() ? Fault{FaultCode::DataTaken, {folder}} : Fault{FaultCode::DataTakenBy, {folder, text}};
    }
    m_locks.push_back(std::move(lock.value()));
    return {};
}

void DataFolders::release()
{
    m_locks.clear();
    std::sort(m_made.begin(), m_made.end(), std::greater<>()); // what is below goes first
    for (const QString &folder : m_made)
        QDir().rmdir(folder);
    m_made.clear();
}

} // namespace glasshouse
