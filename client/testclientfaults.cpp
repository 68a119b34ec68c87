// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/testclientfaults.h"

#include "protocol/closecode.h"

namespace glasshouse {

TestClientFault faultFor(StreamEnd end)
{
    switch (end) {
    case StreamEnd::Refused:
        return TestClientFault::ConnectionRefused;
    case StreamEnd::TimedOut:
        return TestClientFault::TimeoutConnecting;
    case StreamEnd::Unreachable:
        return TestClientFault::NetworkUnreachable;
    case StreamEnd::ProxyNotReached:
        return TestClientFault::ProxyNotReached;
    case StreamEnd::ProxyWantsPassword:
        return TestClientFault::ProxyWantsPassword;
    case StreamEnd::ProxyFailed:
        return TestClientFault::ProxyFailed;
    case StreamEnd::EndOfStream:
    case StreamEnd::Reset:
    case StreamEnd::Error:
    case StreamEnd::Flood:
        break;
    }
    return TestClientFault::NetworkError;
}

bool isProxyFault(TestClientFault fault)
{
    return fault == TestClientFault::ProxyNotReached || fault == TestClientFault::ProxyWantsPassword
        || fault == TestClientFault::ProxyFailed;
}

TestClientFault faultFor(FrameViolation violation)
{
    switch (CloseCode(closeCodeFor(violation))) {
    case CloseCode::InvalidPayload:
        return TestClientFault::InvalidUtf8;
    case CloseCode::MessageTooBig:
        return TestClientFault::MessageTooBig;
    default:
        return TestClientFault::ProtocolViolation;
    }
}

TestClientFault timeoutIn(TestClientState state)
{
    switch (state) {
    case TestClientState::Resolving:
        return TestClientFault::TimeoutResolving;
    case TestClientState::Securing:
        return TestClientFault::TimeoutSecuring;
    case TestClientState::Upgrading:
        return TestClientFault::TimeoutUpgrading;
    default:
        return TestClientFault::TimeoutConnecting;
    }
}

bool isNotTls(const QByteArray &errorText)
{
    // OpenSSL's words for an answer that does not begin like a TLS record
    return errorText.contains("wrong version number") || errorText.contains("http request")
        || errorText.contains("packet length too long") || errorText.contains("record layer failure");
}

} // namespace glasshouse
