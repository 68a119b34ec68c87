// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/certificate.h"

#include <memory>

struct ssl_st;

namespace glasshouse {

struct TlsWire;

/// A certificate with its key, and what a TLS server may agree to: TLS 1.2 and 1.3, forward secrecy, no renegotiation, no
/// compression. Immutable; copies share it; all threads may use it. To change the certificate while running, load another one
/// and use it for new connections: those that are open keep theirs.
class TlsContext
{
public:
    /// Both in PEM; they may be one file. The server's own certificate stands first, its chain behind it. An expired
    /// certificate is taken: see warning(). An error names the file and says what to do.
    [[nodiscard]] static Result<TlsContext, TlsError> load(const QString &certFile, const QString &keyFile);

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

    /// A server's side of a connection that reads and writes through `wire`; null: out of memory. For TlsTransport.
    [[nodiscard]] ssl_st *newSession(TlsWire &wire) const;

private:
    struct Shared;
    std::shared_ptr<const Shared> m_shared;

    explicit TlsContext(std::shared_ptr<const Shared> shared) : m_shared(std::move(shared)) { }
};

} // namespace glasshouse
