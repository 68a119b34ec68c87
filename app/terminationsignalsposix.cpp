// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminationsignals.h"

#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace glasshouse {

namespace {

int ends[2] = {-1, -1}; // a signal handler can reach nothing else

void handle(int signal)
{
    const auto byte = char(signal);
    [[maybe_unused]] const auto written = ::write(ends[0], &byte, 1);
}

bool hasTerminal()
{
    const int terminal = ::open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (terminal >= 0)
        ::close(terminal);
    return terminal >= 0;
}

bool isIgnored(int signal)
{
    struct sigaction action = {};
    return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

} // namespace

void ignoreFailedWrites()
{
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

TerminationSignals::TerminationSignals(QObject *parent) : QObject(parent), m_hadTerminal(hasTerminal())
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(ends[1], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &TerminationSignals::tell);
    struct sigaction action = {};
    action.sa_handler = handle;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    if (!isIgnored(SIGHUP)) // as nohup leaves it
        ::sigaction(SIGHUP, &action, nullptr);
}

void TerminationSignals::tell()
{
    char signal = 0;
    if (::read(ends[1], &signal, 1) != 1)
        return;
    if (signal == SIGHUP && !(m_hadTerminal && !hasTerminal()))
        return emit reloadRequested();
    m_wasRequested = true;
    emit requested();
}

TerminationSignals::~TerminationSignals()
{
    const auto afterwards = m_wasRequested ? SIG_IGN : SIG_DFL;
    ::signal(SIGINT, afterwards);
    ::signal(SIGTERM, afterwards);
    if (!isIgnored(SIGHUP))
        ::signal(SIGHUP, afterwards);
    m_notifier.reset();
    for (int &end : ends) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

} // namespace glasshouse
