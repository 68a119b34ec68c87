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

QStringList descriptorsOf(const QString &process)
{
    return QDir(u"/proc/"_s + process + u"/fd"_s).entryList(QDir::NoDotAndDotDot | QDir::System | QDir::Files);
}

bool holdsSocket(const QString &process, const QString &target)
{
    const QStringList names = descriptorsOf(process);
    return std::any_of(names.begin(), names.end(), [&](const QString &name) {
        return QFile::symLinkTarget(u"/proc/"_s + process + u"/fd/"_s + name).endsWith(target);
    });
}

/// The number of the process; empty where nobody listens, or the system does not tell who.
QString processAt(quint16 port)
{
    QByteArray inode = listeningInode(u"/proc/net/tcp"_s, port);
    if (inode.isEmpty())
        inode = listeningInode(u"/proc/net/tcp6"_s, port);
    if (inode.isEmpty())
        return {};
    const QString target = u"socket:["_s + QString::fromLatin1(inode) + u']';
    const QStringList processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
    const auto owner = std::find_if(processes.begin(), processes.end(),
                                    [&target](const QString &process) { return holdsSocket(process, target); });
    return owner == processes.end() ? QString() : *owner;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// "Max open files            1024                 4096                 files"
int limitIn(const QByteArray &limits)
{
    static constexpr QByteArrayView name("Max open files");
    const QList<QByteArray> lines = limits.split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(name))
            return line.sliced(name.size()).simplified().split(' ').first().toInt(); // 0: "unlimited"
    }
    return 0;
}

} // namespace

PortProgram programAt(quint16 port)
{
    const QString process = processAt(port);
    if (process.isEmpty())
        return {};
    PortProgram program;
    const QByteArray name = contents(u"/proc/"_s + process + u"/comm"_s).trimmed();
    if (!name.isEmpty())
        program.name = QString::fromUtf8(name) + u" (PID "_s + process + u')';
    const int limit = limitIn(contents(u"/proc/"_s + process + u"/limits"_s));
    if (limit > 0)
        program.descriptors = DescriptorUse{int(descriptorsOf(process).size()), limit};
    return program;
}

} // namespace glasshouse
