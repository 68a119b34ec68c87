// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace glasshouse {

/// What others than its owner and this program may do with a file.
struct FileOpenness
{
    bool othersRead = false;
    bool othersWrite = false;
    QString mode = {};   ///< for people: "644"
    QString folder = {}; ///< that others may write to, and put another file in this one's place; empty: they may not
};

/// Follows links. Nothing where there is no such file, where the system has no such modes, on a file system that is read only, and
/// below /run/secrets: containers get their secrets there, for everybody inside to read. A group counts as others unless it is
/// the owner's alone (of the same number), or the one through which this program reads a file of another user.
[[nodiscard]] FileOpenness opennessOf(const QString &path);

} // namespace glasshouse
