// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <memory>

namespace glasshouse {

enum class FileLockError : quint8 {
    Taken,  ///< the text names the program that holds it: "name (PID 123)"; empty: nobody knows
    Failed, ///< the text has the system's words
};

/// Holds a file against other programs, and against others in this one, as long as it lives. The system lets go of it when the
/// program ends, however it ends. The file says who holds it, is its user's alone, and goes with the lock.
class FileLock
{
public:
    /// Never waits.
    [[nodiscard]] static Result<std::shared_ptr<FileLock>, FileLockError> take(const QString &path);

    virtual ~FileLock() = default;
    Q_DISABLE_COPY_MOVE(FileLock)

protected:
    FileLock() = default;
};

} // namespace glasshouse
