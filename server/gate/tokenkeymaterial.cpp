// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/tokenkeymaterial.h"

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <string>

namespace glasshouse {

namespace {

using Bytes = unsigned char;
constexpr int numberBytes = 32; // of each of the two numbers of an ES256 signature (RFC 7518 section 3.4)

using Digest = std::unique_ptr<EVP_MD_CTX, OpensslDeleter<EVP_MD_CTX_free>>;
using CurveSignature = std::unique_ptr<ECDSA_SIG, OpensslDeleter<ECDSA_SIG_free>>;
using BigNumber = std::unique_ptr<BIGNUM, OpensslDeleter<BN_free>>;

const Bytes *bytes(QByteArrayView view) { return reinterpret_cast<const Bytes *>(view.data()); }

class SecretMaterial final : public TokenKey::Material
{
public:
    explicit SecretMaterial(QByteArrayView secret)
        : Material(TokenAlgorithm::HS256),
          m_secret(secret.data(), size_t(secret.size()))
    { }
    ~SecretMaterial() override { OPENSSL_cleanse(m_secret.data(), m_secret.size()); }

    [[nodiscard]] bool verifies(QByteArrayView text, QByteArrayView signature) const override
    {
        const auto right = signatureOf(text);
        return right && signature.size() == right->size()
            && CRYPTO_memcmp(signature.data(), right->constData(), size_t(right->size())) == 0;
    }
    [[nodiscard]] std::optional<QByteArray> signatureOf(QByteArrayView text) const override
    {
        const ErrorQueueGuard guard;
        Bytes out[EVP_MAX_MD_SIZE];
        unsigned int size = 0;
        if (HMAC(EVP_sha256(), m_secret.data(), int(m_secret.size()), bytes(text), size_t(text.size()), out, &size)
            == nullptr)
            return std::nullopt;
        return QByteArray(reinterpret_cast<const char *>(out), size);
    }

private:
    std::string m_secret;
};

/// RSASSA-PKCS1-v1_5 with SHA-256, which is what the library does with an RSA key unless told otherwise.
class KeyMaterial : public TokenKey::Material
{
public:
    KeyMaterial(TokenAlgorithm algorithm, KeyPointer key) : Material(algorithm), m_key(std::move(key)) { }

    [[nodiscard]] bool verifies(QByteArrayView text, QByteArrayView signature) const override
    {
        const ErrorQueueGuard guard;
        const Digest digest(EVP_MD_CTX_new());
        return digest && EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) == 1
            && EVP_DigestVerify(digest.get(), bytes(signature), size_t(signature.size()), bytes(text),
                                size_t(text.size()))
            == 1;
    }
    [[nodiscard]] std::optional<QByteArray> signatureOf(QByteArrayView text) const override
    {
        const ErrorQueueGuard guard;
        const Digest digest(EVP_MD_CTX_new());
        if (!digest || EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) != 1)
            return std::nullopt;
        QByteArray out(EVP_PKEY_get_size(m_key.get()), Qt::Uninitialized);
        auto size = size_t(out.size());
        if (EVP_DigestSign(digest.get(), reinterpret_cast<Bytes *>(out.data()), &size, bytes(text), size_t(text.size()))
            != 1)
            return std::nullopt;
        return out.first(qsizetype(size));
    }

private:
    KeyPointer m_key;
};

/// JOSE writes the two numbers of a signature one behind the other, the library wants them in DER.
class CurveMaterial final : public KeyMaterial
{
public:
    using KeyMaterial::KeyMaterial;

    [[nodiscard]] bool verifies(QByteArrayView text, QByteArrayView signature) const override
    {
        return signature.size() == qsizetype(2) * numberBytes && KeyMaterial::verifies(text, toDer(signature));
    }
    [[nodiscard]] std::optional<QByteArray> signatureOf(QByteArrayView text) const override
    {
        const auto der = KeyMaterial::signatureOf(text);
        return der ? fromDer(*der) : std::nullopt;
    }

private:
    [[nodiscard]] static QByteArray toDer(QByteArrayView signature)
    {
        const CurveSignature numbers(ECDSA_SIG_new());
        BigNumber r(BN_bin2bn(bytes(signature), numberBytes, nullptr));
        BigNumber s(BN_bin2bn(bytes(signature) + numberBytes, numberBytes, nullptr));
        if (!numbers || !r || !s || ECDSA_SIG_set0(numbers.get(), r.get(), s.get()) != 1)
            return {};
        (void)r.release(); // the signature has them now
        (void)s.release();
        QByteArray der(i2d_ECDSA_SIG(numbers.get(), nullptr), Qt::Uninitialized);
        auto *out = reinterpret_cast<Bytes *>(der.data());
        i2d_ECDSA_SIG(numbers.get(), &out);
        return der;
    }
    [[nodiscard]] static std::optional<QByteArray> fromDer(const QByteArray &der)
    {
        const auto *in = bytes(der);
        const CurveSignature numbers(d2i_ECDSA_SIG(nullptr, &in, long(der.size())));
        QByteArray out(qsizetype(2) * numberBytes, Qt::Uninitialized);
        auto *to = reinterpret_cast<Bytes *>(out.data());
        if (!numbers || BN_bn2binpad(ECDSA_SIG_get0_r(numbers.get()), to, numberBytes) != numberBytes
            || BN_bn2binpad(ECDSA_SIG_get0_s(numbers.get()), to + numberBytes, numberBytes) != numberBytes)
            return std::nullopt;
        return out;
    }
};

} // namespace

std::shared_ptr<const TokenKey::Material> makeSecretMaterial(QByteArrayView secret)
{
    return std::make_shared<SecretMaterial>(secret);
}

std::shared_ptr<const TokenKey::Material> makeRsaMaterial(KeyPointer key)
{
    return std::make_shared<KeyMaterial>(TokenAlgorithm::RS256, std::move(key));
}

std::shared_ptr<const TokenKey::Material> makeCurveMaterial(KeyPointer key)
{
    return std::make_shared<CurveMaterial>(TokenAlgorithm::ES256, std::move(key));
}

} // namespace glasshouse
