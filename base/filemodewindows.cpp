// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/filemode.h"

namespace glasshouse {

FileOpenness opennessOf(const QString & /*path*/) { return {}; } // lists of rights, which say more than a mode

} // namespace glasshouse
