// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/certificate.h"
#include "protocol/frame.h"
#include "protocol/httphead.h"

#include <QByteArrayView>
#include <QMetaType>
#include <QUrl>

namespace glasshouse {

enum class TestClientState : quint8 {
    Idle, ///< never connected
    Resolving,
    Connecting,
    Securing,
    Upgrading,
    Open,
    Closing,
    Closed,
    WaitingToReconnect,
};

/// What really happened. One fault, one sentence, one advice: see testClientText().
enum class TestClientFault : quint8 {
    // nothing was sent yet
    InvalidUrl, ///< detail: the parser's complaint
    HttpUrl,    ///< detail: the same with ws or wss
    UnknownScheme,
    UrlFragment,
    InvalidHeader, ///< detail: its name
    InvalidSubprotocol,
    NoTls,          ///< it does not work on this machine; detail: the TLS library's words
    InvalidProxy,   ///< no host or port
    InvalidMessage, ///< one that is to be said by itself is no UTF-8
    // on the way
    HostNotFound,
    ConnectionRefused,
    NetworkUnreachable,
    NetworkError, ///< detail: the system's words
    TimeoutResolving,
    TimeoutConnecting,
    TimeoutSecuring,
    TimeoutUpgrading,
    ProxyNotReached,    ///< detail: why
    ProxyWantsPassword, ///< or does not take the one that it got
    ProxyFailed,        ///< it does not speak as a proxy; detail: Qt's words
    ProxyCanNotReach,   ///< it answered, and does not get to the server; detail: why
    TlsCertificate,     ///< detail: what is wrong with it
    TlsToPlainPort,
    TlsFailed, ///< detail: the TLS library's words
    // instead of an upgrade
    NoAnswer,
    PlainToTlsPort,
    NotHttp,
    BadResponseHead, ///< detail: the HttpError in words
    Http200,
    HttpRedirect,     ///< detail: Location
    TooManyRedirects, ///< more than are to be followed; detail: Location
    InsecureRedirect, ///< from wss to ws, which is never followed; detail: Location
    Http400,
    Http401,
    Http403,
    Http404,
    Http426,
    Http429,
    HttpUnavailable, ///< 502, 503, 504
    HttpServerError, ///< other 5xx
    HttpOther,
    MissingUpgrade, ///< 101 without the headers that go with it
    WrongAccept,
    UnofferedSubprotocol,
    UnofferedExtension, ///< detail: Sec-WebSocket-Extensions
    BadExtension,       ///< compression as it was not offered; detail: Sec-WebSocket-Extensions
    // after it was open
    ClosedByClient, ///< our close frame was the first: no fault
    ClosedByServer, ///< detail: code and reason
    Vanished,       ///< end of stream without a close frame
    ConnectionReset,
    ProtocolViolation, ///< by the server; detail: the FrameViolation in words
    InvalidUtf8,
    MessageTooBig,
    CloseNotAnswered,
    StreamLeftOpen, ///< we closed, the server agreed and kept the stream
    Aborted,        ///< by the user
};
constexpr int testClientFaultCount = int(TestClientFault::Aborted) + 1;

/// How one attempt ended; true to the bytes. A value.
struct TestClientEnding
{
    TestClientFault fault = TestClientFault::Aborted;
    TestClientState stage = TestClientState::Idle; ///< how far it had come
    quint16 codeReceived = 0; ///< in the server's close frame; 1005: frame without code; 0: no close frame came
    quint16 codeSent = 0;     ///< in ours; 0: none was sent
    bool cleanly = false;     ///< both close frames went over, then the stream ended
    QByteArray reasonReceived;
    QByteArray reasonSent;
    int httpStatus = 0;                  ///< 0: no response came
    QByteArray requestHead;              ///< holds secrets; empty: the options could not work
    bool wasAsked = false;               ///< it was sent
    QByteArray responseHead;             ///< as it came
    QByteArray responseBody;             ///< of a refusal, at most 64 KiB
    bool bodyCut = false;                ///< there was more of it
    QByteArray detail;                   ///< English, or text of the server
    QList<CertificateInfo> certificates; ///< of the server, its own first, as far as they came; also of a refused one
    QUrl suggestion;                     ///< an address that is worth a try; empty: none
    qint64 lifetimeMs = 0;               ///< since the upgrade; 0: never open

    /// What a browser would tell its page: the code received, 1006 without a close frame.
    [[nodiscard]] quint16 code() const;
};

/// Where a client is set up, and where stands what was said.
enum class TestClientPage : quint8 { None, Connection, Handshake };

/// Words for people, translated.
struct TestClientText
{
    QString sentence;
    QString advice;                             ///< what to do; may be empty
    TestClientPage page = TestClientPage::None; ///< that the advice speaks of, or on which the answer stands
};
[[nodiscard]] TestClientText testClientText(const TestClientEnding &ending);
/// For programs: "connectionRefused".
[[nodiscard]] QByteArrayView testClientFaultName(TestClientFault fault);
/// Leaving and being sent away in order are none.
[[nodiscard]] bool isFault(const TestClientEnding &ending);
/// Is there a point in trying the same again? No for what only a person can put right.
[[nodiscard]] bool mayComeBack(const TestClientEnding &ending);
[[nodiscard]] TestClientFault faultForStatus(int httpStatus);

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::TestClientState)
Q_DECLARE_METATYPE(glasshouse::TestClientEnding)
