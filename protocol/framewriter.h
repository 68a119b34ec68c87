// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/frame.h"

#include <QByteArray>
#include <array>
#include <optional>

namespace glasshouse {

/// Values to frames, RFC 6455 section 5.2, lengths in minimal form. Pure.

/// Header of an unmasked frame: 2, 4 or 10 bytes.
[[nodiscard]] QByteArray frameHeader(Opcode opcode, quint64 payloadLength, bool fin = true);
/// Appends that header to `out`.
void appendFrameHeader(QByteArray &out, Opcode opcode, quint64 payloadLength, bool fin = true);
/// A whole unmasked frame, as a server sends it.
[[nodiscard]] QByteArray makeFrame(Opcode opcode, QByteArrayView payload, bool fin = true);
/// A whole masked frame, as a client sends it. The caller draws the key from a good random source.
[[nodiscard]] QByteArray makeMaskedFrame(Opcode opcode, QByteArrayView payload, quint32 maskKey, bool fin = true);
/// The header of such a frame, as who reads it will see it. With a key: of a masked one.
[[nodiscard]] FrameHeader headerFor(Opcode opcode, quint64 payloadLength, std::optional<quint32> maskKey = {},
                                    bool fin = true);
/// RSV1 of FrameHeader::firstByte: of the first frame of a compressed message (RFC 7692 section 6).
constexpr quint8 compressedBit = 0x40;
/// A frame byte for byte as it stood on the wire, whatever rule it breaks: from its header and its unmasked payload.
[[nodiscard]] QByteArray wireBytes(const FrameHeader &header, QByteArrayView payload);
/// The header alone, as it stands in front of the payload.
class HeaderBytes
{
public:
    explicit HeaderBytes(const FrameHeader &header);
    operator QByteArrayView() const { return {m_bytes.data(), m_size}; } // NOLINT(google-explicit-constructor)

private:
    std::array<char, 14> m_bytes;
    quint8 m_size;
};
/// Payload of a close frame. Code 0 gives an empty one; the reason is cut to 123 bytes at a code point.
[[nodiscard]] QByteArray closePayload(quint16 code, QByteArrayView reason = {});
/// Code and reason of a valid close payload; an empty payload gives NoStatus (1005).
[[nodiscard]] std::pair<quint16, QByteArray> parseClosePayload(QByteArrayView payload);

} // namespace glasshouse
