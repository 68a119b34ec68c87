// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArrayView>
#include <QString>
#include <memory>

namespace glasshouse {

/// What a token may be signed with (RFC 7518 section 3.1). There is no "none".
enum class TokenAlgorithm : quint8 { HS256, RS256, ES256 };
[[nodiscard]] QByteArrayView nameOf(TokenAlgorithm algorithm);
/// The algorithm of exactly this name.
[[nodiscard]] std::optional<TokenAlgorithm> tokenAlgorithm(QByteArrayView name);

enum class KeyPurpose : quint8 { Verify, Sign };

/// Why a key is not taken.
enum class KeyError : quint8 {
    Unreadable, ///< the file
    TooLong,    ///< over 64 KiB: not a key
    SecretTooShort,
    SecretTooSimple, ///< fewer than 8 different bytes
    SecretIsPem,     ///< a public key as a secret would let everybody sign
    NotPem,
    IsPrivate, ///< where the public key is enough
    IsPublic,  ///< where the private key is needed
    IsCertificate,
    SeveralKeys,
    Encrypted,
    WrongType,
    TooShort, ///< RSA
    WrongCurve,
    Unsound, ///< its numbers are no key
};

/// A key that is bound to one algorithm and was checked, so that no token can choose how it is used. Copies share it; all
/// threads may use it. The one place that knows the cryptographic library (OpenSSL's libcrypto).
class TokenKey
{
public:
    /// HS256: the secret, at least 32 bytes; one line end behind it does not count. Others: a key in PEM, RSA of at least
    /// 2048 bits or EC on P-256.
    [[nodiscard]] static Result<TokenKey, KeyError> make(TokenAlgorithm algorithm, KeyPurpose purpose,
                                                         QByteArrayView contents);
    /// The same from a file; an error names it.
    [[nodiscard]] static Result<TokenKey, KeyError> load(TokenAlgorithm algorithm, KeyPurpose purpose,
                                                         const QString &path);

    [[nodiscard]] TokenAlgorithm algorithm() const;
    /// In constant time for secrets.
    [[nodiscard]] bool verifies(QByteArrayView text, QByteArrayView signature) const;
    /// Nullopt: it is a public key.
    [[nodiscard]] std::optional<QByteArray> signatureOf(QByteArrayView text) const;

    class Material;

private:
    std::shared_ptr<const Material> m_material;

    explicit TokenKey(std::shared_ptr<const Material> material) : m_material(std::move(material)) { }
};

} // namespace glasshouse
