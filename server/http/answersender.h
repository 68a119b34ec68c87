// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/deadlines.h"
#include "server/http/diskpool.h"
#include "server/http/httpanswer.h"

namespace glasshouse {

class Transport;

/// How much memory all visitors may hold: answers that wait for their clients, and what clients sent that waits for its turn. A
/// limit for the whole server.
class AnswerBudget
{
public:
    static constexpr qint64 mostBytes = 64LL * 1024 * 1024;

    [[nodiscard]] bool has(qint64 bytes) const { return m_taken + bytes <= mostBytes; }
    void take(qint64 bytes) { m_taken += bytes; }

private:
    qint64 m_taken = 0;
};

/// A part of the budget that somebody holds until he is gone.
class Booking
{
public:
    explicit Booking(AnswerBudget &budget) : m_budget(budget) { }
    ~Booking() { set(0); }
    Q_DISABLE_COPY_MOVE(Booking)

    [[nodiscard]] bool mayBe(qint64 bytes) const { return m_budget.has(bytes - m_bytes); }
    void set(qint64 bytes)
    {
        m_budget.take(bytes - m_bytes);
        m_bytes = bytes;
    }

private:
    AnswerBudget &m_budget;
    qint64 m_bytes = 0;
};

/// Hears of an answer that is being sent.
class AnswerSink
{
public:
    virtual ~AnswerSink() = default;
    /// How many ms a piece of a file has to wait; it is read then.
    [[nodiscard]] virtual qint64 waitForPiece(qint64 bytes) = 0;
    /// Another piece of a file is about to be handed over: the peer reads.
    virtual void answerMoved(qint64 bytes) = 0;
    /// All of it was handed to the system. The next answer may be sent inside of this call.
    virtual void answerSent() = 0;
    /// Its file could not be read to the end: what was promised can not be kept.
    virtual void answerFailed() = 0;
};

/// Sends one answer after the other over a Transport: the head, then the body from memory, or from a file whose pieces are read
/// on other threads, no faster than the peer takes them.
class AnswerSender final : private DeadlineTarget
{
public:
    static constexpr qsizetype pieceBytes = 64 * 1024;

    AnswerSender(DiskPool &disk, AnswerBudget &budget, Deadlines &deadlines, const Clock &clock, AnswerSink &sink)
        : m_disk(disk),
          m_deadlines(deadlines),
          m_clock(clock),
          m_sink(sink),
          m_booked(budget)
    { }
    ~AnswerSender() override { stop(); }
    Q_DISABLE_COPY_MOVE(AnswerSender)

    /// Is there memory for it? There always is for a small one.
    [[nodiscard]] bool hasRoomFor(const HttpAnswer &answer) const;
    /// The last call of a function: answerSent() may come inside.
    void send(Transport &transport, HttpAnswer answer, bool withoutBody, Persistence persistence);
    /// The transport has room again.
    void proceed();
    void stop();

private:
    DiskPool &m_disk;
    Deadlines &m_deadlines;
    const Clock &m_clock;
    AnswerSink &m_sink;
    Booking m_booked;
    Transport *m_transport = nullptr; ///< while an answer is under way
    FilePart m_left;                  ///< what is still to be read
    std::shared_ptr<char> m_underWay; ///< what is read for an answer before is not heard
    bool m_isReading = false;         ///< or waits for its time

    void deadlinePassed(qint64 /*nowMs*/) override { readPiece(); }
    void nextPiece();
    [[nodiscard]] qint64 nextSize() const { return qMin<qint64>(m_left.size, pieceBytes); }
    void readPiece();
    void pieceRead(const QByteArray &piece, qint64 wanted);
    [[nodiscard]] static qint64 heldBytes(const HttpAnswer &answer);
};

} // namespace glasshouse
