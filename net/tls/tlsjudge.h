// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/certificate.h"

#include <QList>
#include <optional>

struct ssl_st;
struct x509_store_ctx_st;
struct x509_st;
struct evp_pkey_st;

namespace glasshouse {

/// Whom a TLS client speaks to, and how strictly it looks at the certificate.
struct TlsTarget
{
    QString host; ///< a name or an address, without brackets: asked for (names only) and compared with the certificate
    /// A certificate that is taken whoever signed it and for whatever name: its SHA-256, "AB:CD:…". Empty: none.
    QByteArray trustedFingerprint = {};
    bool ignoreErrors = false;
    bool namesHttp = true; ///< offers http/1.1 (ALPN), as clients of WebSockets do
};

/// What a TLS client thinks of its server's certificate. A certificate that would be refused is taken if the target says so.
struct TlsJudge
{
    TlsTarget target = {};
    std::optional<CertificateInfo> certificate = {}; ///< the server's, once it has come
    /// That, and those of its issuers: as verified, or where that failed, as the server sent them. Ten at most.
    QList<CertificateInfo> chain = {};
    bool ownIsWanted = false;   ///< the server asked for a certificate of ours, and there is none
    QByteArray complaint = {};  ///< what is wrong with it, in the library's words; also where it was taken
    bool byFingerprint = false; ///< taken only because its fingerprint is trusted

    /// Looks at what the library has put together; true: it is taken.
    [[nodiscard]] bool take(x509_store_ctx_st *store);
};

/// Lets the judge look at the certificate of a client's session, and asks for the name. The judge stays where it is and outlives
/// the session. False: out of memory.
[[nodiscard]] bool setJudge(ssl_st *session, TlsJudge &judge);
/// For SSL_CTX_set_cert_verify_callback().
[[nodiscard]] int judgeCertificate(x509_store_ctx_st *chain, void *);
/// For SSL_CTX_set_client_cert_cb().
[[nodiscard]] int noteThatOwnIsWanted(ssl_st *session, x509_st **, evp_pkey_st **);

} // namespace glasshouse
