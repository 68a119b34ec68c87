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

OpenFile openFile(const QByteArray &option, const QString &path, const QString &what, const QString &mode)
{
    return {option, u"%1 can be %2 by others (mode %3)"_s.arg(path, what, mode),
            u"make it yours alone: chmod 600 %1"_s.arg(path)};
}

} // namespace

std::optional<OpenFile> whoElseWrites(const QByteArray &option, const QString &path)
{
    const FileOpenness open = opennessOf(path);
    if (open.othersWrite)
        return openFile(option, path, u"changed"_s, open.mode);
    if (open.folder.isEmpty())
        return std::nullopt;
    return OpenFile{option, u"%1 can be replaced by others, who may write to its folder"_s.arg(path),
                    u"make that yours alone: chmod go-w %1"_s.arg(open.folder)};
}

QList<OpenFile> filesOthersWrite(const ServerConfig &config)
{
    QList<OpenFile> found;
    for (const File &file : filesOf(config)) {
        if (const auto open = whoElseWrites(file.option, file.path))
            found.append(*open);
    }
    return found;
}

QList<OpenFile> filesOthersRead(const ServerConfig &config)
{
    QList<OpenFile> found;
    for (const File &file : filesOf(config)) {
        const FileOpenness open = opennessOf(file.path);
        if (file.isSecret && open.othersRead && !open.othersWrite)
            found.append(openFile(file.option, file.path, u"read"_s, open.mode));
    }
    return found;
}

} // namespace glasshouse
