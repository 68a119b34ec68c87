// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/configfaults.h"

#include "base/privatefiles.h"
#include "net/tls/tlscontext.h"
#include "server/config/configoptions.h"
#include "server/gate/credentials.h"
#include "server/gate/secretfiles.h"
#include "server/gate/tokenkey.h"

#include <QDir>
#include <QFileInfo>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

using Faults = QList<ConfigFault>;

bool hasSecret(const TokenConfig &token) { return !token.secretFile.isEmpty() || !token.secret.isEmpty(); }

/// Each value by itself.
void judgeValues(const ServerConfig &config, Faults &faults)
{
    for (const ConfigOption &option : configOptions()) {
        const QStringList texts = option.isSecret || option.isOpen ? QStringList() : option.get(config);
        for (const QString &text : texts) {
            if (!option.takes(text))
                faults.append({option.name, option.faultOf(text)});
        }
    }
}

void judgeTokens(const ServerConfig &config, Faults &faults)
{
    const TokenConfig &token = config.token;
    const auto algorithm = tokenAlgorithm(token.algorithm);
    const QString name = QString::fromUtf8(token.algorithm);
    const bool secret = hasSecret(token);
    const bool key = !token.publicKeyFile.isEmpty();
    if (!algorithm)
        return; // judgeValues() says it
    if (secret && key) {
        faults.append({"jwt-public-key", u"there is a secret as well (jwt-secret-file or JWT_SECRET); take one"_s});
    } else if (*algorithm == TokenAlgorithm::HS256 && key) {
        faults.append({"jwt-algorithm", u"HS256 takes a secret; for jwt-public-key it is RS256 or ES256"_s});
    } else if (*algorithm != TokenAlgorithm::HS256 && secret) {
        faults.append({"jwt-algorithm", u"%1 takes jwt-public-key; a secret is for HS256"_s.arg(name)});
    } else if (config.auth == AuthMode::Token && !secret && !key) {
        const bool isSecret = *algorithm == TokenAlgorithm::HS256;
        faults.append({"auth",
                       u"tokens need a key to check them with: %1"_s.arg(isSecret ? u"jwt-secret-file or JWT_SECRET"_s
                                                                                  : u"jwt-public-key"_s)});
    }
}

void judgeTls(const ServerConfig &config, Faults &faults)
{
    if (config.tls.certFile.isEmpty() && !config.tls.keyFile.isEmpty())
        faults.append({"tls-key", u"it needs its certificate: tls-cert"_s});
    if (!config.tls.certFile.isEmpty() && config.tls.keyFile.isEmpty())
        faults.append({"tls-cert", u"it needs its key: tls-key"_s});
    if (!config.tls.isOn() && config.tls.plain != PlainMode::Serve)
        faults.append({"plain", u"without TLS (tls-cert and tls-key) plain is all there is"_s});
}

void judgeProxies(const ServerConfig &config, Faults &faults)
{
    if (config.proxyProtocol && config.trustedProxies.isEmpty())
        faults.append({"proxy-protocol", u"nobody's header would be believed: name the proxies with trusted-proxy"_s});
}

void judgeFile(const QByteArray &key, const QString &path, Faults &faults)
{
    if (path.isEmpty())
        return;
    QFile file(path);
    if (QFileInfo(path).isDir())
        faults.append({key, u"%1 is a folder"_s.arg(path)});
    else if (!file.open(QIODevice::ReadOnly))
        faults.append({key, u"%1: %2"_s.arg(path, file.errorString())});
    else if (file.read(1).isEmpty())
        faults.append({key, u"%1 is empty"_s.arg(path)});
}

void judgeTokenKey(const QByteArray &key, TokenAlgorithm algorithm, const QString &path, Faults &faults)
{
    if (path.isEmpty())
        return;
    const auto loaded = TokenKey::load(algorithm, KeyPurpose::Verify, path);
    if (!loaded)
        faults.append({key, QString::fromUtf8(loaded.error().text)});
}

void judgeOperatorToken(const QString &path, Faults &faults)
{
    const qsizetype before = faults.size();
    judgeFile("operator-token-file", path, faults);
    if (faults.size() != before)
        return;
    ServerConfig alone;
    alone.operatorTokenFile = path;
    const auto loaded = loadCredentials(alone);
    if (!loaded)
        faults.append({"operator-token-file", QString::fromUtf8(loaded.error().text)});
}

QString cleaned(const QString &folder) { return QDir::cleanPath(QFileInfo(folder).absoluteFilePath()); }

} // namespace

QList<ConfigFault> configFaults(const ServerConfig &config)
{
    Faults faults;
    judgeValues(config, faults);
    judgeTokens(config, faults);
    judgeTls(config, faults);
    judgeProxies(config, faults);
    return faults;
}

QList<ConfigFault> fileFaults(const ServerConfig &config)
{
    Faults faults;
    const TokenConfig &token = config.token;
    const TokenAlgorithm algorithm = tokenAlgorithm(token.algorithm).value_or(TokenAlgorithm::HS256);
    judgeTokenKey("jwt-secret-file", TokenAlgorithm::HS256, token.secretFile, faults);
    if (algorithm != TokenAlgorithm::HS256) // else it is at odds with the algorithm, which configFaults() says
        judgeTokenKey("jwt-public-key", algorithm, token.publicKeyFile, faults);
    if (!token.secret.isEmpty()) {
        const auto made = TokenKey::make(TokenAlgorithm::HS256, KeyPurpose::Verify, token.secret);
        if (!made)
            faults.append({"JWT_SECRET", QString::fromUtf8(made.error().text)});
    }
    const qsizetype before = faults.size();
    judgeFile("tls-cert", config.tls.certFile, faults);
    judgeFile("tls-key", config.tls.keyFile, faults);
    if (faults.size() == before && !config.tls.certFile.isEmpty() && !config.tls.keyFile.isEmpty()) {
        const auto loaded = TlsContext::load(config.tls.certFile, config.tls.keyFile);
        if (!loaded)
            faults.append({"tls-cert", QString::fromUtf8(loaded.error().text)});
    }
    judgeOperatorToken(config.operatorTokenFile, faults);
    faults += dataFaults(config);
    for (const OpenFile &file : filesOthersWrite(config)) {
        faults.removeIf([&file](const ConfigFault &fault) { return fault.key == file.option; }); // it says so too
        faults.append({file.option, file.text + u"; "_s + file.help});
    }
    const QFileInfo root(config.webRoot);
    if (!config.webRoot.isEmpty() && !(root.isDir() && root.isReadable()))
        faults.append({"web-root", u"%1 is not a folder that can be read"_s.arg(config.webRoot)});
    return faults;
}

QStringList dataFoldersOf(const ServerConfig &config)
{
    QStringList folders;
    if (config.capture && !config.captureDirectory.isEmpty())
        folders += cleaned(config.captureDirectory);
    if (!config.historyFile.isEmpty())
        folders += QFileInfo(cleaned(config.historyFile)).path();
    folders.removeDuplicates();
    return folders;
}

QList<ConfigFault> dataFaults(const ServerConfig &config)
{
    Faults faults;
    for (const QString &folder : dataFoldersOf(config)) {
        if (const QString why = whyNotWritable(folder); !why.isEmpty())
            faults.append({"data", u"the folder %1 can not be written: %2"_s.arg(folder, why)});
    }
    return faults;
}

} // namespace glasshouse
