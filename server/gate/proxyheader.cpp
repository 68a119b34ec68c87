// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/proxyheader.h"

#include "server/gate/addresstext.h"

#include <QList>
#include <algorithm>

namespace glasshouse {

namespace {

constexpr QByteArrayView beginOfLine = "PROXY ";
constexpr QByteArrayView signature("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr qsizetype maxLine = 107; // with its CR LF
constexpr qsizetype fixedPart = 16;
constexpr qsizetype maxBehind = 4096; // extensions can hold a client's certificate

constexpr int local = 0;
constexpr int proxied = 1;

enum Family : quint8 { Unspecified = 0x00, Tcp4 = 0x11, Tcp6 = 0x21, UnixStream = 0x31 };

quint16 number16(QByteArrayView bytes) { return quint16(quint8(bytes[0]) << 8 | quint8(bytes[1])); }

/// Bytes of the addresses; −1: a family that does not come over TCP.
int addressBytes(quint8 family)
{
    switch (family) {
    case Unspecified:
        return 0;
    case Tcp4:
        return 12;
    case Tcp6:
        return 36;
    case UnixStream:
        return 216;
    default:
        return -1;
    }
}

QHostAddress addressOf(QByteArrayView bytes)
{
    if (bytes.size() == 4)
        return QHostAddress(quint32(number16(bytes)) << 16 | number16(bytes.sliced(2)));
    return withoutMapping(QHostAddress(reinterpret_cast<const quint8 *>(bytes.data())));
}

/// Type, length and value, up to the end; what they say is left alone.
bool isExtensionList(QByteArrayView bytes)
{
    while (bytes.size() >= 3) {
        const qsizetype size = 3 + number16(bytes.sliced(1));
        if (size > bytes.size())
            return false;
        bytes = bytes.sliced(size);
    }
    return bytes.isEmpty();
}

bool canBeSource(const QHostAddress &address)
{
    return address != QHostAddress(QHostAddress::AnyIPv4) && address != QHostAddress(QHostAddress::AnyIPv6)
        && !address.isMulticast();
}

} // namespace

QByteArrayView describe(ProxyError error)
{
    switch (error) {
    case ProxyError::None:
        return "No error";
    case ProxyError::NotProxy:
        return "The connection does not begin with a PROXY header; is the proxy told to send one?";
    case ProxyError::TooLong:
        return "The PROXY header is too long";
    case ProxyError::BadLine:
        return "The PROXY header is not \"PROXY TCP4|TCP6 source destination port port\" with CR LF";
    case ProxyError::BadVersion:
        return "The PROXY header is neither of version 1 nor of version 2";
    case ProxyError::BadCommand:
        return "The PROXY header's command is neither LOCAL nor PROXY";
    case ProxyError::BadFamily:
        return "The PROXY header is about something else than TCP";
    case ProxyError::BadAddress:
        return "An address in the PROXY header is not one of a client";
    case ProxyError::BadPort:
        return "A port in the PROXY header is not a number from 0 to 65535";
    case ProxyError::BadLength:
        return "The lengths in the PROXY header do not add up";
    }
    return {};
}

ProxyHeaderParser::Status ProxyHeaderParser::feed(QByteArrayView bytes, qsizetype &consumed)
{
    consumed = 0;
    while (m_status == Status::NeedMore && consumed < bytes.size())
        consumed += takePiece(bytes.sliced(consumed));
    return m_status;
}

/// Takes bytes to the next decision, or as many as there are.
qsizetype ProxyHeaderParser::takePiece(QByteArrayView bytes)
{
    const qsizetype from = m_raw.size();
    qsizetype size = std::min(bytes.size(), m_wanted - from);
    if (isVersion1()) {
        const qsizetype lineFeed = bytes.indexOf('\n');
        size = std::min(lineFeed < 0 ? bytes.size() : lineFeed + 1, maxLine - from);
    }
    m_raw.append(bytes.first(size));
    if (beginsRight(from))
        advance();
    else
        fail(ProxyError::NotProxy);
    return size;
}

bool ProxyHeaderParser::beginsRight(qsizetype from) const
{
    const QByteArrayView begin = isVersion1() ? beginOfLine : signature;
    const qsizetype end = std::min(m_raw.size(), begin.size());
    return from >= end || QByteArrayView(m_raw).sliced(from, end - from) == begin.sliced(from, end - from);
}

void ProxyHeaderParser::fail(ProxyError error)
{
    m_error = error;
    m_status = Status::Failed;
    m_header = {};
}

void ProxyHeaderParser::finish(ProxyError error)
{
    m_status = Status::Done;
    if (error != ProxyError::None)
        fail(error);
}

void ProxyHeaderParser::advance()
{
    if (isVersion1()) {
        if (m_raw.endsWith('\n'))
            finish(takeLine(QByteArrayView(m_raw).chopped(1)));
        else if (m_raw.size() == maxLine)
            fail(ProxyError::TooLong);
        return;
    }
    if (m_raw.size() < m_wanted)
        return;
    if (m_wanted == 1) {
        m_wanted = fixedPart;
        return;
    }
    if (m_wanted == fixedPart) {
        if (const ProxyError error = judgeFixedPart(); error != ProxyError::None) {
            fail(error);
            return;
        }
        m_wanted += number16(QByteArrayView(m_raw).sliced(14));
    }
    if (m_raw.size() == m_wanted)
        finish(takeAddresses());
}

ProxyError ProxyHeaderParser::takeLine(QByteArrayView line)
{
    if (!line.endsWith('\r') || line.chopped(1).contains('\r'))
        return ProxyError::BadLine;
    const QList<QByteArray> words = line.chopped(1).toByteArray().split(' ');
    m_header.version = 1;
    if (words[1] == "UNKNOWN")
        return ProxyError::None;
    const bool is6 = words[1] == "TCP6";
    if (!is6 && words[1] != "TCP4")
        return ProxyError::BadFamily;
    if (words.size() != 6)
        return ProxyError::BadLine;
    m_header.source = strictAddress(words[2]);
    m_header.destination = strictAddress(words[3]);
    if (words[2].contains(':') != is6 || words[3].contains(':') != is6 || m_header.source.isNull()
        || m_header.destination.isNull() || !canBeSource(m_header.source))
        return ProxyError::BadAddress;
    const auto sourcePort = strictPort(words[4]);
    const auto destinationPort = strictPort(words[5]);
    if (!sourcePort || !destinationPort)
        return ProxyError::BadPort;
    m_header.sourcePort = *sourcePort;
    m_header.destinationPort = *destinationPort;
    return ProxyError::None;
}

ProxyError ProxyHeaderParser::judgeFixedPart() const
{
    const auto versionAndCommand = quint8(m_raw[12]);
    const qsizetype length = number16(QByteArrayView(m_raw).sliced(14));
    const int command = versionAndCommand & 0xF;
    if (versionAndCommand >> 4 != 2)
        return ProxyError::BadVersion;
    if (command != local && command != proxied)
        return ProxyError::BadCommand;
    if (length > maxBehind)
        return ProxyError::TooLong;
    if (command == local)
        return ProxyError::None; // whatever it says of addresses is to be ignored
    const int wanted = addressBytes(quint8(m_raw[13]));
    if (wanted < 0)
        return ProxyError::BadFamily;
    return length < wanted ? ProxyError::BadLength : ProxyError::None;
}

ProxyError ProxyHeaderParser::takeAddresses()
{
    m_header.version = 2;
    const auto family = quint8(m_raw[13]);
    if ((m_raw[12] & 0xF) == local || family == Unspecified)
        return ProxyError::None;
    const QByteArrayView behind = QByteArrayView(m_raw).sliced(fixedPart);
    if (!isExtensionList(behind.sliced(addressBytes(family))))
        return ProxyError::BadLength;
    if (family == UnixStream)
        return ProxyError::None; // a path on the proxy's machine is no address here
    const qsizetype size = family == Tcp4 ? 4 : 16;
    m_header.source = addressOf(behind.first(size));
    m_header.destination = addressOf(behind.sliced(size, size));
    m_header.sourcePort = number16(behind.sliced(2 * size));
    m_header.destinationPort = number16(behind.sliced(2 * size + 2));
    return canBeSource(m_header.source) ? ProxyError::None : ProxyError::BadAddress;
}

} // namespace glasshouse
