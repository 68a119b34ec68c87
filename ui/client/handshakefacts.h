// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientoptions.h"
#include "net/tls/certificate.h"
#include "net/tls/tlstransport.h"
#include "protocol/deflate/deflateoffer.h"

#include <QStringList>

namespace glasshouse {

/// What is known of an attempt beside its request and answer. A value, without secrets.
struct HandshakeFacts
{
    TestClientProxy proxy;
    QStringList redirects; ///< "ws://a → wss://b", in their order
    std::optional<TlsSession> tls;
    QList<CertificateInfo> certificates; ///< the server's own first
    bool isUnchecked = false;            ///< errors of the certificate are ignored
    bool deflateOffered = false;
    bool isOpen = false; ///< what was agreed is known
    std::optional<DeflateParameters> deflate;
};

/// For people, a part for each concern; what there is nothing to say of has none. Texts of others may hold anything.
[[nodiscard]] QStringList handshakeFactParts(const HandshakeFacts &facts);

} // namespace glasshouse
