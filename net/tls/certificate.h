// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QStringList>

namespace glasshouse {

/// Why a certificate or its key is not taken.
enum class TlsError : quint8 {
    Unreadable, ///< the file
    TooLong,    ///< over 1 MiB: neither a certificate nor a key
    NotPem,
    IsKey,         ///< where a certificate should be
    IsCertificate, ///< where the key should be
    IsPublicKey,   ///< where the private key should be
    Damaged,       ///< PEM, and nothing that can be read in it
    Encrypted,     ///< the key
    TooShort,      ///< RSA under 2048 bits, a curve under 256
    WrongOrder,    ///< the key fits a certificate of the chain that is not the first
    Mismatch,      ///< the key fits none
    Refused,       ///< by the library; the text has its words
};

/// What people want to know of a certificate. A value.
struct CertificateInfo
{
    QString subject; ///< RFC 2253
    QString issuer;
    QStringList names;      ///< DNS names and IP addresses that it is good for
    QDateTime notBefore;    ///< UTC
    QDateTime notAfter;     ///< UTC
    QByteArray fingerprint; ///< SHA-256, "AB:CD:…"
    bool selfSigned = false;

    /// "" or what is wrong with its time: it works, and clients will refuse it.
    [[nodiscard]] QString warning(const QDateTime &now) const;
};

/// The first certificate of a file.
[[nodiscard]] Result<CertificateInfo, TlsError> readCertificateInfo(const QString &file);

} // namespace glasshouse
