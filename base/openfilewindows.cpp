// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/openfile.h"

#include <QFileInfo>
#include <cerrno>
#include <io.h>

namespace glasshouse {

bool isStillAt(int, const QString &path) { return QFileInfo::exists(path); } // an open file keeps its name there

QString syncToDisk(int descriptor) { return ::_commit(descriptor) == 0 ? QString() : qt_error_string(errno); }

} // namespace glasshouse
