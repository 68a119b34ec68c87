// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/wire/lastframes.h"
#include "protocol/closecode.h"
#include "protocol/httphead.h"
#include "protocol/upgrade.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>

class QJsonObject;

namespace glasshouse {

class JsonObjectText;
class Redactor;

/// Why a connection ended or was refused. One cause, one sentence, one advice: see endingText().
enum class EndingCause : quint8 {
    Unknown,
    // before the upgrade
    HeadTimeout,
    HeadAbandoned, ///< the peer left before its head was complete
    NoData,        ///< connected and left without a byte (port scan, health check by TCP)
    BadHead,       ///< detail: an HttpError
    TlsToPlainPort,
    PlainToTlsPort,  ///< plain HTTP where only TLS is served
    PlainRedirected, ///< plain HTTP that was sent to https://: no fault
    TlsTimeout,
    TlsVersion,            ///< no protocol version or cipher in common
    TlsCertificateRefused, ///< the client does not trust our certificate: it said so
    TlsBroken,             ///< any other failure of the handshake, or a broken record; detail: OpenSSL's words
    TlsFlood,              ///< records without data again and again (key updates, renegotiation)
    BadProxyHeader,        ///< detail: a ProxyError
    BadUpgrade,            ///< detail: an UpgradeError
    UpgradeOverHttp10,     ///< by a proxy that speaks HTTP/1.0 to us
    UpgradeExpected,       ///< a player route without upgrade (426)
    UnknownPath,
    ForeignProtocol, ///< detail: its name (Socket.IO, SignalR, …); before the upgrade or in the first message
    HostNotAllowed,
    OriginRefused,
    TooManyConnections,
    TooManyFromAddress,      ///< WebSocket connections
    TooManyHeadsFromAddress, ///< half-open, and it was the oldest of them
    TooManyUnderWay,         ///< requests that are being answered
    TooManyFiles,            ///< of the web root, or too much of them, and it waited for a minute
    ConnectingTooFast,       ///< WebSocket connections, and what costs as much
    RequestingTooFast,
    FailingTooFast,  ///< broken requests from this address
    GuessingTooFast, ///< too many wrong room codes or tokens from this address
    OperatorRefused, ///< a request for the operator without the operator's token
    OutOfDescriptors,
    ServerClosing,   ///< refused because the server is going down
    HandshakeFailed, ///< Qt did not complete a handshake that we found correct
    HttpServed,      ///< a plain HTTP request that was answered: no fault
    AnswerAbandoned, ///< the client did not take its answer to the end
    AnswerCutShort,  ///< we could not send it to its end
    // tokens
    TokenMissing,
    TokenMalformed,      ///< no JWT, or one that is built in a way that is not taken
    TokenWrongAlgorithm, ///< not the configured one, or unsigned
    TokenBadSignature,
    TokenIncomplete, ///< signed well, but a claim that has to be there is missing or broken
    TokenExpired,
    TokenNotYetValid,
    TokenWrongIssuer, ///< `iss` or `aud`
    TokenWrongRoom,   ///< bound to another room or game
    TooManyFromToken,
    AuthTimeout,      ///< no `auth` message in time
    AdmissionTimeout, ///< nobody said in time whether this player may come in
    TokenRanOut,      ///< it expired while its player was connected
    // rooms
    NoSuchRoom,
    RoomFull,
    TooManyRooms,
    LeftRoom,   ///< the client sent `leave`
    RoomClosed, ///< the operator ended the room, or it ended by its rules
    RoomFailed,
    // the client ended it
    ClientClosed,    ///< close frame from the client first; the code says why
    ClientVanished,  ///< end of stream without a close frame
    ConnectionReset, ///< RST
    NetworkTimeout,  ///< ETIMEDOUT: the network swallowed our bytes
    NetworkUnreachable,
    NetworkError, ///< any other error of the socket; detail: errno in words
    // the server ended it
    ProtocolError, ///< detail: a FrameViolation
    InvalidUtf8,
    MessageTooBig,
    TooManyFragments,
    MessageTimeout, ///< a frame or message was not completed in time
    TooManyBadMessages,
    MessageRateExceeded,
    ByteRateExceeded,
    ControlRateExceeded,
    ReadTooSlowly,
    NoPong,
    Kicked,
    Replaced,  ///< by a newer connection of the same session
    CheckOver, ///< a device that tried the way to this server has had its time
    ServerShutdown,
};
constexpr int endingCauseCount = int(EndingCause::ServerShutdown) + 1;

/// Who acted first.
enum class EndingSide : quint8 { Client, Server, Network, Operator };
/// How far the connection had come.
enum class EndingStage : quint8 { Head, Http, Handshake, Open, Closing };

/// Why a connection ended; true to the bytes. A value.
struct Ending
{
    EndingCause cause = EndingCause::Unknown;
    EndingSide side = EndingSide::Network;
    EndingStage stage = EndingStage::Open;
    quint16 codeReceived = 0;  ///< in the peer's close frame; 1005: frame without code; 0: no close frame came
    quint16 codeSent = 0;      ///< in ours; 0: none was sent
    int httpStatus = 0;        ///< answered before the upgrade; 0: none
    bool cleanly = false;      ///< both close frames went over, then the stream ended
    QByteArray reasonReceived; ///< text of the peer's close frame
    QByteArray reasonSent;
    QByteArray detail; ///< English: what exactly was wrong
    qint64 lifetimeMs = 0;
    qint64 silenceMs = 0;   ///< since the last byte from the peer
    qint64 queuedBytes = 0; ///< not sent yet at the end
    int rttMs = -1;         ///< last known; −1: none
    quint64 bytesIn = 0;    ///< on the wire, after the upgrade
    quint64 bytesOut = 0;
    QList<LastFrame> lastFrames; ///< the newest last, at most five
    quint64 lastRow = 0;         ///< the newest row of the capture at the end (evidence)

    /// What a browser would see: the code received or, if we closed, sent; 1006 without any close frame.
    [[nodiscard]] quint16 code() const;
};

/// Should the client come back by itself?
enum class ComesBack : quint8 {
    No,         ///< the same again would fail again, or everything is done
    Yes,        ///< to its seat, if it had one
    AfterPause, ///< sooner would fail again
    WithToken,  ///< with a new token
    Depends,    ///< the detail or the code says
};

/// Words and facts for a cause. English source texts, marked for translation in the context "Ending".
struct EndingText
{
    enum Kind : quint8 {
        Fault = 1, ///< an error that the window counts and shows in red; leaving, shutdown and served HTTP are none
        Refusal =
            2, ///< somebody was not let in; also where it takes an upgrade, or a first message, to tell: browsers can not
               ///< read the answer to a request
        Limit = 4 ///< one of the Limits was passed
    };
    const char *name;            ///< stable identifier: "read_too_slowly"
    const char *sentence;        ///< for people: "The client read too slowly."
    const char *advice;          ///< what to do
    quint16 closeCode = 0;       ///< that the server closes with; 0: with none
    const char *httpStatus = ""; ///< of the answer in place of the upgrade: "404", "400 to 505"; empty: none
    ComesBack comesBack = ComesBack::No;
    quint8 kinds = Fault; ///< of Kind, together
};
[[nodiscard]] const EndingText &endingText(EndingCause cause);
/// The cause with this name; Unknown if there is none.
[[nodiscard]] EndingCause endingCauseOf(QByteArrayView name);
[[nodiscard]] bool isFault(EndingCause cause);
[[nodiscard]] bool isRefusal(EndingCause cause);
[[nodiscard]] bool isLimit(EndingCause cause);
/// Takes them out of the texts; a client may give its token as the reason why it leaves.
void hideSecrets(Ending &ending, const Redactor &redactor);
/// The Ending as members of a JSON object, for the capture and for logs.
void addEnding(JsonObjectText &object, const Ending &ending);
[[nodiscard]] QByteArray endingToJson(const Ending &ending);
[[nodiscard]] QJsonObject endingObject(const Ending &ending);
/// And back; Unknown for what is no such object.
[[nodiscard]] Ending endingFromObject(const QJsonObject &object);
[[nodiscard]] Ending endingFromJson(QByteArrayView json);

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::Ending)
