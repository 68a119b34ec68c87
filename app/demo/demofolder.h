// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings.h"

#include <QTemporaryDir>
#include <optional>

namespace glasshouse {

/// Where a demo keeps its capture, so that it does not lie among the sessions of people: a folder that goes with this
/// object, unless somebody named one. Must outlive the Host.
class DemoFolder
{
public:
    /// What the server is started with. Without a demo: as the settings say. Every call names the same folder.
    [[nodiscard]] ServerConfig startConfig(const Settings &settings);
    /// Why there can be no such folder, for people; empty: there is, or none was needed.
    [[nodiscard]] QString fault() const;
    /// Does a server with these settings keep its capture in a folder that goes with it?
    [[nodiscard]] static bool isWanted(const Settings &settings);

private:
    std::optional<QTemporaryDir> m_folder; ///< made when it is needed first
};

} // namespace glasshouse
