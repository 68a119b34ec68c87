// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/tlsjudge.h"

#include "net/tls/certificatefile.h"

#include <QHostAddress>
#include <algorithm>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace glasshouse {

namespace {

/// In the order of the network; empty for a name.
QByteArray addressBytes(const QString &host)
{
    const QHostAddress address(host);
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        const quint32 v4 = address.toIPv4Address();
        return {QByteArray(1, char(v4 >> 24)) + char(v4 >> 16) + char(v4 >> 8) + char(v4)};
    }
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR v6 = address.toIPv6Address();
        return {reinterpret_cast<const char *>(v6.c), sizeof v6.c};
    }
    return {};
}

QList<CertificateInfo> infosOf(const STACK_OF(X509) * certificates)
{
    constexpr int most = 10;
    QList<CertificateInfo> infos;
    for (int i = 0; i < std::min(most, sk_X509_num(certificates)); ++i) // −1 of none
        infos.append(infoOf(sk_X509_value(certificates, i)));
    return infos;
}

/// A dot at the end belongs to the resolver (RFC 6066 section 3).
QByteArray nameOf(const QString &host)
{
    QByteArray name = host.toLatin1();
    if (name.endsWith('.'))
        name.chop(1);
    return name;
}

} // namespace

bool TlsJudge::take(x509_store_ctx_st *store)
{
    const ErrorQueueGuard guard;
    certificate = infoOf(X509_STORE_CTX_get0_cert(store));
    const bool hasName = !nameOf(target.host).isEmpty();
    const bool isTrusted = hasName && X509_verify_cert(store) == 1;
    chain = infosOf(isTrusted ? X509_STORE_CTX_get0_chain(store) : X509_STORE_CTX_get0_untrusted(store));
    if (isTrusted)
        return true;
    complaint = hasName ? QByteArray(X509_verify_cert_error_string(X509_STORE_CTX_get_error(store)))
                        : QByteArray("there is no name to compare it with");
    byFingerprint = !target.ignoreErrors && !target.trustedFingerprint.isEmpty()
        && certificate->fingerprint == target.trustedFingerprint;
    return target.ignoreErrors || byFingerprint;
}

bool setJudge(ssl_st *session, TlsJudge &judge)
{
    SSL_set_app_data(session, &judge);
    if (!judge.target.namesHttp)
        SSL_set_alpn_protos(session, nullptr, 0);
    const QByteArray address = addressBytes(judge.target.host);
    if (!address.isEmpty())
        return X509_VERIFY_PARAM_set1_ip(SSL_get0_param(session),
                                         reinterpret_cast<const unsigned char *>(address.constData()),
                                         size_t(address.size()))
            == 1;
    const QByteArray name = nameOf(judge.target.host);
    if (name.isEmpty())
        return true; // the judge takes nothing then
    SSL_set_hostflags(session, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set_tlsext_host_name(session, name.constData()) == 1 && SSL_set1_host(session, name.constData()) == 1;
}

int judgeCertificate(x509_store_ctx_st *chain, void *)
{
    const void *session = X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx());
    auto *judge = static_cast<TlsJudge *>(SSL_get_app_data(static_cast<const SSL *>(session)));
    return judge->take(chain) ? 1 : 0;
}

int noteThatOwnIsWanted(ssl_st *session, x509_st **, evp_pkey_st **)
{
    static_cast<TlsJudge *>(SSL_get_app_data(session))->ownIsWanted = true;
    return 0; // go on without one
}

} // namespace glasshouse
