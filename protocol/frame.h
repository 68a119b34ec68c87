// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QtGlobal>

namespace glasshouse {

/// RFC 6455 section 5.2.
enum class Opcode : quint8 { Continuation = 0x0, Text = 0x1, Binary = 0x2, Close = 0x8, Ping = 0x9, Pong = 0xA };

[[nodiscard]] constexpr bool isControl(quint8 opcode) { return (opcode & 0x8) != 0; }
[[nodiscard]] constexpr bool isKnownOpcode(quint8 opcode) { return opcode <= 0x2 || (opcode >= 0x8 && opcode <= 0xA); }

enum class MessageKind : quint8 { Text, Binary };

/// A frame header as it stood on the wire; nothing in it has been judged.
struct FrameHeader
{
    quint8 firstByte = 0; ///< FIN, RSV1-3 and opcode
    bool masked = false;
    quint8 size = 0;           ///< bytes of the header itself, 2–14
    quint32 maskKey = 0;       ///< big-endian: the first byte on the wire is the highest
    quint64 payloadLength = 0; ///< bytes announced

    [[nodiscard]] bool fin() const { return (firstByte & 0x80) != 0; }
    [[nodiscard]] quint8 rsv() const { return (firstByte >> 4) & 0x7; }
    [[nodiscard]] quint8 opcode() const { return firstByte & 0xF; }
};

/// What is wrong with a frame. Each has one close code: see closeCodeFor().
enum class FrameViolation : quint8 {
    None,
    ReservedBits,
    UnknownOpcode,
    NotMasked,         ///< a client's frame must be masked
    Masked,            ///< a server's frame must not be
    LengthNotMinimal,  ///< 5.2: the shortest form must be used
    LengthTooLarge,    ///< the highest bit of a 64-bit length is set
    ControlTooLong,    ///< over 125 bytes
    ControlFragmented, ///< FIN is missing
    UnexpectedContinuation,
    ExpectedContinuation, ///< a new data frame inside a fragmented message
    TooManyFragments,
    MessageTooBig,
    InvalidUtf8,
    InvalidCloseLength, ///< one byte
    InvalidCloseCode,
    InvalidCloseReason, ///< not UTF-8
    BadCompression, ///< of a compressed message: no deflate stream, cut, or made with a larger window than was agreed
};
[[nodiscard]] quint16 closeCodeFor(FrameViolation violation);
/// One English sentence without a full stop, for logs and the close reason (≤ 100 bytes).
[[nodiscard]] QByteArrayView describe(FrameViolation violation);

} // namespace glasshouse
