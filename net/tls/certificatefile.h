// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/certificate.h"
#include "net/tls/opensslpointers.h"

#include <openssl/x509.h>
#include <vector>

namespace glasshouse {

// What knows the library is kept apart from the values of certificate.h.

using CertificatePointer = std::unique_ptr<X509, OpensslDeleter<X509_free>>;

[[nodiscard]] CertificateInfo infoOf(X509 *certificate);

/// The certificates of a file in PEM, in its order; at least one. An error names the file and says what to do.
[[nodiscard]] Result<std::vector<CertificatePointer>, TlsError> readCertificates(const QString &file);
/// A private key in PEM without password.
[[nodiscard]] Result<KeyPointer, TlsError> readPrivateKey(const QString &file);
} // namespace glasshouse
