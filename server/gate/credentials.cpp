// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/credentials.h"

#include "base/secret.h"
#include "net/transport/lanaddresses.h"
#include "server/config/serverconfig.h"
#include "server/gate/originpolicy.h"
#include "server/gate/proxytraces.h"
#include "server/gate/secretfiles.h"
#include "server/gate/webnames.h"

#include <QFile>
#include <QUrl>
#include <algorithm>

namespace glasshouse {

namespace {

constexpr qsizetype leastOperatorToken = 16;
constexpr qsizetype mostOperatorToken = 4096;

using Failure = Error<CredentialsError>;

Result<TokenKey, KeyError> keyOf(TokenAlgorithm algorithm, const TokenConfig &token)
{
    if (algorithm == TokenAlgorithm::HS256 && token.secretFile.isEmpty())
        return TokenKey::make(algorithm, KeyPurpose::Verify, token.secret);
    return TokenKey::load(algorithm, KeyPurpose::Verify,
                          algorithm == TokenAlgorithm::HS256 ? token.secretFile : token.publicKeyFile);
}

std::optional<Failure> loadVerifier(const TokenConfig &token, Credentials &credentials)
{
    const auto algorithm = tokenAlgorithm(token.algorithm);
    if (!algorithm)
        return Failure{CredentialsError::BadAlgorithm, "jwt-algorithm is not HS256, RS256 or ES256"};
    const bool isSecret = *algorithm == TokenAlgorithm::HS256;
    if (isSecret ? token.secretFile.isEmpty() && token.secret.isEmpty() : token.publicKeyFile.isEmpty())
        return Failure{CredentialsError::NoKey,
                       isSecret ? "auth token with HS256 needs jwt-secret-file (or JWT_SECRET in the environment)"
                                : "auth token with " + token.algorithm + " needs jwt-public-key"};
    auto key = keyOf(*algorithm, token);
    if (!key)
        return Failure{CredentialsError::BadKey, key.error().text};
    credentials.verifier =
        std::make_shared<TokenVerifier>(std::move(key.value()), TokenRules{token.issuer, token.audience});
    return std::nullopt;
}

std::optional<Failure> loadOperatorToken(const QString &name, Credentials &credentials)
{
    const QByteArray path = name.toUtf8();
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Failure{CredentialsError::BadOperatorToken, path + ": " + file.errorString().toUtf8()};
    const QByteArray token = file.read(mostOperatorToken + 1).trimmed();
    const bool isPlain = std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    if (token.size() < leastOperatorToken || token.size() > mostOperatorToken || !isPlain)
        return Failure{CredentialsError::BadOperatorToken,
                       path + ": the operator's token is one word of 16 to 4,096 ASCII characters"};
    credentials.operatorToken = token;
    return std::nullopt;
}

std::optional<Failure> loadRanges(const QList<QByteArray> &texts, Credentials &credentials)
{
    for (const QByteArray &text : texts) {
        const auto range = AddressRange::parse(text);
        if (!range)
            return Failure{CredentialsError::BadRange, "trusted-proxy " + text + ": " + range.error().text};
        credentials.trustedProxies += range.value();
    }
    return std::nullopt;
}

std::optional<Failure> loadTls(const TlsConfig &tls, Credentials &credentials)
{
    auto context = TlsContext::load(tls.certFile, tls.keyFile);
    if (!context)
        return Failure{CredentialsError::BadTls, context.error().text};
    credentials.tls = std::move(context.value());
    return std::nullopt;
}

/// Of a page that was lured here by another name (DNS rebinding) it is another one.
bool namesThisMachine(QByteArrayView host)
{
    const QByteArray name = nameInHost(host).toByteArray().toLower();
    return name == "localhost" || name == "[::1]" || QHostAddress(QString::fromLatin1(name)).isLoopback();
}

HostPolicy hostsOf(const ServerConfig &config, const Credentials &credentials)
{
    QStringList own = machineNames();
    own += QUrl(QString::fromUtf8(config.publicUrl)).host(QUrl::FullyEncoded);
    if (credentials.tls)
        own += credentials.tls->subjectNames();
    own.removeAll(QString());
    return {own, config.allowedHosts};
}

/// Empty: there is none.
QByteArrayView bearerToken(const HttpHead &request)
{
    constexpr QByteArrayView scheme = "Bearer ";
    const QByteArrayView sent = request.value("Authorization");
    const bool isBearer =
        sent.size() > scheme.size() && sent.first(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0;
    return isBearer ? sent.sliced(scheme.size()).trimmed() : QByteArrayView();
}

} // namespace

bool isOperatorRequest(const HttpHead &request, const QHostAddress &peer, const Credentials &credentials)
{
    if (credentials.trustsThisMachine)
        return peer.isLoopback() && namesThisMachine(request.value("Host")) && !cameThroughAProxy(request)
            && isOriginAllowed(request, {});
    const QByteArrayView token = bearerToken(request);
    return !token.isEmpty() && credentials.isOperator(token);
}

bool bringsAnotherToken(const HttpHead &request, const Credentials &credentials)
{
    const QByteArrayView token = bearerToken(request);
    return !token.isEmpty() && !credentials.operatorToken.isEmpty() && !credentials.isOperator(token);
}

bool Credentials::isOperator(QByteArrayView token) const { return isSameSecret(operatorToken, token); }

Result<Credentials, CredentialsError> loadCredentials(const ServerConfig &config)
{
    Credentials credentials;
    for (const OpenFile &file : filesOthersWrite(config))
        return Failure{CredentialsError::OpenFile,
                       file.option + ": " + (file.text + QStringLiteral("; ") + file.help).toUtf8()};
    if (config.auth == AuthMode::Token) {
        if (auto failed = loadVerifier(config.token, credentials))
            return *failed;
    }
    if (!config.operatorTokenFile.isEmpty()) {
        if (auto failed = loadOperatorToken(config.operatorTokenFile, credentials))
            return *failed;
    }
    if (config.tls.isOn()) {
        if (auto failed = loadTls(config.tls, credentials))
            return *failed;
    }
    credentials.trustsThisMachine =
        config.operatorTokenFile.isEmpty() && config.publicUrl.isEmpty() && config.trustedProxies.isEmpty();
    credentials.hosts = hostsOf(config, credentials);
    if (auto failed = loadRanges(config.trustedProxies, credentials))
        return *failed;
    return credentials;
}

} // namespace glasshouse
