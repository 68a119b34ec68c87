// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/privatefiles.h"

namespace glasshouse {

QString whyNotWritable(const QString &) { return {}; } // rights are lists there: the start finds out

} // namespace glasshouse
