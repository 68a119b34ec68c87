// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/portowner.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QList>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

// Lines of /proc/net/tcp: "sl local_address rem_address st … inode", addresses as HEX:HEXPORT, state 0A = listening.
QByteArray listeningInode(const QString &table, quint16 port)
{
    QFile file(table);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray wanted = ':' + QByteArray::number(port, 16).toUpper().rightJustified(4, '0');
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> fields = line.simplified().split(' ');
        if (fields.size() > 9 && fields[3] == "0A" && fields[1].endsWith(wanted))
            return fields[9];
    }
    return {};
}

bool holdsSocket(const QString &process, const QString &target)
{
    const QDir descriptors(u"/proc/"_s + process + u"/fd"_s);
    const QStringList names = descriptors.entryList(QDir::NoDotAndDotDot | QDir::System | QDir::Files);
    return std::any_of(names.begin(), names.end(), [&](const QString &name) {
        return QFile::symLinkTarget(descriptors.filePath(name)).endsWith(target);
    });
}

} // namespace

QString portOwner(quint16 port)
{
    QByteArray inode = listeningInode(u"/proc/net/tcp"_s, port);
    if (inode.isEmpty())
        inode = listeningInode(u"/proc/net/tcp6"_s, port);
    if (inode.isEmpty())
        return {};
    const QString target = u"socket:["_s + QString::fromLatin1(inode) + u']';
    const QStringList processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
    for (const QString &process : processes) {
        if (!holdsSocket(process, target))
            continue;
        QFile name(u"/proc/"_s + process + u"/comm"_s);
        if (name.open(QIODevice::ReadOnly))
            return QString::fromUtf8(name.readAll().trimmed()) + u" (PID "_s + process + u')';
    }
    return {};
}

} // namespace glasshouse
