// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/tlstransport.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace glasshouse {

namespace {

constexpr qsizetype maxRecord = SSL3_RT_MAX_PLAIN_LENGTH;
constexpr qsizetype readSize = 2 * maxRecord; // of one call to the sink
constexpr qsizetype atOnce = 64 * 1024;       // is encrypted before the system is asked whether it takes more
constexpr qint64 maxHandshake = 64 * 1024;    // from the peer; an honest client needs some 2 KiB, a server its chain
constexpr qint64 maxUnasked = 4 * 1024;       // answers to renegotiations and the like
constexpr qint64 maxIdle = 64 * 1024;         // of records without data in a row; a key update has 27 bytes
constexpr qint64 maxEmpty = maxIdle / 27;     // such records more than records with data: one of these excuses one
// Not every client says so, and a reset overtakes what it says.
constexpr const char *doubt = ", when the certificate was shown: the client may not trust it";

} // namespace

void TlsTransport::SessionDeleter::operator()(ssl_st *ssl) const { SSL_free(ssl); }

TlsTransport::TlsTransport(std::unique_ptr<Transport> inner, const TlsContext &context)
    : TlsTransport(std::move(inner), context, nullptr)
{ }

TlsTransport::TlsTransport(std::unique_ptr<Transport> inner, const TlsContext &context, const TlsTarget &target)
    : TlsTransport(std::move(inner), context, std::make_unique<TlsJudge>(TlsJudge{.target = target}))
{
    shakeHands();
    handOver();
}

TlsTransport::TlsTransport(std::unique_ptr<Transport> inner, const TlsContext &context, std::unique_ptr<TlsJudge> judge)
    : m_inner(std::move(inner)),
      m_context(context),
      m_judge(std::move(judge)),
      m_ssl(m_context.newSession(m_wire, m_judge.get()))
{
    m_inner->setSink(this);
    m_inner->setReading(false);
}

TlsTransport::~TlsTransport() { TlsTransport::abort(); }

qint64 TlsTransport::queuedBytes() const { return m_queued + m_wire.out.size() + m_inner->queuedBytes(); }

void TlsTransport::abort(Abort how)
{
    if (m_state == State::Aborted)
        return;
    m_state = State::Aborted;
    m_inner->abort(queueEmpty() ? how : Abort::WithReset);
    m_held = {};
}

void TlsTransport::setReading(bool on)
{
    m_reading = on;
    const bool hasMore = !m_held.isEmpty() || (!m_endTold && (m_end || m_innerEnd));
    if (on && hasMore && !m_taking)
        return takeLater(); // the pump goes on behind it
    m_inner->setReading(on);
}

void TlsTransport::takeLater()
{
    if (!m_later)
        m_later = std::make_unique<QObject>();
    const auto go = [this] {
        if (m_state != State::Aborted && m_reading)
            take({});
        if (m_state != State::Aborted && m_reading)
            m_inner->setReading(true);
    };
    QMetaObject::invokeMethod(m_later.get(), go, Qt::QueuedConnection);
}

// Everything that comes in goes through here, in its order.
void TlsTransport::take(QByteArrayView bytes)
{
    if (m_state == State::Aborted || m_end)
        return tellEnd();
    if (m_taking || !m_reading || !m_held.isEmpty())
        m_held.append(bytes.data(), bytes.size());
    if (m_taking || !m_reading)
        return;
    m_taking = true;
    if (m_held.isEmpty())
        takeWhileReading(bytes);
    while (m_reading && !m_held.isEmpty()) {
        const QByteArray held = std::exchange(m_held, {});
        takeWhileReading(held);
    }
    m_taking = false;
    if (m_state == State::Aborted)
        return;
    if (m_innerEnd && !m_end && m_held.isEmpty())
        m_end = translated(*m_innerEnd);
    handOver();
    tellEnd();
}

void TlsTransport::takeWhileReading(QByteArrayView bytes)
{
    const auto isAlive = [this] { return m_state != State::Aborted && !m_end; };
    m_wire.in = bytes;
    while (m_reading && isAlive() && !m_wire.in.isEmpty())
        m_state == State::Handshaking ? shakeHands() : readRecords();
    if (isAlive() && !m_wire.in.isEmpty())
        m_held.prepend(m_wire.in.toByteArray());
    m_wire.in = {};
}

void TlsTransport::shakeHands()
{
    if (!m_ssl)
        return fail(TlsFailure::Broken, "out of memory");
    ERR_clear_error();
    const int result = SSL_do_handshake(m_ssl.get());
    if (result == 1)
        return handshakeDone();
    if (SSL_get_error(m_ssl.get(), result) != SSL_ERROR_WANT_READ)
        return readFailed(result);
    if (m_wire.taken > maxHandshake)
        fail(TlsFailure::Broken,
             m_judge ? "the handshake is longer than any server needs"
                     : "the handshake is longer than any client needs");
}

void TlsTransport::handshakeDone()
{
    m_state = State::Open;
    const unsigned char *protocol = nullptr;
    unsigned int protocolSize = 0;
    SSL_get0_alpn_selected(m_ssl.get(), &protocol, &protocolSize);
    m_session = TlsSession{.version = SSL_get_version(m_ssl.get()),
                           .cipher = SSL_get_cipher_name(m_ssl.get()),
                           .alpn = QByteArray(reinterpret_cast<const char *>(protocol), protocolSize),
                           .server = SSL_get_servername(m_ssl.get(), TLSEXT_NAMETYPE_host_name),
                           .resumed = SSL_session_reused(m_ssl.get()) == 1};
    wantFlush(); // what was sent until now
    if (m_tlsSink != nullptr)
        m_tlsSink->handshakeDone(*m_session);
}

// Several small records come to the sink together. Each has room as a whole, so that the library keeps nothing back.
void TlsTransport::readRecords()
{
    std::array<char, readSize> plain;
    qsizetype filled = 0;
    int result = 1;
    const qsizetype before = m_wire.out.size();
    while (result > 0 && !isFlooded() && filled + maxRecord <= readSize && !m_wire.in.isEmpty()) {
        result = readRecord(plain.data() + filled);
        filled += std::max(result, 0);
    }
    m_unasked += m_wire.out.size() - before;
    if (result <= 0)
        readFailed(result);
    if (!m_end && isFlooded())
        fail(TlsFailure::Flood, "too many records without data");
    else if (!m_end && m_unasked > maxUnasked)
        fail(TlsFailure::Flood,
             m_judge ? "the server renegotiates again and again" : "the client renegotiates again and again");
    if (filled > 0)
        m_sink->bytesArrived(plain.data(), filled);
}

// The next one with data; the library takes those without on its way.
int TlsTransport::readRecord(char *plain)
{
    ERR_clear_error();
    const qint64 taken = m_wire.taken;
    const qint64 records = m_wire.records;
    const int result = SSL_read(m_ssl.get(), plain, int(maxRecord));
    m_idle += m_wire.taken - taken - std::max(result, 0);
    m_empty = std::max<qint64>(0, m_empty + m_wire.records - records - (result > 0 ? 2 : 0));
    if (result > 0 && m_idle <= maxIdle)
        m_idle = 0;
    return result;
}

bool TlsTransport::isFlooded() const { return m_idle > maxIdle || m_empty > maxEmpty; }

// Has to be asked before anything else uses the library.
void TlsTransport::readFailed(int result)
{
    switch (SSL_get_error(m_ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return;
    case SSL_ERROR_ZERO_RETURN:
        m_end = End{StreamEnd::EndOfStream, {}};
        return;
    default:
        failAsTheLibrarySays();
    }
}

void TlsTransport::failAsTheLibrarySays()
{
    const unsigned long error = ERR_peek_last_error();
    const TlsFailure kind = tlsFailureOf(error);
    fail(kind, kind == TlsFailure::Untrusted && m_judge ? m_judge->complaint : tlsWordsOf(error));
}

void TlsTransport::fail(TlsFailure kind, const QByteArray &words)
{
    m_state = State::Failed;
    m_failure = kind;
    m_failureWords = words;
    m_end = End{kind == TlsFailure::Flood ? StreamEnd::Flood : StreamEnd::Error, "TLS: " + words};
    discardQueue();
    handOver(); // the alert
    m_inner->closeWhenSent();
    m_inner->flush();
}

/// A server whose hello is out, with its certificate.
bool TlsTransport::hasShownItself() const
{
    if (m_judge || !m_ssl)
        return false;
    const OSSL_HANDSHAKE_STATE state = SSL_get_state(m_ssl.get());
    return state != TLS_ST_BEFORE && state != TLS_ST_SR_CLNT_HELLO;
}

TlsTransport::End TlsTransport::translated(const End &end) const
{
    if (m_state == State::Handshaking)
        return {end.how,
                "in the TLS handshake" + QByteArray(hasShownItself() ? doubt : "")
                    + (end.text.isEmpty() ? QByteArray() : ": " + end.text)};
    // Who has had our close_notify owes nothing.
    if (end.how == StreamEnd::EndOfStream && !m_ended)
        return {end.how, "the TLS stream was cut off: it ended without close_notify"};
    return end;
}

void TlsTransport::streamEnded(StreamEnd how, const QByteArray &text)
{
    if (m_endTold && how != StreamEnd::EndOfStream)
        return sendingFailed();
    if (how != StreamEnd::EndOfStream) {
        m_dead = true;
        discardQueue();
    }
    m_innerEnd = End{how, text};
    take({});
}

void TlsTransport::sendingFailed()
{
    m_dead = true;
    discardQueue();
    if (m_sink != nullptr)
        m_sink->sendingFailed();
}

void TlsTransport::tellEnd()
{
    if (!m_end || m_endTold || m_taking || !m_reading || m_state == State::Aborted)
        return;
    m_endTold = true;
    if (m_failure && m_tlsSink != nullptr)
        m_tlsSink->tlsFailed(*m_failure, m_failureWords);
    if (m_state != State::Aborted)
        m_sink->streamEnded(m_end->how, m_end->text);
}

void TlsTransport::allSent()
{
    if (m_closeWhenSent)
        m_sink->allSent();
}

// The owner may add what it makes at the last moment, once there is room behind what was encrypted before.
void TlsTransport::readyToSend()
{
    flush();
    if (m_state != State::Open || m_sink == nullptr || !queueEmpty())
        return;
    m_sink->readyToSend();
    if (!queueEmpty())
        flush();
}

void TlsTransport::handOver()
{
    if (!m_wire.out.isEmpty())
        m_inner->send(std::exchange(m_wire.out, {}));
}

void TlsTransport::flush()
{
    if (m_flushing || m_state == State::Aborted)
        return;
    m_flushing = true;
    handOver();
    m_inner->flush();
    if (m_state == State::Open && !m_dead && !m_ended)
        encrypt();
    else if (m_state != State::Handshaking)
        discardQueue();
    if (m_closeWhenSent)
        endOurSide();
    m_flushing = false;
}

void TlsTransport::retryFlush()
{
    if (m_state != State::Aborted)
        m_inner->retryFlush();
    flush();
}

// No faster than the system takes it: what is encrypted can not be dropped any more.
void TlsTransport::encrypt()
{
    while (m_state == State::Open && !queueEmpty() && m_inner->queuedBytes() == 0) {
        while (!queueEmpty() && m_wire.out.size() < atOnce) {
            if (writeRecord())
                continue;
            failAsTheLibrarySays();
            return takeLater(); // whoever flushes may be in the middle of bytes of the pump
        }
        handOver();
        m_inner->flush();
    }
}

bool TlsTransport::writeRecord()
{
    std::array<char, maxRecord> buffer;
    const QByteArrayView piece = nextPiece(buffer.data());
    ERR_clear_error();
    if (!piece.isEmpty() && SSL_write(m_ssl.get(), piece.data(), int(piece.size())) != piece.size())
        return false;
    consumed(piece.size());
    return true;
}

/// The next bytes for one record: large chunks as they are, small ones put together in `buffer`.
QByteArrayView TlsTransport::nextPiece(char *buffer) const
{
    if (m_queue[m_first].shared.size() - m_offset >= maxRecord)
        return QByteArrayView(m_queue[m_first].shared).sliced(m_offset, maxRecord);
    qsizetype filled = 0;
    qsizetype skip = m_offset;
    const auto add = [&](const char *data, qsizetype size) {
        const qsizetype cut = std::min(skip, size);
        const qsizetype count = std::min(size - cut, maxRecord - filled);
        skip -= cut;
        if (count > 0)
            std::memcpy(buffer + filled, data + cut, size_t(count));
        filled += count;
    };
    for (size_t i = m_first; i < m_queue.size() && filled < maxRecord; ++i) {
        add(m_queue[i].shared.constData(), m_queue[i].shared.size());
        add(m_queue[i].tail.data(), m_queue[i].tailSize);
    }
    return {buffer, filled};
}

void TlsTransport::endOurSide()
{
    if (m_ended || !queueEmpty() || (m_state != State::Open && m_state != State::Handshaking))
        return;
    m_ended = true;
    ERR_clear_error();
    if (m_state == State::Open)
        SSL_shutdown(m_ssl.get()); // close_notify
    handOver();
    m_inner->closeWhenSent();
    m_inner->flush();
}

} // namespace glasshouse
