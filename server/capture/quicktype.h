// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace glasshouse {

constexpr qsizetype quickTypeLimit = 4096; ///< bytes that are looked at

/// Envelope type of a text payload (null if it has none in its first `limit` bytes): a quick look, not a check.
[[nodiscard]] QByteArrayView quickType(QByteArrayView payload, qsizetype limit = quickTypeLimit);

} // namespace glasshouse
