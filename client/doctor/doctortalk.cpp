// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctortalk.h"

#include "client/doctor/doctorprobe.h"
#include "protocol/framewriter.h"

#include <QRandomGenerator>

namespace glasshouse {

namespace {

constexpr qsizetype keptFrames = 32;
constexpr qsizetype keptPayload = 8 * 1024; // of which half is shown: a secret may lie across its end
constexpr qint64 mostBytes = 64 * 1024 * 1024;
constexpr qint64 mostFrames = 200'000;
constexpr qint64 mostWaiting = 64 * 1024; // of pongs, before pings are left unanswered
constexpr FrameLimits limits{16 * 1024 * 1024, 65'536};

WireOptions optionsFor(WireObserver &observer, const std::optional<DeflateParameters> &deflate)
{
    WireOptions options;
    options.role = ReaderRole::Client;
    options.limits = limits;
    options.rigor = ReaderRigor::Tolerant;
    options.observer = &observer;
    options.maskKeys = QRandomGenerator::system();
    options.deflate = deflate;
    return options;
}

} // namespace

QByteArray TalkRecord::ending() const
{
    if (flooded)
        return "too much";
    if (violation != FrameViolation::None)
        return describe(violation).toByteArray();
    if (close)
        return (QByteArray::number(close->first) + ' ' + close->second).trimmed();
    return end ? wordsFor(*end) : QByteArray("open");
}

DoctorTalk::DoctorTalk(std::unique_ptr<Transport> transport, const std::optional<DeflateParameters> &deflate,
                       QObject *parent)
    : QObject(parent),
      m_wire(std::move(transport), static_cast<WireSink &>(*this), m_clock,
             optionsFor(static_cast<WireObserver &>(*this), deflate))
{
    m_since.start();
}

void DoctorTalk::open(QByteArray early)
{
    if (!m_mute)
        m_wire.open(std::move(early));
}

void DoctorTalk::send(Opcode opcode, QByteArrayView payload)
{
    if (isOpen())
        m_wire.send(opcode, payload);
}

void DoctorTalk::close(quint16 code)
{
    if (!isOpen())
        return;
    m_closeSent = true;
    m_wire.sendClose(code);
}

void DoctorTalk::abort()
{
    m_mute = true;
    m_wire.stop();
    m_wire.transport().abort();
}

void DoctorTalk::frameIn(const FrameHeader &header, QByteArrayView payload, FrameViolation)
{
    m_record.bytes += payload.size();
    ++m_record.taken;
    if (Opcode(header.opcode()) != Opcode::Close)
        m_record.lastFrameUs = sinceUs();
    if (m_record.frames.size() < keptFrames)
        m_record.frames.append({header, payload.first(qMin(payload.size(), keptPayload)).toByteArray(), sinceUs()});
    if (m_record.bytes <= mostBytes && m_record.taken <= mostFrames)
        return;
    m_record.flooded = true;
    m_wire.stop();
    tellOver();
}

bool DoctorTalk::messageSeen(MessageKind, QByteArrayView)
{
    ++m_record.messages;
    if (!m_mute)
        emit messageCame();
    return !m_mute && !m_record.flooded;
}

bool DoctorTalk::controlSeen(Opcode opcode, QByteArrayView payload)
{
    if (opcode == Opcode::Ping)
        takePing(payload);
    else if (opcode == Opcode::Close)
        takeClose(payload);
    else if (!m_mute)
        emit pongCame(payload.toByteArray());
    return !m_mute && !m_record.close && !m_record.flooded;
}

void DoctorTalk::takePing(QByteArrayView payload)
{
    ++m_record.pings;
    m_record.lastPingUs = sinceUs();
    if (m_record.firstPingUs < 0)
        m_record.firstPingUs = m_record.lastPingUs;
    if (m_wire.transport().queuedBytes() < mostWaiting)
        send(Opcode::Pong, payload);
}

void DoctorTalk::takeClose(QByteArrayView payload)
{
    if (!std::exchange(m_closeSent, true))
        m_wire.send(Opcode::Close, payload);
    m_record.close = parseClosePayload(payload);
    m_record.closedUs = sinceUs();
    tellOver();
}

void DoctorTalk::violationSeen(FrameViolation violation, const FrameHeader &header)
{
    if (m_record.isOver())
        return;
    m_record.violation = violation;
    m_record.brokenHeader = header;
    m_wire.stop();
    tellOver();
}

void DoctorTalk::wireEnded(StreamEnd how, const QByteArray &)
{
    const bool wasOver = m_record.isOver();
    m_record.end = how;
    m_record.endedUs = sinceUs();
    if (!wasOver)
        tellOver();
    if (!m_mute)
        emit streamOver();
}

void DoctorTalk::tellOver()
{
    if (!m_mute)
        emit over();
}

} // namespace glasshouse
