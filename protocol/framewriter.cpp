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

void appendHeader(QByteArray &out, Opcode opcode, quint64 payloadLength, bool fin, bool masked)
{
    const auto maskBit = quint8(masked ? 0x80 : 0);
    out.append(char(quint8(opcode) | (fin ? 0x80 : 0)));
    if (payloadLength < 126) {
        out.append(char(maskBit | payloadLength));
    } else if (payloadLength < 65536) {
        out.append(char(maskBit | 126));
        appendBigEndian(out, quint16(payloadLength));
    } else {
        out.append(char(maskBit | 127));
        appendBigEndian(out, payloadLength);
    }
}

} // namespace

QByteArray frameHeader(Opcode opcode, quint64 payloadLength, bool fin)
{
    QByteArray header;
    header.reserve(maxHeader);
    appendHeader(header, opcode, payloadLength, fin, false);
    return header;
}

void appendFrameHeader(QByteArray &out, Opcode opcode, quint64 payloadLength, bool fin)
{
    appendHeader(out, opcode, payloadLength, fin, false);
}

QByteArray makeFrame(Opcode opcode, QByteArrayView payload, bool fin)
{
    QByteArray frame;
    frame.reserve(maxHeader + payload.size());
    appendHeader(frame, opcode, quint64(payload.size()), fin, false);
    frame.append(payload);
    return frame;
}

QByteArray makeMaskedFrame(Opcode opcode, QByteArrayView payload, quint32 maskKey, bool fin)
{
    QByteArray frame;
    frame.reserve(maxHeader + payload.size());
    appendHeader(frame, opcode, quint64(payload.size()), fin, true);
    appendBigEndian(frame, maskKey);
    frame.append(payload);
    applyMask(frame.data() + frame.size() - payload.size(), payload.size(), maskKey);
    return frame;
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
