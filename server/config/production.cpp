// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/production.h"

#include "server/gate/addresstext.h"
#include "server/gate/secretfiles.h"
#include "server/gate/tokenkey.h"

#include <algorithm>
#include <bitset>
#include <cmath>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr double minSecretBits = 96; // 32 hexadecimal digits by chance have 110 or more by the estimate below

// Nobody draws these by chance: the shortest has six letters.
constexpr const char *placeholders[] = {"secret",      "password", "changeme", "change-me",   "change_me",
                                        "change this", "default",  "example",  "development", "glasshouse"};

bool isOneStretchRepeated(QByteArrayView secret)
{
    const QByteArray twice = secret.toByteArray() + secret.toByteArray();
    return twice.indexOf(secret, 1) < secret.size();
}

/// "abcdef…", "1234…", "aaaa…": half of the bytes follow from the one before.
bool isCounting(QByteArrayView secret)
{
    qsizetype steps = 0;
    for (qsizetype i = 1; i < secret.size(); ++i)
        steps += secret[i] == secret[i - 1] || secret[i] == secret[i - 1] + 1 ? 1 : 0;
    return steps * 2 > secret.size();
}

double estimatedBits(QByteArrayView secret)
{
    std::bitset<256> seen;
    for (const char c : secret)
        seen.set(quint8(c));
    return double(secret.size()) * std::log2(double(std::max<size_t>(1, seen.count())));
}

/// Empty as well for what can not be allowed: then the way out is another one.
QString weaknessOf(QByteArray secret)
{
    if (!TokenKey::make(TokenAlgorithm::HS256, KeyPurpose::Verify, secret))
        return {};
    while (secret.endsWith('\n') || secret.endsWith('\r'))
        secret.chop(1);
    const QByteArray lower = secret.toLower();
    if (std::any_of(std::begin(placeholders), std::end(placeholders),
                    [&](const char *word) { return lower.contains(word); }))
        return u"the secret looks like one from an example"_s;
    if (isOneStretchRepeated(secret) || isCounting(secret) || estimatedBits(secret) < minSecretBits)
        return u"the secret follows a pattern and is easy to guess"_s;
    return {};
}

bool isLoopback(const QString &bindAddress) { return withoutMapping(QHostAddress(bindAddress)).isLoopback(); }

} // namespace

QString nameOf(Insecurity insecurity)
{
    switch (insecurity) {
    case Insecurity::AnyOrigin:
        return u"any-origin"_s;
    case Insecurity::OpenAuth:
        return u"open-auth"_s;
    case Insecurity::WeakSecret:
        return u"weak-secret"_s;
    case Insecurity::OpenFiles:
        return u"open-files"_s;
    }
    return {};
}

QStringList insecurityNames()
{
    return {nameOf(Insecurity::AnyOrigin), nameOf(Insecurity::OpenAuth), nameOf(Insecurity::WeakSecret),
            nameOf(Insecurity::OpenFiles)};
}

QList<ProductionFault> productionFaults(const ServerConfig &config)
{
    QList<ProductionFault> faults;
    if (config.allowedOrigins.contains("*"))
        faults.append({Insecurity::AnyOrigin,
                       u"allow-origin *: any page may connect in its visitors' names"_s,
                       u"name yours instead: --allow-origin https://www.example.org"_s,
                       {u"allow-origin"_s}});
    if (config.auth == AuthMode::Open && !isLoopback(config.bindAddress))
        faults.append({Insecurity::OpenAuth,
                       u"auth open on an address that others can reach: everybody may play"_s,
                       u"ask for tokens: --auth token; or stay on this machine: --bind 127.0.0.1"_s,
                       {u"auth"_s, u"bind"_s}});
    if (config.auth == AuthMode::Token && config.token.algorithm == "HS256") {
        const QString weakness = weaknessOf(config.token.secret);
        if (!weakness.isEmpty())
            faults.append({Insecurity::WeakSecret,
                           weakness,
                           u"put one that nobody can guess (openssl rand -base64 48) in its place"_s,
                           {u"jwt-algorithm"_s, u"jwt-secret-file"_s}});
    }
    for (const OpenFile &file : filesOthersRead(config))
        faults.append({Insecurity::OpenFiles,
                       QString::fromLatin1(file.option) + u": "_s + file.text,
                       file.help,
                       {QString::fromLatin1(file.option)}});
    return faults;
}

} // namespace glasshouse
