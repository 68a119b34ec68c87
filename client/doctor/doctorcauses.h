// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>

namespace glasshouse {

struct DoctorFinding;
struct DoctorEvidence;

/// Why a connection fails, or will. A row of one table: name, whether it is an illness or only worth knowing, sentence, fix.
enum class DoctorCause : quint8 {
    None,
    // URL
    UrlInvalid,
    UrlHttp,
    UrlScheme,
    UrlFragment,
    RequestInvalid,
    MessageInvalid,
    UrlSpaces,
    UrlListeningAddress,
    ProxyLeftOut,
    MixedContent,
    LocalNetworkAccess,
    // Names
    NameNotFound,
    NameTimeout,
    NameSlow,
    // Network
    ConnectionRefused,
    PortMissing,
    ListensElsewhere,
    ConnectionTimeout,
    NetworkUnreachable,
    ConnectionFailed,
    FirstAddressDead,
    Ipv6Broken,
    Ipv4Broken,
    AddressDead,
    FamilyNotHere,
    ConnectSlow,
    // TLS
    TlsUnusable,
    TlsToPlainPort,
    CertificateExpired,
    CertificateNotYetValid,
    CertificateSelfSigned,
    CertificateUnknownAuthority,
    CertificateWrongName,
    CertificateWeak,
    CertificateRefused,
    TlsVersion,
    TlsWeak,
    ClientCertificateMissing,
    ClientCertificateRefused,
    TlsNameUnknown,
    Http2Only,
    TlsCut,
    TlsSilent,
    TlsFailed,
    CertificateNotChecked,
    CertificateExpiresSoon,
    // Upgrade
    PlainToTlsPort,
    NotHttp,
    AnswerMissing,
    AnswerReset,
    AnswerTimeout,
    AnswerIncomplete,
    HandshakeSlow,
    HeadBroken,
    PageInstead,
    CachedAnswer,
    Redirected,
    UpgradeDropped,
    BadRequest,
    LoginMissing,
    TokenRefused,
    TokenPlace,
    TokenExpired,
    TokenNotYetValid,
    TokenWrongClock,
    Forbidden,
    OriginRefused,
    OriginMissing,
    HostRefused,
    HostUnknown,
    NotFound,
    WrongPath,
    PathRewritten,
    TooManyRequests,
    HeadTooLarge,
    ProxyLogin,
    BadGateway,
    Unavailable,
    GatewayTimeout,
    ServerError,
    UnexpectedStatus,
    UpgradeHeaderMissing,
    ConnectionHeaderMissing,
    AcceptMissing,
    WrongAccept,
    ExtensionNotOffered,
    BadExtension,
    ExtensionRefused,
    SocketIo,
    SockJs,
    SignalR,
    PassingFailure,
    // Subprotocols
    SubprotocolNotChosen,
    SubprotocolNotOffered,
    SubprotocolRefused,
    SubprotocolWanted,
    // Origin and token
    OriginAny,
    OriginNone,
    TokenTakenExpired,
    TokenExpiresSoon,
    TokenNeedsHeader,
    TokenReadable,
    ClockSkew,
    // Messages
    ResetAfterUpgrade,
    EndedAfterUpgrade,
    ClosedWithError,
    FramesMasked,
    FramesCompressed,
    TextNotUtf8,
    FramesBroken,
    Flood,
    ClosedAtOnce,
    SpeaksSocketIo,
    SpeaksSockJs,
    SpeaksSignalR,
    SpeaksGraphQl,
    SpeaksMqtt,
    // Pings, sizes, closes
    PongMissing,
    PongWrong,
    RoundTripSlow,
    MessagesTiny,
    MessageLimit,
    MessagesNotUnderstood,
    MessagesTooFast,
    CloseNotAnswered,
    CloseCodeChanged,
    CloseCutShort,
    StreamLeftOpen,
    // Silence
    IdleTooShort,
    HalfOpen,
    IdleTimeout,
    ClosedWhenSilent,
    // The server's machine
    DescriptorsShort,
    LoopbackOnly,
};
constexpr int doctorCauseCount = int(DoctorCause::LoopbackOnly) + 1;

/// Something that was seen. A row of one table: name and sentence.
enum class DoctorFact : quint8 {
    None,
    Resolved,
    NotResolved,
    Connected,
    NotConnected,
    TlsAgreed,
    Certificate,
    CertificateNames,
    CertificateTimes,
    CertificateFingerprint,
    CertificateAbove,
    CertificateComplaint,
    TlsWords,
    Request,
    Answer,
    AnswerBody,
    AnswerTime,
    FirstBytes,
    NothingCame,
    StreamEnded,
    WithScheme,
    WithoutOrigin,
    WithOrigin,
    WithoutToken,
    WithTokenIn,
    WithPath,
    WithHost,
    WithoutSubprotocols,
    WithSubprotocols,
    WithoutExtensions,
    WithoutAlpn,
    WithNewKey,
    WithGet,
    WithAddress,
    Subprotocols,
    Extensions,
    Token,
    TokenUnreadable,
    TokenTime,
    TokenClaim,
    ServerClock,
    Frame,
    Silence,
    ServerClosed,
    BrokenRule,
    Pong,
    PongMissing,
    MessageTaken,
    MessageEnded,
    CloseAnswered,
    StreamClosed,
    ServerPings,
    ServerTalks,
    Lived,
    StillLives,
    KnownTimeout,
    ThisMachine,
    PortOwner,
    PortFree,
    MachineAddresses,
    Descriptors,
};
constexpr int doctorFactCount = int(DoctorFact::Descriptors) + 1;

/// Words for people, translated. Plain text.
struct DoctorWords
{
    QString sentence;
    QString fix; ///< what to do; empty: nothing
};
[[nodiscard]] DoctorWords wordsOf(const DoctorFinding &finding);
[[nodiscard]] QString wordsOf(const DoctorEvidence &evidence);

/// For programs and for the documentation.
struct DoctorCauseRow
{
    const char *name; ///< "tokenExpired"
    bool isIllness;
    const char *sentence; ///< English
    const char *fix;      ///< English; may be empty
};
[[nodiscard]] const DoctorCauseRow &rowOf(DoctorCause cause);
[[nodiscard]] std::span<const DoctorCauseRow> doctorCauses();
[[nodiscard]] QByteArrayView nameOf(DoctorFact fact);

} // namespace glasshouse
