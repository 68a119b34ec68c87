// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

#include <QProcessEnvironment>

namespace glasshouse {

/// `glasshouse connect`: a WebSocket by lines of standard input and output. Returns the exit code.
int connectCommand(const Options &options, const QProcessEnvironment &environment);

} // namespace glasshouse
