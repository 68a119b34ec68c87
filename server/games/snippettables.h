// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/snippets.h"

#include <span>

namespace glasshouse {

// One file a language; only snippets.cpp asks for them.
[[nodiscard]] std::span<const Snippet> cSnippets();
[[nodiscard]] std::span<const Snippet> cppSnippets();
[[nodiscard]] std::span<const Snippet> goSnippets();
[[nodiscard]] std::span<const Snippet> javaSnippets();
[[nodiscard]] std::span<const Snippet> javascriptSnippets();
[[nodiscard]] std::span<const Snippet> pythonSnippets();
[[nodiscard]] std::span<const Snippet> rustSnippets();
[[nodiscard]] std::span<const Snippet> sqlSnippets();

} // namespace glasshouse
