// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctor.h"
#include "client/doctor/doctorjudges.h"
#include "net/transport/devicetimeouts.h"
#include "protocol/closecode.h"

#include <algorithm>
#include <span>

namespace glasshouse {

namespace {

constexpr qint64 shortSilenceMs = 20'000; // no heartbeat that is common is shorter

QByteArray firstText(const TalkRecord &record)
{
    const auto found = std::ranges::find_if(record.frames, [](const TalkFrame &frame) {
        return Opcode(frame.header.opcode()) == Opcode::Text || Opcode(frame.header.opcode()) == Opcode::Binary;
    });
    return found == record.frames.end() ? QByteArray() : found->payload;
}

bool beginsAsSocketIo(const TalkRecord &record) { return firstText(record).startsWith("0{\"sid\""); }

QByteArray subprotocolOf(const ProbeAnswer &answer)
{
    return answer.head.value("Sec-WebSocket-Protocol").toByteArray();
}

bool isOfGraphQl(const QByteArray &text, const QByteArray &subprotocol, const TalkRecord &record)
{
    // as its libraries say of a client that does not begin with connection_init, or offers another subprotocol
    const QByteArray reason = record.close ? record.close->second.toLower() : QByteArray();
    const bool saysSo =
        reason.startsWith("connection initialisation") || reason.startsWith("subprotocol not acceptable");
    return subprotocol.startsWith("graphql") || text.contains("\"connection_ack\"") || saysSo;
}

std::optional<DoctorCause> protocolOf(const TalkRecord &record, const QByteArray &subprotocol)
{
    const QByteArray text = firstText(record);
    if (beginsAsSocketIo(record))
        return DoctorCause::SpeaksSocketIo;
    if (text == "o")
        return DoctorCause::SpeaksSockJs;
    if (text.startsWith('{') && text.endsWith('\x1e'))
        return DoctorCause::SpeaksSignalR;
    if (isOfGraphQl(text, subprotocol, record))
        return DoctorCause::SpeaksGraphQl;
    return subprotocol.startsWith("mqtt") ? std::optional(DoctorCause::SpeaksMqtt) : std::nullopt;
}

bool isOneOf(std::span<const quint16> codes, quint16 code) { return std::ranges::find(codes, code) != codes.end(); }

// As 401 and 403: registered ones, and what servers made of these.
constexpr quint16 wantsToken[] = {3000, 4001, 4401};
constexpr quint16 forbids[] = {3003, 4003, 4403};
constexpr quint16 policy = 1008; // for that too, among others

/// The server says itself that something is wrong with it, or with the bytes, of which it got none.
bool meansError(quint16 code)
{
    static constexpr quint16 codes[] = {1002, 1007, 1009, 1010, 1011, 1014};
    return isOneOf(codes, code);
}

QList<DoctorFinding> judgeEnd(const TalkRecord &record, const std::optional<DoctorFinding> &unauthorized)
{
    if (record.close) {
        const quint16 code = record.close->first;
        if (refusesClient(code) && unauthorized)
            return {*unauthorized};
        return {{meansError(code) ? DoctorCause::ClosedWithError : DoctorCause::ClosedAtOnce, {record.ending()}}};
    }
    if (!record.end)
        return {};
    const bool wasReset = *record.end != StreamEnd::EndOfStream;
    return {{wasReset ? DoctorCause::ResetAfterUpgrade : DoctorCause::EndedAfterUpgrade, {}}};
}

} // namespace

bool refusesClient(quint16 closeCode)
{
    return isOneOf(wantsToken, closeCode) || isOneOf(forbids, closeCode) || closeCode == policy;
}

std::optional<DoctorFinding> judgeRefusal(const TalkRecord &record, const DoctorOrder &order,
                                          const std::optional<ProbeVariation> &mattered)
{
    const QByteArray ending = record.ending();
    const QByteArray &origin = order.client.origin;
    if (mattered && mattered->factor == ProbeFactor::Origin && origin.isEmpty())
        return DoctorFinding{DoctorCause::OriginMissing, {mattered->value}};
    if (mattered && mattered->factor == ProbeFactor::Origin)
        return DoctorFinding{DoctorCause::OriginRefused,
                             {origin, mattered->value.isEmpty() ? QByteArray("none") : mattered->value}};
    if (mattered && mattered->factor == ProbeFactor::Token)
        return DoctorFinding{DoctorCause::TokenRefused, {ending}};
    if (!record.close)
        return std::nullopt;
    if (isOneOf(wantsToken, record.close->first))
        return DoctorFinding{sendsACredential(order) ? DoctorCause::TokenRefused : DoctorCause::LoginMissing, {ending}};
    if (isOneOf(forbids, record.close->first))
        return DoctorFinding{DoctorCause::Forbidden, {ending}};
    return std::nullopt;
}

// Many servers wait for a token in the first message, and what they close with is their own.
DoctorFinding judgeFirstMessage(const TalkRecord &record, const DoctorOrder &order)
{
    const QByteArray reason = record.close ? record.close->second.toLower() : QByteArray();
    const bool namesIt = reason.contains("token") || reason.contains("auth") || reason.contains("login");
    const bool wantsOne = record.close && isOneOf(wantsToken, record.close->first) && namesIt;
    return {wantsOne && !sendsACredential(order) ? DoctorCause::LoginMissing : DoctorCause::MessagesNotUnderstood,
            {record.ending()}};
}

QList<DoctorFinding> judgeRules(const TalkRecord &record)
{
    constexpr quint8 rsv1 = 4;
    switch (record.violation) {
    case FrameViolation::None:
    case FrameViolation::MessageTooBig: // for this client alone
        return {};
    case FrameViolation::Masked:
        return {{DoctorCause::FramesMasked, {}}};
    case FrameViolation::InvalidUtf8:
        return {{DoctorCause::TextNotUtf8, {}}};
    case FrameViolation::ReservedBits:
        if (record.brokenHeader.rsv() == rsv1)
            return {{DoctorCause::FramesCompressed, {}}};
        break;
    default:
        break;
    }
    return {{DoctorCause::FramesBroken, {describe(record.violation).toByteArray()}}};
}

QList<DoctorFinding> judgeFirstFrames(const TalkRecord &record, const ProbeAnswer &answer,
                                      const std::optional<DoctorFinding> &unauthorized)
{
    QList<DoctorFinding> findings = judgeRules(record);
    if (record.flooded)
        findings.append({DoctorCause::Flood,
                         {QByteArray::number(record.bytes),
                          QByteArray::number(record.frames.isEmpty() ? 0 : record.frames.last().us / 1'000)}});
    if (findings.isEmpty())
        findings = judgeEnd(record, unauthorized);
    if (const auto protocol = protocolOf(record, subprotocolOf(answer)))
        findings.append({*protocol, {}});
    return findings;
}

QList<DoctorFinding> judgeSilence(const TalkRecord &record, const ProbeAnswer &answer, qint64 silentMs, qint64 livedMs)
{
    const QByteArray seconds = QByteArray::number(double(silentMs) / 1000.0, 'f', silentMs < 10'000 ? 1 : 0);
    const QByteArray devices = devicesThatCutAfter(silentMs, livedMs);
    const QByteArray how = devices.isEmpty() ? record.ending() : record.ending() + "; " + devices;
    if (silentMs >= shortSilenceMs)
        return {{DoctorCause::IdleTimeout, {seconds, how}}};
    // a protocol on top of it has rules of its own, and a heartbeat that nobody kept
    const bool saysWhy = record.close.has_value() || protocolOf(record, subprotocolOf(answer)).has_value();
    return {{saysWhy ? DoctorCause::ClosedWhenSilent : DoctorCause::IdleTooShort, {seconds, how}}};
}

} // namespace glasshouse
