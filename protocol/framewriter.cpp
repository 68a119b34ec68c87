// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "protocol/closecode.h"
#include "protocol/framereader.h"

#include <QtEndian>
#include <cstring>

namespace glasshouse {

namespace {

constexpr qsizetype maxCloseReason = 123; // 125 of a control frame without the code
constexpr qsizetype maxHeader = 14;

/// Returns the place behind it.
template <typename Number>
inline char *writeBigEndian(char *to, Number number)
{
    qToBigEndian(number, to);
    return to + sizeof number;
}

/// The length in the form that the size of the header leaves room for: it need not be the shortest. Returns the place behind it.
inline char *writeHeader(char *to, const FrameHeader &header)
{
    const auto maskBit = quint8(header.masked ? 0x80 : 0);
    const int extended = header.size - 2 - (header.masked ? 4 : 0);
    to[0] = char(header.firstByte);
    to[1] = char(maskBit | (extended == 0 ? header.payloadLength : extended == 2 ? 126 : 127));
    to += 2;
    if (extended == 2)
        to = writeBigEndian(to, quint16(header.payloadLength));
    else if (extended == 8)
        to = writeBigEndian(to, header.payloadLength);
    return header.masked ? writeBigEndian(to, header.maskKey) : to;
}

inline FrameHeader plainHeader(Opcode opcode, quint64 payloadLength, bool fin)
{
    FrameHeader header;
    header.firstByte = quint8(quint8(opcode) | (fin ? 0x80 : 0));
    header.size = quint8(payloadLength < 126 ? 2 : payloadLength < 65536 ? 4 : 10);
    header.payloadLength = payloadLength;
    return header;
}

inline FrameHeader maskedHeader(Opcode opcode, quint64 payloadLength, quint32 maskKey, bool fin)
{
    FrameHeader header = plainHeader(opcode, payloadLength, fin);
    header.size += 4;
    header.masked = true;
    header.maskKey = maskKey;
    return header;
}

// One is made for every message: written in one go, without a look at the room that is left.
inline QByteArray frameOf(const FrameHeader &header, QByteArrayView payload)
{
    QByteArray frame(header.size + payload.size(), Qt::Uninitialized);
    char *const to = writeHeader(frame.data(), header);
    if (!payload.isEmpty())
        std::memcpy(to, payload.data(), size_t(payload.size()));
    if (header.masked)
        applyMask(to, payload.size(), header.maskKey);
    return frame;
}

} // namespace

FrameHeader headerFor(Opcode opcode, quint64 payloadLength, std::optional<quint32> maskKey, bool fin)
{
    return maskKey ? maskedHeader(opcode, payloadLength, *maskKey, fin) : plainHeader(opcode, payloadLength, fin);
}

QByteArray wireBytes(const FrameHeader &header, QByteArrayView payload) { return frameOf(header, payload); }

HeaderBytes::HeaderBytes(const FrameHeader &header)
    : m_size(quint8(writeHeader(m_bytes.data(), header) - m_bytes.data()))
{ }

QByteArray frameHeader(Opcode opcode, quint64 payloadLength, bool fin)
{
    return frameOf(plainHeader(opcode, payloadLength, fin), {});
}

void appendFrameHeader(QByteArray &out, Opcode opcode, quint64 payloadLength, bool fin)
{
    char header[maxHeader];
    out.append(header, writeHeader(header, plainHeader(opcode, payloadLength, fin)) - header);
}

QByteArray makeFrame(Opcode opcode, QByteArrayView payload, bool fin)
{
    return frameOf(plainHeader(opcode, quint64(payload.size()), fin), payload);
}

QByteArray makeMaskedFrame(Opcode opcode, QByteArrayView payload, quint32 maskKey, bool fin)
{
    return frameOf(maskedHeader(opcode, quint64(payload.size()), maskKey, fin), payload);
}

QByteArray closePayload(quint16 code, QByteArrayView reason)
{
    QByteArray payload;
    if (code == quint16(CloseCode::None))
        return payload;
    qsizetype length = std::min(reason.size(), maxCloseReason);
    while (length > 0 && length < reason.size() && (reason[length] & 0xC0) == 0x80)
        --length;
    payload.resize(2);
    qToBigEndian(code, payload.data());
    payload.append(reason.first(length));
    return payload;
}

std::pair<quint16, QByteArray> parseClosePayload(QByteArrayView payload)
{
    if (payload.size() < 2)
        return {quint16(CloseCode::NoStatus), {}};
    return {qFromBigEndian<quint16>(payload.data()), payload.sliced(2).toByteArray()};
}

} // namespace glasshouse
