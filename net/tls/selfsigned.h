// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/certificate.h"

namespace glasshouse {

enum class SelfSignedError : quint8 {
    NoNames,
    BadName, ///< neither a DNS name nor an IP address
    Exists,  ///< a file that is not to be overwritten
    CanNotWrite,
    Refused ///< by the library
};

/// What to make, and where.
struct SelfSignedRequest
{
    QStringList names; ///< DNS names and IP addresses; the first is the name of the certificate
    QString certFile;
    QString keyFile; ///< written so that its owner alone can read it
    bool overwrite = false;
    QDateTime now = QDateTime::currentDateTimeUtc();
};

/// Names and addresses under which others on the LAN are likely to find this machine.
[[nodiscard]] QStringList likelyNames();

/// Makes a key on P-256 and a certificate that it signs itself, for servers, good for 825 days (more is refused by Apple), and
/// writes both in PEM. Either both files are there afterwards, or none is changed.
[[nodiscard]] Result<CertificateInfo, SelfSignedError> makeSelfSigned(const SelfSignedRequest &request);

} // namespace glasshouse
