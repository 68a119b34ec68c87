// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/secretfiles.h"

#include "base/filemode.h"
#include "server/config/serverconfig.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

struct File
{
    QByteArray option;
    QString path;
    bool isSecret; ///< or public, and nobody else's to change
};

QList<File> filesOf(const ServerConfig &config)
{
    return {{"jwt-secret-file", config.token.secretFile, true},
            {"jwt-public-key", config.token.publicKeyFile, false},
            {"operator-token-file", config.operatorTokenFile, true},
            {"tls-key", config.tls.keyFile, true}};
}

template <typename Judge>
QList<OpenFile> those(const ServerConfig &config, QStringView what, const Judge &judge)
{
    QList<OpenFile> found;
    for (const File &file : filesOf(config)) {
        const FileOpenness open = opennessOf(file.path);
        if (judge(file, open))
            found.append({file.option, u"%1 can be %2 by others (mode %3)"_s.arg(file.path, what.toString(), open.mode),
                          u"make it yours alone: chmod 600 %1"_s.arg(file.path)});
    }
    return found;
}

} // namespace

QList<OpenFile> filesOthersWrite(const ServerConfig &config)
{
    return those(config, u"changed", [](const File &, const FileOpenness &open) { return open.othersWrite; });
}

QList<OpenFile> filesOthersRead(const ServerConfig &config)
{
    return those(config, u"read", [](const File &file, const FileOpenness &open) {
        return file.isSecret && open.othersRead && !open.othersWrite;
    });
}

} // namespace glasshouse
