// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace glasshouse {

/// XXH3, 64 bits.
[[nodiscard]] quint64 hashOf(QByteArrayView bytes, quint64 seed = 0);
/// Its lower half.
[[nodiscard]] inline quint32 checkOf(QByteArrayView bytes) { return static_cast<quint32>(hashOf(bytes)); }
[[nodiscard]] inline quint64 hashOfBody(QByteArrayView rows, QByteArrayView payloads)
{
    return hashOf(payloads, hashOf(rows));
}

/// That of zlib and PNG. `start`: of the bytes before.
[[nodiscard]] quint32 crc32(QByteArrayView bytes, quint32 start = 0);

} // namespace glasshouse
