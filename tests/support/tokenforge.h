// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <memory>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

/// Keys that are made when they are needed, and tokens of every kind, right or wrong. Shares no code with what it tests.
namespace glasshouse::forge {

using Key = std::shared_ptr<EVP_PKEY>;

inline Key own(EVP_PKEY *key) { return {key, EVP_PKEY_free}; }
inline Key rsaKey(int bits = 2048) { return own(EVP_RSA_gen(unsigned(bits))); }
inline Key curveKey(const char *group = "P-256") { return own(EVP_EC_gen(group)); }
inline Key otherKey(const char *type) { return own(EVP_PKEY_Q_keygen(nullptr, nullptr, type)); }

inline QByteArray contents(const std::shared_ptr<BIO> &bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, size};
}

inline QByteArray publicPem(const Key &key)
{
    const std::shared_ptr<BIO> bio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PUBKEY(bio.get(), key.get());
    return contents(bio);
}

inline QByteArray privatePem(const Key &key, const char *password = nullptr)
{
    const std::shared_ptr<BIO> bio(BIO_new(BIO_s_mem()), BIO_free);
    auto *secret = reinterpret_cast<const unsigned char *>(password);
    PEM_write_bio_PrivateKey(bio.get(), key.get(), password == nullptr ? nullptr : EVP_aes_256_cbc(), secret,
                             password == nullptr ? 0 : int(qstrlen(password)), nullptr, nullptr);
    return contents(bio);
}

/// The same modulus with an exponent of 1, under which every number is its own signature.
inline Key rsaKeyThatSignsNothing(const Key &like)
{
    BIGNUM *modulus = nullptr;
    EVP_PKEY_get_bn_param(like.get(), OSSL_PKEY_PARAM_RSA_N, &modulus);
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, modulus);
    OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, BN_value_one());
    OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(build);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr);
    EVP_PKEY *key = nullptr;
    EVP_PKEY_fromdata_init(context);
    EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters);
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(build);
    BN_free(modulus);
    return own(key);
}

inline QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

inline QByteArray hmac(const QByteArray &text, const QByteArray &secret,
                       QCryptographicHash::Algorithm hash = QCryptographicHash::Sha256)
{
    return QMessageAuthenticationCode::hash(text, secret, hash);
}

inline QByteArray rsaSignature(const QByteArray &text, const Key &key, int padding = RSA_PKCS1_PADDING,
                               const EVP_MD *hash = EVP_sha256())
{
    const std::shared_ptr<EVP_MD_CTX> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_PKEY_CTX *options = nullptr;
    EVP_DigestSignInit(context.get(), &options, hash, nullptr, key.get());
    EVP_PKEY_CTX_set_rsa_padding(options, padding);
    QByteArray out(EVP_PKEY_get_size(key.get()), '\0');
    auto size = size_t(out.size());
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(out.data()), &size,
                   reinterpret_cast<const unsigned char *>(text.data()), size_t(text.size()));
    return out.first(qsizetype(size));
}

inline QByteArray derSignature(const QByteArray &text, const Key &key)
{
    const std::shared_ptr<EVP_MD_CTX> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get());
    QByteArray out(EVP_PKEY_get_size(key.get()), '\0');
    auto size = size_t(out.size());
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(out.data()), &size,
                   reinterpret_cast<const unsigned char *>(text.data()), size_t(text.size()));
    return out.first(qsizetype(size));
}

/// Both numbers, each with so many bytes.
inline QByteArray curveSignature(const QByteArray &text, const Key &key, int bytes = 32)
{
    const QByteArray der = derSignature(text, key);
    auto *in = reinterpret_cast<const unsigned char *>(der.data());
    ECDSA_SIG *numbers = d2i_ECDSA_SIG(nullptr, &in, long(der.size()));
    QByteArray out(qsizetype(2) * bytes, '\0');
    auto *to = reinterpret_cast<unsigned char *>(out.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(numbers), to, bytes);
    BN_bn2binpad(ECDSA_SIG_get0_s(numbers), to + bytes, bytes);
    ECDSA_SIG_free(numbers);
    return out;
}

inline QByteArray signedText(const QByteArray &header, const QByteArray &claims)
{
    return base64Url(header) + '.' + base64Url(claims);
}

inline QByteArray withSignature(const QByteArray &text, const QByteArray &signature)
{
    return text + '.' + base64Url(signature);
}

} // namespace glasshouse::forge
