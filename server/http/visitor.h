// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/tlstransport.h"
#include "net/transport/deadlines.h"
#include "server/gate/addresshold.h"
#include "server/gate/proxyheader.h"
#include "server/http/answersender.h"
#include "server/http/requestjudge.h"
#include "server/http/requestreader.h"
#include "server/http/upgrading.h"

namespace glasshouse {

class HttpResponder;
class Visitor;

/// A request that is over and was no upgrade: answered, refused, or given up.
struct RequestEnd
{
    ConnectionId id{}; ///< each request has its own, as if it had come over a connection of its own
    QHostAddress client;
    QHostAddress peer;
    quint16 port = 0;
    qint64 beganMs = 0; ///< monotonic
    QByteArray rawHead; ///< not redacted
    QByteArray userAgent;
    QByteArray tls;
    Ending ending;
};

/// What a visitor needs from whom it came to.
class VisitorOwner
{
public:
    virtual ~VisitorOwner() = default;
    [[nodiscard]] virtual ConnectionId nextId() = 0;
    /// May this player come in?
    virtual void admit(const HttpRequest &request, AdmissionDone done) = 0;
    /// The answer to a correct upgrade request; an empty one: it can not be answered.
    [[nodiscard]] virtual Handshake shakeHands(const HttpHead &head) = 0;
    /// A refusal that is left in `admission` is to be told by a close code.
    virtual void upgrade(Upgrading upgrading, const RouteMatch &route, const Admission &admission) = 0;
    virtual void requestEnded(const RequestEnd &end) = 0;
    /// A trusted proxy said something about its client that can not be believed.
    virtual void addressDoubted(const QHostAddress &proxy, AddressDoubt doubt) = 0;
    /// Another one is refused at the door. May it stay until its request is here?
    [[nodiscard]] virtual bool refusedMayStay() = 0;
    /// It has nothing left; to be destroyed after this turn.
    virtual void visitorGone(Visitor &visitor) = 0;
};

/// What all visitors share; outlives them.
struct VisitorContext
{
    const Clock &clock;
    Deadlines &deadlines;
    const ServerConfig &config;
    const Credentials &credentials;
    AddressBook &addresses;
    const RequestJudge &judge;
    const HttpResponder &responder;
    DiskPool &disk;
    AnswerBudget &budget;
    VisitorOwner &owner;
};

/// Somebody's connection as long as it speaks HTTP: one request after the other, until it is upgraded or ends. Owned by the
/// FrontDoor, on its thread. Has many functions because it hears from four sides (stream, TLS, answer, time), each by a few.
class Visitor final : private TransportSink,
                      private TlsSink,
                      private AnswerSink,
                      private DeadlineTarget,
                      private HeadHolder
{
public:
    Visitor(const VisitorContext &context, std::unique_ptr<Transport> transport);
    ~Visitor() override;
    Q_DISABLE_COPY_MOVE(Visitor)

    void begin();
    /// There is no place for it. It is told so when its request is here, and has two seconds for each; where too many others wait
    /// for the same, it is told at once.
    void beginRefused(EndingCause refusal);
    /// The same, and not a moment more.
    void refuseAtOnce(EndingCause refusal);
    /// At once.
    void end(EndingCause cause);
    [[nodiscard]] bool isIdle() const { return m_stage == Stage::Idle; }
    [[nodiscard]] bool isRefused() const { return m_refusal != EndingCause::Unknown; }

private:
    enum class Stage : quint8 {
        ProxyHeader,
        Request,   ///< a head or a body is arriving
        Turn,      ///< its address has asked so much that this one waits
        Admission, ///< somebody is asked whether this player may come in
        Disk,      ///< an answer is being made
        Answering,
        Idle,    ///< between two requests
        Leaving, ///< our side has ended: the peer has a moment to take the answer
        Gone,
    };

    VisitorContext m_context;
    std::unique_ptr<Transport> m_transport;
    TlsTransport *m_tls = nullptr; ///< m_transport, if it is one
    QByteArray m_tlsText;          ///< version and cipher; empty: plain
    AddressHold m_hold;
    ProxyHeaderParser m_proxyHeader;
    QHostAddress m_arrivedAs;                     ///< the peer, or the client of the PROXY header
    EndingCause m_refusal = EndingCause::Unknown; ///< at the door; told when it is known whether it speaks TLS
    EndingCause m_noPlace = EndingCause::Unknown; ///< for a later request; told when it is here
    RequestReader m_reader;
    QByteArray m_rest; ///< behind the request, for the next one
    Booking m_booked;  ///< what it holds of what came in
    HttpRequest m_request;
    Verdict m_verdict; ///< on it
    AnswerSender m_sender;
    ConnectionId m_id; ///< of the request
    Ending m_ending;   ///< of the request
    qint64 m_beganMs;
    std::function<HttpAnswer()> m_make; ///< an answer on the disk's threads; anew where it has to wait for its turn
    qint64 m_fileByMs = 0;              ///< monotonic: it waits no longer for a file
    qint64 m_answerByMs = 0;            ///< monotonic: until then the peer has to have taken what it got of a file
    std::shared_ptr<char> m_question;   ///< an answer of somebody else to a question before is not heard
    int m_requests = 0;
    Stage m_stage = Stage::Request;
    Persistence m_persistence = Persistence::Close;
    bool m_anyByte = false;
    bool m_onlyShookHands = false; ///< TLS, and nothing behind its handshake yet
    bool m_peerEnded = false;
    bool m_isTold = false; ///< the request's end
    bool m_isPaused = false;
    bool m_forgetsRest = false; ///< there was no memory for it: it is not answered
    bool m_readsOn = false;
    bool m_needsFilePlace = false; ///< what it waits for is a file to be sent in pieces
    bool m_isFirstPaid = false;    ///< the first piece of a file, or all of a small one

    // TransportSink, TlsSink, AnswerSink, DeadlineTarget, HeadHolder
    void bytesArrived(char *data, qsizetype size) override;
    void streamEnded(StreamEnd how, const QByteArray &text) override;
    void sendingFailed() override { gone(StreamEnd::EndOfStream, {}); }
    void allSent() override;
    void readyToSend() override { m_sender.proceed(); }
    void handshakeDone(const TlsSession &session) override;
    void tlsFailed(TlsFailure kind, const QByteArray &words) override;
    qint64 waitForPiece(qint64 bytes) override;
    void answerMoved(qint64 bytes) override;
    void answerSent() override;
    void answerFailed() override;
    void deadlinePassed(qint64 nowMs) override;
    void giveWay() override { end(EndingCause::TooManyHeadsFromAddress); }

    // bytes come in
    void take(QByteArrayView bytes);
    void takeRefused(QByteArrayView bytes);
    void refuseNow();
    void takeProxyHeader(QByteArrayView bytes);
    void takeFirst(QByteArrayView bytes);
    void takeRequest(QByteArrayView bytes);
    void keepForLater(QByteArrayView bytes);
    void startTls(QByteArrayView early);
    void readOn();
    void bookWhatWaits();
    [[nodiscard]] qint64 waitingBytes() const;
    [[nodiscard]] bool hasEnough() const;
    void setPaused(bool paused);
    void beginHead();
    void beginNextRequest();
    // a request is judged and answered
    void identify();
    void requestDone();
    void goOn();
    void awaitAdmission();
    void admitted(Admission admission);
    void serve();
    void askTheDisk();
    void askTheDiskAgain();
    [[nodiscard]] qint64 fileWaitMs(const HttpAnswer &answer);
    [[nodiscard]] qint64 payFirst(qint64 bytes);
    void beginFile(const HttpAnswer &answer);
    void waitForFile(qint64 waitMs);
    void sendServed(HttpAnswer answer);
    void refuse(Refused refused);
    void refuseHalf(Refused refused);
    void send(HttpAnswer answer, EndingCause cause, QByteArray detail, Persistence persistence);
    [[nodiscard]] Persistence persistence() const;
    template <typename Answer>
    [[nodiscard]] std::function<void(Answer)> hear(void (Visitor::*method)(Answer));
    [[nodiscard]] Upgrading takeUpgrading(Handshake handshake);
    // it ends
    void gone(StreamEnd how, const QByteArray &text);
    void rest();
    void leave();
    void tellEnd();
    void finish();
    [[nodiscard]] QByteArray howItLeft(const QByteArray &text) const;
    void countAsBroken();
    void setEnding(EndingCause cause, EndingSide side, QByteArray detail = {});
    void setDeadline(qint64 fromNowMs);
    [[nodiscard]] bool isArriving() const { return m_stage <= Stage::Request; }
    /// For its turn, or for an answer that somebody else makes.
    [[nodiscard]] bool isWaiting() const { return m_stage >= Stage::Turn && m_stage <= Stage::Disk; }
    /// With what was asked for; a refusal stays one, whoever hears of it.
    [[nodiscard]] bool isAnswering() const
    {
        return m_stage == Stage::Answering && m_ending.cause == EndingCause::HttpServed;
    }
    [[nodiscard]] qint64 nowMs() const { return m_context.clock.monotonicMs(); }
};

} // namespace glasshouse
