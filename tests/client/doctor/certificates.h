// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QTemporaryDir>
#include <memory>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace glasshouse {

/// A certificate of any kind, made when a test needs it.
struct MadeCertificate
{
    std::shared_ptr<X509> certificate;
    std::shared_ptr<EVP_PKEY> key;
};

struct CertificateWish
{
    const char *name = "DNS:localhost,IP:127.0.0.1"; ///< null: an authority
    const MadeCertificate *signer = nullptr;         ///< null: itself
    long fromSeconds = -3'600;                       ///< now is 0
    long toSeconds = 86'400 * 365;
    int rsaBits = 0; ///< 0: a curve
};

inline MadeCertificate makeCertificate(const CertificateWish &wish)
{
    MadeCertificate made{{X509_new(), X509_free},
                         {wish.rsaBits > 0 ? EVP_RSA_gen(unsigned(wish.rsaBits)) : EVP_EC_gen("P-256"), EVP_PKEY_free}};
    X509 *certificate = made.certificate.get();
    static long serial = 0;
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), wish.fromSeconds);
    X509_gmtime_adj(X509_getm_notAfter(certificate), wish.toSeconds);
    X509_set_pubkey(certificate, made.key.get());
    const char *common = wish.name == nullptr ? "Test authority" : "localhost";
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>(common), -1, -1, 0);
    X509 *signer = wish.signer == nullptr ? certificate : wish.signer->certificate.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(signer));
    const auto extend = [&](int kind, const char *value) {
        X509V3_CTX context;
        X509V3_set_ctx(&context, signer, certificate, nullptr, nullptr, 0);
        X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    };
    if (wish.name != nullptr)
        extend(NID_subject_alt_name, wish.name);
    else
        extend(NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(certificate, wish.signer == nullptr ? made.key.get() : wish.signer->key.get(), EVP_sha256());
    return made;
}

inline bool writePem(const MadeCertificate &made, const QString &path)
{
    const std::shared_ptr<BIO> bio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(bio.get(), made.certificate.get());
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(data, size) == size;
}

/// A server's side of TLS, which is as careless as it is told.
inline std::shared_ptr<SSL_CTX> serverContext(const MadeCertificate &made, int minVersion = TLS1_2_VERSION,
                                              int maxVersion = TLS1_3_VERSION)
{
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), minVersion);
    SSL_CTX_set_max_proto_version(context.get(), maxVersion);
    SSL_CTX_use_certificate(context.get(), made.certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), made.key.get());
    return context;
}

} // namespace glasshouse
