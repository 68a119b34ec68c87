// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/wiresocket.h"

#include "protocol/closecode.h"
#include "protocol/framewriter.h"
#include "protocol/utf8check.h"

#include <QCoreApplication>
#include <algorithm>
#include <charconv>
#include <cstring>

namespace glasshouse {

namespace {

/// Some send their JSON in binary frames.
bool looksLikeJson(QByteArrayView payload)
{
    const auto first =
        std::find_if(payload.begin(), payload.end(), [](char c) { return !QByteArrayView(" \t\r\n").contains(c); });
    return first != payload.end() && (*first == '{' || *first == '[');
}

} // namespace

WireSocket::WireSocket(std::unique_ptr<Transport> transport, ConnectionId id, Recorder &recorder, WireSocketSink &sink,
                       FrameLimits limits)
    : m_transport(std::move(transport)),
      m_reader(ReaderRole::Server, limits),
      m_recorder(recorder),
      m_sink(sink),
      m_id(id)
{
    setSocketState(ConnectedState);
    setPeerAddress(m_transport->peerAddress());
    setPeerPort(m_transport->peerPort());
    QIODevice::open(ReadWrite | Unbuffered);
    m_transport->setSink(this);
}

WireSocket::~WireSocket()
{
    m_transport->abort();
    setSocketState(UnconnectedState);
    QIODevice::close();
}

void WireSocket::offerHead(const QByteArray &head) { m_toQt = head; }

QByteArray WireSocket::takeResponse() { return std::exchange(m_fromQt, {}); }

void WireSocket::open(const QByteArray &response, QByteArray early, QObject *webSocket)
{
    dropQtBuffers();
    m_webSocket = webSocket;
    m_open = true;
    m_transport->send(response);
    m_transport->setReading(true);
    if (!early.isEmpty())
        bytesArrived(early.data(), early.size());
}

// QWebSocketServer peeks at the head, for which QIODevice keeps 16 KiB for good: more than everything else of an idle
// connection. Closing and opening the device gives them back; nobody needs to hear of it.
void WireSocket::dropQtBuffers()
{
    m_toQt = {};
    const bool blocked = blockSignals(true);
    QIODevice::close();
    QIODevice::open(ReadWrite | Unbuffered);
    blockSignals(blocked);
}

qint64 WireSocket::bytesAvailable() const { return m_toQt.size() + QIODevice::bytesAvailable(); }

bool WireSocket::canReadLine() const { return m_toQt.contains('\n') || QIODevice::canReadLine(); }

qint64 WireSocket::readData(char *data, qint64 size)
{
    const qint64 count = qMin<qint64>(size, m_toQt.size());
    if (count == 0)
        return 0; // Qt asks with a null pointer, too
    std::memcpy(data, m_toQt.constData(), size_t(count));
    m_toQt.remove(0, count);
    return count;
}

qint64 WireSocket::writeData(const char *data, qint64 size)
{
    if (m_open && m_webSocket == nullptr)
        return size;
    m_fromQt.append(data, size);
    if (m_open)
        takeFramesOfQt();
    return size;
}

// Qt writes only pongs and closes, in one or two pieces each; their length is in the second byte.
void WireSocket::takeFramesOfQt()
{
    while (m_fromQt.size() >= 2 && m_fromQt.size() >= 2 + (m_fromQt[1] & 0x7F)) {
        const qsizetype length = m_fromQt[1] & 0x7F;
        const auto opcode = Opcode(m_fromQt[0] & 0xF);
        const QByteArray payload = m_fromQt.sliced(2, length);
        m_fromQt.remove(0, 2 + length);
        sendControl(opcode, opcode == Opcode::Close && m_closeAnswer ? closePayload(*m_closeAnswer) : payload);
    }
}

void WireSocket::answerClose(quint16 code)
{
    m_closeAnswer = code;
    passToQt(Opcode::Close, closePayload(code == 0 ? 0 : quint16(CloseCode::Normal)));
}

void WireSocket::passToQt(Opcode opcode, QByteArrayView payload)
{
    if (m_webSocket == nullptr)
        return;
    m_toQt += makeFrame(opcode, payload);
    emit readyRead();
    // QWebSocket listens through a queued connection; the answer shall leave in this turn.
    QCoreApplication::sendPostedEvents(m_webSocket, QEvent::MetaCall);
    if (m_toQt.isEmpty())
        m_toQt = {};
}

void WireSocket::note(Direction direction, quint8 opcode, quint64 size, bool broken)
{
    m_lastFrames.add(m_recorder.clock().nowUs(), direction, opcode, size, broken);
}

QList<LastFrame> WireSocket::lastFrames() const { return m_lastFrames.asOf(m_recorder.clock().nowUs()); }

void WireSocket::queue(OutChunk chunk)
{
    m_counters.bytesOut += quint64(chunk.size());
    m_transport->send(std::move(chunk));
}

void WireSocket::dropQueue()
{
    const qint64 before = m_transport->queuedBytes();
    m_counters.messagesOut -= qMin<quint64>(m_counters.messagesOut, m_transport->dropQueue());
    m_counters.bytesOut -= quint64(before - m_transport->queuedBytes());
}

void WireSocket::sendText(SequencedText &text, quint64 sequence)
{
    const int digits = SequencedText::digitsOf(sequence);
    OutChunk chunk{text.head(digits), quint8(digits + 1), {}};
    *std::to_chars(chunk.tail.data(), chunk.tail.data() + digits, sequence).ptr = '}';
    const auto length = quint32(text.body().size() + digits + 1);
    // The body is not whole without its number, and so judged by its words alone: rather too often than too seldom.
    const auto look = [this](QByteArrayView body) { return m_recorder.redactor().message(body).has_value(); };
    if (m_recorder.isOn() && text.holdsSecret(look))
        recordRedacted(text, sequence, length);
    else
        m_recorder.sequencedOut(m_id, chunk.shared, text.headerSize(digits), quint32(sequence), length);
    ++m_counters.messagesOut;
    note(Direction::Out, quint8(Opcode::Text), length);
    queue(std::move(chunk));
}

void WireSocket::recordRedacted(SequencedText &text, quint64 sequence, quint32 length)
{
    const QByteArray whole = text.body() + QByteArray::number(sequence) + '}';
    const int digits = SequencedText::digitsOf(sequence);
    m_recorder.redactedOut(m_id, quint8(text.head(digits).at(0)), text.headerSize(digits), length,
                           m_recorder.redactor().message(whole).value_or(whole));
}

void WireSocket::sendFrame(const QByteArray &frame, int headerSize)
{
    const QByteArrayView payload = QByteArrayView(frame).sliced(headerSize);
    const auto firstByte = quint8(frame.at(0));
    const bool isText = (firstByte & 0xF) == quint8(Opcode::Text) || looksLikeJson(payload);
    if (m_recorder.hasJustStored(payload))
        m_recorder.repeatedOut(m_id, firstByte, headerSize);
    else if (const auto hidden = m_recorder.isOn() && isText ? m_recorder.redactor().message(payload) : std::nullopt)
        m_recorder.redactedOut(m_id, firstByte, headerSize, quint32(payload.size()), *hidden); // the echo of a token
    else
        m_recorder.frameOut(m_id, frame, headerSize);
    ++m_counters.messagesOut;
    note(Direction::Out, firstByte & 0xF, quint64(payload.size()));
    queue({frame, 0, {}});
}

void WireSocket::sendControl(Opcode opcode, QByteArrayView payload)
{
    const QByteArray frame = makeFrame(opcode, payload);
    if (const auto hidden = m_recorder.isOn() ? hiddenControl(opcode, payload) : std::nullopt)
        m_recorder.redactedOut(m_id, quint8(frame.at(0)), 2, quint32(payload.size()), *hidden);
    else
        m_recorder.frameOut(m_id, frame, 2);
    note(Direction::Out, quint8(opcode), quint64(payload.size()));
    queue({frame, 0, {}});
    if (opcode == Opcode::Close) {
        const auto [code, reason] = parseClosePayload(payload);
        m_sink.closeSent(code, reason);
    }
}

void WireSocket::bytesArrived(char *data, qsizetype size)
{
    const TurnClock::Turn turn(m_recorder.clock());
    m_counters.bytesIn += quint64(size);
    if (!m_sink.bytesSeen(size) || m_deaf)
        return;
    if (!m_reader.feed(data, size, *this))
        m_deaf = true;
    m_sink.bytesDone();
}

void WireSocket::streamEnded(StreamEnd how, const QByteArray &text) { m_sink.wireEnded(how, text); }

bool WireSocket::frameReceived(const FrameHeader &header, QByteArrayView payload)
{
    note(Direction::In, header.opcode(), header.payloadLength);
    if (!m_recorder.isOn())
        return true;
    if (const auto shown = hidden(header, payload))
        m_recorder.frameIn(m_id, header, *shown, RecordRedacted);
    else
        m_recorder.frameIn(m_id, header, payload);
    return true;
}

std::optional<QByteArray> WireSocket::hidden(const FrameHeader &header, QByteArrayView payload)
{
    if (isControl(header.opcode()))
        return hiddenControl(Opcode(header.opcode()), payload);
    if (m_expectsSecret)
        return redactedMark.toByteArray();
    const bool isFirst = header.opcode() != quint8(Opcode::Continuation);
    if (isFirst) {
        if (!m_fragmentTail.isEmpty())
            m_fragmentTail.clear();
        m_hidesFragments = false;
        m_isTextual = header.opcode() == quint8(Opcode::Text) || looksLikeJson(payload);
    }
    if (!m_isTextual)
        return std::nullopt;
    if (!isFirst || !header.fin())
        return hiddenPart(header, payload);
    auto shown = m_recorder.redactor().message(payload);
    m_hidesFragments = shown.has_value(); // should more come, against the rules
    return shown;
}

// A token may begin in one fragment and its name in the one before: from the first word that may name one, all is hidden up to
// the end of the message.
std::optional<QByteArray> WireSocket::hiddenPart(const FrameHeader &header, QByteArrayView payload)
{
    const Redactor &redactor = m_recorder.redactor();
    const qsizetype seamSize = redactor.seamSize();
    const QByteArray seam = m_fragmentTail + payload.first(qMin(payload.size(), seamSize)).toByteArray();
    m_hidesFragments = m_hidesFragments || redactor.mayNameSecret(seam) || redactor.mayNameSecret(payload);
    m_fragmentTail = header.fin() ? QByteArray() : (m_fragmentTail + payload.toByteArray()).right(seamSize);
    return m_hidesFragments ? std::optional(redactedMark.toByteArray()) : std::nullopt;
}

/// The reason of a close frame and the payload of a ping are free text.
std::optional<QByteArray> WireSocket::hiddenControl(Opcode opcode, QByteArrayView payload) const
{
    const qsizetype code = opcode == Opcode::Close ? qMin<qsizetype>(2, payload.size()) : 0;
    const QByteArrayView text = payload.sliced(code);
    const QByteArray shown = m_recorder.redactor().text(text);
    return shown == text ? std::nullopt : std::optional(payload.first(code).toByteArray() + shown);
}

/// May be the rest of a message, or be packed in a way that nobody agreed to.
std::optional<QByteArray> WireSocket::hiddenBroken(const FrameHeader &header, QByteArrayView payload) const
{
    if (isControl(header.opcode()))
        return hiddenControl(Opcode(header.opcode()), payload);
    const Redactor &redactor = m_recorder.redactor();
    const QByteArray seam = m_fragmentTail + payload.first(qMin(payload.size(), redactor.seamSize())).toByteArray();
    const bool isPacked = header.rsv() != 0 && !Utf8Check::isValid(payload);
    const bool isPart = header.opcode() == quint8(Opcode::Continuation);
    if (m_hidesFragments || isPacked || (isPart && (redactor.mayNameSecret(seam) || redactor.mayNameSecret(payload))))
        return redactedMark.toByteArray();
    return redactor.message(payload);
}

bool WireSocket::messageReceived(MessageKind kind, QByteArrayView payload)
{
    ++m_counters.messagesIn;
    m_biggestMessage = qMax(m_biggestMessage, quint32(payload.size()));
    return m_sink.messageSeen(kind, payload);
}

bool WireSocket::controlReceived(Opcode opcode, QByteArrayView payload) { return m_sink.controlSeen(opcode, payload); }

void WireSocket::frameBroken(const FrameHeader &header, QByteArrayView payload, FrameViolation violation)
{
    note(Direction::In, header.opcode(), header.payloadLength, true);
    const auto shown = m_recorder.isOn() ? hiddenBroken(header, payload) : std::nullopt;
    m_recorder.frameIn(m_id, header, shown ? QByteArrayView(*shown) : payload, quint8(shown ? RecordRedacted : 0),
                       violation);
    m_sink.violationSeen(violation, header.opcode());
}

} // namespace glasshouse
