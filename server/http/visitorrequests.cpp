// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a Visitor's request: judged, admitted, answered.
#include "server/http/contents/errorpage.h"
#include "server/http/httpresponder.h"
#include "server/http/persistence.h"
#include "server/http/visitor.h"

#include <limits>

namespace glasshouse {

namespace {

constexpr qint64 stallMs = 60'000;   // without a piece of a file: the system holds megabytes before it asks for more
constexpr qint64 lingerBytesAMs = 4; // of an answer, over the slowest network
constexpr qint64 admissionMs =
    10'000;                         // for whoever is asked: as long as a token may take that comes in a first message
constexpr qint64 fileMs = 60'000;   // for a place among the files of an address
constexpr qint64 fileRetryMs = 100; // and so often it looks for one
constexpr qint64 neverMs = std::numeric_limits<qint64>::max();
constexpr qint64 diskMs = 10'000; // a disk that takes longer will not be faster soon

} // namespace

void Visitor::identify()
{
    m_request = m_context.judge.identify(m_reader.head(), {m_transport->peerAddress(), m_arrivedAs, m_tls != nullptr});
}

void Visitor::requestDone()
{
    ++m_requests;
    identify();
    m_request.body = m_reader.takeBody();
    m_request.fault = m_reader.fault();
    const ClientAddress &client = m_request.context.client;
    if (client.doubt != AddressDoubt::None)
        m_context.owner.addressDoubted(m_arrivedAs, client.doubt);
    m_hold.endHead();
    m_request.mayCome = m_hold.moveTo(client.address);
    if (m_noPlace != EndingCause::Unknown)
        return refuse(refusalAtTheDoor(m_noPlace));
    m_verdict = m_context.judge.judge(m_request);
    if (m_verdict.refusal)
        return refuse(std::move(*m_verdict.refusal));
    m_stage = Stage::Turn;
    if (m_verdict.waitMs == 0)
        return goOn();
    setDeadline(m_verdict.waitMs);
}

// It is its turn.
void Visitor::goOn()
{
    if (m_make)
        return askTheDiskAgain();
    if (!m_verdict.upgrades)
        return serve();
    if (m_peerEnded) { // the end of its side is told once: a WebSocket would not hear of it
        m_stage = Stage::Admission;
        setEnding(EndingCause::ClientVanished, EndingSide::Client);
        return finish();
    }
    m_verdict.admission ? admitted(std::move(*m_verdict.admission)) : awaitAdmission();
}

template <typename Answer>
std::function<void(Answer)> Visitor::hear(void (Visitor::*method)(Answer))
{
    m_question = std::make_shared<char>();
    return [this, method, question = std::weak_ptr(m_question)](Answer answer) {
        if (!question.expired())
            (this->*method)(std::move(answer));
    };
}

void Visitor::awaitAdmission()
{
    m_stage = Stage::Admission;
    setDeadline(admissionMs);
    m_context.owner.admit(m_request, hear<Admission>(&Visitor::admitted));
}

void Visitor::admitted(Admission admission)
{
    if (auto refused = m_context.judge.judgeAdmission(m_request, admission))
        return refuse(std::move(*refused));
    Handshake handshake = m_context.owner.shakeHands(m_request.head);
    if (handshake.response.isEmpty())
        return refuse(refusalOf(Denial::HandshakeFailed));
    const RouteMatch route = m_request.to.route;
    m_context.owner.upgrade(takeUpgrading(std::move(handshake)), route, admission);
}

Upgrading Visitor::takeUpgrading(Handshake handshake)
{
    m_stage = Stage::Gone;
    m_question.reset();
    m_context.deadlines.clear(*this);
    m_transport->setReading(false);
    if (m_tls != nullptr)
        m_tls->setTlsSink(nullptr);
    m_hold.becomeSocket();
    Upgrading upgrading{m_id,
                        std::move(m_transport),
                        m_hold.address(),
                        std::move(m_request.head),
                        m_reader.raw(),
                        std::move(m_rest),
                        m_beganMs,
                        m_tlsText,
                        std::move(handshake)};
    m_context.owner.visitorGone(*this);
    return upgrading;
}

void Visitor::serve()
{
    m_fileByMs = nowMs() + fileMs;
    m_needsFilePlace = false;
    m_isFirstPaid = false;
    HttpAnswer answer = m_context.responder.answer(m_request);
    m_context.judge.answered(m_request, answer.status);
    if (!answer.fromDisk)
        return sendServed(std::move(answer));
    m_make = std::move(answer.fromDisk);
    askTheDisk();
}

void Visitor::askTheDisk()
{
    if (m_context.disk.isBusy())
        return refuse(refusalOf(Denial::DiskTimeout));
    m_stage = Stage::Disk;
    setDeadline(diskMs);
    auto hears = hear<HttpAnswer>(&Visitor::sendServed);
    m_context.disk.run(m_make, std::move(hears), m_question);
}

// Without a job for who would only hear that he has to wait on: so many of them would keep everybody from the disk.
void Visitor::askTheDiskAgain()
{
    if (m_needsFilePlace && !m_context.addresses.mayHold(m_hold.address(), Held::File))
        return waitForFile(fileRetryMs);
    if (m_needsFilePlace)
        m_hold.beginFile();
    askTheDisk();
}

void Visitor::sendServed(HttpAnswer answer)
{
    if (const qint64 waitMs = fileWaitMs(answer); waitMs > 0)
        return waitForFile(waitMs);
    if (!m_sender.hasRoomFor(answer))
        return refuse(refusalOf(Denial::TooManyLargeAnswers));
    if (answer.status == 404) {
        if (auto refused = RequestJudge::judgeNothing(m_request))
            return refuse(std::move(*refused));
    }
    beginFile(answer);
    const EndingCause cause = answer.cause;
    send(std::move(answer), cause, {}, persistence());
}

// What is read piece by piece holds a descriptor, and all of it is paid for. Who has no place, or has had more than its share, is
// not turned away: a browser asks for six files at once, and a game may be larger than what comes at once.
qint64 Visitor::fileWaitMs(const HttpAnswer &answer)
{
    if (!answer.isOfWebRoot || answer.bodySize() == 0 || m_request.head.method == "HEAD")
        return 0;
    m_needsFilePlace = answer.file.has_value();
    if (m_needsFilePlace && !m_hold.hasFile() && !m_context.addresses.mayHold(m_hold.address(), Held::File))
        return fileRetryMs;
    return m_isFirstPaid ? 0 : payFirst(qMin<qint64>(answer.bodySize(), AnswerSender::pieceBytes));
}

// Once, so that it has its turn among the pieces of what is being sent already. It waits for what others before it took; its own
// bytes are waited for by whoever comes next.
qint64 Visitor::payFirst(qint64 bytes)
{
    AddressBook &book = m_context.addresses;
    const qint64 leftMs = qMax<qint64>(0, m_fileByMs - nowMs());
    const auto waitMs = book.reserve(m_hold.address(), Deed::FileByte, nowMs(), leftMs, 0);
    if (!waitMs)
        return neverMs;
    m_isFirstPaid = true;
    std::ignore = book.reserve(m_hold.address(), Deed::FileByte, nowMs(), neverMs, double(bytes));
    return *waitMs;
}

// The file is closed meanwhile, and found anew.
void Visitor::waitForFile(qint64 waitMs)
{
    m_hold.endFile();
    if (waitMs > m_fileByMs - nowMs())
        return refuse(refusalOf(Denial::TooManyFiles));
    m_stage = Stage::Turn;
    setDeadline(waitMs);
}

void Visitor::beginFile(const HttpAnswer &answer)
{
    m_make = {};
    answer.file &&answer.isOfWebRoot &&m_request.head.method != "HEAD" ? m_hold.beginFile() : m_hold.endFile();
}

// Whoever was refused does not get to ask more.
Persistence Visitor::persistence() const
{
    const bool mayStay = m_reader.isFramed() && m_request.head.asksToPersist() && m_requests < persistence::requests;
    const bool hasPlace = !m_rest.isEmpty() || (!m_peerEnded && m_context.addresses.mayHold(m_arrivedAs, Held::Rest));
    return mayStay && hasPlace ? Persistence::KeepAlive : Persistence::Close;
}

void Visitor::refuse(Refused refused)
{
    m_question.reset();
    m_make = {};
    refused.answer.headers += m_context.judge.headersForPages(m_request);
    send(std::move(refused.answer), refused.cause, std::move(refused.detail), Persistence::Close);
}

// Before it was whole. Pages of other origins may read that, too.
void Visitor::refuseHalf(Refused refused)
{
    identify();
    refuse(std::move(refused));
}

void Visitor::send(HttpAnswer answer, EndingCause cause, QByteArray detail, Persistence persistence)
{
    setEnding(cause, EndingSide::Server, std::move(detail));
    m_ending.httpStatus = answer.status;
    m_stage = Stage::Answering;
    m_persistence = persistence;
    m_hold.endHead();
    m_answerByMs = nowMs() + stallMs;
    setDeadline(answer.file ? stallMs : persistence::lingerMs + answer.body.size() / lingerBytesAMs);
    m_sender.send(*m_transport, readable(std::move(answer), m_reader.head()), m_reader.head().method == "HEAD",
                  persistence);
}

// Time that it spends waiting for us is none of the peer's.
qint64 Visitor::waitForPiece(qint64 bytes)
{
    if (std::exchange(m_isFirstPaid, false))
        return 0;
    const auto wait = m_context.addresses.reserve(m_hold.address(), Deed::FileByte, nowMs(), neverMs, double(bytes));
    const qint64 waitMs = wait.value_or(0);
    if (m_stage == Stage::Answering && waitMs > 0) {
        m_answerByMs += waitMs;
        setDeadline(qMin(stallMs, m_answerByMs - waitMs - nowMs()) + waitMs);
    }
    return waitMs;
}

// Whoever takes a piece just in time, and so each, would hold its descriptor for hours.
void Visitor::answerMoved(qint64 bytes)
{
    m_answerByMs += bytes / lingerBytesAMs;
    setDeadline(qMin(stallMs, m_answerByMs - nowMs()));
}

void Visitor::answerSent()
{
    tellEnd();
    m_persistence == Persistence::KeepAlive ? rest() : leave();
}

void Visitor::answerFailed()
{
    setEnding(EndingCause::AnswerCutShort, EndingSide::Server, "the file could not be read to its end");
    m_transport->abort(Abort::WithReset);
    finish();
}

} // namespace glasshouse
