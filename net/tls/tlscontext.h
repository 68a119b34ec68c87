// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/certificate.h"

#include <memory>

struct ssl_st;

namespace glasshouse {

struct TlsJudge;
struct TlsWire;

/// Whom a TLS client believes, and what it shows of itself to a server that asks for a certificate.
struct TlsTrust
{
    bool system = true;       ///< the authorities of this machine
    QString authorities = {}; ///< a file with more of them, in PEM
    QString certFile = {};    ///< of the client, for servers that ask for one; with `keyFile` or empty
    QString keyFile = {};

    [[nodiscard]] bool operator==(const TlsTrust &) const = default;
};

/// What one side of TLS may agree to: TLS 1.2 and 1.3, no renegotiation, no compression. A server's has its certificate with its
/// key, and only what has forward secrecy; a client's has its trust, and takes what the library takes. Immutable; copies share it; all threads may use it. To change the certificate while running, load another one
/// and use it for new connections: those that are open keep theirs.
class TlsContext
{
public:
    /// Both in PEM; they may be one file. The server's own certificate stands first, its chain behind it. An expired
    /// certificate is taken: see warning(). An error names the file and says what to do.
    [[nodiscard]] static Result<TlsContext, TlsError> load(const QString &certFile, const QString &keyFile);

    /// For clients. May read all authorities of the machine: make it once.
    [[nodiscard]] static Result<TlsContext, TlsError> client(const TlsTrust &trust = {});

    /// Our own; a client's may be empty.
    [[nodiscard]] const CertificateInfo &certificate() const;
    /// SHA-256, "AB:CD:…"
    [[nodiscard]] QByteArray fingerprint() const { return certificate().fingerprint; }
    /// DNS names and IP addresses.
    [[nodiscard]] QStringList subjectNames() const { return certificate().names; }
    [[nodiscard]] QDateTime notAfter() const { return certificate().notAfter; }
    /// "" or what people should know: expired, not valid yet, expires soon.
    [[nodiscard]] QString warning(const QDateTime &now = QDateTime::currentDateTimeUtc()) const
    {
        return certificate().warning(now);
    }

    /// One side of a connection that reads and writes through `wire`; null: out of memory. A client's has a judge, which stays
    /// where it is. For TlsTransport.
    [[nodiscard]] ssl_st *newSession(TlsWire &wire, TlsJudge *judge = nullptr) const;

private:
    struct Shared;
    std::shared_ptr<const Shared> m_shared;

    explicit TlsContext(std::shared_ptr<const Shared> shared) : m_shared(std::move(shared)) { }
};

} // namespace glasshouse
