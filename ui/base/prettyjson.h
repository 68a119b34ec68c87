// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace glasshouse {

/// Indented JSON, every number and escape as it was written; nullopt if it is no JSON.
[[nodiscard]] std::optional<QString> prettyJson(QByteArrayView text);

} // namespace glasshouse
