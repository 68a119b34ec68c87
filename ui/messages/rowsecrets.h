// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/searchablerows.h"

#include <QByteArrayList>

namespace glasshouse {

/// The row as it may leave the program: without secrets that can be told by their looks, and without these values, the longest
/// first. A value that is cut into frames is not found.
[[nodiscard]] CapturedRow withoutSecrets(const CapturedRow &row, const QByteArrayList &values);

} // namespace glasshouse
