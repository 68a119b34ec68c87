// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/streams/lineinput.h"

#include <memory>

namespace glasshouse {

/// Lines that somebody types on a terminal, with a prompt, the usual keys, and those typed before, which are forgotten at the end:
/// there may be secrets among them. Reads standard input and writes standard output; one a program, on its main thread. Null: this
/// build has no libedit, or these two are no terminal that it can write on.
#ifdef GLASSHOUSE_WITH_LIBEDIT
[[nodiscard]] std::unique_ptr<LineInput> makeLineEditor();
#else
[[nodiscard]] inline std::unique_ptr<LineInput> makeLineEditor() { return nullptr; }
#endif

} // namespace glasshouse
