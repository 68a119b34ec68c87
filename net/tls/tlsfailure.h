// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtGlobal>

namespace glasshouse {

/// Why TLS failed; each but Untrusted is an EndingCause.
enum class TlsFailure : quint8 {
    Version,            ///< TlsVersion: no protocol version, cipher or group in common
    CertificateRefused, ///< TlsCertificateRefused: the peer does not take ours, and said so
    Untrusted,          ///< we are the client, and do not take the server's
    Broken,             ///< TlsBroken: everything else, records that were changed on their way included
    Flood               ///< TlsFlood: records without data again and again
};

/// Of an error from the library's queue.
[[nodiscard]] TlsFailure tlsFailureOf(unsigned long error);
/// The library's words for it: "tlsv1 alert unknown ca". Never empty.
[[nodiscard]] QByteArray tlsWordsOf(unsigned long error);

} // namespace glasshouse
