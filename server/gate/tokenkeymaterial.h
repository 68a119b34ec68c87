// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/tls/opensslpointers.h"
#include "server/gate/tokenkey.h"

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

[[nodiscard]] std::shared_ptr<const TokenKey::Material> makeSecretMaterial(QByteArrayView secret);
[[nodiscard]] std::shared_ptr<const TokenKey::Material> makeRsaMaterial(KeyPointer key);
[[nodiscard]] std::shared_ptr<const TokenKey::Material> makeCurveMaterial(KeyPointer key);

} // namespace glasshouse
