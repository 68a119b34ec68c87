// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who a Visitor is, if a proxy says so, and what becomes of one that there is no place for.
#include "server/config/serverconfig.h"
#include "server/http/persistence.h"
#include "server/http/visitor.h"

namespace glasshouse {

// The answer is a page for a browser and JSON for a program: the request says which. It holds no place meanwhile: others may
// have it.
void Visitor::beginRefused(EndingCause refusal)
{
    m_refusal = refusal;
    m_hold.giveBack();
    if (!m_context.owner.refusedMayStay())
        return refuseNow();
    setDeadline(persistence::lingerMs);
    m_transport->setReading(true);
}

void Visitor::refuseAtOnce(EndingCause refusal)
{
    m_refusal = refusal;
    m_hold.giveBack();
    std::ignore = m_context.owner.refusedMayStay();
    refuseNow();
}

void Visitor::refuseNow()
{
    if (!m_context.credentials.tls) // a handshake costs more than it is worth: the end is the answer
        refuse(refusalAtTheDoor(m_refusal));
    end(m_refusal);
}

void Visitor::takeProxyHeader(QByteArrayView bytes)
{
    qsizetype consumed = 0;
    switch (m_proxyHeader.feed(bytes, consumed)) {
    case ProxyHeaderParser::Status::NeedMore:
        return;
    case ProxyHeaderParser::Status::Failed:
        return refuse(refusalOf(m_proxyHeader.error()));
    case ProxyHeaderParser::Status::Done:
        break;
    }
    m_stage = Stage::Request;
    if (const QHostAddress client = m_proxyHeader.header().source; !client.isNull())
        m_arrivedAs = client;
    const bool mayCome = m_hold.moveTo(m_arrivedAs);
    if (m_stage == Stage::Gone)
        return;
    if (!mayCome)
        beginRefused(EndingCause::TooManyUnderWay);
    if (consumed < bytes.size())
        take(bytes.sliced(consumed));
}

// Its head says all that the answer depends on.
void Visitor::takeRefused(QByteArrayView bytes)
{
    if (m_reader.isFresh() && isTlsHello(bytes.front()))
        return end(m_refusal);
    qsizetype consumed = 0;
    if (m_reader.feed(bytes, consumed) != RequestReader::Status::NeedMore || m_reader.hasHead())
        refuseHalf(refusalAtTheDoor(m_refusal));
}

} // namespace glasshouse
