// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/dialer.h"

namespace glasshouse {

Dialer::Dialer(Pump &pump, DialSink &sink, QObject *parent) : QObject(parent), m_pump(pump), m_sink(sink) { }

void Dialer::dial(const QString &host, quint16 port)
{
    m_port = port;
    const QHostAddress address(host);
    if (!address.isNull())
        return dial(QList<QHostAddress>{address}, port);
    if (m_pump.takesNames())
        return dialName(host);
    m_lookup = QHostInfo::lookupHost(host, this, SLOT(lookedUp(QHostInfo))); // a functor that is not called leaks
}

void Dialer::abort()
{
    m_over = true;
    QHostInfo::abortHostLookup(m_lookup);
    if (m_transport)
        m_transport->abort();
}

void Dialer::lookedUp(const QHostInfo &info)
{
    if (m_over)
        return;
    if (info.addresses().isEmpty())
        return m_sink.hostNotFound(info.errorString().toUtf8());
    dial(info.addresses(), m_port);
}

void Dialer::dial(const QList<QHostAddress> &addresses, quint16 port)
{
    m_port = port;
    m_addresses = addresses;
    m_sink.hostFound();
    tryNext(StreamEnd::Error, {});
}

/// `how` and `text`: of the one before, which are the last words where there is no other.
void Dialer::tryNext(StreamEnd how, const QByteArray &text)
{
    if (m_over)
        return;
    if (m_addresses.isEmpty())
        return m_sink.notConnected(how, text);
    auto attempt = m_pump.connectTo(m_addresses.takeFirst(), m_port);
    if (!attempt)
        return tryNext(attempt.error().code, attempt.error().text);
    watch(std::move(attempt.value()));
}

/// A proxy finds it.
void Dialer::dialName(const QString &host)
{
    m_sink.hostFound();
    if (m_over)
        return;
    auto attempt = m_pump.connectToName(host, m_port);
    if (!attempt)
        return m_sink.notConnected(attempt.error().code, attempt.error().text);
    watch(std::move(attempt.value()));
}

void Dialer::watch(std::unique_ptr<Transport> transport)
{
    m_transport = std::move(transport);
    m_transport->setSink(this);
    m_transport->setReading(true); // or it would not say how it ended
}

void Dialer::connected()
{
    m_transport->setReading(false);
    m_sink.dialed(std::move(m_transport));
}

// Inside of the call of a stream that is to go: the next one takes its place later.
void Dialer::streamEnded(StreamEnd how, const QByteArray &text)
{
    m_transport->abort();
    QMetaObject::invokeMethod(
        this, [this, how, text] { tryNext(how, text); }, Qt::QueuedConnection);
}

} // namespace glasshouse
