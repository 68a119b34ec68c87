// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a token, or a header and claims apart by a line feed. The first must never be taken; the second are signed here with
// the right key, and what is taken then must mean the same to QJsonDocument.
#include "server/gate/tokenminter.h"
#include "server/gate/tokenverifier.h"
#include "tests/fuzz/fuzzing.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <openssl/evp.h>
#include <openssl/pem.h>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using fuzzing::require;

namespace {

constexpr qint64 now = 1'800'000'000;
const QByteArray secret("a secret of the fuzzer, 32 bytes or more");
const TokenUse use{"lobby", "relay"};

QByteArray newKey(EVP_PKEY *key)
{
    BIO *bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PUBKEY(bio, key);
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    const QByteArray pem(data, size);
    BIO_free(bio);
    EVP_PKEY_free(key);
    return pem;
}

const QList<TokenVerifier> &verifiers()
{
    static const QList<TokenVerifier> all{
        {TokenKey::make(TokenAlgorithm::HS256, KeyPurpose::Verify, secret).value(), {}},
        {TokenKey::make(TokenAlgorithm::RS256, KeyPurpose::Verify, newKey(EVP_RSA_gen(2048))).value(), {}},
        {TokenKey::make(TokenAlgorithm::ES256, KeyPurpose::Verify, newKey(EVP_EC_gen("P-256"))).value(), {}}};
    return all;
}

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray signedToken(const QByteArray &header, const QByteArray &claims)
{
    static const TokenKey key = TokenKey::make(TokenAlgorithm::HS256, KeyPurpose::Sign, secret).value();
    const QByteArray text = base64Url(header) + '.' + base64Url(claims);
    return text + '.' + base64Url(*key.signatureOf(text));
}

QJsonObject objectOf(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    require(error.error == QJsonParseError::NoError && document.isObject(), "QJsonDocument reads it too");
    return document.object();
}

/// JSON knows numbers that no double holds; QJsonDocument refuses them.
bool mayExceedADouble(const QByteArray &text)
{
    static const QRegularExpression huge(u"[eE]\\+?\\d{3,}|\\d{200,}"_s);
    return huge.match(QString::fromUtf8(text)).hasMatch();
}

void requireSameText(const QJsonObject &object, QLatin1StringView name, const QByteArray &text)
{
    require(object.contains(name) ? object.value(name).toString() == QString::fromUtf8(text) : text.isEmpty(),
            "a text means the same");
    require(!object.contains(name) || object.value(name).isString(), "a text is a text");
}

void checkAccepted(const QByteArray &header, const QByteArray &claims, const TokenClaims &taken)
{
    if (mayExceedADouble(header + claims))
        return;
    require(objectOf(header).value("alg"_L1).toString() == "HS256"_L1, "the algorithm is ours");
    const QJsonObject object = objectOf(claims);
    requireSameText(object, "sub"_L1, taken.subject);
    requireSameText(object, "name"_L1, taken.name);
    requireSameText(object, "room"_L1, taken.room);
    requireSameText(object, "game"_L1, taken.game);
    require(!taken.subject.isEmpty(), "somebody is named");
    require(qint64(object.value("exp"_L1).toDouble()) == taken.expiresAt, "the expiry means the same");
    require(taken.expiresAt + 30 > now && taken.notAfter == taken.expiresAt + 30, "it has not expired");
    require(taken.room.isEmpty() || taken.room == use.room, "it is for this room");
    require(taken.game.isEmpty() || taken.game == use.game, "it is for this game");
}

void requireHarmless(const QByteArray &shown)
{
    require(shown.isValidUtf8(), "what is shown is UTF-8");
    for (const char c : shown)
        require(quint8(c) >= 0x20 || c == '\n', "what is shown moves no cursor");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    for (const TokenVerifier &verifier : verifiers()) {
        const auto result = verifier.verify(input, use, now);
        require(!result && !result.error().text.isEmpty(), "nobody guesses a signature");
    }
    if (const auto shown = describeToken(input, now))
        requireHarmless(shown.value());
    const qsizetype lineFeed = input.indexOf('\n');
    if (lineFeed < 0)
        return 0;
    const QByteArray header = input.first(lineFeed);
    const QByteArray claims = input.sliced(lineFeed + 1);
    const QByteArray token = signedToken(header, claims);
    if (const auto result = verifiers().first().verify(token, use, now))
        checkAccepted(header, claims, result.value());
    if (const auto shown = describeToken(token, now))
        requireHarmless(shown.value());
    return 0;
}
