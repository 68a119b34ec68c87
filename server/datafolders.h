// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"
#include "server/events/fault.h"

#include <memory>
#include <optional>
#include <vector>

namespace glasshouse {

class FileLock;

/// Where a server writes captures and results: made where that is missing, and held, so that no other server writes there as well.
/// Readers need no lock. Lets go at its end.
class DataFolders
{
public:
    DataFolders() = default;
    ~DataFolders();
    Q_DISABLE_COPY_MOVE(DataFolders)

    /// All that this configuration writes to. A fault: none is held.
    [[nodiscard]] std::optional<Fault> hold(const ServerConfig &config);
    /// Folders that hold() made and that are empty go.
    void release();

private:
    std::vector<std::shared_ptr<FileLock>> m_locks;
    QStringList m_made;

    [[nodiscard]] std::optional<Fault> holdOne(const QString &folder);
};

} // namespace glasshouse
