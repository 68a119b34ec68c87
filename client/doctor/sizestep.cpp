// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/sizestep.h"

#include "protocol/closecode.h"

namespace glasshouse {

namespace {

constexpr qint64 tiny = 4 * 1024; // below it, ordinary messages do not get through

/// JSON, as text: servers that take JSON only end the connection at anything else.
QByteArray textOf(qint64 size) { return '"' + QByteArray(size - 2, 'x') + '"'; }

} // namespace

std::optional<qint64> SizeSearch::next() const
{
    constexpr int mostBetween = 5;
    constexpr qint64 firstSize = 1024;
    if (m_refused >= 0) {
        const bool isClose = m_refused - m_taken <= qMax(smallest, m_taken / 16);
        return isClose || m_between >= mostBetween ? std::nullopt : std::optional((m_taken + m_refused) / 2);
    }
    if (m_taken == 0)
        return smallest;
    if (m_taken >= biggest)
        return std::nullopt;
    return qMax(firstSize, 2 * m_taken);
}

void SizeSearch::refused(qint64 size)
{
    if (m_refused >= 0)
        ++m_between;
    m_refused = m_refused < 0 ? size : qMin(m_refused, size);
}

void SizeStep::start()
{
    m_case.begin(DoctorStage::BiggestMessage);
    m_size = SizeSearch::smallest;
    reopen();
}

void SizeStep::reopen()
{
    stopWaiting();
    withNewTalk([this](DoctorTalk *talk, const ProbeResult &) {
        if (talk == nullptr)
            return concludeSizes();
        connect(talk, &DoctorTalk::pongCame, this, [this](const QByteArray &payload) {
            if (!isOver() && payload == m_ping)
                taken();
        });
        connect(talk, &DoctorTalk::over, this, [this] {
            if (!isOver())
                refused();
        });
        m_isFresh = true;
        send();
    });
}

void SizeStep::tryNext()
{
    const auto size = m_search.next();
    if (!size)
        return concludeSizes();
    m_size = *size;
    if (m_case.talk->isOpen())
        return send();
    reopen();
}

void SizeStep::send()
{
    m_ping = "doctor-size-" + QByteArray::number(++m_pings);
    m_case.talk->send(m_isBinary ? Opcode::Binary : Opcode::Text, textOf(m_size));
    m_case.talk->send(Opcode::Ping, m_ping);
    after(m_case.options().openingMs, [this] { concludeSizes(); }); // too slow to go on
}

void SizeStep::taken()
{
    m_case.see(DoctorStage::BiggestMessage, DoctorFact::MessageTaken, {QByteArray::number(m_size)});
    if (m_wasChecked && m_search.tooBig() < 0 && m_isFresh) // refused before, behind others
        return conclude({{DoctorCause::MessagesTooFast, {m_ending}}});
    m_isFresh = false;
    m_search.taken(m_size);
    tryNext();
}

void SizeStep::refused()
{
    const TalkRecord &record = m_case.talk->record();
    m_ending = record.ending();
    m_case.see(DoctorStage::BiggestMessage, DoctorFact::MessageEnded, {QByteArray::number(m_size), m_ending});
    const bool saysTooBig = record.close && CloseCode(record.close->first) == CloseCode::MessageTooBig;
    if (m_size <= SizeSearch::smallest && !saysTooBig) {
        if (std::exchange(m_isBinary, true))
            return conclude({judgeFirstMessage(record, m_case.order())});
        return reopen();
    }
    if (!saysTooBig && !m_isFresh && !std::exchange(m_wasChecked, true))
        return reopen(); // the same once more, alone
    m_search.refused(m_size);
    const auto size = m_search.next();
    if (!size)
        return concludeSizes();
    m_size = *size;
    reopen();
}

void SizeStep::concludeSizes()
{
    if (m_search.tooBig() < 0)
        return conclude({});
    const DoctorCause cause = m_search.most() < tiny ? DoctorCause::MessagesTiny : DoctorCause::MessageLimit;
    conclude({{cause, {QByteArray::number(m_search.most()), QByteArray::number(m_search.tooBig()), m_ending}}});
}

void SizeStep::conclude(const QList<DoctorFinding> &findings)
{
    m_case.find(DoctorStage::BiggestMessage, findings);
    m_case.end(DoctorStage::BiggestMessage);
    finish();
}

} // namespace glasshouse
