// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

#include <QProcessEnvironment>

namespace glasshouse {

/// `glasshouse doctor`: what is wrong with a WebSocket address, or with our own server. Returns the exit code.
int doctorCommand(const Options &options, const QProcessEnvironment &environment);

} // namespace glasshouse
