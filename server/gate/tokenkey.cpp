// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/tokenkey.h"
#include "server/gate/tokenkeymaterial.h"

#include <QFile>
#include <algorithm>
#include <bitset>
#include <openssl/bio.h>
#include <openssl/pem.h>

namespace glasshouse {

namespace {

constexpr qsizetype maxFile = 64 * 1024;
constexpr qsizetype minSecret = 32; // as long as the hash (RFC 7518 section 3.2)
constexpr size_t minDifferentBytes = 8;
constexpr int minRsaBits = 2048;
constexpr TokenAlgorithm algorithms[] = {TokenAlgorithm::HS256, TokenAlgorithm::RS256, TokenAlgorithm::ES256};

using KeyResult = Result<TokenKey, KeyError>;

Error<KeyError> refused(KeyError code, QByteArrayView text) { return {code, text.toByteArray()}; }

struct BioDeleter
{
    void operator()(BIO *bio) const { BIO_free(bio); }
};

// Without it the library would ask on the terminal.
int noPassword(char *, int, int, void *) { return -1; }

KeyPointer readPem(QByteArrayView pem, KeyPurpose purpose)
{
    const std::unique_ptr<BIO, BioDeleter> bio(BIO_new_mem_buf(pem.data(), int(pem.size())));
    if (!bio)
        return nullptr;
    return KeyPointer(purpose == KeyPurpose::Verify ? PEM_read_bio_PUBKEY(bio.get(), nullptr, noPassword, nullptr)
                                                    : PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassword, nullptr));
}

std::optional<Error<KeyError>> judgeSecret(QByteArrayView secret)
{
    if (secret.indexOf("-----BEGIN ") >= 0)
        return refused(KeyError::SecretIsPem, "HS256 needs a secret, and this is a key or a certificate in PEM");
    if (secret.size() < minSecret)
        return refused(KeyError::SecretTooShort,
                       "the secret has " + QByteArray::number(secret.size())
                           + " bytes; HS256 needs 32 or more (openssl rand -base64 48 makes one)");
    std::bitset<256> seen;
    for (const char c : secret)
        seen.set(quint8(c));
    if (seen.count() < minDifferentBytes)
        return refused(KeyError::SecretTooSimple, "the secret repeats a few bytes and is easy to guess");
    return std::nullopt;
}

// Says what a file is instead; what it should be, the library finds out.
std::optional<Error<KeyError>> judgePem(QByteArrayView pem, KeyPurpose purpose)
{
    const bool isPrivate = pem.indexOf("PRIVATE KEY-----") >= 0;
    if (pem.indexOf("-----BEGIN ") < 0)
        return refused(KeyError::NotPem, "this is no key in PEM (-----BEGIN …)");
    if (pem.indexOf("-----BEGIN CERTIFICATE") >= 0)
        return refused(KeyError::IsCertificate,
                       "this is a certificate; take its key out: openssl x509 -in FILE -noout -pubkey");
    if (purpose == KeyPurpose::Verify && isPrivate)
        return refused(KeyError::IsPrivate, "this is a private key; to check tokens the public key is enough");
    if (purpose == KeyPurpose::Sign && !isPrivate)
        return refused(KeyError::IsPublic, "this is a public key; to sign tokens the private key is needed");
    if (pem.indexOf("-----BEGIN ENCRYPTED ") >= 0 || pem.indexOf("Proc-Type: 4,ENCRYPTED") >= 0)
        return refused(KeyError::Encrypted, "this key is locked by a password");
    if (purpose == KeyPurpose::Verify && pem.indexOf("-----BEGIN ") != pem.lastIndexOf("-----BEGIN "))
        return refused(KeyError::SeveralKeys, "there is more than one key in it");
    return std::nullopt;
}

std::optional<Error<KeyError>> judgeRsa(const EVP_PKEY *key)
{
    if (EVP_PKEY_is_a(key, "RSA") != 1)
        return refused(KeyError::WrongType, "RS256 needs an RSA key, and this is of another kind");
    const int bits = EVP_PKEY_get_bits(key);
    if (bits < minRsaBits)
        return refused(KeyError::TooShort,
                       "the RSA key has " + QByteArray::number(bits) + " bits; RS256 needs 2048 or more");
    return std::nullopt;
}

std::optional<Error<KeyError>> judgeCurve(const EVP_PKEY *key)
{
    if (EVP_PKEY_is_a(key, "EC") != 1)
        return refused(KeyError::WrongType, "ES256 needs an elliptic curve key, and this is of another kind");
    char name[64] = {};
    if (EVP_PKEY_get_group_name(key, name, sizeof name, nullptr) != 1 || QByteArrayView(name) != "prime256v1")
        return refused(KeyError::WrongCurve, "ES256 needs a key on the curve P-256 (prime256v1)");
    return std::nullopt;
}

bool isSound(EVP_PKEY *key)
{
    struct ContextDeleter
    {
        void operator()(EVP_PKEY_CTX *context) const { EVP_PKEY_CTX_free(context); }
    };
    const std::unique_ptr<EVP_PKEY_CTX, ContextDeleter> context(EVP_PKEY_CTX_new(key, nullptr));
    return context && EVP_PKEY_public_check(context.get()) == 1;
}

Result<KeyPointer, KeyError> readKey(TokenAlgorithm algorithm, KeyPurpose purpose, QByteArrayView pem)
{
    if (auto error = judgePem(pem, purpose))
        return *error;
    KeyPointer key = readPem(pem, purpose);
    if (!key)
        return refused(KeyError::NotPem, "this is no key that can be read (-----BEGIN PUBLIC KEY----- is expected)");
    if (auto error = algorithm == TokenAlgorithm::RS256 ? judgeRsa(key.get()) : judgeCurve(key.get()))
        return *error;
    if (!isSound(key.get()))
        return refused(KeyError::Unsound, "the numbers of this key are no valid key");
    return key;
}

} // namespace

QByteArrayView nameOf(TokenAlgorithm algorithm)
{
    switch (algorithm) {
    case TokenAlgorithm::HS256:
        return "HS256";
    case TokenAlgorithm::RS256:
        return "RS256";
    case TokenAlgorithm::ES256:
        return "ES256";
    }
    return {};
}

std::optional<TokenAlgorithm> tokenAlgorithm(QByteArrayView name)
{
    for (const TokenAlgorithm algorithm : algorithms) {
        if (nameOf(algorithm) == name)
            return algorithm;
    }
    return std::nullopt;
}

KeyResult TokenKey::make(TokenAlgorithm algorithm, KeyPurpose purpose, QByteArrayView contents)
{
    const ErrorQueueGuard guard;
    if (contents.size() > maxFile)
        return refused(KeyError::TooLong, "this is longer than 64 KiB, so it is no key");
    if (algorithm == TokenAlgorithm::HS256) {
        if (contents.endsWith('\n'))
            contents.chop(contents.endsWith("\r\n") ? 2 : 1);
        if (auto error = judgeSecret(contents))
            return *error;
        return TokenKey(makeSecretMaterial(contents));
    }
    auto key = readKey(algorithm, purpose, contents);
    if (!key)
        return key.error();
    return TokenKey(algorithm == TokenAlgorithm::RS256 ? makeRsaMaterial(std::move(key.value()))
                                                       : makeCurveMaterial(std::move(key.value())));
}

KeyResult TokenKey::load(TokenAlgorithm algorithm, KeyPurpose purpose, const QString &path)
{
    QFile file(path);
    const QByteArray name = path.toUtf8() + ": ";
    if (!file.open(QIODevice::ReadOnly))
        return refused(KeyError::Unreadable, name + file.errorString().toUtf8());
    auto key = make(algorithm, purpose, file.read(maxFile + 1));
    if (!key)
        return refused(key.error().code, name + key.error().text);
    return key;
}

TokenAlgorithm TokenKey::algorithm() const { return m_material->algorithm(); }

bool TokenKey::verifies(QByteArrayView text, QByteArrayView signature) const
{
    return m_material->verifies(text, signature);
}

std::optional<QByteArray> TokenKey::signatureOf(QByteArrayView text) const { return m_material->signatureOf(text); }

} // namespace glasshouse
