// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gate/tokenkey.h"

#include <openssl/evp.h>

namespace glasshouse {

/// What the files of tokenkey.h share. Not for others.
class TokenKey::Material
{
public:
    explicit Material(TokenAlgorithm algorithm) : m_algorithm(algorithm) { }
    virtual ~Material() = default;
    Material(const Material &) = delete;
    Material &operator=(const Material &) = delete;

    [[nodiscard]] TokenAlgorithm algorithm() const { return m_algorithm; }
    [[nodiscard]] virtual bool verifies(QByteArrayView text, QByteArrayView signature) const = 0;
    [[nodiscard]] virtual std::optional<QByteArray> signatureOf(QByteArrayView text) const = 0;

private:
    TokenAlgorithm m_algorithm;
};

struct KeyDeleter
{
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, KeyDeleter>;

[[nodiscard]] std::shared_ptr<const TokenKey::Material> makeSecretMaterial(QByteArrayView secret);
[[nodiscard]] std::shared_ptr<const TokenKey::Material> makeRsaMaterial(KeyPointer key);
[[nodiscard]] std::shared_ptr<const TokenKey::Material> makeCurveMaterial(KeyPointer key);

/// Leaves the library's queue of errors as it was: what remained there would be taken for errors of the TLS connections that
/// live on the same thread.
class ErrorQueueGuard
{
public:
    ErrorQueueGuard();
    ~ErrorQueueGuard();
    ErrorQueueGuard(const ErrorQueueGuard &) = delete;
    ErrorQueueGuard &operator=(const ErrorQueueGuard &) = delete;
};

} // namespace glasshouse
