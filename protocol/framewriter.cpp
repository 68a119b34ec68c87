// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "protocol/closecode.h"
#include "protocol/framereader.h"

#include <QtEndian>

namespace glasshouse {

namespace {

constexpr qsizetype maxCloseReason = 123; // 125 of a control frame without the code
constexpr qsizetype maxHeader = 14;

void appendBigEndian(QByteArray &out, auto number)
{
    char bytes[sizeof number];
    qToBigEndian(number, bytes);
    out.append(bytes, sizeof bytes);
}

/// The length in the form that the size of the header leaves room for: it need not be the shortest.
void appendHeader(QByteArray &out, const FrameHeader &header)
{
    const auto maskBit = quint8(header.masked ? 0x80 : 0);
    const int extended = header.size - 2 - (header.masked ? 4 : 0);
    out.append(char(header.firstByte));
    if (extended == 0) {
        out.append(char(maskBit | header.payloadLength));
    } else if (extended == 2) {
        out.append(char(maskBit | 126));
        appendBigEndian(out, quint16(header.payloadLength));
    } else {
        out.append(char(maskBit | 127));
        appendBigEndian(out, header.payloadLength);
    }
    if (header.masked)
        appendBigEndian(out, header.maskKey);
}

} // namespace

FrameHeader headerFor(Opcode opcode, quint64 payloadLength, std::optional<quint32> maskKey, bool fin)
{
    FrameHeader header;
    header.firstByte = quint8(quint8(opcode) | (fin ? 0x80 : 0));
    header.masked = maskKey.has_value();
    header.maskKey = maskKey.value_or(0);
    header.size = quint8((payloadLength < 126 ? 2 : payloadLength < 65536 ? 4 : 10) + (maskKey ? 4 : 0));
    header.payloadLength = payloadLength;
    return header;
}

QByteArray wireBytes(const FrameHeader &header, QByteArrayView payload)
{
    QByteArray frame;
    frame.reserve(header.size + payload.size());
    appendHeader(frame, header);
    frame.append(payload);
    if (header.masked)
        applyMask(frame.data() + header.size, payload.size(), header.maskKey);
    return frame;
}

QByteArray frameHeader(Opcode opcode, quint64 payloadLength, bool fin)
{
    QByteArray header;
    header.reserve(maxHeader);
    appendFrameHeader(header, opcode, payloadLength, fin);
    return header;
}

void appendFrameHeader(QByteArray &out, Opcode opcode, quint64 payloadLength, bool fin)
{
    appendHeader(out, headerFor(opcode, payloadLength, {}, fin));
}

QByteArray makeFrame(Opcode opcode, QByteArrayView payload, bool fin)
{
    return wireBytes(headerFor(opcode, quint64(payload.size()), {}, fin), payload);
}

QByteArray makeMaskedFrame(Opcode opcode, QByteArrayView payload, quint32 maskKey, bool fin)
{
    return wireBytes(headerFor(opcode, quint64(payload.size()), maskKey, fin), payload);
}

QByteArray closePayload(quint16 code, QByteArrayView reason)
{
    QByteArray payload;
    if (code == quint16(CloseCode::None))
        return payload;
    qsizetype length = std::min(reason.size(), maxCloseReason);
    while (length > 0 && length < reason.size() && (reason[length] & 0xC0) == 0x80)
        --length;
    payload.reserve(2 + length);
    appendBigEndian(payload, code);
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
