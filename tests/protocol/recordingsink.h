// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/framereader.h"

#include <QByteArrayList>

namespace glasshouse {

/// Writes down all that a FrameReader says, one line a call.
class RecordingSink final : public FrameSink
{
public:
    QByteArrayList lines;
    FrameViolation violation = FrameViolation::None;
    QByteArray broken;
    qsizetype stopAfter = -1; ///< calls until it says stop; −1: never

    bool frameReceived(const FrameHeader &header, QByteArrayView payload) override
    {
        return note("frame " + QByteArray::number(header.firstByte, 16) + ' '
                        + QByteArray::number(header.payloadLength),
                    payload);
    }
    bool messageReceived(MessageKind kind, QByteArrayView payload) override
    {
        return note(kind == MessageKind::Text ? "text" : "binary", payload);
    }
    bool controlReceived(Opcode opcode, QByteArrayView payload) override
    {
        return note("control " + QByteArray::number(int(opcode), 16), payload);
    }
    void frameBroken(const FrameHeader &, QByteArrayView payload, FrameViolation why) override
    {
        violation = why;
        broken = payload.toByteArray();
        lines.append("broken " + QByteArray::number(int(why))); // its payload depends on what had arrived
    }

private:
    bool note(const QByteArray &what, QByteArrayView payload)
    {
        lines.append(what + ':' + payload.toByteArray().toHex());
        return stopAfter < 0 || lines.size() < stopAfter;
    }
};

} // namespace glasshouse
