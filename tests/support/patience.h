// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// How many times longer than a build without sanitizers this one may take before a test holds it against the program.
#ifdef __SANITIZE_ADDRESS__
inline constexpr int patience = 5;
#else
inline constexpr int patience = 1;
#endif
