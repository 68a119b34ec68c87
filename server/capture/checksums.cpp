// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/checksums.h"

#include <array>
#include <xxhash.h>
#ifdef GLASSHOUSE_XXHASH_DISPATCH
#include <xxh_x86dispatch.h> // the same hashes by the widest registers that this processor has
#endif

namespace glasshouse {

namespace {

constexpr std::array<quint32, 256> crcTable = [] {
    std::array<quint32, 256> table{};
    for (quint32 i = 0; i < table.size(); ++i) {
        table[i] = i;
        for (int bit = 0; bit < 8; ++bit)
            table[i] = (table[i] >> 1) ^ ((table[i] & 1) != 0 ? 0xEDB88320 : 0);
    }
    return table;
}();

} // namespace

quint64 hashOf(QByteArrayView bytes, quint64 seed)
{
    return XXH3_64bits_withSeed(bytes.data(), static_cast<size_t>(bytes.size()), seed);
}

quint32 crc32(QByteArrayView bytes, quint32 start)
{
    quint32 crc = ~start;
    for (const char byte : bytes)
        crc = crcTable[(crc ^ static_cast<quint8>(byte)) & 0xFF] ^ (crc >> 8);
    return ~crc;
}

} // namespace glasshouse
