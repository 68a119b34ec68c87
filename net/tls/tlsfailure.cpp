// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/tlsfailure.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace glasshouse {

// Reasons from 1000 on are alerts of the peer (RFC 8446 section 6): 1000 and its number.
TlsFailure tlsFailureOf(unsigned long error)
{
    if (ERR_GET_LIB(error) != ERR_LIB_SSL)
        return TlsFailure::Broken;
    switch (ERR_GET_REASON(error)) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_VERSION_TOO_HIGH:
    case SSL_R_INAPPROPRIATE_FALLBACK:
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS:
    case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
    case SSL_R_NO_SUITABLE_KEY_SHARE:
    case SSL_R_NO_SUITABLE_GROUPS:
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
    case SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY:
        return TlsFailure::Version;
    case SSL_R_SSLV3_ALERT_NO_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_TLSV1_BAD_CERTIFICATE_STATUS_RESPONSE:
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
        return TlsFailure::CertificateRefused;
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
        return TlsFailure::Untrusted;
    default:
        return TlsFailure::Broken;
    }
}

QByteArray tlsWordsOf(unsigned long error)
{
    const char *words = ERR_reason_error_string(error);
    return words != nullptr ? QByteArray(words) : QByteArrayLiteral("the library gives no reason");
}

} // namespace glasshouse
