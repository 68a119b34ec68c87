// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lineserver.h"

#include "base/visibletext.h"
#include "protocol/utf8check.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr qint64 muchQueued = 1024 * 1024; // then no more lines are wanted
constexpr int lookAgainMs = 20;
constexpr int failed = 1;
constexpr int interrupted = 130;
constexpr quint16 goingAway = 1001;

} // namespace

LineServer::LineServer(quint16 port, const LineForm &form, bool holdsLines, QObject *parent)
    : LineTalk(parent),
      m_port(port),
      m_form(form),
      m_holdsLines(holdsLines),
      m_pump(Pump::create(qEnvironmentVariableIsSet("GLASSHOUSE_PORTABLE_TRANSPORT"))),
      m_listener([this](qintptr descriptor) { return accept(descriptor); })
{
    m_room.setSingleShot(true);
    m_room.setInterval(lookAgainMs);
    connect(&m_room, &QTimer::timeout, this, &LineServer::look);
}

LineServer::~LineServer() { m_guests.clear(); } // before the pump

void LineServer::start()
{
    if (!m_listener.begin(QHostAddress::Any, m_port)) {
        emit said(tr("Can not listen on port %1: %2.").arg(m_port).arg(m_listener.errorString()), Tone::Bad);
        return leave(failed);
    }
    emit printed(m_form.listening(port()));
    emit said(tr("Listening on port %1; Ctrl+C ends it.").arg(port()), Tone::Good);
    look();
}

bool LineServer::accept(qintptr descriptor)
{
    if (descriptor < 0)
        return false;
    std::unique_ptr<Transport> transport = m_pump->adopt(descriptor);
    if (!transport)
        return true;
    if (m_exitCode || m_guests.size() >= maxGuests) {
        transport->abort();
        return true;
    }
    LineGuestSink &sink = *this;
    m_guests.push_back(std::make_unique<LineGuest>(std::move(transport), m_clock, sink));
    m_guests.back()->setReading(!m_outputFull);
    return true;
}

void LineServer::guestOpened()
{
    emit said(tr("A client connected."), Tone::Good);
    QMetaObject::invokeMethod(this, &LineServer::look, Qt::QueuedConnection);
}

void LineServer::guestSaid(MessageKind kind, QByteArrayView payload)
{
    emit printed(m_form.message(kind, payload.toByteArray()));
}

void LineServer::guestGone(bool wasOpen, quint16 closeCode, QByteArrayView reason)
{
    if (wasOpen) {
        const QString words = visible(QString::fromUtf8(reason));
        emit said(words.isEmpty() ? tr("A client left: %1.").arg(closeCode)
                                  : tr("A client left: %1 – %2").arg(closeCode).arg(words),
                  Tone::Good);
    }
    QMetaObject::invokeMethod(this, &LineServer::sweep, Qt::QueuedConnection);
}

void LineServer::sweep()
{
    std::erase_if(m_guests, [](const auto &guest) { return guest->isGone(); });
    look();
    if (m_exitCode && m_guests.empty() && !std::exchange(m_over, true))
        emit finished(*m_exitCode);
}

bool LineServer::hasGuests() const
{
    return std::ranges::any_of(m_guests, [](const auto &guest) { return guest->isOpen(); });
}

/// Lines are wanted while nobody is far behind.
void LineServer::look()
{
    bool behind = false;
    for (const auto &guest : m_guests) {
        if (guest->isGone() || guest->queuedBytes() < muchQueued)
            continue;
        if (guest->cutOffIfStalled(m_patienceMs))
            emit said(tr("A client read too slowly and was cut off."), Tone::Bad);
        else
            behind = true;
    }
    const bool wanted = !m_exitCode && !behind && (!m_holdsLines || hasGuests());
    if (behind)
        m_room.start();
    if (std::exchange(m_wantsLines, wanted) != wanted)
        emit linesWanted(wanted);
}

void LineServer::takeLine(const QByteArray &line)
{
    if (!Utf8Check::isValid(line))
        return emit said(tr("Not sent: a text message has to be UTF-8."), Tone::Bad);
    if (!hasGuests())
        return emit said(tr("Not sent: nobody is connected."), Tone::Bad);
    for (const auto &guest : m_guests) {
        if (guest->isOpen() && !guest->send(line))
            emit said(tr("A client read too slowly and was cut off."), Tone::Bad);
    }
    look();
}

void LineServer::endInput(bool waits)
{
    if (!waits)
        leave(0);
}

void LineServer::setOutputFull(bool full)
{
    m_outputFull = full;
    for (const auto &guest : m_guests)
        guest->setReading(!full);
}

void LineServer::interrupt()
{
    if (m_exitCode && !std::exchange(m_over, true))
        emit finished(interrupted);
    leave(interrupted);
}

void LineServer::fail(const QString &text)
{
    emit said(text, Tone::Bad);
    leave(failed);
}

void LineServer::leave(int exitCode)
{
    m_exitCode = m_exitCode.value_or(exitCode);
    m_listener.end();
    for (const auto &guest : m_guests)
        guest->close(goingAway);
    QMetaObject::invokeMethod(this, &LineServer::sweep, Qt::QueuedConnection);
}

} // namespace glasshouse
