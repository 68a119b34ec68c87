// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/frame.h"
#include "protocol/closecode.h"

namespace glasshouse {

quint16 closeCodeFor(FrameViolation violation)
{
    switch (violation) {
    case FrameViolation::None:
        return quint16(CloseCode::None);
    case FrameViolation::MessageTooBig:
        return quint16(CloseCode::MessageTooBig);
    case FrameViolation::TooManyFragments:
        return quint16(CloseCode::PolicyViolation);
    case FrameViolation::InvalidUtf8:
    case FrameViolation::InvalidCloseReason:
        return quint16(CloseCode::InvalidPayload);
    case FrameViolation::ReservedBits:
    case FrameViolation::UnknownOpcode:
    case FrameViolation::NotMasked:
    case FrameViolation::Masked:
    case FrameViolation::LengthNotMinimal:
    case FrameViolation::LengthTooLarge:
    case FrameViolation::ControlTooLong:
    case FrameViolation::ControlFragmented:
    case FrameViolation::UnexpectedContinuation:
    case FrameViolation::ExpectedContinuation:
    case FrameViolation::InvalidCloseLength:
    case FrameViolation::InvalidCloseCode:
    case FrameViolation::BadCompression:
        break;
    }
    return quint16(CloseCode::ProtocolError);
}

QByteArrayView describe(FrameViolation violation)
{
    switch (violation) {
    case FrameViolation::None:
        return "No violation";
    case FrameViolation::ReservedBits:
        return "A reserved bit is set without an extension";
    case FrameViolation::UnknownOpcode:
        return "The opcode is unknown";
    case FrameViolation::NotMasked:
        return "A client's frame is not masked";
    case FrameViolation::Masked:
        return "A server's frame is masked";
    case FrameViolation::LengthNotMinimal:
        return "The length is not in its shortest form";
    case FrameViolation::LengthTooLarge:
        return "The highest bit of the length is set";
    case FrameViolation::ControlTooLong:
        return "A control frame is longer than 125 bytes";
    case FrameViolation::ControlFragmented:
        return "A control frame is fragmented";
    case FrameViolation::UnexpectedContinuation:
        return "A continuation came without a message to continue";
    case FrameViolation::ExpectedContinuation:
        return "A new message began inside a fragmented one";
    case FrameViolation::TooManyFragments:
        return "The message has too many fragments";
    case FrameViolation::MessageTooBig:
        return "The message is too big";
    case FrameViolation::InvalidUtf8:
        return "The text is not valid UTF-8";
    case FrameViolation::InvalidCloseLength:
        return "A close frame has a payload of one byte";
    case FrameViolation::InvalidCloseCode:
        return "The close code may not be sent";
    case FrameViolation::InvalidCloseReason:
        return "The close reason is not valid UTF-8";
    case FrameViolation::BadCompression:
        return "The compressed message can not be inflated";
    }
    return {};
}

} // namespace glasshouse
