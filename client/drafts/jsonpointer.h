// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QStringView>
#include <optional>

namespace glasshouse {

/// The value that a JSON pointer (RFC 6901) leads to, raw: "" is the whole, "/data/list/0" an element. `json` is *checked*.
/// Null: there is none. Of members with the same name the first one counts.
[[nodiscard]] QByteArrayView jsonAt(QByteArrayView json, QStringView pointer);
/// Is it a pointer at all: empty, or it begins with a slash, and each tilde stands before 0 or 1?
[[nodiscard]] bool isJsonPointer(QStringView pointer);

} // namespace glasshouse
