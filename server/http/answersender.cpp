// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/answersender.h"

#include "net/transport/transport.h"

#include <QFile>

namespace glasshouse {

namespace {

constexpr qint64 smallAnswer = 64 * 1024;

QByteArray readFrom(const FilePart &part, qint64 size)
{
    return part.file->seek(part.offset) ? part.file->read(size) : QByteArray();
}

} // namespace

// Of a file, one piece is in the queue while the next one is read.
qint64 AnswerSender::heldBytes(const HttpAnswer &answer)
{
    return answer.file ? qMin<qint64>(answer.file->size, 2 * pieceBytes) : answer.body.size();
}

bool AnswerSender::hasRoomFor(const HttpAnswer &answer) const
{
    return heldBytes(answer) <= smallAnswer || m_booked.mayBe(heldBytes(answer));
}

void AnswerSender::send(Transport &transport, HttpAnswer answer, bool withoutBody, Persistence persistence)
{
    stop();
    m_transport = &transport;
    m_underWay = std::make_shared<char>();
    transport.send(toBytes(answer, true, persistence));
    if (!withoutBody) {
        m_booked.set(heldBytes(answer));
        if (!answer.body.isEmpty())
            transport.send(answer.body);
        m_left = std::move(answer.file).value_or(FilePart());
    }
    transport.flush();
    proceed();
}

void AnswerSender::proceed()
{
    if (m_transport == nullptr || m_isReading)
        return;
    if (m_left.size > 0) {
        if (m_transport->queuedBytes() <= pieceBytes)
            nextPiece();
        return;
    }
    if (m_transport->queuedBytes() > 0)
        return;
    stop();
    m_sink.answerSent();
}

void AnswerSender::nextPiece()
{
    m_isReading = true;
    if (const qint64 waitMs = m_sink.waitForPiece(nextSize()); waitMs > 0)
        m_deadlines.set(*this, m_clock.monotonicMs() + waitMs);
    else
        readPiece();
}

void AnswerSender::readPiece()
{
    const std::weak_ptr underWay(m_underWay);
    m_disk.run([part = m_left, size = nextSize()] { return readFrom(part, size); },
               [this, size = nextSize(), underWay](const QByteArray &piece) {
                   if (!underWay.expired())
                       pieceRead(piece, size);
               },
               underWay);
}

void AnswerSender::pieceRead(const QByteArray &piece, qint64 wanted)
{
    m_isReading = false;
    if (piece.size() != wanted) { // the file has become shorter
        stop();
        return m_sink.answerFailed();
    }
    m_left.offset += wanted;
    m_left.size -= wanted;
    m_sink.answerMoved(wanted);
    m_transport->send(piece);
    m_transport->flush(); // the answer may come to its end inside of it
    proceed();
}

void AnswerSender::stop()
{
    m_transport = nullptr;
    m_underWay.reset();
    m_left = {};
    m_isReading = false;
    m_deadlines.clear(*this);
    m_booked.set(0);
}

} // namespace glasshouse
