// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/captureformat.h"

namespace glasshouse {

// Sessions that were written before rows were packed: they lie as they are, 32 bytes each. Format 1 has the checksums of zlib,
// format 2 those of today. For reading only.

constexpr qsizetype plainHeaderSize = 48;

[[nodiscard]] std::optional<BlockHeader> plainHeader1(QByteArrayView bytes);
[[nodiscard]] std::optional<BlockHeader> plainHeader2(QByteArrayView bytes);
[[nodiscard]] qint64 claimedPlainBodySize(QByteArrayView bytes);
[[nodiscard]] BlockPointer plainBody1(const BlockHeader &header, QByteArrayView rows, const QByteArray &payloads);
[[nodiscard]] BlockPointer plainBody2(const BlockHeader &header, QByteArrayView rows, const QByteArray &payloads);
[[nodiscard]] BlockPointer plainRows(const BlockHeader &header, QByteArrayView rows);

constexpr BlockFormat plainRowsFormat1{plainHeaderSize, plainHeader1, claimedPlainBodySize, plainBody1, plainRows};
constexpr BlockFormat plainRowsFormat2{plainHeaderSize, plainHeader2, claimedPlainBodySize, plainBody2, plainRows};

} // namespace glasshouse
