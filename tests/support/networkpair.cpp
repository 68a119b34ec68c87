// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/networkpair.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

namespace glasshouse {

using namespace Qt::StringLiterals;

NetworkPair::NetworkPair()
{
    m_made = run({u"netns"_s, u"add"_s, name(End::Server)}) && run({u"netns"_s, u"add"_s, name(End::Client)});
    const bool isWired = m_made
        && ip(End::Server,
              {u"link"_s, u"add"_s, cable(End::Server), u"type"_s, u"veth"_s, u"peer"_s, u"name"_s, cable(End::Client),
               u"netns"_s, name(End::Client)});
    for (const End end : {End::Server, End::Client}) {
        if (isWired && ip(end, {u"addr"_s, u"add"_s, address(end) + u"/24"_s, u"dev"_s, cable(end)}))
            ip(end, {u"link"_s, u"set"_s, cable(end), u"up"_s});
        if (isWired)
            ip(end, {u"link"_s, u"set"_s, u"lo"_s, u"up"_s}); // a system tells itself that a neighbour is gone
    }
}

NetworkPair::~NetworkPair()
{
    m_fault.clear();
    for (const End end : {End::Server, End::Client})
        run({u"netns"_s, u"del"_s, name(end)});
}

QString NetworkPair::name(End end)
{
    return u"glasshouse-%1-%2"_s.arg(QCoreApplication::applicationPid()).arg(end == End::Server ? u"s"_s : u"c"_s);
}

QString NetworkPair::cable(End end) { return end == End::Server ? u"to-client"_s : u"to-server"_s; }
QString NetworkPair::address(End end) { return end == End::Server ? u"198.18.0.1"_s : u"198.18.0.2"_s; } // RFC 2544

bool NetworkPair::run(const QStringList &words)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"ip"_s, words);
    if (process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    const bool hasRun = process.error() == QProcess::UnknownError;
    m_fault += "ip " + words.join(u' ').toUtf8() + ": "
        + (hasRun ? process.readAll().trimmed() : process.errorString().toUtf8()) + '\n';
    return false;
}

bool NetworkPair::ip(End end, const QStringList &words) { return run(QStringList{u"-n"_s, name(end)} + words); }

bool NetworkPair::set(End end, const QString &which, const QByteArray &value)
{
    const Inside inside(*this, end); // /proc/sys/net shows the namespace of who opens it
    QFile file(u"/proc/sys/net/"_s + which);
    return file.open(QIODevice::WriteOnly) && file.write(value) == value.size();
}

NetworkPair::Inside::Inside(const NetworkPair &, End end)
    : m_home(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC))
{
    const int there = ::open(QFile::encodeName(u"/run/netns/"_s + name(end)).constData(), O_RDONLY | O_CLOEXEC);
    if (there < 0 || ::setns(there, CLONE_NEWNET) != 0)
        qFatal("can not go into a network namespace");
    ::close(there);
}

NetworkPair::Inside::~Inside()
{
    if (::setns(m_home, CLONE_NEWNET) != 0)
        qFatal("can not come back from a network namespace");
    ::close(m_home);
}

} // namespace glasshouse
