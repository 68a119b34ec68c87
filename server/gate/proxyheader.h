// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>

namespace glasshouse {

/// What a proxy says about the connection behind it.
struct ProxyHeader
{
    int version = 0;
    QHostAddress
        source; ///< null: the proxy's own connection (LOCAL), or it does not know (UNKNOWN): the peer's address counts
    quint16 sourcePort = 0;
    QHostAddress destination;
    quint16 destinationPort = 0;
};

enum class ProxyError : quint8 {
    None,
    NotProxy, ///< the first bytes begin no PROXY header
    TooLong,  ///< over 107 bytes (version 1) or 4 KiB (version 2)
    BadLine,  ///< version 1: not "PROXY TCP4|TCP6 source destination port port" and CR LF
    BadVersion,
    BadCommand, ///< neither LOCAL nor PROXY
    BadFamily,  ///< not TCP
    BadAddress,
    BadPort,
    BadLength, ///< version 2: too short for its addresses, or what stands behind them does not add up
};
[[nodiscard]] QByteArrayView describe(ProxyError error);

/// Bytes to one header of the PROXY protocol, version 1 or 2. Resumable: feed it as bytes come, no byte is looked at twice.
/// Only for connections from trusted proxies, and there it is required: whoever guesses believes strangers. Pure.
class ProxyHeaderParser
{
public:
    enum class Status : quint8 { NeedMore, Done, Failed };

    /// Takes bytes up to the end of the header; `consumed` says how many (what is behind is the client's).
    Status feed(QByteArrayView bytes, qsizetype &consumed);
    [[nodiscard]] const ProxyHeader &header() const { return m_header; }
    [[nodiscard]] ProxyError error() const { return m_error; }
    /// Bytes so far, for the list of refused connections.
    [[nodiscard]] const QByteArray &raw() const { return m_raw; }

private:
    Status m_status = Status::NeedMore;
    ProxyError m_error = ProxyError::None;
    QByteArray m_raw;
    qsizetype m_wanted = 1; ///< of m_raw, before it is looked at again; version 1 ends at a line feed
    ProxyHeader m_header;

    [[nodiscard]] qsizetype takePiece(QByteArrayView bytes);
    [[nodiscard]] bool beginsRight(qsizetype from) const;
    [[nodiscard]] bool isVersion1() const { return m_raw.startsWith('P'); }
    void fail(ProxyError error);
    void finish(ProxyError error);
    void advance();
    [[nodiscard]] ProxyError takeLine(QByteArrayView line);
    [[nodiscard]] ProxyError judgeFixedPart() const;
    [[nodiscard]] ProxyError takeAddresses();
};

} // namespace glasshouse
